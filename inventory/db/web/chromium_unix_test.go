//go:build unix

package web

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/pickle-lint/pickle-lint/inventory"
	"github.com/pickle-lint/pickle-lint/inventory/db"
	"github.com/pickle-lint/pickle-lint/lint"
)

// chromium finds the browser. In CI it is installed, and elsewhere the test is skipped
// without one.
func chromium(t *testing.T) string {
	t.Helper()
	if os.Getenv("CI") != "" {
		out, err := exec.CommandContext(t.Context(), "../../../scripts/chromium.sh").Output()
		if err != nil {
			t.Fatalf("scripts/chromium.sh: %v", err)
		}
		return strings.TrimSpace(string(out))
	}
	for _, name := range []string{os.Getenv("PICKLE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome-stable", "google-chrome"} {
		if path, err := exec.LookPath(name); name != "" && err == nil {
			return path
		}
	}
	t.Skip("no browser (scripts/chromium.sh installs one)")
	return ""
}

// browser is one window, and what it did that it should not.
type browser struct {
	context.Context
	t    *testing.T
	base string

	mu      sync.Mutex
	trouble []string
}

func openBrowser(t *testing.T, base string, width, height int64, features ...*emulation.MediaFeature) *browser {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("no-pings", true),
	)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{Context: ctx, t: t, base: base}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	b.run(chromedp.EmulateViewport(width, height))
	call(b, network.Enable, network.EnableParams{})
	call(b, log.Enable, cdp.Empty{})
	if len(features) > 0 {
		call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
	}
	return b
}

func call[P, R any](b *browser, command cdp.Command[P, R], params P) {
	b.t.Helper()
	do1(b, func(ctx context.Context, t *chromedp.Target) (R, error) { return cdp.Call(ctx, t, command, params) })
}

func do1[T any](b *browser, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b, 30*time.Second)
	defer cancel()
	out, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

// hear notes scripts that fail, what the policy refuses, and requests to others.
func (b *browser) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.trouble = append(b.trouble, "a script failed")
	case *runtime.EventConsoleAPICalled:
		b.trouble = append(b.trouble, fmt.Sprintf("console.%s", e.Type))
	case *log.EventEntryAdded:
		b.trouble = append(b.trouble, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, b.base+"/") {
			b.trouble = append(b.trouble, "a request to "+e.Request.URL)
		}
	}
}

func (b *browser) run(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	do1(b, chromedp.Steps(actions...))
}

func (b *browser) open(path string) {
	b.t.Helper()
	b.run(chromedp.Navigate(b.base + path))
	b.until(`document.readyState === "complete"`)
}

func eval[T any](b *browser, script string) T {
	b.t.Helper()
	return do1(b, chromedp.Evaluate[T](script))
}

// until waits for an expression to be true. While one page makes way for the next, there
// is nothing that could say.
func (b *browser) until(script string) {
	b.t.Helper()
	var err error
	for begin := time.Now(); time.Since(begin) < 10*time.Second; time.Sleep(20 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(b, 5*time.Second)
		var is bool
		is, err = chromedp.Run(ctx, chromedp.Evaluate[bool](script))
		cancel()
		if err == nil && is {
			return
		}
	}
	b.t.Errorf("%s: %v", script, err)
}

func (b *browser) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.trouble {
		b.t.Errorf("the browser says: %s", s)
	}
}

func (b *browser) shoot(name string) {
	b.t.Helper()
	png := do1(b, chromedp.CaptureScreenshot())
	if err := os.MkdirAll("artefacts", 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join("artefacts", name), png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

const hostileText = `</title></td><script>document.title="owned"</script><img src=x onerror="document.title='owned'">&lt;"'{{.}}`

// hostile is an inventory whose every text wants to be more than text.
func hostile() *inventory.Inventory {
	j := &lint.Justification{Boundary: hostileText, Reason: hostileText, Owner: "javascript:alert(1)", Line: 1}
	return &inventory.Inventory{
		Form: 1, Tool: hostileText, Version: hostileText, Repository: "hostile/" + hostileText, Commit: hostileText, Date: "2026-11-24",
		Services: []*inventory.Service{{Name: hostileText, Paths: []string{hostileText}, From: hostileText, Owners: []string{hostileText}}},
		Channels: []*inventory.Channel{{
			ID: hostileText, Kind: hostileText, Name: "\u202e" + hostileText, Verification: hostileText, Sensitivity: "pii", Classes: []string{hostileText}, Owners: []string{hostileText}, Boundaries: []string{hostileText},
			Producers: []*inventory.Producer{{Service: hostileText, Dump: &lint.Dump{Location: lint.Location{Path: hostileText, Line: 1}, API: hostileText, Argument: hostileText}}},
			Consumers: []*inventory.Consumer{{Service: hostileText, Verification: "none", Site: &lint.Site{Location: lint.Location{Path: "javascript:alert(1)", Line: 1}, API: hostileText, Justification: j}}},
			Blobs:     []*inventory.Blob{{Path: hostileText, Globals: []string{hostileText}}},
		}},
		Findings: []*inventory.Finding{{Channel: hostileText, Finding: &lint.Finding{Rule: hostileText, Name: hostileText, Severity: lint.Error, Message: hostileText}}},
		Skips:    []*lint.Skip{{Location: lint.Location{Path: hostileText}, Reason: hostileText}},
	}
}

const rows = `document.querySelectorAll("tbody tr").length`

func TestPagesInChromium(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB) {
		base := start(t, d, Options{})
		b := openBrowser(t, base, 1200, 900)
		b.open("/")
		b.shoot("overview.png")
		if title := eval[string](b, "document.title"); title != "Pickle inventory" {
			t.Errorf("the title is %q", title)
		}
		// By keyboard: past the menu, to the channels, into the search, to a channel.
		b.run(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
		b.until(`document.activeElement.id === "main"`)
		eval[any](b, `document.querySelector("header a[href='/channels']").focus()`)
		b.run(chromedp.KeyEvent(kb.Enter))
		b.until(`location.pathname === "/channels" && document.readyState === "complete"`)
		// As one event, as a keyboard does: who takes the key takes its character, too.
		call(b, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeKeyDown, Key: "/", Code: "Slash", Text: "/"})
		b.until(`document.activeElement.name === "q"`)
		b.run(chromedp.KeyEvent("cache:user"), chromedp.KeyEvent(kb.Enter))
		b.until(`location.search.includes("q=cache") && document.readyState === "complete" && ` + rows + ` === 1`)
		eval[any](b, `document.querySelector("tbody a[href^='/channel?']").focus()`)
		b.run(chromedp.KeyEvent(kb.Enter))
		b.until(`location.pathname === "/channel" && document.readyState === "complete"`)
		if text := eval[string](b, "document.body.innerText"); !strings.Contains(text, "web/cache.py") || !strings.Contains(text, "History") || !strings.Contains(text, "SEC-7") {
			t.Errorf("the channel says\n%s", text)
		}
		b.shoot("channel.png")
		// By mouse: filters, pages of a list.
		b.open("/channels?repository=org/*")
		b.run(chromedp.Click(chromedp.CSS(`a[rel=next]`)))
		b.until(`location.search.includes("page=2") && document.readyState === "complete" && ` + rows + ` > 10`)
		b.open("/channels")
		b.run(chromedp.SetValue(chromedp.CSS("select[name=sensitivity]"), "pii"), chromedp.Click(chromedp.CSS("form.fields button")))
		b.until(`location.search.includes("sensitivity=pii") && document.readyState === "complete"`)
		if !eval[bool](b, `Array.from(document.querySelectorAll("tbody tr"), r => r.cells[7].textContent).every(s => s === "pii") && `+rows+` > 0`) {
			t.Error("the filter lets others through")
		}
		// A question, and two commits.
		b.open("/questions/loads-class")
		b.run(chromedp.SendKeys(chromedp.CSS("input[name=class]"), "shop.*"), chromedp.Click(chromedp.CSS("form.fields button")))
		b.until(`location.search.includes("class=shop") && document.readyState === "complete" && ` + rows + ` === 3`)
		b.open("/repository?name=acme/shop")
		b.run(chromedp.Click(chromedp.CSS("form.fields button")))
		b.until(`location.pathname === "/diff" && document.readyState === "complete" && ` + rows + ` === 7`)
		// Names that want to be markup.
		for _, path := range []string{"/", "/services?repository=hostile*", "/channels?repository=hostile*", "/findings?repository=hostile*", "/skips?repository=hostile*", "/questions/sensitive?repository=hostile*"} {
			b.open(path)
			if title := eval[string](b, "document.title"); title == "owned" {
				t.Errorf("%s is owned", path)
			}
			if text := eval[string](b, "document.body.innerText"); !strings.Contains(text, "</title></td><script>") || strings.ContainsRune(text, '\u202e') {
				t.Errorf("%s does not show what is there", path)
			}
		}
		b.open("/channels?repository=hostile*")
		eval[any](b, `document.querySelector("tbody a[href^='/channel?']").click()`)
		b.until(`location.pathname === "/channel" && document.readyState === "complete" && document.querySelectorAll("tbody tr").length >= 5`)
		if eval[bool](b, `document.title === "owned" || Array.from(document.links).some(a => a.protocol === "javascript:")`) {
			t.Error("the channel is owned")
		}
		b.quiet()
	}, hostile())
}

func TestPhoneAndDark(t *testing.T) {
	base := start(t, filled(t, t.TempDir()+"/x.db", hostile()), Options{})
	paths := []string{"/", "/repositories", "/services", "/channels", "/channel?repository=acme/shop&id=cache:user-*", "/findings", "/questions/loads-class?class=shop.*", "/repository?name=acme/shop", "/channels?repository=hostile*"}
	b := openBrowser(t, base, 360, 740)
	for _, path := range paths {
		b.open(path)
		if wide := eval[int](b, "document.documentElement.scrollWidth"); wide > 360 {
			t.Errorf("%s is %d wide on a phone", path, wide)
		}
		if small := eval[int](b, `Array.from(document.querySelectorAll("input, select, button")).filter(e => e.getBoundingClientRect().height < 40).length`); small > 0 {
			t.Errorf("%s has %d fields that are too small for a finger", path, small)
		}
		if bad := eval[int](b, `Array.from(document.querySelectorAll("input, select")).filter(e => !e.labels.length).length`); bad > 0 {
			t.Errorf("%s has %d fields without a name", path, bad)
		}
	}
	b.shoot("phone.png")
	light := eval[string](b, "getComputedStyle(document.body).backgroundColor")
	b.quiet()

	dark := openBrowser(t, base, 1200, 900, &emulation.MediaFeature{Name: "prefers-color-scheme", Value: "dark"})
	dark.open("/channels")
	if now := eval[string](dark, "getComputedStyle(document.body).backgroundColor"); now == light {
		t.Errorf("dark is as light: %s", now)
	}
	dark.shoot("dark.png")
	dark.quiet()
}

func TestWithoutScript(t *testing.T) {
	const token = "0123456789abcdef"
	base := start(t, filled(t, t.TempDir()+"/x.db"), Options{Token: token})
	b := openBrowser(t, base, 1200, 900)
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.open("/channels")
	b.until(`document.body.innerText.includes("Token")`)
	b.run(chromedp.SendKeys(chromedp.CSS("input[name=token]"), token+kb.Enter))
	b.until(`document.body.innerText.includes("Who writes pickles")`)
	b.run(chromedp.Click(chromedp.CSS("header a[href='/channels']")))
	b.until(`document.body.innerText.includes("cache:user-*")`)
	b.run(chromedp.SendKeys(chromedp.CSS("input[name=q]"), "queue:orders"+kb.Enter))
	b.until(rows + ` === 2`)
}
