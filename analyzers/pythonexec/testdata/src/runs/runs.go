// Package runs starts Pythons in all kinds of ways.
package runs

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

const load = "import pickle, sys; pickle.load(sys.stdin.buffer)"

const dump = "import pickle, sys; pickle.dump([], sys.stdout.buffer)"

func named() { exec.Command("python3", "-c", load) } // want `PKL307 python-exec: os/exec.Command runs Python that unpickles with pickle.load without a justification: loading a pickle runs the program inside it \(told by the words`

func direct(ctx context.Context, path string) {
	exec.Command("python", "-c", "import pickle; pickle.loads(x)")                                    // want "unpickles with pickle.loads"
	exec.CommandContext(ctx, "/usr/bin/python3.11", "-I", "-c", "import dill; dill.load(f)")           // want "os/exec.CommandContext runs Python that unpickles with dill.load"
	exec.Command("python3", "-Ic", "import joblib; joblib.load(f)")                                   // want "joblib.load"
	exec.Command("python3", "-cimport joblib; joblib.load(f)")                                        // want "joblib.load"
	exec.Command("python3", "-W", "ignore", "-X", "dev", "-c", "import shelve; shelve.open('x')")      // want "shelve.open"
	exec.Command("env", "-i", "A=b", "python3", "-c", "import cPickle; cPickle.load(f)")               // want "pickle.load"
	exec.Command("uv", "run", "--with", "torch", "python", "-c", "import torch; torch.load(f)")        // want "torch.load"
	exec.Command("poetry", "run", "python", "-c", "import pandas as pd; pd.read_pickle('x')")          // want "pandas.read_pickle"
	exec.Command("sudo", "-u", "app", "nice", "-n", "5", "pypy3", "-c", "from pickle import load\nload(f)") // want "pickle.load"
	exec.Command("docker", "run", "--rm", "img", "python", "-c", "import pickle; pickle.load(f)")      // want "pickle.load"
	exec.Command("docker", "run", "img", "sh", "-c", "python -c 'import pickle; pickle.load(f)'")      // want "pickle.load"
	exec.Command("sh", "-c", "cd /app && python3 -c 'import pickle; pickle.load(open(\"x\"))'")        // want "pickle.load"
	exec.Command("bash", "-euxc", `python3 -c "import numpy; numpy.load('x', allow_pickle=True)"`)     // want "numpy.load"
	exec.Command("ssh", "host", "python3 -c 'import pickle; pickle.load(f)'")                          // want "pickle.load"
	exec.Command(`C:\Python311\Python.exe`, "-c", "import yaml; yaml.load(f)")                         // want "yaml.load"
	exec.Command("cmd", "/C", "python", "-c", "import pickle; pickle.load(f)")                         // want "pickle.load"
}

type config struct{ PythonPath, Program string }

func computed(cfg config, venv string) {
	exec.Command(cfg.PythonPath, "-c", "import pickle; pickle.load(f)")                            // want "pickle.load"
	exec.Command(cfg.Program, "-c", "import pickle; pickle.load(f)")                               // want "pickle.load"
	exec.Command(filepath.Join(venv, "bin", "python"), "-c", "import pickle; pickle.load(f)")      // want "pickle.load"
	exec.Command(venv+"/bin/python3", "-c", "import pickle; pickle.load(f)")                       // want "pickle.load"
	exec.Command(os.Getenv("PYTHON"), "-c", "import pickle; pickle.load(f)")                       // want "pickle.load"
	python, _ := exec.LookPath("python3")
	exec.Command(python, "-c", "import pickle; pickle.load(f)") // want "pickle.load"
	py := "python3"
	if venv == "" {
		py = "python"
	}
	exec.Command(py, "-c", "import pickle; pickle.load(f)") // want "pickle.load"
}

func spelled(path, what string) {
	exec.Command("python3", "-c", fmt.Sprintf("import pickle; pickle.load(open(%q, 'rb'))", path))     // want "pickle.load"
	exec.Command("python3", "-c", fmt.Sprintf("import %s; %s.load(f)", "pickle", "pickle"))            // want "pickle.load"
	exec.Command("python3", "-c", "import pickle\npickle.load(open('"+path+"', 'rb'))")                // want "pickle.load"
	exec.Command("python3", "-c", strings.Join([]string{"import pickle", "pickle.load(f)"}, "\n"))     // want "pickle.load"
	exec.Command("python3", "-c", strings.ReplaceAll("import pickle; pickle.load(PATH)", "PATH", path)) // want "pickle.load"
	args := []string{"-c"}
	args = append(args, "import pickle; pickle.load(f)")
	exec.Command("python3", args...) // want "pickle.load"
	script := "import pickle\n"
	script += "pickle.load(f)"
	exec.Command("python3", "-c", script) // want "pickle.load"
	other := "import json"
	if what != "" {
		other = "import pickle; pickle.load(f)"
	}
	exec.Command("python3", "-c", other) // want "pickle.load"
	exec.Command("python3", "-c", function()) // want "pickle.load"
}

func function() string { return "import pickle; pickle.load(f)" }

func helper(code string, args ...string) error {
	return exec.Command("python3", append([]string{"-c", code}, args...)...).Run()
}

func callers(unknown string) {
	helper("import pickle; pickle.load(f)", "x") // want "pickle.load"
	helper("import json; json.load(f)")
	helper(unknown)
}

func literals() {
	_ = exec.Cmd{Path: "/usr/bin/python3", Args: []string{"python3", "-c", "import pickle; pickle.load(f)"}} // want "os/exec.Cmd runs Python"
	cmd := &exec.Cmd{Path: "/usr/bin/python3", Stdin: strings.NewReader("import pickle; pickle.load(f)")}    // want "pickle.load"
	cmd.Run()
	syscall.Exec("/usr/bin/python3", []string{"python3", "-c", "import pickle; pickle.load(f)"}, nil)        // want "syscall.Exec runs"
	os.StartProcess("/usr/bin/python3", []string{"x", "-c", "import pickle; pickle.load(f)"}, nil)           // want "os.StartProcess runs"
}

func later() {
	cmd := exec.Command("python3") // want "pickle.load"
	cmd.Args = append(cmd.Args, "-c", "import pickle; pickle.load(f)")
	cmd.Run()
}

func stdin() {
	cmd := exec.Command("python3", "-") // want "pickle.load"
	cmd.Stdin = strings.NewReader("import pickle; pickle.load(f)")
	cmd = exec.Command("python3")
	cmd2 := exec.Command("python3") // want "pickle.load"
	cmd2.Stdin = bytes.NewReader([]byte("import pickle; pickle.load(f)"))
	cmd3 := exec.Command("python3") // want "pickle.load"
	pipe, _ := cmd3.StdinPipe()
	io.WriteString(pipe, "import pickle; pickle.load(f)")
	uv := exec.Command("uv", "run", "-") // want "pickle.load"
	uv.Stdin = bytes.NewBufferString("import pickle; pickle.load(f)")
}

func files(dir string) {
	path := filepath.Join(dir, "x.py")
	os.WriteFile(path, []byte("import pickle; pickle.load(f)"), 0o600)
	exec.Command("python3", path, "arg") // want "pickle.load"
	f, _ := os.CreateTemp("", "*.py")
	f.WriteString("import pickle; pickle.load(f)")
	exec.Command("python3", f.Name()) // want "pickle.load"
	other, _ := os.CreateTemp("", "*.py")
	other.WriteString("import pickle; pickle.load(f)")
}

//go:embed load.py
var embedded string

//go:embed safe.py
var safe []byte

func embeds() {
	exec.Command("python3", "-c", embedded) // want `os/exec.Command runs Python that unpickles with pickle.load \(load.py\) without`
	exec.Command("python3", "-c", string(safe))
}

func modules(path string) {
	exec.Command("python3", "-m", "pickle", path)      // want "unpickles with python -m pickle without a justification: each file is loaded"
	exec.Command("python3", "-Im", "pickle", "a.pkl")  // want "python -m pickle"
	exec.Command("python3", "-mpickle", "-")           // want "python -m pickle"
	exec.Command("python3", "-m", "pickle", "--test")
	exec.Command("python3", "-m", "pickle")
	exec.Command("python3", "-m", "pickletools", path)
	exec.Command("python3", "-m", "json.tool", path)
}

func good(path, unknown string) {
	exec.Command("python3", "-c", dump)
	exec.Command("python3", "-c", "import json; json.load(f)")
	exec.Command("python3", "-c", "import torch; torch.load(f, weights_only=True)")
	exec.Command("python3", "-c", "import yaml; yaml.safe_load(f)")
	exec.Command("python3", "-c", "import numpy as np; np.load(f)")
	exec.Command("python3", "-c", "import pickle; print('pickle.load(f)')  # pickle.load(f)")
	exec.Command("python3", "script.py", "-c", "import pickle; pickle.load(f)")
	exec.Command("python3", "-c", unknown)
	exec.Command("python3", path)
	exec.Command("echo", "python3", "-c", "import pickle; pickle.load(f)")
	exec.Command("perl", "-c", "import pickle; pickle.load(f)")
	exec.Command("sh", "-c", "cat pickle.load")
	exec.Command("git", "log", "-S", "import pickle; pickle.load(f)")
	cmd := exec.Command("cat")
	cmd.Stdin = strings.NewReader("import pickle; pickle.load(f)")
	fmt.Println("import pickle; pickle.load(f)")
}

func justified() {
	//picklelint:trust boundary=build reason="the table is made by make tables, in a read-only image"
	exec.Command("python3", "-c", "import pickle; pickle.load(open('/app/table.pkl', 'rb'))")
	//picklelint:trust boundary=user reason="what users upload" verified-by=checkMAC expires=2199-01-31
	exec.Command("python3", "-c", "import pickle; pickle.load(f)") // want "pickle.load behind boundary=user, which needs a proved verification"
	exec.Command("python3", "-c", "import json") // #nosec G204
	exec.Command("python3", "-c", `
import pickle
# picklelint:trust boundary=build reason="the table is made by make tables"
pickle.load(f)
pickle.load(f)  # picklelint:trust boundary=build reason="the table is made by make tables"
`)
}

func shadowed() {
	type cmd struct{}
	Command := func(string, ...string) cmd { return cmd{} }
	Command("python3", "-c", "import pickle; pickle.load(f)")
}
