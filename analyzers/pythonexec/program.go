package pythonexec

import (
	"go/ast"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/types/typeutil"
)

// way is how a program is given what it runs.
type way int

const (
	nothing way = iota
	code        // Python in an argument
	shell       // a command line for a shell
	module      // python -m
	input       // Python on standard input
	file        // a file of Python
)

// run is what a command runs.
type run struct {
	way way
	// expr is the code, the command line, or the file; from is where in it the code
	// begins, in bytes, and name the module.
	expr ast.Expr
	from int
	name string
	// rest are the words behind a module.
	rest []ast.Expr
	// guessed: that it is Python is told from nothing but the text.
	guessed bool
}

var (
	interpreter = regexp.MustCompile(`^(?:(?:python|pythonw|pypy|ipython|bpython)[0-9.]*[a-z]?|py)$`)
	shells      = map[string]bool{
		"sh": true, "bash": true, "zsh": true, "dash": true, "ash": true, "ksh": true, "mksh": true, "fish": true,
		"cmd": true, "powershell": true, "pwsh": true,
	}
	// powershell are the ways to write its option, which may be cut short.
	powershell = map[string]bool{"-c": true, "-co": true, "-com": true, "-comm": true, "-comma": true, "-comman": true, "-command": true}
	// wrappers run what is behind their own options.
	wrappers = map[string]bool{
		"env": true, "sudo": true, "doas": true, "su": true, "runuser": true, "gosu": true, "setpriv": true, "nice": true, "ionice": true, "chrt": true, "taskset": true,
		"numactl": true, "nohup": true, "time": true, "timeout": true, "stdbuf": true, "unbuffer": true, "setsid": true, "chroot": true, "unshare": true,
		"nsenter": true, "bwrap": true, "firejail": true, "systemd-run": true, "flock": true, "xargs": true, "strace": true, "xvfb-run": true, "busybox": true,
		"uv": true, "uvx": true, "poetry": true, "pipenv": true, "pdm": true, "hatch": true, "rye": true, "pixi": true, "conda": true, "mamba": true, "micromamba": true,
		"docker": true, "podman": true, "nerdctl": true, "kubectl": true, "oc": true, "docker-compose": true, "ssh": true, "srun": true, "mpirun": true, "mpiexec": true,
		"nix-shell": true, "singularity": true, "apptainer": true, "exec": true, "command": true, "nsjail": true, "dumb-init": true, "tini": true, "wsl": true, "arch": true,
	}
)

// maxWords bounds the words of a command line that are looked at.
const maxWords = 1000

// runs tells what a command runs.
func (f *finder) runs(c *command) run {
	if c.line != nil {
		return run{way: shell, expr: c.line}
	}
	words := c.words[:min(len(c.words), maxWords)]
	if len(words) == 0 {
		return run{}
	}
	names, known := f.names(words[0])
	switch {
	case matches(names, interpreter.MatchString):
		return f.python(words[1:], c.whole)
	case matches(names, func(n string) bool { return shells[n] }):
		return f.shell(words[1:])
	case matches(names, func(n string) bool { return wrappers[n] }):
		return f.wrapped(words, c.whole)
	case known:
		return run{}
	case f.saysPython(words[0]):
		return f.python(words[1:], c.whole)
	}
	// Whatever the program is, no other takes Python behind -c.
	r := f.python(words[1:], false)
	r.guessed = true
	if r.way != code {
		return run{}
	}
	return r
}

func matches(names []string, is func(string) bool) bool {
	for _, n := range names {
		if is(n) {
			return true
		}
	}
	return false
}

// names returns the base names of what a program may be, in lower case; known says that
// there are no others.
func (f *finder) names(e ast.Expr) (names []string, known bool) {
	e = f.reader.Origin(e)
	if call, ok := e.(*ast.CallExpr); ok {
		if fn := typeutil.StaticCallee(f.info, call); fn != nil && len(call.Args) > 0 {
			switch fn.FullName() {
			case "path/filepath.Join", "path.Join", "os/exec.LookPath", "path/filepath.Abs", "path/filepath.FromSlash", "path/filepath.EvalSymlinks", "github.com/cli/safeexec.LookPath":
				return f.names(call.Args[len(call.Args)-1])
			}
		}
	}
	for _, t := range f.reader.Texts(e) {
		name := string(t.Bytes)
		name = strings.ToLower(name[strings.LastIndexAny(name, `/\`)+1:])
		names = append(names, strings.TrimSuffix(name, ".exe"))
	}
	return names, len(names) > 0
}

var python = regexp.MustCompile(`(?i)python|pypy`)

// saysPython reports an expression of which a name or a string speaks of Python:
// cfg.PythonPath, os.Getenv("PYTHON").
func (f *finder) saysPython(e ast.Expr) (says bool) {
	for _, e := range []ast.Expr{e, f.reader.Origin(e)} {
		ast.Inspect(e, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.Ident:
				says = says || python.MatchString(n.Name)
			case *ast.BasicLit:
				says = says || python.MatchString(n.Value)
			}
			return !says
		})
	}
	return says
}

// word returns the text of a word, if it is known.
func (f *finder) word(e ast.Expr) (string, bool) {
	t, ok := f.reader.Text(e)
	if !ok {
		return "", false
	}
	return string(t.Bytes), true
}

// python reads the arguments of a Python (Using Python, 1.1.1 Interface options).
func (f *finder) python(args []ast.Expr, whole bool) run {
	for i := 0; i < len(args); i++ {
		next := func() (ast.Expr, bool) {
			if i+1 < len(args) {
				return args[i+1], true
			}
			return nil, false
		}
		w, ok := f.word(args[i])
		switch {
		case !ok:
			// An option, or the file that is run. Hardly any program has Python behind a
			// -c of its own.
			if i+1 == len(args) || f.object(args[i]) != nil && !f.later(args[i:], "-c") {
				return run{way: file, expr: args[i]}
			}
			continue
		case w == "-" || w == "/dev/stdin":
			return run{way: input}
		case strings.HasPrefix(w, "--"):
			if w == "--check-hash-based-pycs" {
				i++
			}
			continue
		case !strings.HasPrefix(w, "-"):
			return run{way: file, expr: args[i]}
		}
	options:
		for k := 1; k < len(w); k++ {
			switch w[k] {
			case 'c':
				if k+1 < len(w) {
					return run{way: code, expr: args[i], from: k + 1}
				}
				if e, ok := next(); ok {
					return run{way: code, expr: e}
				}
				return run{}
			case 'm':
				if k+1 < len(w) {
					return f.module(w[k+1:], args[i+1:])
				}
				if e, ok := next(); ok {
					name, _ := f.word(e)
					return f.module(name, args[i+2:])
				}
				return run{}
			case 'W', 'X', 'Q':
				if k+1 == len(w) {
					i++
				}
				break options
			}
		}
	}
	if !whole {
		return run{}
	}
	return run{way: input}
}

// later reports whether a word is among others.
func (f *finder) later(args []ast.Expr, word string) bool {
	return slices.ContainsFunc(args, func(e ast.Expr) bool {
		w, ok := f.word(e)
		return ok && w == word
	})
}

func (f *finder) module(name string, rest []ast.Expr) run {
	if name == "IPython" {
		return f.python(rest, true)
	}
	return run{way: module, name: name, rest: rest}
}

// shell finds the command line that a shell is given.
func (f *finder) shell(args []ast.Expr) run {
	for i, e := range args {
		w, ok := f.word(e)
		if !ok || i+1 == len(args) {
			continue
		}
		switch lower := strings.ToLower(w); {
		case lower == "/c", lower == "/k", powershell[lower],
			strings.HasPrefix(w, "-") && !strings.HasPrefix(w, "--") && strings.HasSuffix(w, "c"):
			if i+2 < len(args) && strings.HasPrefix(w, "/") {
				return f.wrapped(args[i:], true)
			}
			return run{way: shell, expr: args[i+1]}
		}
	}
	return run{}
}

// wrapped finds the Python or the shell that another program runs. An image or an
// environment may be called python, too: docker run python python -c.
func (f *finder) wrapped(words []ast.Expr, whole bool) run {
	var first run
	for i, e := range words[1:] {
		names, known := f.names(e)
		rest := words[i+2:]
		switch {
		case matches(names, interpreter.MatchString):
			r := f.python(rest, whole)
			if r.way == code || r.way == module {
				return r
			}
			if first.way == nothing {
				first = r
			}
		case matches(names, func(n string) bool { return shells[n] }):
			return f.shell(rest)
		case !known && f.saysPython(e) && len(rest) > 0:
			return f.python(rest, whole)
		}
		// ssh host "python -c …", uv run -
		if w, ok := f.word(e); ok && strings.ContainsAny(w, " \t\n") && python.MatchString(w) {
			return run{way: shell, expr: e}
		} else if ok && w == "-" && i > 0 {
			if before, _ := f.word(words[i]); before == "run" {
				return run{way: input}
			}
		}
	}
	return first
}
