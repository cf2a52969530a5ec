"use strict";
(() => {
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
  const read = (el) => ({ el, s: el.dataset.s, k: +el.dataset.k, r: el.dataset.r, d: el.dataset.d, p: +el.dataset.p, j: "j" in el.dataset });

  const list = $("list");
  if (list) {
    const items = Array.from(list.children, read);
    const tools = $("tools"), search = $("search"), rule = $("rule"), folder = $("folder"), sort = $("sort");
    const boxes = Array.from(tools.querySelectorAll("input[type=checkbox]"));
    tools.hidden = false;

    const filter = () => {
      const on = new Set(boxes.filter((b) => b.checked).map((b) => b.value));
      const hit = search.value.trim() ? matcher(search.value) : () => true;
      let shown = 0;
      for (const i of items) {
        const show = (i.j ? on.has("justified") : on.has(i.s)) && (!rule.value || i.r === rule.value) && (!folder.value || i.d === folder.value) && hit(i);
        if (i.el.hidden === show) i.el.hidden = !show;
        if (show) shown++;
      }
      $("count").textContent = shown === items.length ? `${shown} shown` : `${shown} of ${items.length} shown`;
      $("none").hidden = shown > 0;
    };
    const orders = {
      severity: (a, b) => a.j - b.j || b.k - a.k || a.p - b.p,
      place: (a, b) => a.p - b.p,
      rule: (a, b) => (a.r < b.r ? -1 : a.r > b.r ? 1 : 0) || a.p - b.p,
    };
    const order = () => {
      items.sort(orders[sort.value]);
      // Taken out all at once: one by one takes ten times as long.
      list.replaceChildren();
      list.append(...items.map((i) => i.el));
    };
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
    search.addEventListener("input", soon(filter));
    for (const el of [rule, folder, ...boxes]) el.addEventListener("change", filter);
    sort.addEventListener("change", order);
    tools.addEventListener("submit", (e) => e.preventDefault());
    tools.addEventListener("reset", () => setTimeout(() => { order(); filter(); }));
    for (const a of document.querySelectorAll("a[data-show], a[data-rule], a[data-folder]")) a.addEventListener("click", () => go(a.dataset));
    const all = (open) => () => { for (const i of items) if (!i.el.hidden) i.el.firstElementChild.open = open; };
    $("expand").addEventListener("click", all(true));
    $("collapse").addEventListener("click", all(false));

    const visible = () => items.filter((i) => !i.el.hidden);
    const focus = (i) => { if (i) { const s = i.el.querySelector("summary"); s.focus({ preventScroll: true }); i.el.scrollIntoView({ block: "nearest" }); } };
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
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
    const arrive = () => {
      const el = /^#f\d+$/.test(location.hash) && $(location.hash.slice(1));
      if (el) { el.hidden = false; el.firstElementChild.open = true; el.scrollIntoView(); }
    };
    addEventListener("hashchange", arrive);
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
