package blob

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
)

// tails are what stands behind a call and keeps some reader from the end.
var tails = map[string]string{
	"nothing":                         "",
	"an invalid opcode":               "\xff.",
	"an opcode of no protocol":        "\x7f.",
	"a line without end":              "Vx",
	"a name without end":              "cx\ny",
	"a length beyond the end":         "X\xff\xff\xff\x7fx.",
	"a length of 8 bytes":             "\x8d\xff\xff\xff\xff\xff\xff\xff\x7f.",
	"a length that is negative":       "T\xff\xff\xff\xff.",
	"a negative LONG4":                "\x8b\xff\xff\xff\xff.",
	"a BYTEARRAY8 of 2^62 bytes":      "\x96\xff\xff\xff\xff\xff\xff\xff\x3f.",
	"bad UTF-8":                       "\x8c\x02\xc3\x28.",
	"a bad escape in a UNICODE":       "V\\u12\n.",
	"a STRING without quotes":         "Sx\n.",
	"a bad escape in a STRING":        "S'\\x'\n.",
	"an INT that is none":             "Ix\n.",
	"an INT in hex":                   "I0x10\n.",
	"an INT with a NUL":               "I1\x00x\n.",
	"a LONG in octal":                 "L0o7L\n.",
	"a FLOAT with spaces":             "F 1.0\n.",
	"a FLOAT that is too large":       "F1e999\n.",
	"a memo entry that is missing":    "hA.",
	"a GET that is missing":           "g99\n.",
	"a GET of no number":              "gx\n.",
	"a PUT below zero":                "p-1\n.",
	"a PUT that asks for 32 GiB":      "r\xff\xff\xff\xff.",
	"an empty stack":                  "0.",
	"an open mark":                    "(.",
	"TUPLE without a mark":            "t.",
	"APPENDS without a list":          "(Ne.",
	"SETITEMS of an odd number":       "}(NNNu.",
	"STACK_GLOBAL of numbers":         "K\x01K\x01\x93.",
	"REDUCE of a number":              "K\x01)R.",
	"a protocol of the future":        "\x80\x06.",
	"an extension that is not there":  "\x82\x05.",
	"an extension zero":               "\x84\x00\x00\x00\x00.",
	"a frame beyond the end":          "\x95\xff\xff\x00\x00\x00\x00\x00\x00.",
	"a frame of 2^63 bytes":           "\x95\xff\xff\xff\xff\xff\xff\xff\xff.",
	"a frame that cuts an op":         "\x95\x02\x00\x00\x00\x00\x00\x00\x00X\x00\x00\x00\x00.",
	"a frame in a frame":              "\x95\x0a\x00\x00\x00\x00\x00\x00\x00\x95\x01\x00\x00\x00\x00\x00\x00\x00N.",
	"a buffer that is not there":      "\x97.",
	"READONLY_BUFFER of a number":     "K\x01\x98.",
	"a persistent id that is no text": "P\xff\n.",
	"a name that is no text":          "c\xff\nx\n.",
	"an INST of other letters":        "(i\xc3\xb6\nx\n.",
	"BUILD of a number":               "K\x01}b.",
	"an exception, and raise it":      "cbuiltins\nException\n)RN}b.",
}

func TestNoTailHides(t *testing.T) {
	for _, head := range []string{"cos\nsystem\n(S'id'\ntR", "\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x02id\x85R", "(S'id'\nios\nsystem\n", "\x80\x02(cos\nsystem\nU\x02ido0"} {
		for what, tail := range tails {
			for _, name := range []bool{false, true} {
				b := []byte(head + tail)
				scan := unnamed
				if name {
					scan = func(b []byte) (*Report, []*lint.Finding, []*lint.Skip) { return scanned(b, Default) }
				}
				if _, findings, _ := scan(b); !tells(findings, lint.Error, "os.system") {
					t.Errorf("%q before %s, named %t: %v", head, what, name, ids(findings))
				}
			}
		}
	}
}

// What keeps a reader from the start hides nothing behind it.
func TestNoHeadHides(t *testing.T) {
	const call = "cos\nsystem\n(S'id'\ntR."
	for what, head := range map[string]string{
		"an INT in hex":             "I0x10\n0",
		"an INT in octal":           "I010\n0",
		"an INT with underscores":   "I1_0\n0",
		"an INT behind a NUL":       "I1\x00x\n0",
		"a LONG in hex":             "L0x1L\n0",
		"a LONG with a space":       "L1 L\n0",
		"a FLOAT of pickle.py":      "F1_0.0\n0",
		"a FLOAT with a CR":         "F1\r\n0",
		"a STRING in latin-1":       "S'\\xe9'\n0",
		"a persistent id":           "P\\x\n0",
		"a PUT beyond all memory":   "Nr\xff\xff\xff\xff0",
		"a PUT with a NUL":          "Np0\x00x\n0",
		"the magic of a zip":        "PK\x03\x04aaaaaaaaaaaaaaaaa\n0",
		"an attribute of no text":   "c\\x\n\\x\n0",
		"another pickle":            "N.",
		"a hundred pickles":         strings.Repeat("\x80\x04N.", 100),
		"a list of 100,000 items":   "](" + strings.Repeat("N", 100_000) + "e0",
		"a hundred nested lists":    strings.Repeat("]", 100) + strings.Repeat("a", 99) + "0",
		"PROTO in mid-stream":       "\x80\x02N0\x80\x00",
		"frames of nothing":         "\x80\x04" + strings.Repeat("\x95\x00\x00\x00\x00\x00\x00\x00\x00", 50),
		"a GIF":                     "GIF89a.00",
		"an INST of arguments":      "(NNibuiltins\nlist\n0",
		"a dict key set twice":      "}K\x01NsK\x01Ns0",
		"a str that closes nothing": "V(tR.\n0",
	} {
		if _, findings, _ := scanned([]byte(head+call), Default); !tells(findings, lint.Error, "os.system") {
			t.Errorf("behind %s: %v", what, ids(findings))
		}
	}
}

func compressed(t *testing.T, b []byte, by func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var out bytes.Buffer
	w := by(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A pickle is found wherever a stream can hand it to a loader.
func TestNoCoatHides(t *testing.T) {
	rot13 := func(s string) string {
		return strings.Map(func(r rune) rune {
			switch {
			case r >= 'a' && r <= 'z':
				return 'a' + (r-'a'+13)%26
			case r >= 'A' && r <= 'Z':
				return 'A' + (r-'A'+13)%26
			}
			return r
		}, s)
	}
	coats := map[string]func([]byte) []byte{
		"plain": func(b []byte) []byte { return b },
		"zlib": func(b []byte) []byte {
			return compressed(t, b, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
		},
		"gzip": func(b []byte) []byte {
			return compressed(t, b, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
		},
		"base64": func(b []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(b)) },
		"hex":    func(b []byte) []byte { return []byte(hex.EncodeToString(b)) },
	}
	bytesOp := func(b []byte) string {
		return "B" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(b)))) + string(b)
	}
	for one, inner := range coats {
		for two, outer := range coats {
			if text := map[string]bool{"base64": true, "hex": true}; text[one] && text[two] {
				continue // text in text: whoever decodes that runs code by other means
			}
			b := outer(inner(evil))
			for how, stream := range map[string]string{
				"a literal":       "\x80\x04" + bytesOp(b) + ".",
				"in a list":       "\x80\x04](K\x01" + bytesOp(b) + "e.",
				"popped":          "\x80\x04" + bytesOp(b) + "0N.",
				"of pickle.loads": "\x80\x04cpickle\nloads\n" + bytesOp(b) + "\x85R.",
				"of torch":        "\x80\x04ctorch.storage\n_load_from_bytes\n" + bytesOp(b) + "\x85R.",
				"a persistent id": "\x80\x04" + bytesOp(b) + "Q.",
				"a state":         "\x80\x04cargparse\nNamespace\n)\x81}\x8c\x01a" + bytesOp(b) + "sb.",
			} {
				if _, findings, _ := scanned([]byte(stream), Default); !tells(findings, lint.Error, "posix.system") {
					t.Errorf("%s of %s, %s: %v", two, one, how, ids(findings))
				}
			}
		}
	}
	// Names that are computed.
	for what, code := range map[string]string{
		"rot13":       lookUp("codecs", "decode") + fmt.Sprintf("SHORT_BINUNICODE '%s'\nSHORT_BINUNICODE 'rot13'\nTUPLE2\nREDUCE\n", rot13("system")),
		"encode":      lookUp("_codecs", "encode") + fmt.Sprintf("SHORT_BINUNICODE '%s'\nSHORT_BINUNICODE 'rot13'\nTUPLE2\nREDUCE\n", rot13("system")),
		"join":        lookUp("builtins", "str.join") + "SHORT_BINUNICODE ''\nEMPTY_LIST\nMARK\nSHORT_BINUNICODE 'sys'\nSHORT_BINUNICODE 'tem'\nAPPENDS\nTUPLE2\nREDUCE\n",
		"a Markup":    lookUp("markupsafe", "Markup") + "SHORT_BINUNICODE 'system'\nTUPLE1\nREDUCE\n",
		"handed back": lookUp("torch.jit._pickle", "build_intlist") + "SHORT_BINUNICODE 'system'\nTUPLE1\nREDUCE\n",
		"a buffer":    "NEXT_BUFFER\n",
		"persistent":  "SHORT_BINUNICODE 'x'\nBINPERSID\n",
		"a str":       lookUp("numpy._core.multiarray", "scalar") + lookUp("numpy", "dtype") + "SHORT_BINUNICODE 'U6'\nTUPLE1\nREDUCE\nBINBYTES 'system'\nTUPLE2\nREDUCE\n",
	} {
		b := recipe.MustAssemble("PROTO 5\nSHORT_BINUNICODE 'os'\n" + code + "STACK_GLOBAL\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n")
		_, findings, _ := scanned(b, Default)
		found := false
		for _, f := range findings {
			found = found || f.Severity == lint.Error && f.Rule == UnresolvedGlobal.ID && f.Callable == "os.?"
		}
		if !found {
			t.Errorf("a name by %s: %v", what, ids(findings))
		}
	}
}
