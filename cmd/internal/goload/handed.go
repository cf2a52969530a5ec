package goload

import (
	"github.com/pickle-lint/pickle-lint/lint"
)

// settle makes the paths of a finding relative.
func (l *loader) settle(f *lint.Finding) {
	f.Path = l.relative(f.Path)
	for i := range f.Trace {
		f.Trace[i].Path = l.relative(f.Trace[i].Path)
	}
	for i := range f.Fixes {
		f.Fixes[i].Path = l.relative(f.Fixes[i].Path)
	}
}

// script keeps a script unless another variant of the package has brought it already.
func (l *loader) script(s *Script) {
	l.settle(&s.Call)
	for i := range s.Runs {
		s.Runs[i].Path = l.relative(s.Runs[i].Path)
	}
	for _, f := range s.Words {
		l.settle(f)
	}
	type key struct {
		path, text   string
		line, column int
	}
	if l.first(key{s.Call.Path, string(s.Text), s.Call.Line, s.Call.Column}) {
		l.result.Scripts = append(l.result.Scripts, s)
	}
}

// embedded keeps what is said of an embedded file or a literal, likewise.
func (l *loader) embedded(e *Embedded) {
	type key struct {
		path, message string
		line, column  int
	}
	e.File = l.relative(e.File)
	var k key
	if f := e.Finding; f != nil {
		l.settle(f)
		k = key{f.Path, f.Message, f.Line, f.Column}
	} else {
		e.Skip.Path = l.relative(e.Skip.Path)
		k = key{e.Skip.Path, e.Skip.Reason, e.Skip.Line, e.Skip.Column}
	}
	if l.first(k) {
		l.result.Embedded = append(l.result.Embedded, e)
	}
}
