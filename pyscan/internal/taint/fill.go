package taint

import (
	"strings"

	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
)

// mutated looks at what is put into what a name or an attribute stands for:
// chunks.append(b), buffer.write(b), table[key] = b, sock.recv_into(buffer). What is written to a
// file that is open is data, whatever was asked of its name.
func (w *walk) mutated(i syntax.Index, kind Kind) {
	t := w.tree
	for _, use := range w.same(i) {
		p := t.Parent(use)
		switch {
		case t.Kind(p) == syntax.Attribute && t.Nodes[use].Field == syntax.Object:
			call := t.Parent(p)
			if t.Kind(call) == syntax.KeywordArgument {
				call = t.Parent(call)
			}
			if name := w.lastWord(p); t.Kind(call) == syntax.ArgumentList && (fills[name] || puts[name]) { // ftp.retrbinary("RETR x", buffer.write)
				w.receiver(t.Parent(call))
			}
			if t.Kind(call) != syntax.Call || t.Nodes[p].Field != syntax.Function {
				continue
			}
			switch name := w.lastWord(p); {
			case fills[name]:
				w.eachArgument(call, Data, "`"+w.excerpt(call)+"`")
			case puts[name]:
				w.eachArgument(call, kind, "`"+w.excerpt(call)+"`")
			}
		case t.Kind(p) == syntax.Subscript && t.First(p) == use:
			if w.names.IsTarget(p) {
				w.bound(p, kind)
			}
		case t.Kind(p) == syntax.ArgumentList:
			call := t.Parent(p)
			name := w.lastWord(call)
			if strings.HasSuffix(name, "_into") || name == "readinto" || name == "copyfileobj" || name == "download_fileobj" || name == "download_to_file" || name == "readinto1" ||
				name == "getfo" || name == "download_to_stream" || name == "save" || name == "heappush" || name == "readinto_stream" {
				w.receiver(call)
				if name == "copyfileobj" || name == "heappush" {
					w.eachArgument(call, Data, "`"+w.excerpt(call)+"`")
				}
			}
		}
	}
	text := w.word(i)
	if text == "" {
		return
	}
	for _, target := range w.index().items[text] {
		if w.function(target) == w.function(i) {
			w.bound(target, kind)
		}
	}
}

func (w *walk) eachArgument(call syntax.Index, kind Kind, text string) {
	args := w.tree.Child(call, syntax.Arguments)
	if args == syntax.None {
		return
	}
	for n, c := 0, w.tree.First(args); c != syntax.None && n < maxParts; n, c = n+1, w.tree.Next(c) {
		w.via(c, kind, call, text)
	}
}

// receiver looks at the object whose method is called, and at a call that is a source.
func (w *walk) receiver(call syntax.Index) {
	text := "`" + w.excerpt(call) + "`"
	if f := w.tree.Child(call, syntax.Function); w.tree.Kind(f) == syntax.Attribute {
		w.via(f, Data, call, text)
	}
}

// same lists the other places of the function, or of the class, where the expression at
// node i stands.
func (w *walk) same(i syntax.Index) (out []syntax.Index) {
	t := w.tree
	switch t.Kind(i) {
	case syntax.Identifier:
		bound := w.names.Binders(i)
		if len(bound) == 0 {
			return nil
		}
		for _, use := range w.index().named[w.word(i)] {
			if w.work++; use == i || w.work > maxWork {
				continue
			}
			for _, b := range w.names.Binders(use) {
				if contains(bound, b) {
					out = append(out, use)
					break
				}
			}
		}
	case syntax.Attribute:
		of := t.Child(i, syntax.Object)
		text, self := w.word(i), w.isSelf(of)
		for _, use := range w.index().attributes[w.word(t.Child(i, syntax.AttributeName))] {
			if w.work++; use == i || text == "" || w.word(use) != text {
				continue
			}
			if root := t.Child(use, syntax.Object); self && w.isSelf(root) && w.names.Self(root) == w.names.Self(of) || !self && w.function(use) == w.function(i) {
				out = append(out, use)
			}
		}
	case syntax.String:
		for _, use := range w.index().strings[w.word(i)] {
			if use != i {
				out = append(out, use)
			}
		}
	}
	return out
}

// described looks at what is written to the descriptor that mkstemp returned beside a
// path: fd, path = mkstemp().
func (w *walk) described(i syntax.Index) {
	t := w.tree
	for _, b := range w.names.Binders(i) {
		pattern := t.Parent(b)
		if k := t.Kind(pattern); k != syntax.PatternList && k != syntax.TuplePattern || t.First(pattern) == b {
			continue
		}
		for _, use := range w.index().named[w.word(t.First(pattern))] {
			call := t.Parent(t.Parent(use))
			if t.Kind(t.Parent(use)) != syntax.ArgumentList || !contains(w.names.Binders(use), t.First(pattern)) {
				continue
			}
			switch w.lastWord(call) {
			case "fdopen", "open":
				w.written(call)
			case "write":
				w.eachArgument(call, Data, "written to the file: `"+w.excerpt(call)+"`")
			}
		}
	}
}

// filled looks at what is written to the file at a path.
func (w *walk) filled(i syntax.Index) {
	t := w.tree
	if t.Kind(i) == syntax.Identifier {
		w.described(i)
	}
	for _, use := range w.same(i) {
		below := use
		for range maxUp {
			p := t.Parent(below)
			if t.Kind(p) == syntax.Attribute && t.Nodes[below].Field == syntax.Object && t.Kind(t.Parent(p)) == syntax.Call {
				switch call := t.Parent(p); w.lastWord(p) {
				case "write_bytes", "write_text":
					w.eachArgument(call, Data, "written to the file: `"+w.excerpt(call)+"`")
				case "open":
					w.written(call)
				}
				break
			}
			if t.Kind(p) == syntax.KeywordArgument {
				below = p
				continue
			}
			if t.Kind(p) != syntax.ArgumentList {
				break
			}
			call := t.Parent(p)
			name := w.lastWord(call)
			if name == "str" || name == "fspath" || name == "Path" {
				below = call
				continue
			}
			w.saved(call, use, name)
			break
		}
	}
}

// saved looks at a call that is given the path of a file which it may write.
func (w *walk) saved(call, path syntax.Index, name string) {
	text := "written to the file: `" + w.excerpt(call) + "`"
	lower := strings.ToLower(name)
	switch {
	case openers[name] == 0 && (name == "open" || name == "FileIO" || name == "async_open" || name == "GzipFile"):
		w.written(call)
	case strings.HasPrefix(lower, "copy") || lower == "move" || lower == "rename" || lower == "replace":
		if first := w.names.Argument(call, 0, "src"); first != syntax.None && !w.tree.Contains(first, path) {
			w.via(first, Path, call, text)
		}
	case saves[lower] || strings.HasPrefix(lower, "download") || strings.HasPrefix(lower, "fget") || strings.HasPrefix(lower, "retr") || strings.HasPrefix(lower, "save"):
		w.filledBy(call, text)
	case lower == "write_bytes" || lower == "atomic_write":
		w.eachArgument(call, Data, text)
	}
}

// saves are further functions that write what they get to a path.
var saves = map[string]bool{
	"get": true, "get_file": true, "urlretrieve": true, "get_blob_to_path": true, "get_to_path": true, "get_contents_to_filename": true, "fetch": true, "get_object_to_file": true,
	"extract": true, "copyfile_from": true, "wget": true, "download": true,
}

// written looks at what is written to the file that a call opens.
func (w *walk) written(open syntax.Index) {
	t := w.tree
	p := t.Parent(open)
	switch t.Kind(p) {
	case syntax.Attribute: // open(path, "wb").write(b)
		if call := t.Parent(p); fills[w.lastWord(p)] && t.Kind(call) == syntax.Call {
			w.eachArgument(call, Data, "written to the file: `"+w.excerpt(call)+"`")
		}
	case syntax.AsPattern:
		if as := t.Next(open); as != syntax.None {
			w.handle(t.First(as))
		}
	case syntax.Assignment:
		w.handle(t.Child(p, syntax.Left))
	case syntax.Await, syntax.ArgumentList:
		if t.Kind(p) == syntax.ArgumentList {
			w.toHandle(t.Parent(p), open)
		}
	}
}

// handle looks at what is written to an open file, which a name stands for.
func (w *walk) handle(name syntax.Index) {
	t := w.tree
	if t.Kind(name) != syntax.Identifier {
		return
	}
	for _, use := range w.index().named[w.word(name)] {
		if !contains(w.names.Binders(use), name) {
			continue
		}
		p := t.Parent(use)
		switch {
		case t.Kind(p) == syntax.Attribute && t.Nodes[use].Field == syntax.Object:
			call := t.Parent(p)
			if !fills[w.lastWord(p)] {
				continue
			}
			if t.Kind(call) == syntax.Call && t.Nodes[p].Field == syntax.Function {
				w.eachArgument(call, Data, "written to the file: `"+w.excerpt(call)+"`")
			} else if t.Kind(call) == syntax.ArgumentList { // ftp.retrbinary("RETR x", f.write)
				w.receiver(t.Parent(call))
			}
		case t.Kind(p) == syntax.ArgumentList:
			w.toHandle(t.Parent(p), use)
		}
	}
}

// toHandle looks at a call that is given an open file which it may write to.
func (w *walk) toHandle(call, handle syntax.Index) {
	switch name := strings.ToLower(w.lastWord(call)); {
	case name == "copyfileobj":
		if first := w.names.Argument(call, 0, "fsrc"); first != handle {
			w.via(first, Data, call, "written to the file: `"+w.excerpt(call)+"`")
		}
	case strings.HasPrefix(name, "download") || name == "getfo" || name == "save" || name == "readinto" || strings.HasPrefix(name, "retr") || strings.HasPrefix(name, "get"):
		w.filledBy(call, "written to the file: `"+w.excerpt(call)+"`")
	}
}

// filledBy looks at a call that writes to a file: at itself, if it is a source, and at
// the object that gives what is written.
func (w *walk) filledBy(call syntax.Index, text string) {
	unsure := w.items[w.at].unsure
	w.items[w.at].unsure = true
	for _, target := range w.names.Expression(call).Targets {
		switch source := w.sources.value(target.Name); {
		case source == nil:
		case source.IsFile():
			w.via(call, Path, call, text)
		default:
			w.via(call, Data, call, text)
		}
	}
	w.receiver(call)
	w.items[w.at].unsure = unsure
}

// fills write data to a file or a buffer, puts add an item to a container.
var fills = map[string]bool{"write": true, "writelines": true, "feed": true}

var puts = map[string]bool{
	"append": true, "extend": true, "add": true, "appendleft": true, "insert": true, "update": true, "put": true, "put_nowait": true, "setdefault": true, "push": true,
	"ParseFromString": true, "MergeFromString": true, "CopyFrom": true, "ParseFromStream": true,
}
