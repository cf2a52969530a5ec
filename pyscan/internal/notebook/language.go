package notebook

import "strings"

// language returns what the metadata says of the language, or "" for nothing.
func (r *reader) language() string {
	// What runs the cells is the kernel of that name, whatever else is said.
	for _, own := range []string{"python2", "python3", "ipython"} {
		if r.name == own {
			return "python"
		}
	}
	switch {
	case r.info != "":
		return r.info
	case r.kernel != "":
		return r.kernel
	}
	for _, other := range otherKernels {
		if strings.HasPrefix(r.name, other) {
			return r.name
		}
	}
	return ""
}

// otherKernels are how kernels of other languages are named, of which notebooks say
// nothing else (Jupyter wiki, "Jupyter kernels").
var otherKernels = []string{
	".net-", "ansible", "bash", "clojure", "cpp", "csharp", "deno", "elixir", "fsharp", "go", "haskell", "iruby", "java", "julia", "kotlin", "lua",
	"mathics", "matlab", "octave", "perl", "php", "powershell", "ruby", "rust", "sas", "scala", "sparkkernel", "sparkrkernel", "sql", "stata", "wolfram",
	"xcpp", "xsql", "zsh",
}

// isPython reports whether a language is Python, or nobody said which it is.
func isPython(language string) bool {
	switch language {
	case "", "pyspark", "sage", "sagemath", "cython", "pypy", "micropython":
		return true
	}
	return strings.Contains(language, "python")
}
