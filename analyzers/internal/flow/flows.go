package flow

import (
	"go/types"
	"strings"

	"github.com/pickle-lint/pickle-lint/catalog"
)

// byShape are methods that do the same wherever they are declared, because the
// interfaces of package io say what they do.
var byShape = map[string]string{
	"Read":      "(io.Reader).Read",
	"ReadAt":    "(io.ReaderAt).ReadAt",
	"ReadFrom":  "(io.ReaderFrom).ReadFrom",
	"Write":     "(io.Writer).Write",
	"WriteTo":   "(io.WriterTo).WriteTo",
	"WriteAt":   "(io.WriterAt).WriteAt",
	"WriteByte": "(io.ByteWriter).WriteByte",
}

// flowsOf returns which arguments of a function go where.
func (p *Package) flowsOf(fn *types.Func) []*catalog.GoFlow {
	if fn.Pkg() == nil {
		return nil
	}
	if flows := p.catalog.GoFlows(fn.FullName()); len(flows) > 0 {
		return flows
	}
	if sink, ok := p.catalog.GoSink(fn.FullName()); ok && sink.Dest != "" {
		// What is decoded is made of the bytes, and nothing else is written.
		return []*catalog.GoFlow{{Name: sink.Name, From: sink.Arg, To: sink.Dest, Derived: true, Reason: sink.Reason}}
	}
	if fn.Signature().Recv() == nil {
		return nil
	}
	if like := shape(fn); like != "" {
		return p.catalog.GoFlows(like)
	}
	return nil
}

// shape returns the method of package io that a method does the same as, by its name
// and its first parameter, or "".
func shape(fn *types.Func) string {
	sig := fn.Signature()
	n := sig.Results().Len()
	if n == 0 || sig.Results().At(n-1).Type() != types.Universe.Lookup("error").Type() || sig.Params().Len() == 0 {
		return ""
	}
	first := sig.Params().At(0).Type()
	if isByte(first) && fn.Name() == "WriteByte" {
		return byShape["WriteByte"]
	}
	if s, ok := types.Unalias(first).Underlying().(*types.Slice); ok && isByte(s.Elem()) {
		// Methods for packets have longer names: ReadFromUDP, WriteToUnix.
		switch {
		case fn.Name() == "ReadAt" || fn.Name() == "WriteAt":
			return byShape[fn.Name()]
		case strings.HasPrefix(fn.Name(), "Read"), strings.HasPrefix(fn.Name(), "Recv"), strings.HasPrefix(fn.Name(), "Receive"):
			return byShape["Read"]
		case strings.HasPrefix(fn.Name(), "Write"):
			return byShape["Write"]
		}
		return ""
	}
	if fn.Name() != "ReadFrom" && fn.Name() != "WriteTo" || !readsOrWrites(first) {
		return ""
	}
	return byShape[fn.Name()]
}

// readsOrWrites reports an interface with Read or Write.
func readsOrWrites(t types.Type) bool {
	i, ok := types.Unalias(t).Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for m := range i.NumMethods() {
		if name := i.Method(m).Name(); name == "Read" || name == "Write" {
			return true
		}
	}
	return false
}
