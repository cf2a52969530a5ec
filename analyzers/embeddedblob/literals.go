package embeddedblob

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// literal is bytes that the source spells.
type literal struct {
	node ast.Expr
	data []byte
	// sure: it begins as nothing but a pickle, or its text form, does.
	sure bool
}

const (
	// maxLiteral bounds a literal, in bytes.
	maxLiteral = 1 << 20
	// minLiteral is less than any pickle has that does something.
	minLiteral = 8
	// maxLiterals bounds the literals of a package that go to package blob.
	maxLiterals = 1000
)

// literals returns the literals of a package that may be pickles, by a look that costs
// little, in the order of the source; more says that there are others.
func literals(pass *analysis.Pass) (out []literal, more bool) {
	take := func(node ast.Expr, data []byte) {
		sure, ok := mayHold(data)
		switch {
		case !ok:
		case len(out) == maxLiterals:
			more = true
		default:
			out = append(out, literal{node, data, sure})
		}
	}
	for _, file := range pass.Files {
		if isTest(pass.Fset, file.FileStart) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.BasicLit:
				if n.Kind == token.STRING && len(n.Value) > minLiteral {
					take(n, stringOf(pass.TypesInfo, n))
				}
			case *ast.BinaryExpr:
				if data := stringOf(pass.TypesInfo, n); n.Op == token.ADD && data != nil {
					take(n, data)
					return false
				}
			case *ast.CompositeLit:
				if data, is := bytesOf(pass.TypesInfo, n); is {
					take(n, data)
					return false
				}
			}
			return true
		})
	}
	return out, more
}

// isTest reports a position in a test. What is in tests is in no program, and hostile
// pickles are what decoders are tested with.
func isTest(fset *token.FileSet, pos token.Pos) bool {
	return strings.HasSuffix(fset.PositionFor(pos, false).Filename, "_test.go")
}

func stringOf(info *types.Info, e ast.Expr) []byte {
	v := info.Types[e].Value
	if v == nil || v.Kind() != constant.String {
		return nil
	}
	s := constant.StringVal(v)
	return []byte(s[:min(len(s), maxLiteral+1)])
}

// bytesOf reads a slice or array of bytes whose keys are in order. It reports whether the literal is
// one; the bytes are nil where one is not constant.
func bytesOf(info *types.Info, lit *ast.CompositeLit) ([]byte, bool) {
	t := info.TypeOf(lit)
	if t == nil {
		return nil, false
	}
	var elem types.Type
	switch u := t.Underlying().(type) {
	case *types.Slice:
		elem = u.Elem()
	case *types.Array:
		elem = u.Elem()
	default:
		return nil, false
	}
	if b, ok := elem.Underlying().(*types.Basic); !ok || b.Kind() != types.Uint8 {
		return nil, false
	}
	if len(lit.Elts) > maxLiteral {
		return nil, true
	}
	out := make([]byte, 0, len(lit.Elts))
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			// The next one stands at this index; between are zeros.
			at, ok := constant.Uint64Val(constant.ToInt(info.Types[kv.Key].Value))
			if !ok || at < uint64(len(out)) || at > maxLiteral {
				return nil, true
			}
			out = append(out, make([]byte, at-uint64(len(out)))...)
			e = kv.Value
		}
		v := info.Types[e].Value
		if v == nil {
			return nil, true
		}
		n, ok := constant.Uint64Val(constant.ToInt(v))
		if !ok || n > 255 {
			return nil, true
		}
		out = append(out, byte(n))
	}
	return out, true
}

var (
	// lookup is GLOBAL or INST with two names, without which a pickle of protocol 0 or 1
	// does nothing.
	lookup = regexp.MustCompile(`[ci][A-Za-z_][\w.]*\r?\n[A-Za-z_][\w.]*\r?\n`)
	// coded is base64 or hex of PROTO with a version from 2 to 5.
	coded = regexp.MustCompile(`^\s*(?:gA[I-X]|800[2-5])`)
	// spelled is a text that is nothing but hex or base64, and codedContainer base64 of what
	// containers begin with.
	spelled        = regexp.MustCompile(`^\s*[A-Za-z0-9+/_\s-]{16,}={0,2}\s*$`)
	codedContainer = regexp.MustCompile(`^\s*(?:H4sI|UEsDB|k05VTVBZ|QlpoO|eJ[wxyz]|eNo|eNp)\S{16,}`)
	// containers are the beginnings of what pickles are stored in.
	containers = [][]byte{[]byte("PK\x03\x04"), []byte("\x1f\x8b\x08"), []byte("\x93NUMPY"), []byte("BZh"), []byte("\xfd7zXZ"), []byte("x\x9c"), []byte("x\x01"), []byte("x\xda"), []byte("x^")}
)

// looksUp reports bytes that begin as a pickle of protocol 0 or 1 and look a name up.
func looksUp(b []byte) bool {
	return len(b) > 0 && strings.IndexByte("(FIJKLMNPSTUVX]}GBCci)", b[0]) >= 0 && bytes.IndexByte(b, '\n') >= 0 && bytes.IndexByte(b, '.') >= 0 && lookup.Match(b)
}

// decoded are the bytes that a text spells in hex or base64, as far as it does.
func decoded(text []byte) []byte {
	text = bytes.Join(bytes.Fields(text), nil)
	if b, err := hex.DecodeString(string(text)); err == nil {
		return b
	}
	text = bytes.TrimRight(text, "=")
	text = text[:len(text)&^3]
	alphabet := base64.RawStdEncoding
	if bytes.ContainsAny(text, "-_") {
		alphabet = base64.RawURLEncoding
	}
	b := make([]byte, alphabet.DecodedLen(len(text)))
	n, _ := alphabet.Decode(b, text)
	return b[:n]
}

// mayHold reports whether bytes may be a pickle, and whether they begin as one.
func mayHold(b []byte) (sure, ok bool) {
	if len(b) < minLiteral || len(b) > maxLiteral {
		return false, false
	}
	switch {
	case b[0] == 0x80 && b[1] <= 5:
		return true, true
	case coded.Match(b):
		return true, true
	case looksUp(b):
		return false, true
	case spelled.Match(b):
		return false, codedContainer.Match(b) || looksUp(decoded(b))
	}
	for _, c := range containers {
		if bytes.HasPrefix(b, c) {
			return true, true
		}
	}
	return false, false
}
