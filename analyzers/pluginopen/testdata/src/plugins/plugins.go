// Package plugins opens plugins from all kinds of paths.
package plugins

import (
	"net/http"
	"os"
	"path/filepath"
	load "plugin"
	. "plugin"
)

const dir = "/usr/lib/app/"

func constant() {
	load.Open("/usr/lib/app/codec.so")
	load.Open(dir + "codec.so")
	const name = "codec.so"
	Open((dir + name))
}

var configured = "a.so"

var chosen = "a.so"

// Exported may be set by anybody.
var Exported = "a.so"

func variables(which int) {
	path := "/usr/lib/app/flac.so"
	if which > 0 {
		path = "/usr/lib/app/opus.so"
	}
	load.Open(path)
	load.Open(configured)
	load.Open(filepath.Join(dir, "codec.so"))
	for _, p := range []string{"a.so", dir + "b.so"} {
		load.Open(p)
	}
	names := map[string]string{"flac": "a.so"}
	load.Open(names["flac"])
	changed := map[string]string{}
	changed["flac"] = os.Getenv("CODEC")
	load.Open(changed["flac"]) // want "PKL310"
	load.Open(chosen)   // want "PKL310"
	load.Open(Exported) // want "PKL310"
	chosen = os.Getenv("CODEC")
}

func parameter(path string) (*load.Plugin, error) {
	return load.Open(path) // want "PKL310 plugin-open: plugin.Open opens `path`, a path that is not in the program, without a justification"
}

func dotted() {
	Open(os.Getenv("CODEC")) // want "PKL310"
}

func joined(name string) {
	load.Open(filepath.Join(dir, name+".so")) // want "opens `filepath.Join\\(dir, name \\+ \".so\"\\)`"
	defer load.Open(os.Args[1])               // want "PKL310"
	go load.Open(name)                        // want "PKL310"
}

var open = load.Open // want "plugin.Open is handed on without a justification"

func table(paths []string, each func([]string, func(string) (*load.Plugin, error))) {
	each(paths, load.Open) // want "is handed on"
}

func justified(path string) {
	//picklelint:trust boundary=operator reason="the operator installs plugins next to the binary"
	load.Open(path)
	load.Open(path) //picklelint:trust boundary=operator reason="the operator installs plugins next to the binary"
	//picklelint:trust boundary=operator reason="the operator installs plugins next to the binary"

	load.Open(path) // want "without a justification"
}

func public(path string) {
	//picklelint:trust boundary=user reason="users upload their plugins" verified-by=checkMAC expires=2199-01-31
	load.Open(path) // want "behind boundary=user, which needs a proved verification"
}

// Lookup opens nothing.
func Lookup(p *load.Plugin, name string) (load.Symbol, error) { return p.Lookup(name) }

type opener struct{}

func (opener) Open(path string) error { return nil }

func other(o opener, path string) { o.Open(path) }

func handle(w http.ResponseWriter, r *http.Request) {
	load.Open("/var/lib/app/" + r.FormValue("codec")) // want "PKL310 plugin-open: plugin.Open opens `.*`, a path that comes from a form of an HTTP request, without a justification: opening"
	name := r.Header.Get("X-Codec")
	stranger(name)
	//picklelint:trust boundary=host reason="plugins are installed by root only"
	load.Open(name) // want "a path that comes from a header of an HTTP request"
	//picklelint:trust boundary=operator reason="only operators reach this handler, behind their own port"
	load.Open(name)
}

func stranger(name string) {
	path := filepath.Join(dir, name)
	load.Open(path) // want "opens `path`, a path that comes from a header of an HTTP request, without"
}

// operator is the operator's choice.
func operator() {
	load.Open(os.Getenv("CODEC") + ".so") // want "a path that is not in the program, without"
}
