package pickle

import (
	"bytes"
	"testing"
)

// However text comes in pieces, it stands for the same bytes; and the escapes are
// those of the machine.
func FuzzDecoder(f *testing.F) {
	f.Add([]byte(`'\x80\x04\056\\\'\n'`), byte(AsQuoted), byte(3))
	f.Add([]byte(`\u0080\u0004\n\U00000041\\u0041`), byte(AsEscaped), byte(1))
	f.Add([]byte("\u0080\x04\u00ff"), byte(AsLatin1), byte(1))
	f.Add([]byte("gASV\nBQAA-_=="), byte(AsBase64), byte(2))
	f.Add([]byte("8004 95"), byte(AsHex), byte(1))
	f.Fuzz(func(t *testing.T, text []byte, coding, piece byte) {
		c := Coding(coding%byte(AsHex) + 1)
		whole := Decode(nil, text, c)
		if len(whole) > len(text) {
			t.Fatalf("%d bytes from %d", len(whole), len(text))
		}
		d := Decoder{Coding: c}
		var got []byte
		for i, ok := 0, true; ok && i < len(text); {
			n := min(len(text), i+1+int(piece%16))
			got, ok = d.Append(got, text[i:n])
			i = n
		}
		if !bytes.Equal(got, whole) && c != AsQuoted { // where a quote ends depends on what follows it
			t.Fatalf("%q in pieces, %q whole", got, whole)
		}
		if want, ok := unquote(text); ok && c == AsQuoted && bytes.IndexByte(text[1:len(text)-1], text[0]) < 0 && !bytes.Equal(whole, want) {
			t.Fatalf("%q, unquote says %q", whole, want)
		}
		Looks(text, int64(len(text)))
		LooksUp(text)
	})
}

// Literals are noted with their place, and one that is not like a pickle is not.
func TestEmbeddedIsNoted(t *testing.T) {
	inner := "\x80\x02cos\nabort\n)R."
	data := []byte("\x80\x04]\x94(C\x0fa harmless textC" + string(rune(len(inner))) + inner + "e.")
	trace, err := Run(bytes.NewReader(data), int64(len(data)), 0, Options{})
	if err != nil {
		t.Fatal(err)
	}
	at := int64(bytes.Index(data, []byte(inner)))
	want := Embedded{at - 2, OpShortBinBytes, at, int64(len(inner)), AsBytes}
	if len(trace.Embedded) != 1 || trace.Embedded[0] != want {
		t.Errorf("%+v, want %+v", trace.Embedded, want)
	}
}
