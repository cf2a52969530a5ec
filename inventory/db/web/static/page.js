// Nothing needs this: "/" goes to the search, as on other pages with one.
document.addEventListener("keydown", function (event) {
	const search = document.querySelector("input[type=search]");
	if (event.key !== "/" || !search || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
		return;
	}
	event.preventDefault();
	search.focus();
	search.select();
});
