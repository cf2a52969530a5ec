package pyscan

import (
	"bytes"
	"slices"
	"strings"

	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// sketch is what the text of a module shows without a parse. A parse is dear, and most
// modules help nobody.
type sketch struct {
	// able: a word of the module can check something.
	able    bool
	imports []sketched
	// makes are the methods that check something of objects that the module may make.
	makes []string
}

// sketched is an imported name: local is what it is called, full its dotted name. called:
// something may be called by it.
type sketched struct {
	local, full string
	called      bool
}

// sketch returns that of a module, or nil if it is not in reach.
func (f *file) sketch(module string) *sketch {
	p := &f.modules.proofs
	s, known := p.sketches[module]
	if known || len(p.sketches) >= maxAsked {
		return s
	}
	if name, raw, sure := f.modules.find(module); sure {
		s = &sketch{imports: sketchImports(raw, module, strings.HasSuffix(name, "/__init__.py"))}
		s.words(raw, proofWordsFor(f.gate.catalog))
	}
	p.sketches[module] = s
	return s
}

// mayHelp reports a module, or something that one defines or passes on, that may verify.
func (f *file) mayHelp(full string, hops int) bool {
	if hops == 0 || f.library(full) {
		return false
	}
	if s := f.sketch(full); s != nil {
		if f.able(s) || f.asksObject(s) {
			return true
		}
		for _, i := range s.imports {
			if (i.local == "*" || f.spells(i.local)) && f.mayHelp(i.full, hops-1) {
				return true
			}
		}
		return false
	}
	at := strings.LastIndexByte(full, '.')
	if at < 0 {
		return false
	}
	s := f.sketch(full[:at])
	if s == nil {
		return false
	}
	passed := false
	for _, i := range s.imports {
		if i.local == "*" {
			if f.mayHelp(strings.TrimSuffix(i.full, ".*"), hops-1) {
				return true
			}
		}
		if i.local == full[at+1:] {
			passed = true
			if f.mayHelp(i.full, hops-1) {
				return true
			}
		}
	}
	return !passed && (f.able(s) || f.asksObject(s))
}

// asksObject reports a file that calls a method which checks something of objects that a
// module may make.
func (f *file) asksObject(s *sketch) bool { return slices.ContainsFunc(s.makes, f.spells) }

// able reports a module of which a word can check something, or one that calls something of
// such a module.
func (f *file) able(s *sketch) bool {
	if s.able {
		return true
	}
	for _, i := range s.imports {
		if !i.called || f.library(i.full) {
			continue
		}
		of := f.sketch(i.full)
		if at := strings.LastIndexByte(i.full, '.'); of == nil && at > 0 {
			of = f.sketch(i.full[:at])
		}
		if of != nil && of.able {
			return true
		}
	}
	return false
}

// sketchImports lists what the lines of a source import that look like statements.
func sketchImports(raw []byte, module string, pkg bool) (out []sketched) {
	for rest := raw; len(out) < maxSketched; {
		at := bytes.Index(rest, []byte("import"))
		if at < 0 {
			break
		}
		rest = rest[bytes.LastIndexByte(rest[:at], '\n')+1:]
		line := rest
		if end := bytes.IndexByte(rest, '\n'); end >= 0 {
			line, rest = rest[:end], rest[end+1:]
		} else {
			rest = nil
		}
		line = bytes.TrimSpace(line)
		if from, ok := bytes.CutPrefix(line, []byte("from ")); ok {
			of, names, ok := bytes.Cut(from, []byte(" import"))
			if !ok {
				continue
			}
			if names = bytes.TrimSpace(names); bytes.HasPrefix(names, []byte("(")) && !bytes.Contains(names, []byte(")")) {
				end := bytes.IndexByte(rest, ')')
				if end < 0 || end > maxSketchedText {
					continue
				}
				names = append(append(names[:len(names):len(names)], ' '), rest[:end]...)
				rest = rest[end:]
			}
			source := string(bytes.TrimSpace(of))
			if far := strings.TrimLeft(source, "."); far != source {
				source = relativeTo(module, pkg, len(source)-len(far), far)
			}
			if source != "" {
				out = sketchNames(out, source+".", string(bytes.Trim(names, "()")))
			}
		} else if names, ok := bytes.CutPrefix(line, []byte("import ")); ok {
			out = sketchNames(out, "", string(names))
		}
	}
	return out
}

// maxSketched bounds the imports of a module that are looked at, and maxSketchedText the
// bytes of one.
const (
	maxSketched     = 256
	maxSketchedText = 4096
)

func sketchNames(out []sketched, prefix, names string) []sketched {
	for _, line := range strings.Split(names, "\n") {
		line, _, _ = strings.Cut(line, "#")
		for _, name := range strings.Split(line, ",") {
			words := strings.Fields(name)
			switch {
			case len(words) == 0 || len(out) >= maxSketched:
			case len(words) == 3 && words[1] == "as":
				out = append(out, sketched{local: words[2], full: prefix + words[0]})
			default:
				out = append(out, sketched{local: words[0], full: prefix + words[0]})
			}
		}
	}
	return out
}

// words reads what the words of a source say: whether they can check something, and which
// imports are called.
func (s *sketch) words(raw []byte, w *proofWords) {
	s.able = bytes.Contains(raw, []byte("picklelint:"+justify.Verifier))
	locals := make(map[string][]int)
	looked := w.marks // and the imports
	for k := range s.imports {
		local, _, _ := strings.Cut(s.imports[k].local, ".")
		locals[local] = append(locals[local], k)
		looked.add(local)
	}
	spelled := make(map[string]bool)
	for at := 0; at < len(raw); at++ {
		if !inWord[raw[at]] {
			continue
		}
		start := at
		for at < len(raw) && inWord[raw[at]] {
			at++
		}
		word := raw[start:at]
		if !looked.has(word) {
			continue
		}
		if w.known[string(word)] {
			if methods := w.makers[string(word)]; len(methods) > 0 && !spelled[string(word)] {
				s.makes = append(s.makes, methods...)
			}
			spelled[string(word)] = true
		}
		if of := locals[string(word)]; len(of) > 0 && isCalled(raw[at:]) {
			for _, k := range of {
				s.imports[k].called = true
			}
		}
	}
	s.able = s.able || w.anyPair(spelled)
}

// isCalled reports what stands behind the name of something that is called, or of which an
// attribute may be.
func isCalled(rest []byte) bool {
	for _, b := range rest {
		switch b {
		case ' ', '\t':
			continue
		case '(', '.', '\\':
			return true
		}
		return false
	}
	return false
}
