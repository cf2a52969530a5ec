package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/pickle-lint/pickle-lint/internal/sample"
	"github.com/pickle-lint/pickle-lint/inventory"
)

// inventoryPage writes the page of a record.
func inventoryPage(t *testing.T, inv *inventory.Inventory) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "inventory.html")
	if err := os.WriteFile(name, []byte(rendered(t, "html", inv)), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// names are the channels that can be seen, in order.
const names = `Array.from(document.querySelectorAll("#list > li")).filter(e => e.checkVisibility()).map(e => e.querySelector(".name").firstChild.nextSibling.textContent.trim()).join(" ")`

func TestInventoryPage(t *testing.T) {
	b := openBrowser(t, 1200, 900)
	b.load(inventoryPage(t, sample.Ordinary()))
	if title := eval[string](b, "document.title"); title != "shop: inventory of pickles" {
		t.Errorf("the title is %q", title)
	}
	all := len(sample.Ordinary().Channels)
	everything := eval[string](b, names)
	if n := eval[int](b, shown); n != all {
		t.Errorf("%d of %d channels are shown", n, all)
	}
	b.shoot("inventory.png", true)

	b.sub("search", func(*testing.T) {
		call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "/", Code: "Slash", Text: "/"})
		b.run(chromedp.SendKeys(chromedp.CSS("#search"), "WORKER  hmac"))
		b.until(names + ` === "invoices" && document.activeElement.id === "search"`)
		b.until(`document.getElementById("count").textContent === "1 of 11 shown"`)
		b.run(chromedp.KeyEvent(kb.Escape))
		b.until(names + ` === "` + everything + `"`)
	})
	b.sub("filters", func(*testing.T) {
		for _, f := range []struct{ id, value, want string }{
			{"kind", "queue", "exports mail"}, {"boundary", "host", "ledger.gob django"}, {"state", "proved", "invoices"}, {"rule", "PKL505", "spool/*.pkl"}, {"rule", "2", "basket:* spool/*.pkl"}, {"rule", "PKL509", "testdata/old/*.pkl (at rest)"},
		} {
			b.run(chromedp.SetValue(chromedp.CSS("#"+f.id), f.value))
			eval[bool](b, `document.getElementById("`+f.id+`").dispatchEvent(new Event("change"))`)
			b.until(names + ` === "` + f.want + `"`)
			b.run(chromedp.Click(chromedp.CSS("#clear")))
			b.until(names + ` === "` + everything + `"`)
		}
		b.run(chromedp.Click(chromedp.CSS(`a[data-rule="PKL505"]`)))
		b.until(names + ` === "spool/*.pkl"`)
		b.run(chromedp.Click(chromedp.CSS(`.services tbody tr:last-child a`))) // warehouse
		b.until(names + ` === "exports"`)
		b.run(chromedp.Click(chromedp.CSS(`.tiles .warning a`)))
		b.until(names + ` === "basket:* spool/*.pkl"`)
		b.run(chromedp.SetValue(chromedp.CSS("#sort"), "severity"), chromedp.Click(chromedp.CSS("#clear")))
		b.until(names + ` === "` + everything + `"`)
		b.run(chromedp.SetValue(chromedp.CSS("#sort"), "severity"))
		eval[bool](b, `document.getElementById("sort").dispatchEvent(new Event("change"))`)
		b.until(`Array.from(document.querySelectorAll("#list > li"), e => +e.dataset.w).every((w, i, all) => i === 0 || all[i-1] >= w)`)
		b.run(chromedp.Click(chromedp.CSS("#clear")))
	})
	b.sub("diagram", func(t *testing.T) {
		// Each channel has a box, each service that writes one at the left, and so on.
		if got := eval[string](b, `[".node", ".service", ".flow", ".zone"].map(s => document.querySelectorAll(".drawing " + s).length).join(" ")`); got != "11 8 18 8" {
			t.Errorf("boxes, services, lines and borders: %s", got)
		}
		// No box lies on another, and each is within its border and the drawing.
		for _, script := range []string{
			`(() => { const r = [...document.querySelectorAll(".drawing .box rect")].map(e => e.getBBox()); return r.some((a, i) => r.some((b, j) => i < j && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)); })()`,
			`[...document.querySelectorAll(".drawing .zone rect")].some((z, i, all) => all.some((y, j) => { const a = z.getBBox(), b = y.getBBox(); return i < j && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height; }))`,
			`(() => { const s = document.querySelector(".drawing svg").viewBox.baseVal; return [...document.querySelectorAll(".drawing rect, .drawing .line")].some(e => { const b = e.getBBox(); return b.x < 0 || b.y < 0 || b.x + b.width > s.width || b.y + b.height > s.height; }); })()`,
			`[...document.querySelectorAll(".drawing .box")].some(e => { const r = e.querySelector("rect").getBBox(), t = e.querySelector("text").getBBox(); return t.x + t.width > r.x + r.width || t.y < r.y; })`,
		} {
			if eval[bool](b, script) {
				t.Errorf("the drawing is wrong: %s", script)
			}
		}
		b.run(chromedp.Click(chromedp.CSS(`.drawing a[aria-label="bucket invoices"]`)))
		b.until(names + ` === "invoices" && document.activeElement.closest("li").querySelector("details").open`)
		if got := eval[string](b, `document.querySelector("#list details[open]").innerText`); !strings.Contains(got, "hmac.compare_digest") || !strings.Contains(got, "checked at ingest") || !strings.Contains(got, "@shop/money") || !strings.Contains(got, "billing") {
			t.Errorf("the record is %q", got)
		}
		if got := eval[string](b, `document.getElementById("picked").textContent`); got != "bucket invoices ✕" {
			t.Errorf("the button to show all again is %q", got)
		}
		b.shoot("inventory-picked.png", true)
		b.run(chromedp.Click(chromedp.CSS("#picked")))
		b.until(names + ` === "` + everything + `" && document.getElementById("picked").hidden`)
		b.run(chromedp.Click(chromedp.CSS(`.drawing a[aria-label="warehouse"]`)))
		b.until(names + ` === "exports"`)
		// A line in the middle of which one can click.
		eval[any](b, `document.querySelector("#flows").scrollIntoView()`)
		at := eval[[]float64](b, `(() => { const p = [...document.querySelectorAll(".drawing .flow")].find(e => e.textContent.startsWith("worker loads queue mail")).querySelector(".line"); const q = p.getPointAtLength(p.getTotalLength() / 8), m = p.getScreenCTM(); return [q.x * m.a + m.e, q.y * m.d + m.f]; })()`)
		b.run(chromedp.MouseClickXY(at[0], at[1]))
		b.until(names + ` === "mail"`)
		b.run(chromedp.Click(chromedp.CSS("#clear")))
		b.until(names + ` === "` + everything + `"`)
	})
	b.sub("keyboard", func(t *testing.T) {
		// A box of the drawing takes the focus, which can be seen, and Enter.
		b.run(chromedp.Focus(chromedp.CSS(`.drawing a[aria-label="file ledger.gob"]`)))
		b.run(chromedp.KeyEvent(kb.Tab))
		if got := eval[string](b, `document.activeElement.getAttribute("aria-label") || ""`); !strings.Contains(got, " ") {
			t.Errorf("after a box comes %q", got)
		}
		b.run(chromedp.Focus(chromedp.CSS(`.drawing a[aria-label="file ledger.gob"]`)), chromedp.KeyEvent(kb.Enter))
		b.until(names + ` === "ledger.gob"`)
		b.run(chromedp.Click(chromedp.CSS("#clear")))
		b.until(names + ` === "` + everything + `"`)
		b.run(chromedp.Focus(chromedp.CSS("#search")), chromedp.KeyEvent(kb.ArrowDown))
		b.until(`document.activeElement.closest("li")?.id === "c1"`)
		b.run(chromedp.KeyEvent("j"), chromedp.KeyEvent(kb.Enter))
		b.until(`document.querySelector("#c2 details").open && document.activeElement.closest("li").id === "c2"`)
		b.run(chromedp.KeyEvent(kb.Home), chromedp.KeyEvent(kb.ArrowUp))
		b.until(`document.activeElement.id === "search"`)
		if n := eval[int](b, `Array.from(document.querySelectorAll("button, input, select, a")).filter(e => !e.hidden && !(e.textContent.trim() || e.ariaLabel || e.labels?.[0]?.textContent.trim())).length`); n != 0 {
			t.Errorf("%d controls have no name", n)
		}
		eval[any](b, `location.hash = "#c3"`)
		b.until(`document.querySelector("#c3 details").open`)
	})
	b.quiet()
}

func TestInventoryPageDark(t *testing.T) {
	b := openBrowser(t, 1200, 900, &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"})
	b.load(inventoryPage(t, sample.Ordinary()))
	b.run(chromedp.Click(chromedp.CSS("#expand")))
	b.shoot("inventory-dark.png", true)
	checkContrast(b)
	b.quiet()
}

func TestInventoryPageOnAPhone(t *testing.T) {
	b := openBrowser(t, 360, 740)
	b.load(inventoryPage(t, sample.Ordinary()))
	// What lies far below is laid out when it comes near, one picture later.
	eval[any](b, `document.querySelector("#channels").scrollIntoView()`)
	b.run(chromedp.Sleep(200*time.Millisecond), chromedp.Click(chromedp.CSS("#list > li:first-child summary")))
	b.until(`document.querySelector("#c1 details").open`)
	if wide := eval[int](b, "document.documentElement.scrollWidth"); wide > 360 {
		t.Errorf("the page is %d pixels wide on a screen of 360", wide)
	}
	if n := eval[int](b, `Array.from(document.querySelectorAll("button, select, input[type=search]")).filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 32).length`); n != 0 {
		t.Errorf("%d controls are too small for a finger", n)
	}
	b.shoot("inventory-phone.png", true)
	checkContrast(b)
	b.quiet()
}

// Whatever the names are, they are text, and the page holds together.
func TestInventoryPageHostile(t *testing.T) {
	b := openBrowser(t, 1200, 900)
	inv := sample.Hostile()
	b.load(inventoryPage(t, inv))
	if n := eval[int](b, shown); n != len(inv.Channels) {
		t.Errorf("%d of %d channels are shown", n, len(inv.Channels))
	}
	b.run(chromedp.Click(chromedp.CSS("#expand")), chromedp.Click(chromedp.CSS(".drawing [data-node='3'].node")))
	for _, script := range []string{
		`document.title.startsWith("</script><script>document.title='owned'</script>: inventory")`,
		`document.querySelectorAll("main img, main script, main iframe, main b b, main style").length === 0`,
		`document.documentElement.scrollWidth <= 1200`,
		`document.body.innerText.includes("right\\u202eotfel")`,
		`!/[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u001b]/.test(document.documentElement.outerHTML)`,
		`Array.from(document.querySelectorAll("a[href]")).every(a => /^(#[a-z0-9-]+|https:\/\/github\.com\/pickle-lint\/.*)$/.test(a.getAttribute("href")))`,
	} {
		if !eval[bool](b, script) {
			t.Errorf("not so: %s", script)
		}
	}
	b.shoot("inventory-hostile.png", true)
	b.quiet()
}

func TestInventoryPageEmpty(t *testing.T) {
	b := openBrowser(t, 800, 600)
	b.load(inventoryPage(t, sample.Empty()))
	if got := eval[string](b, "document.body.innerText"); !strings.Contains(got, "No channel was found") || eval[bool](b, `!!document.querySelector(".drawing")`) {
		t.Errorf("it says %q", got)
	}
	b.run(chromedp.Click(chromedp.CSS("#theme")))
	b.shoot("inventory-empty.png", true)
	b.quiet()
}

// Without scripts the page is a list of everything, and the diagram leads into it.
func TestInventoryPageWithoutScripts(t *testing.T) {
	b := openBrowser(t, 1000, 900)
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.load(inventoryPage(t, sample.Ordinary()))
	if eval[bool](b, `document.documentElement.classList.contains("js")`) {
		t.Fatal("the script has run")
	}
	if n := eval[int](b, shown); n != len(sample.Ordinary().Channels) {
		t.Errorf("%d channels are shown", n)
	}
	if eval[bool](b, `Array.from(document.querySelectorAll("form, button, #none")).some(e => e.checkVisibility())`) {
		t.Error("there are controls that do nothing")
	}
	b.run(chromedp.Click(chromedp.CSS(`.drawing a[aria-label="bucket invoices"]`)))
	b.until(`document.querySelector(":target .name")?.textContent.includes("invoices")`)
	b.quiet()
}

// A page of 10,000 channels is there in seconds, and what is asked of it at once.
func TestInventoryPageOfMany(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const many = 10_000
	inv := sample.Large(many)
	b := openBrowser(t, 1200, 900)
	start := time.Now()
	file := inventoryPage(t, inv)
	written := time.Since(start)
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	start = time.Now()
	b.load(file)
	b.until(fmt.Sprintf("document.querySelectorAll('#list > li:not([hidden])').length === %d", many))
	loaded := time.Since(start)
	timed := func(change string) float64 {
		return eval[float64](b, `(() => { const t = performance.now(); `+change+`; document.body.offsetHeight; return performance.now() - t; })()`)
	}
	const change = `.dispatchEvent(new Event("change"))`
	kind := timed(`{ const s = document.getElementById("kind"); s.value = "queue"; s` + change + `; }`)
	back := timed(`{ const s = document.getElementById("kind"); s.value = ""; s` + change + `; }`)
	search := timed(`{ document.getElementById("search").value = "item-01234"; document.getElementById("kind")` + change + `; }`)
	if n := eval[int](b, shown); n != 1 {
		t.Errorf("%d channels are found", n)
	}
	pick := timed(`document.querySelector(".drawing .node").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))`)
	if got := eval[string](b, `document.getElementById("count").textContent`); !strings.HasPrefix(got, "66") {
		t.Errorf("a box of many channels shows %s", got)
	}
	// The services for which there is no box of their own are told apart in the list, and are
	// one in the diagram.
	eval[any](b, `document.querySelector('.drawing .service:not([data-service])').dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))`)
	rest := eval[int](b, `document.querySelectorAll("#list > li:not([hidden])").length`)
	eval[any](b, `document.querySelector('.services tbody tr:nth-child(40) a').click()`)
	one := eval[int](b, `document.querySelectorAll("#list > li:not([hidden])").length`)
	if at := ends(inv, "service-39"); one != at || rest <= 10*one || rest >= many {
		t.Errorf("the other services have %d channels, the last of them %d, want %d", rest, one, at)
	}
	order := timed(`{ const s = document.getElementById("sort"); s.value = "boundary"; s` + change + `; }`)
	t.Logf("%d kB, written in %v, loaded in %v; hide %.0f ms, show all %.0f ms, first search %.0f ms, click in the diagram %.0f ms, sort %.0f ms",
		info.Size()>>10, written.Round(time.Millisecond), loaded.Round(time.Millisecond), kind, back, search, pick, order)
	if n := eval[int](b, `document.querySelectorAll(".drawing .box").length`); n > 60+2*24 || n < 10 {
		t.Errorf("%d boxes are drawn", n)
	}
	b.shoot("inventory-many.png", false)
	if loaded > 20*time.Second || max(kind, back, search, pick, order) > 3000 {
		t.Error("too slow")
	}
	b.quiet()
}

// ends counts the channels that a service has to do with.
func ends(inv *inventory.Inventory, service string) int {
	n := 0
	for _, c := range inv.Channels {
		if slices.ContainsFunc(c.Producers, func(p *inventory.Producer) bool { return p.Service == service }) ||
			slices.ContainsFunc(c.Consumers, func(p *inventory.Consumer) bool { return p.Service == service }) {
			n++
		}
	}
	return n
}
