package runs

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
)

// What tests replace.
var execCommand = exec.Command

type starter struct {
	start func(ctx context.Context, name string, args ...string) *exec.Cmd
}

var starts = starter{start: exec.CommandContext}

func kept(ctx context.Context) {
	execCommand("python3", "-c", "import pickle; pickle.load(f)")       // want "os/exec.Command runs Python that unpickles with pickle.load"
	starts.start(ctx, "python3", "-c", "import pickle; pickle.load(f)") // want "os/exec.CommandContext runs Python that unpickles with pickle.load"
	execCommand("python3", "-c", "import json; json.load(f)")
	execCommand("git", "status")
	local := exec.Command
	local("python3", "-m", "pickle", "x.pkl") // want "python -m pickle"
}

func run(name string, args ...string) error { return exec.Command(name, args...).Run() }

func quietly(name string, args ...string) error { return run(name, args...) }

func line(args []string) error { return exec.Command(args[0], args[1:]...).Run() }

func pythonArgs(args ...string) error { return exec.Command("python3", args...).Run() }

func handed() {
	run("python3", "-c", "import pickle; pickle.load(f)")            // want "pickle.load"
	quietly("python3", "-m", "pickle", "x.pkl")                      // want "python -m pickle"
	line([]string{"python3", "-c", "import pickle; pickle.load(f)"}) // want "pickle.load"
	pythonArgs("-u", "-c", "import pickle; pickle.load(f)")          // want "pickle.load"
	run("git", "log", "-c", "import pickle; pickle.load(f)")
	pythonArgs("-c", "import json; json.load(f)")
	words := []string{"-c", "import pickle; pickle.load(f)"}
	run("python3", words...) // want "pickle.load"
	run("echo", words...)
}

var commandLine = []string{"python3", "-c", "import pickle; pickle.load(f)"}

func replaced() {
	exec.Command(commandLine[0], commandLine[1:]...) // want "pickle.load"
	c := exec.Command("python3")                     // want "pickle.load"
	c.Args = []string{"python3", "-c", "import pickle; pickle.load(f)"}
	d := &exec.Cmd{Path: "/usr/bin/python3"} // want "pickle.load"
	d.Args = []string{"python3", "-c", "import pickle; pickle.load(f)"}
	e := exec.Command("python3", "-c", "import pickle; pickle.load(f)")
	e.Args = []string{"python3", "-c", "import json; json.load(f)"}
}

func built(path string) {
	var text strings.Builder
	text.WriteString("import pickle\n")
	fmt.Fprintf(&text, "pickle.load(open(%q, 'rb'))\n", path)
	exec.Command("python3", "-c", text.String()) // want "pickle.load"
	var input bytes.Buffer
	input.WriteString("import pickle\n")
	input.WriteString("pickle.load(f)\n")
	c := exec.Command("python3") // want "pickle.load"
	c.Stdin = &input
	var harmless strings.Builder
	harmless.WriteString("import json\n")
	harmless.WriteString("json.load(f)\n")
	exec.Command("python3", "-c", harmless.String())
	exec.Command("python3", "-c", fmt.Sprintf("import %[1]s; %[1]s.load(f)", "pickle")) // want "pickle.load"
	exec.Command("python3", "-c", fmt.Sprintf("import %[2]s; %[2]s.load(f)", "pickle", "json"))
}
