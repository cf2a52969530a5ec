package pickle_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/pickle"
)

var (
	oracleStreams = flag.Int("oracle.streams", 5000, "a quarter of the number of random streams that CPython is asked about")
	oracleSeed    = flag.Uint64("oracle.seed", 2, "where the random streams begin")
)

// oracles are the interpreters that are asked: python3, and those that the
// variable PICKLE_LINT_PYTHONS lists like a PATH. Where CI is set, a missing
// python3 fails the test.
func oracles(t *testing.T) []string {
	t.Helper()
	exe, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("python3 is needed: CPython is the oracle of this test")
		}
		t.Skip("python3 is not there: CPython is the oracle of this test")
	}
	return append([]string{exe}, filepath.SplitList(os.Getenv("PICKLE_LINT_PYTHONS"))...)
}

// python runs a script to its end and returns the lines that it printed.
func python(t *testing.T, exe, stdin string, args ...string) []string {
	t.Helper()
	cmd := exec.Command(exe, args...)
	cmd.Stdin = strings.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", exe, args[0], err, stderr.String())
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

// recorder is a running testdata/oracle.py, or oracle27.py.
type recorder struct {
	release pickle.Release
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Scanner
	stderr  bytes.Buffer
}

// record starts a recorder. The caller closes it.
func record(exe string) (*recorder, error) {
	script := "testdata/oracle.py"
	major, err := exec.Command(exe, "-c", "import sys; print(sys.version_info[0])").Output()
	if err != nil {
		return nil, fmt.Errorf("asking %s for its version: %w", exe, err)
	}
	if strings.TrimSpace(string(major)) == "2" {
		script = "testdata/oracle27.py"
	}
	r := &recorder{cmd: exec.Command(exe, script)}
	r.cmd.Stderr = &r.stderr // CPython 3.8 to 3.13 complain there about bytearrays that do not fit
	if r.in, err = r.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	stdout, err := r.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	r.out = bufio.NewScanner(stdout)
	r.out.Buffer(nil, 64<<20)
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	var header struct{ Version [3]int }
	if !r.out.Scan() {
		return nil, fmt.Errorf("%s %s prints no header: %w", exe, script, r.out.Err())
	}
	if err := json.Unmarshal(r.out.Bytes(), &header); err != nil {
		return nil, err
	}
	v := header.Version
	r.release, err = pickle.ParseRelease(fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]))
	return r, err
}

// heard is what one loader did with one profile of stubs; see oracle.py.
type heard struct {
	Events [][]any
	OK     bool
	End    *int64
	Error  string
}

// ask returns what each loader does with b, by profile.
func (r *recorder) ask(b []byte) (map[string]map[string]heard, error) {
	if _, err := fmt.Fprintf(r.in, "%x\n", b); err != nil {
		return nil, err
	}
	return r.answer()
}

func (r *recorder) answer() (map[string]map[string]heard, error) {
	if !r.out.Scan() {
		return nil, fmt.Errorf("no answer: %w", r.out.Err())
	}
	var runs map[string]map[string]heard
	return runs, json.Unmarshal(r.out.Bytes(), &runs)
}

func (r *recorder) close() error {
	if err := r.in.Close(); err != nil {
		return err
	}
	return r.cmd.Wait()
}

// all asks about many streams at once.
func (r *recorder) all(cases [][]byte) ([]map[string]map[string]heard, error) {
	failed := make(chan error, 1)
	go func() {
		w := bufio.NewWriter(r.in)
		for _, b := range cases {
			_, _ = fmt.Fprintf(w, "%x\n", b) // Flush tells
		}
		failed <- w.Flush()
	}()
	answers := make([]map[string]map[string]heard, len(cases))
	for i := range cases {
		var err error
		if answers[i], err = r.answer(); err != nil {
			return nil, fmt.Errorf("case %x: %w", cases[i], err)
		}
	}
	return answers, <-failed
}

// TestOracle asks CPython what each of its loaders does with each stream. The
// loader followed alone must do exactly that, and the union must contain it.
func TestOracle(t *testing.T) {
	t.Parallel()
	for _, exe := range oracles(t) {
		r, err := record(exe)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(r.release.String(), func(t *testing.T) {
			cases := oracleCases(t)
			answers, err := r.all(cases)
			if err := r.close(); err != nil {
				t.Errorf("%v\n%.2000s", err, &r.stderr)
			}
			if err != nil {
				t.Fatal(err)
			}
			compareAll(t, r.release, cases, answers)
		})
	}
}

// oracleCases are the recipes, pickles of ordinary objects, and streams made at
// random, the same at every run.
func oracleCases(t *testing.T) [][]byte {
	var cases [][]byte
	for _, c := range loadCases(t) {
		cases = append(cases, c.data)
	}
	cases = append(cases, longCases()...)
	objects := python(t, oracles(t)[0], "", "testdata/objects.py")
	if len(objects) < 200 {
		t.Fatalf("python made only %d pickles", len(objects))
	}
	for _, line := range objects {
		b, err := hex.DecodeString(line)
		if err != nil {
			t.Fatal(err)
		}
		cases = append(cases, b)
	}
	rng := rand.New(rand.NewPCG(1, *oracleSeed))
	whole := len(cases)
	for range *oracleStreams {
		cases = append(cases, program(rng), framed(rng), textOp(rng), mutated(rng, cases[rng.IntN(whole)]))
	}
	return cases
}

func compareAll(t *testing.T, release pickle.Release, cases [][]byte, answers []map[string]map[string]heard) {
	failed, runs, stops, told := 0, 0, 0, map[string]int{}
	for i, b := range cases {
		for _, problem := range compare(release, b, answers[i]) {
			if failed++; failed <= 20 {
				t.Errorf("%.150x\n%.600s", b, problem)
			}
		}
		for loader, profiles := range answers[i] {
			for _, h := range profiles {
				runs++
				if h.OK {
					stops++
				}
				told[loader] += len(h.Events)
			}
		}
	}
	t.Logf("%d streams, %d runs, %d reach STOP, events %v", len(cases), runs, stops, told)
	for loader, n := range told {
		if n < 1000 {
			t.Errorf("%s told only %d events", loader, n)
		}
	}
	if failed > 0 {
		t.Errorf("%d differences", failed)
	}
}

// wholeNames keeps names that are longer than any real one.
var wholeNames = pickle.Limits{Name: 1 << 20}

// compare says how our reading of a stream differs from what CPython did.
func compare(release pickle.Release, b []byte, answer map[string]map[string]heard) (problems []string) {
	union, _ := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, pickle.Options{Python: oneOf(release), Limits: wholeNames})
	for loader, profiles := range answer {
		set, err := pickle.ParseLoader(loader)
		if err != nil {
			return []string{err.Error()}
		}
		opts := pickle.Options{Loaders: set, Python: release, Plain: true, PeekBuffer: 8192, Limits: wholeNames}
		trace, runErr := pickle.Run(bytes.NewReader(b), int64(len(b)), 0, opts)
		for profile, h := range profiles {
			// A stub that reaches memory is our limit, not a difference.
			if h.Error == "MemoryError" || h.Error == "RecursionError" || h.Error == "Timeout" {
				continue
			}
			want := merged(h.Events)
			if problem := differs(trace, runErr, b, set, profile, h, want); problem != "" {
				problems = append(problems, fmt.Sprintf("%s, %s: %s\ncpython %v %s\nwe      %v %v", loader, profile, problem,
					want, h.Error, ours(trace, b, set, profile).events, runErr))
			}
			if missing, ok := contains(union, b, set, profile, want); !ok {
				problems = append(problems, fmt.Sprintf("%s, %s: the union misses %v\ncpython %v\nwe      %v", loader, profile, missing,
					want, ours(union, b, set, profile).all))
			}
		}
	}
	slices.Sort(problems)
	return problems
}

// oneOf is the union over releases in which release is: all of Python 3, or 2.7.
func oneOf(release pickle.Release) pickle.Release {
	if strings.HasPrefix(release.String(), "2") {
		return release
	}
	return pickle.Release{}
}
