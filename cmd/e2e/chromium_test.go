package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// artefacts is where screenshots are kept, for people to look at. Git ignores it.
const artefacts = "artefacts"

// chromium finds the browser: $PICKLE_CHROMIUM, which must be one, or the first of the
// usual names on the path.
func chromium(t *testing.T) string {
	t.Helper()
	if name := os.Getenv("PICKLE_CHROMIUM"); name != "" {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Fatalf("PICKLE_CHROMIUM: %v", err)
		}
		return path
	}
	names := []string{"chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "headless-shell"}
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skipf("no browser: none of %s is on the path (scripts/chromium.sh installs one, PICKLE_CHROMIUM names one)", strings.Join(names, ", "))
	return ""
}

// browser is one window, and what it did that it should not.
type browser struct {
	context.Context
	t *testing.T

	mu       sync.Mutex
	trouble  []string
	requests []string
}

// openBrowser starts a browser of the given size. The media features are in force from the
// first page on.
func openBrowser(t *testing.T, width, height int64, features ...*emulation.MediaFeature) *browser {
	t.Helper()
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("no-pings", true),
	)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &browser{Context: ctx, t: t}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	b.run(chromedp.EmulateViewport(width, height))
	call(b, network.Enable, network.EnableParams{})
	call(b, log.Enable, cdp.Empty{})
	// A page that scrolls by and by moves from under the pointer.
	features = append(features, &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"})
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
	return b
}

// call sends one command of the protocol.
func call[P, R any](b *browser, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	return get(b, func(ctx context.Context, t *chromedp.Target) (R, error) { return cdp.Call(ctx, t, command, params) })
}

// get runs an action that has a result. None of them takes long where all is well.
func get[T any](b *browser, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b, 30*time.Second)
	defer cancel()
	out, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

// sub runs a subtest, whose failures are its own.
func (b *browser) sub(name string, test func(t *testing.T)) {
	outer := b.t
	defer func() { b.t = outer }()
	outer.Run(name, func(t *testing.T) {
		b.t = t
		test(t)
	})
}

func (b *browser) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.trouble = append(b.trouble, (&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error())
	case *runtime.EventConsoleAPICalled:
		b.trouble = append(b.trouble, fmt.Sprintf("console.%s", e.Type))
	case *log.EventEntryAdded:
		b.trouble = append(b.trouble, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *network.EventRequestWillBeSent:
		b.requests = append(b.requests, e.Request.URL)
	}
}

func (b *browser) run(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	get(b, chromedp.Steps(actions...))
}

// load opens a file as a page.
func (b *browser) load(file string) {
	b.t.Helper()
	path, err := filepath.Abs(file)
	if err != nil {
		b.t.Fatal(err)
	}
	b.run(chromedp.Navigate((&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()))
	b.until(`document.readyState === "complete"`)
}

// eval evaluates JavaScript.
func eval[T any](b *browser, script string) T {
	b.t.Helper()
	return get(b, chromedp.Evaluate[T](script))
}

// until waits for an expression to be true: the page waits for people to stop typing.
func (b *browser) until(script string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b, 10*time.Second)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](script, chromedp.WithPollingInterval(20*time.Millisecond))); err != nil {
		b.t.Errorf("%s: %v", script, err)
	}
}

// quiet checks that the page asked for nothing but itself and made no error.
func (b *browser) quiet() {
	b.t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, s := range b.trouble {
		b.t.Errorf("the browser says: %s", s)
	}
	for _, u := range b.requests {
		if !strings.HasPrefix(u, "file:") && !strings.HasPrefix(u, "data:") {
			b.t.Errorf("the page asks for %s", u)
		}
	}
	if len(b.requests) == 0 {
		b.t.Error("no request was heard of, not even for the page")
	}
}

// shoot keeps a screenshot of what is in the window, or of the whole page.
func (b *browser) shoot(name string, whole bool) {
	b.t.Helper()
	shot := chromedp.CaptureScreenshot()
	if whole {
		// What is outside of the window is not laid out, and would be white.
		eval[any](b, `document.querySelectorAll("#list > li").forEach(e => { e.style.contentVisibility = "visible"; })`)
		shot = chromedp.FullScreenshot(100)
	}
	png := get(b, shot)
	err := errors.Join(os.MkdirAll(artefacts, 0o755), os.WriteFile(filepath.Join(artefacts, name), png, 0o644))
	if err != nil {
		b.t.Fatal(err)
	}
}
