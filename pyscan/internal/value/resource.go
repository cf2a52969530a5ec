package value

import (
	"path"
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// resource works out a call that finds a file of a package: importlib.resources,
// pkgutil and pkg_resources.
func (r *Reader) resource(name string, call syntax.Index) (Value, bool) {
	pkg := r.table.Argument(call, 0, "")
	kind := Contents
	switch name {
	case "importlib.resources.files", "importlib_resources.files":
		return r.packageOf(pkg)
	case "importlib.resources.as_file", "importlib_resources.as_file":
		v, ok := r.eval(pkg)
		return v, ok && v.Kind == Path
	case "importlib.resources.path", "pkg_resources.resource_filename":
		kind = Path
	case "importlib.resources.open_binary", "pkg_resources.resource_stream":
		kind = File
	case "importlib.resources.read_binary", "pkgutil.get_data", "pkg_resources.resource_string":
	default:
		return Value{}, false
	}
	v, ok := r.packageOf(pkg)
	if !ok {
		return Value{}, false
	}
	of, ok := r.eval(r.table.Argument(call, 1, ""))
	if !ok || of.Kind != Text || of.Anchor != Anywhere || strings.HasPrefix(string(of.Data), "/") {
		return Value{}, false
	}
	v.Kind, v.Data, v.Node = kind, []byte(path.Join(string(v.Data), string(of.Data))), of.Node
	return v, r.spend(len(v.Data))
}

// packageOf is the directory of a package by its name; __package__ and __name__ are
// that of the source.
func (r *Reader) packageOf(i syntax.Index) (Value, bool) {
	if i == syntax.None {
		return Value{}, false
	}
	if r.kind(i) == syntax.Identifier && r.table.Identifier(i).Unbound {
		if text := string(r.tree.Text(i)); text == "__package__" || text == "__name__" {
			return Value{Kind: Path, Anchor: Beside, Node: i}, true
		}
	}
	v, ok := r.eval(i)
	if !ok || v.Kind != Text || v.Anchor != Anywhere || len(v.Data) == 0 || strings.ContainsAny(string(v.Data), "/\\ ") {
		return Value{}, false
	}
	return Value{Kind: Path, Anchor: Package, Data: []byte(strings.ReplaceAll(string(v.Data), ".", "/")), Node: v.Node}, true
}
