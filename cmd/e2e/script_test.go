package e2e

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

var update = flag.Bool("update", false, "rewrite the expectations of the scripts, and the picture of README")

// TestScripts runs testdata/script/*.txtar. Besides testscript's own commands they
// have
//
//	exits N CMD [ARG...]   run a command, keep stdout and stderr, want exit code N
//	recipe IN OUT          assemble a recipe of the script into a blob
//	heavy IN OUT           the same behind a million ops that do nothing
//	aged DAY FILE...       make files that were last written to on a day (YYYY-MM-DD)
//	fifo FILE              make a named pipe
//	hostile-name DIR       create Python sources there whose names carry escapes
//	spoil DIR              damage the files of a directory
//	zip OUT FILE...        store files in a zip, under the names given
//	noescapes              the last stdout and stderr hold nothing a terminal obeys
//	jsonlines              each line of the last stdout is a JSON object with one key
//
// the conditions [root] and [cgo], and $VETTOOL and $PICKLELINT, the paths of pickle-vet and
// pickle-lint, and $REPOSITORY, that of this repository.
func TestScripts(t *testing.T) {
	env, err := goEnv("GOMODCACHE", "GOCACHE", "GOROOT", "GOFLAGS", "CGO_ENABLED")
	if err != nil {
		t.Fatal(err)
	}
	top := repoRoot(t)
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join(repository, "testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			home := filepath.Join(e.WorkDir, ".home")
			if err := os.Mkdir(home, 0o755); err != nil {
				return err
			}
			e.Vars = append(e.Vars, env...)
			e.Vars = append(e.Vars,
				"HOME="+home,
				"USERPROFILE="+home,
				"PATH="+binDir+string(os.PathListSeparator)+os.Getenv("PATH"),
				"GOPROXY=off", "GOSUMDB=off", "GOWORK=off", "GOTOOLCHAIN=local",
				"TERM=dumb",
				"GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=n", "GIT_AUTHOR_EMAIL=n@example.com", "GIT_COMMITTER_NAME=n", "GIT_COMMITTER_EMAIL=n@example.com",
				"VETTOOL="+binary("pickle-vet"),
				"PICKLELINT="+binary("pickle-lint"),
				"REPOSITORY="+top,
				// A directory of programs without the go command.
				"NOGO="+home,
				// A script that wants one of these sets it.
				"NO_COLOR=", "CLICOLOR_FORCE=", "FORCE_COLOR=", "PICKLE_LINT_CACHE=",
			)
			return nil
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Geteuid() == 0, nil
			case "cgo":
				return slices.Contains(env, "CGO_ENABLED=1"), nil
			}
			return false, errors.New("unknown condition " + strconv.Quote(cond))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"aged":         cmdAged,
			"exits":        cmdExits,
			"fifo":         cmdFifo,
			"heavy":        cmdHeavy,
			"hostile-name": cmdHostileName,
			"jsonlines":    cmdJSONLines,
			"noescapes":    cmdNoEscapes,
			"recipe":       cmdRecipe,
			"spoil":        cmdSpoil,
			"zip":          cmdZip,
		},
	})
}

// cmdExits runs a command and checks its exit code exactly: testscript's exec
// knows success and failure only, and the codes are a contract.
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N CMD [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	if err != nil {
		ts.Fatalf("exits: %v", err)
	}
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("exits: %v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// cmdAged sets the time of files. A file that is not there is made.
func cmdAged(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: aged DAY FILE...")
	}
	day, err := time.Parse(time.DateOnly, args[0])
	ts.Check(err)
	for _, name := range args[1:] {
		f, err := os.OpenFile(ts.MkAbs(name), os.O_CREATE|os.O_WRONLY, 0o644)
		ts.Check(err)
		ts.Check(f.Close())
		ts.Check(os.Chtimes(ts.MkAbs(name), day, day))
	}
}

func cmdRecipe(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: recipe IN OUT")
	}
	blob, err := recipe.Assemble(ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), blob, 0o644))
}

// cmdHeavy makes a pickle of 3 MB: one that takes a while, and so is remembered.
func cmdHeavy(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: heavy IN OUT")
	}
	blob, err := recipe.Assemble(ts.ReadFile(args[0]))
	ts.Check(err)
	const proto = 2 // bytes of PROTO
	idle := bytes.Repeat([]byte("K\x010"), 1<<20)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), slices.Concat(blob[:proto], idle, blob[proto:]), 0o644))
}

func cmdFifo(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: fifo FILE")
	}
	ts.Check(exec.Command("mkfifo", ts.MkAbs(args[0])).Run())
}

// cmdSpoil changes one bit in the middle of every file.
func cmdSpoil(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: spoil DIR")
	}
	files, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*"))
	ts.Check(err)
	for _, name := range files {
		text, err := os.ReadFile(name)
		ts.Check(err)
		if len(text) > 0 {
			text[len(text)/2] ^= 1
			ts.Check(os.WriteFile(name, text, 0o600))
		}
	}
}

// cmdZip makes what torch.save makes: entries that are stored, not compressed.
func cmdZip(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: zip OUT FILE...")
	}
	file, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	z := zip.NewWriter(file)
	for _, name := range args[1:] {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		ts.Check(err)
		_, err = io.WriteString(w, ts.ReadFile(name))
		ts.Check(err)
	}
	ts.Check(errors.Join(z.Close(), file.Close()))
}

// hostileName has what a txtar file cannot carry: an escape, a C1 control, a
// bidirectional override and, where the system allows it, a byte that is not UTF-8.
const hostileName = "a\x1b[31m\u009b\u202egnp.py"

func cmdHostileName(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hostile-name DIR")
	}
	if runtime.GOOS == "windows" {
		ts.Fatalf("hostile-name: this system has no such names")
	}
	text := []byte("import pickle\npickle.load(open('x', 'rb'))\n")
	for _, name := range []string{hostileName, "b\x1b]0;t\a\xff.py"} {
		err := os.WriteFile(filepath.Join(ts.MkAbs(args[0]), name), text, 0o644)
		if err != nil && name == hostileName {
			ts.Fatalf("hostile-name: %v", err)
		}
	}
}
