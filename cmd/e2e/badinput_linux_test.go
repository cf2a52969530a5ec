package e2e

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// mostMemory is what a run at one hostile source may take, in kB.
const mostMemory = 300 << 10

// Hostile sources end a run neither by their size nor by what they hold, take less
// memory than the limit, and end with something said: a site, or a skip.
func TestHostileSources(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	if !cgo(t) {
		t.Skip("Python needs cgo")
	}
	const call = "pickle.loads(b)\n"
	random := rand.New(rand.NewPCG(3, 4))
	noise := make([]byte, 1<<20-100)
	for i := range noise {
		if noise[i] = byte(' ' + random.IntN(95)); random.IntN(40) == 0 {
			noise[i] = '\n'
		}
	}
	binary32 := make([]byte, 1<<20-100)
	for i := range binary32 {
		binary32[i] = byte(random.IntN(256))
	}
	for name, tt := range map[string]struct {
		src  string
		skip string // what standard error says
		site bool   // the site must be found
	}{
		"one line of 50 MB":     {"import pickle; x = [" + strings.Repeat("1, ", 50<<20/3) + "]; " + call, "more than 1048576 bytes are not parsed", true},
		"one string of 60 MB":   {"import pickle; x = '" + strings.Repeat("a", 60<<20) + "'; " + call, "more than 1048576 bytes are not parsed", true},
		"more than is read":     {"import pickle\n" + strings.Repeat("#", 65<<20) + "\n" + call, "more than 67108864 are not read", false},
		"a nest of 10⁶":         {"import pickle\n" + strings.Repeat("(", 1e6) + "pickle.loads(b)" + strings.Repeat(")", 1e6), "are not parsed", true},
		"dashes":                {"import pickle\nx = " + strings.Repeat("-", 9e5) + call, "more than 500000 tokens are not parsed", true},
		"fewer dashes":          {"import pickle\nx = " + strings.Repeat("-", 498_000) + call, "", true},
		"open brackets":         {"import pickle\n" + strings.Repeat("[{(", 160_000) + call, "syntax error", true},
		"an open string":        {"import pickle\nx = 'abc\n" + call, "syntax error", true},
		"an open triple string": {"import pickle\nx = '''abc\n" + call, "syntax error", false},
		"NUL bytes":             {"import pickle\n\x00\n" + call, "contains NUL bytes", true},
		"1 MB of noise":         {"import pickle\n" + string(noise) + "\n" + call, "", false},
		"1 MB of bytes":         {"import pickle\n" + string(binary32) + "\n" + call, "", false},
		"an unknown encoding":   {"# coding: nosuch\nimport pickle\n" + call, "declared encoding nosuch is not known", true},
		"no UTF-8":              {"import pickle\nx = '\xff\xfe'\n" + call, "not valid UTF-8", true},
		"a bomb at a site":      {"import pickle\npickle.loads(b'aaaa' * 1000000000)\n", "was not worked out", true},
		"a long sum at a site":  {"import pickle\npickle.loads(b'a'" + strings.Repeat(" + b'a'", 120_000) + ")\n", "", true},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "x.py"), []byte(tt.src), 0o600); err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(binary("pickle-lint"), "--no-cache", "x.py")
			cmd.Dir = dir
			var stdout, stderr bytes.Buffer
			cmd.Stdout, cmd.Stderr = &stdout, &stderr
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			peak := watchMemory(cmd.Process.Pid)
			err := cmd.Wait()
			most := peak()
			exit := cmd.ProcessState.ExitCode()
			found := strings.Contains(stdout.String(), "PKL201")
			switch {
			case exit != 1 && exit != 3:
				t.Errorf("exit code %d (%v)\n%s", exit, err, stderr.String())
			case found != (exit == 1):
				t.Errorf("exit code %d, a site found: %t", exit, found)
			case tt.site && !found:
				t.Errorf("the site was not found\n%s", stderr.String())
			}
			if !strings.Contains(stderr.String(), tt.skip) || exit == 3 && stderr.Len() == 0 {
				t.Errorf("no %q in %s", tt.skip, stderr.String())
			}
			t.Logf("%d MB", most>>10)
			if most > mostMemory {
				t.Errorf("%d kB of memory, want at most %d", most, mostMemory)
			}
		})
	}
}

// watchMemory asks a process for the most memory that it had, in kB, until it has
// ended: the usage that the kernel gives for a child counts what its parent had when
// it was started, too.
func watchMemory(pid int) (peak func() int) {
	done, most := make(chan struct{}), make(chan int)
	go func() {
		last := 0
		for {
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			if _, rest, ok := strings.Cut(string(status), "VmHWM:"); err == nil && ok {
				if _, err := fmt.Sscanf(rest, "%d kB", &last); err != nil {
					last = 0
				}
			}
			select {
			case <-done:
				most <- last
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return func() int { close(done); return <-most }
}

// On a terminal a list of sites is as wide as that; in a pipe nothing is cut.
func TestSitesOnATerminal(t *testing.T) {
	if !cgo(t) {
		t.Skip("Python needs cgo")
	}
	dir := t.TempDir()
	argument := "[" + strings.Repeat("first, ", 9) + "last]"
	src := "import pickle\n# picklelint:trust boundary=host reason=\"" + strings.Repeat("because ", 20) + "\"\npickle.loads(" + argument + ")\n"
	if err := os.WriteFile(filepath.Join(dir, "x.py"), []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	screen, terminal := openTerminal(t, 90)
	cmd := exec.Command(binary("pickle-lint"), "sites", "--progress", "never")
	cmd.Dir, cmd.Stdout = dir, terminal
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	var drawn [4096]byte
	n, err := screen.Read(drawn[:])
	if err != nil {
		t.Fatal(err)
	}
	text := string(drawn[:n])
	for line := range strings.SplitSeq(text, "\r\n") {
		if len([]rune(line)) > 90 {
			t.Errorf("%d columns: %s", len([]rune(line)), line)
		}
	}
	if !strings.Contains(text, "x.py:3:1") || !strings.Contains(text, "…") {
		t.Errorf("%q", text)
	}
	cmd = exec.Command(binary("pickle-lint"), "sites")
	cmd.Dir = dir
	piped, err := cmd.Output()
	if err != nil || !strings.Contains(string(piped), argument) || strings.Contains(string(piped), "…") {
		t.Errorf("%v %s", err, piped)
	}
}
