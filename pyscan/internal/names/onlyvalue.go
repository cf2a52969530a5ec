package names

import (
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// makers are the names of the functions of which the values of constants are made:
// package value knows what they do. They lead to no sink.
var makers = []string{
	"builtins.open", "builtins.bytes", "builtins.bytes.fromhex", "builtins.bytearray", "builtins.bytearray.fromhex", "builtins.memoryview", "builtins.str",
	"io.BytesIO", "io.open", "io.BufferedReader", "gzip.open", "gzip.decompress", "bz2.open", "bz2.decompress", "lzma.open", "lzma.decompress",
	"zlib.decompress", "codecs.decode", "codecs.encode", "codecs.open",
	"base64.b64decode", "base64.standard_b64decode", "base64.urlsafe_b64decode", "base64.decodebytes", "base64.decodestring",
	"base64.b32decode", "base64.b16decode", "base64.a85decode", "base64.b85decode",
	"binascii.unhexlify", "binascii.a2b_hex", "binascii.a2b_base64",
	"os.path.join", "os.path.dirname", "os.path.abspath", "os.path.realpath", "os.path.normpath", "os.fspath", "os.getcwd",
	"pathlib.Path", "pathlib.Path.cwd", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath",
	"importlib.resources.files", "importlib.resources.open_binary", "importlib.resources.read_binary", "importlib.resources.path",
	"importlib.resources.as_file", "importlib_resources.files", "importlib_resources.as_file",
	"pkgutil.get_data", "pkg_resources.resource_filename", "pkg_resources.resource_stream", "pkg_resources.resource_string",
	"contextlib.closing",
}

// OnlyValue returns the expression that the name at node i, an identifier, certainly is
// where it is read: all of what one assignment, one walrus or one with statement
// bound to it. It is None if there may be another; [Table.Values] lists
// those that there may be.
func (t *Table) OnlyValue(i syntax.Index) syntax.Index {
	name := t.tree.Text(i)
	s, at := t.scopeOf[i], place{node: i, pos: t.tree.Nodes[i].Start}
	if to, ok := t.scopes[s].elsewhere[string(name)]; ok {
		at = place{node: t.scopes[s].node, pos: t.tree.Nodes[t.scopes[s].node].Start, later: true}
		s = to
	}
	for first := true; s >= 0; first = false {
		sc := &t.scopes[s]
		if e := sc.names[string(name)]; e != nil && (first || sc.kind != classScope) {
			return t.onlyBound(e, at)
		}
		at = place{node: sc.node, pos: t.tree.Nodes[sc.node].Start, later: at.later || sc.kind == functionScope}
		s = sc.parent
	}
	return syntax.None
}

// onlyBound returns the value of the one binding of e that reaches a place.
func (t *Table) onlyBound(e *entry, at place) syntax.Index {
	if len(e.bindings) > manyBindings {
		return syntax.None
	}
	var only *binding
	n := 0
	t.reach(e, at, func(b *binding) {
		only = b
		n++
	})
	// What a with statement enters is taken for the object itself.
	if n != 1 || only.part != (part{}) && only.part != (part{entered: true}) || only.open || only.class != syntax.None {
		return syntax.None
	}
	return only.value
}

// Argument returns positional argument n of a call, or the one of that name, or None.
func (t *Table) Argument(call syntax.Index, n int, name string) syntax.Index {
	if value := t.argument(call, n); value != syntax.None || name == "" {
		return value
	}
	return t.keyword(call, name)
}
