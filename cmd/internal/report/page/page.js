(() => {
  const { $, matcher, soon } = page;
  const read = (el) => ({ el, s: el.dataset.s, k: +el.dataset.k, r: el.dataset.r, d: el.dataset.d, p: +el.dataset.p, j: "j" in el.dataset });

  if ($("list")) {
    const tools = $("tools"), rule = $("rule"), folder = $("folder"), sort = $("sort");
    const boxes = Array.from(tools.querySelectorAll("input[type=checkbox]"));
    tools.hidden = false;

    const keep = () => {
      const on = new Set(boxes.filter((b) => b.checked).map((b) => b.value));
      return (i) => (i.j ? on.has("justified") : on.has(i.s)) && (!rule.value || i.r === rule.value) && (!folder.value || i.d === folder.value);
    };
    const { filter, order: arrange, arrive } = page.list(read, keep, /^#f\d+$/);
    const orders = {
      severity: (a, b) => a.j - b.j || b.k - a.k || a.p - b.p,
      place: (a, b) => a.p - b.p,
      rule: (a, b) => (a.r < b.r ? -1 : a.r > b.r ? 1 : 0) || a.p - b.p,
    };
    const order = () => arrange(orders[sort.value]);
    const go = (what) => {
      tools.reset();
      if (what.show) for (const b of boxes) b.checked = b.value === what.show;
      if (what.rule) rule.value = what.rule;
      if (what.folder) folder.value = what.folder;
      // A group may hold nothing but what is justified.
      if (what.rule || what.folder) boxes.find((b) => b.value === "justified").checked = true;
      order();
      filter();
    };
    for (const el of [rule, folder, ...boxes]) el.addEventListener("change", filter);
    sort.addEventListener("change", order);
    tools.addEventListener("submit", (e) => e.preventDefault());
    tools.addEventListener("reset", () => setTimeout(() => { order(); filter(); }));
    for (const a of document.querySelectorAll("a[data-show], a[data-rule], a[data-folder]")) a.addEventListener("click", () => go(a.dataset));
    filter();
    arrive();
  }

  const table = $("site-table");
  if (table) {
    const body = table.tBodies[0], rows = Array.from(body.rows, read);
    const search = $("site-search"), state = $("site-state");
    $("site-tools").hidden = false;
    const filter = () => {
      const hit = search.value.trim() ? matcher(search.value) : () => true;
      let shown = 0;
      for (const r of rows) {
        const show = (!state.value || r.k === +state.value) && hit(r);
        r.el.hidden = !show;
        if (show) shown++;
      }
      $("site-count").textContent = shown === rows.length ? `${shown} shown` : `${shown} of ${rows.length} shown`;
    };
    search.addEventListener("input", soon(filter));
    state.addEventListener("change", filter);
    $("site-tools").addEventListener("submit", (e) => e.preventDefault());
    const heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach((th, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = th.textContent;
      th.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = th.getAttribute("aria-sort") !== "ascending";
        const key = th.dataset.key;
        const word = (r) => r.el.cells[column].textContent;
        rows.sort((a, b) => (up ? 1 : -1) * (key ? a[key] - b[key] : word(a).localeCompare(word(b))) || a.p - b.p);
        for (const h of heads) h.removeAttribute("aria-sort");
        th.setAttribute("aria-sort", up ? "ascending" : "descending");
        body.replaceChildren();
        body.append(...rows.map((r) => r.el));
      });
    });
    filter();
  }
})();
