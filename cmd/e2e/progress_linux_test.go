package e2e

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// openTerminal returns the two ends of a pseudo-terminal of so many columns.
func openTerminal(t *testing.T, columns uint16) (screen, terminal *os.File) {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skipf("no pseudo-terminals here: %v", err)
	}
	control := func(request uintptr, argument unsafe.Pointer) {
		t.Helper()
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, screen.Fd(), request, uintptr(argument)); errno != 0 {
			t.Fatal(errno)
		}
	}
	// ioctl_tty(2).
	var number, locked uint32
	size := [4]uint16{24, columns}
	control(syscall.TIOCSPTLCK, unsafe.Pointer(&locked))
	control(syscall.TIOCGPTN, unsafe.Pointer(&number))
	control(syscall.TIOCSWINSZ, unsafe.Pointer(&size))
	terminal, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return screen, terminal
}

// slowRun is a run that reads standard input until its terminal shows the text
// awaited, or for a second and a half where none is. It returns what the terminal
// got, what standard output got, the exit code, and how long it ran.
func slowRun(t *testing.T, awaited string, interrupt bool, env ...string) (drawn, out string, exit int, took time.Duration) {
	t.Helper()
	screen, terminal := openTerminal(t, 60)
	cmd := exec.Command(binary("pickle-lint"), "blob", "-")
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), append([]string{"TERM=xterm", "NO_COLOR=", "CI="}, env...)...)
	var stdout strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, terminal
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := terminal.Close(); err != nil {
		t.Error(err)
	}
	text, seen := make(chan string), make(chan struct{})
	go func() { text <- readScreen(screen, awaited, seen) }()
	if awaited == "" {
		time.Sleep(1500 * time.Millisecond)
	} else {
		select {
		case <-seen:
		case <-time.After(time.Minute): // a loaded machine; the caller tells what is missing
		}
	}
	if interrupt {
		err = cmd.Process.Signal(os.Interrupt)
	} else {
		_, err = io.WriteString(stdin, "I1\n.")
		err = errors.Join(err, stdin.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	if _, failed := errors.AsType[*exec.ExitError](err); err != nil && !failed {
		t.Fatal(err)
	}
	took = time.Since(start)
	drawn = <-text
	if err := screen.Close(); err != nil {
		t.Error(err)
	}
	return drawn, stdout.String(), cmd.ProcessState.ExitCode(), took
}

// readScreen returns all that comes, and closes seen when awaited is among it.
func readScreen(screen io.Reader, awaited string, seen chan<- struct{}) string {
	var all []byte
	buf, told := make([]byte, 4096), awaited == ""
	for {
		n, err := screen.Read(buf)
		all = append(all, buf[:n]...)
		if !told && strings.Contains(string(all), awaited) {
			close(seen)
			told = true
		}
		if err != nil { // the other end closed
			return string(all)
		}
	}
}

const eraseLine = "\r\x1b[K"

// A run that takes more than a second draws a line on the terminal, ten times a
// second at most, and takes it away before anything else is written.
func TestProgressOnATerminal(t *testing.T) {
	t.Parallel()
	const named = "s in standard input"
	drawn, out, exit, took := slowRun(t, named, false)
	parts := strings.Split(drawn, eraseLine)
	if exit != 0 || out != "no findings (looked at 1 file: 1 blob)\n" {
		t.Errorf("exit code %d, %q", exit, out)
	}
	if n := len(parts) - 2; n < 1 || n > int(10*took.Seconds())+1 {
		t.Errorf("drawn %d times in %v: %q", n, took, drawn)
	}
	if !strings.Contains(drawn, named) {
		t.Errorf("standard input is not named in %v: %q", took, drawn)
	}
	// The file is opened a moment after the run starts: the first drawings may come before it is a second old.
	line := regexp.MustCompile(`^\[ +\] 0/1 files, 0 bytes(, \d+s in standard input)?\r$`)
	for i, part := range parts {
		if edge := i == 0 || i == len(parts)-1; edge && part != "" || !edge && (!line.MatchString(part) || len([]rune(part)) > 60) {
			t.Errorf("part %d of the drawing: %q", i, part)
		}
	}
}

func TestInterruptedProgress(t *testing.T) {
	t.Parallel()
	drawn, out, exit, _ := slowRun(t, "0/1 files", true)
	_, last, ok := cutLast(drawn, eraseLine)
	if exit != 3 || !ok || !strings.HasPrefix(last, "pickle-lint: skipped: ") || !strings.Contains(last, "interrupted: the results are incomplete") {
		t.Errorf("exit code %d, last on the terminal: %q", exit, last)
	}
	if !strings.HasPrefix(out, "incomplete: no findings; ") {
		t.Errorf("output %q", out)
	}
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// Who does not want it gets nothing.
func TestNoProgress(t *testing.T) {
	for _, env := range []string{"NO_COLOR=1", "TERM=dumb", "TERM=", "CI=true"} {
		t.Run(env, func(t *testing.T) {
			t.Parallel()
			if drawn, _, exit, _ := slowRun(t, "", false, env); drawn != "" || exit != 0 {
				t.Errorf("exit code %d, drawn %q", exit, drawn)
			}
		})
	}
}
