(() => {
  const { $ } = page;
  if (!$("list")) return;
  const read = (el) => {
    const d = el.dataset;
    return { el, k: d.k, b: d.b, v: d.v, s: new Set(d.s.split(" ")), x: new Set(d.x.split(" ")), n: d.n, r: new Set(d.r.split(" ")), w: +d.w, p: +d.p };
  };
  const tools = $("tools"), picked = $("picked"), sort = $("sort");
  const picks = ["service", "kind", "boundary", "state", "rule"].map($);
  const marks = Array.from(document.querySelectorAll(".drawing a"));
  // What was clicked in the diagram: a box of channels, and one of several services.
  let node, box;

  const keep = () => {
    const [service, kind, boundary, state, rule] = picks.map((p) => p.value);
    const at = box !== undefined || service;
    const on = (d) => {
      const there = box === undefined ? !service || d.service === service : d.box === box;
      if (d.node === undefined) return at && there; // a box of services
      if (d.box === undefined) return d.node === node; // a box of channels
      return (at || node !== undefined) && there && (node === undefined || d.node === node);
    };
    for (const a of marks) a.classList.toggle("on", Boolean(on(a.dataset)));
    return (i) => (!service || i.s.has(service)) && (!kind || i.k === kind) && (!boundary || i.b === boundary) && (!state || i.v === state) &&
      (!rule || i.r.has(rule) || i.w === +rule) && (node === undefined || i.n === node) && (box === undefined || i.x.has(box));
  };
  const { filter, order: arrange, visible, arrive } = page.list(read, keep, /^#c\d+$/);
  const orders = {
    name: (a, b) => a.p - b.p,
    severity: (a, b) => b.w - a.w || a.p - b.p,
    boundary: (a, b) => (a.b < b.b ? -1 : a.b > b.b ? 1 : 0) || a.p - b.p,
  };
  const order = () => arrange(orders[sort.value]);
  const clear = () => { node = box = undefined; picked.hidden = true; };
  tools.hidden = false;
  for (const p of picks) p.addEventListener("change", filter);
  sort.addEventListener("change", order);
  picked.addEventListener("click", () => { clear(); filter(); $("search").focus(); });
  tools.addEventListener("submit", (e) => e.preventDefault());
  tools.addEventListener("reset", () => { clear(); setTimeout(() => { order(); filter(); }); });

  // What is clicked, in the diagram or in a table, says what is shown.
  const go = (what, label) => {
    clear();
    for (const p of picks) p.value = "";
    $("search").value = "";
    const rule = what.rule ?? what.rank;
    if (rule && rule !== "0") $("rule").value = rule;
    if (what.service) $("service").value = what.service;
    else box = what.box;
    node = what.node;
    if (node !== undefined || box !== undefined) {
      picked.textContent = `${label} ✕`;
      picked.setAttribute("aria-label", `Show all again, not only ${label}`);
      picked.hidden = false;
    }
    filter();
  };
  for (const a of document.querySelectorAll("a[data-node], a[data-box], a[data-service], a[data-rule], a[data-rank]")) {
    a.addEventListener("click", (e) => {
      go(a.dataset, a.getAttribute("aria-label") ?? a.querySelector("title")?.textContent ?? "");
      if (a.dataset.node === undefined) return;
      e.preventDefault();
      const shown = visible();
      if (shown.length === 1) {
        shown[0].el.firstElementChild.open = true;
        shown[0].el.querySelector("summary").focus({ preventScroll: true });
        shown[0].el.scrollIntoView({ block: "center" });
      } else {
        $("channels").focus({ preventScroll: true });
        $("channels").scrollIntoView();
      }
    });
  }
  filter();
  arrive();
})();
