"use strict";
const page = (() => {
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  root.classList.add("js");

  // Storage is refused to pages that were opened from a file, in some browsers.
  const kept = {
    get() { try { return localStorage.getItem("pickle-lint-theme"); } catch { return null; } },
    set(v) { try { localStorage.setItem("pickle-lint-theme", v); } catch { /* for this visit only */ } },
  };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme || (system.matches ? "dark" : "light")) === "dark";
  const theme = $("theme");
  const paint = () => {
    theme.textContent = dark() ? "Light" : "Dark";
    theme.setAttribute("aria-label", dark() ? "Light colours" : "Dark colours");
  };
  if (["dark", "light"].includes(kept.get())) root.dataset.theme = kept.get();
  theme.hidden = false;
  theme.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; kept.set(root.dataset.theme); paint(); });
  system.addEventListener("change", paint);
  paint();

  // What is searched is made when somebody searches.
  const textOf = (item) => item.text ??= item.el.textContent.toLowerCase();
  const matcher = (words) => {
    const all = words.toLowerCase().split(/\s+/).filter(Boolean);
    return (item) => all.every((w) => textOf(item).includes(w));
  };
  const soon = (f) => { let t; return () => { clearTimeout(t); t = setTimeout(f, 80); }; };

  // list makes #list, whose items are closed details, one that is searched by #search and
  // walked through by keys. read makes an item of an element, keep returns what is shown
  // besides what is searched.
  const list = (read, keep, link) => {
    const el = $("list"), search = $("search");
    const items = Array.from(el.children, read);
    const filter = () => {
      const on = keep(), hit = search.value.trim() ? matcher(search.value) : () => true;
      let shown = 0;
      for (const i of items) {
        const show = on(i) && hit(i);
        if (i.el.hidden === show) i.el.hidden = !show;
        if (show) shown++;
      }
      $("count").textContent = shown === items.length ? `${shown} shown` : `${shown} of ${items.length} shown`;
      $("none").hidden = shown > 0;
    };
    const order = (compare) => {
      items.sort(compare);
      // Taken out all at once: one by one takes ten times as long.
      el.replaceChildren();
      el.append(...items.map((i) => i.el));
    };
    const visible = () => items.filter((i) => !i.el.hidden);
    const focus = (i) => { if (i) { i.el.querySelector("summary").focus({ preventScroll: true }); i.el.scrollIntoView({ block: "nearest" }); } };
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
    search.addEventListener("input", soon(filter));
    document.addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      const typing = e.target.matches("input[type=search], select, textarea");
      if (e.key === "/" && !typing) {
        e.preventDefault();
        search.focus();
        search.select();
      } else if (e.key === "Escape" && e.target === search) {
        if (search.value) { search.value = ""; filter(); } else search.blur();
      } else if (e.target === search && e.key === "ArrowDown") {
        e.preventDefault();
        filter();
        focus(visible()[0]);
      } else if (e.target.closest("#list > li") && (step[e.key] || e.key === "Home" || e.key === "End")) {
        const now = visible(), at = now.findIndex((i) => i.el.contains(e.target));
        e.preventDefault();
        focus(e.key === "Home" ? now[0] : e.key === "End" ? now.at(-1) : now[at + step[e.key]] || (step[e.key] < 0 ? undefined : now[at]));
        if (step[e.key] < 0 && at === 0) search.focus();
      }
    });
    const all = (open) => () => { for (const i of items) if (!i.el.hidden) i.el.firstElementChild.open = open; };
    $("expand").addEventListener("click", all(true));
    $("collapse").addEventListener("click", all(false));
    const arrive = () => {
      const target = link.test(location.hash) && $(location.hash.slice(1));
      if (target) { target.hidden = false; target.firstElementChild.open = true; target.scrollIntoView(); }
    };
    addEventListener("hashchange", arrive);
    return { items, filter, order, visible, focus, arrive };
  };
  return { $, matcher, soon, list };
})();
