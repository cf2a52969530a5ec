package value

import (
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/ascii85"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"io"
	"strings"
	"unicode/utf8"
)

// decoder turns bytes into bytes, at most limit of them; false is an error of the
// data. Longer output is cut at limit+1, which the caller tells.
type decoder func(data []byte, limit int) ([]byte, bool)

// decoders are the functions of bytes that are known by their names.
var decoders = map[string]decoder{
	"base64.b64decode":           plain(fromBase64),
	"base64.standard_b64decode":  plain(fromBase64),
	"base64.urlsafe_b64decode":   plain(fromURLSafe),
	"base64.decodebytes":         plain(fromBase64),
	"base64.decodestring":        plain(fromBase64),
	"binascii.a2b_base64":        plain(fromBase64),
	"base64.b32decode":           plain(fromBase32),
	"base64.b16decode":           plain(fromHex),
	"base64.a85decode":           plain(fromASCII85),
	"base64.b85decode":           plain(fromBase85),
	"binascii.unhexlify":         plain(fromHex),
	"binascii.a2b_hex":           plain(fromHex),
	"builtins.bytes.fromhex":     plain(fromHex),
	"builtins.bytearray.fromhex": plain(fromHex),
	"zlib.decompress":            inflated,
	"gzip.decompress":            inflated,
	"bz2.decompress":             unbzipped,
	// What is compressed with lzma is opened by whoever looks at the bytes.
	"lzma.decompress": plain(func(b []byte) ([]byte, bool) { return b, true }),
}

// codings are the codecs of Python that turn bytes into bytes, by their short names.
var codings = map[string]decoder{
	"hex": plain(fromHex), "base64": plain(fromBase64), "zlib": inflated, "zip": inflated, "bz2": unbzipped, "rot13": plain(rotated),
}

// codingOf finds the codec that Python finds by a name.
func codingOf(name string) (decoder, bool) {
	d, ok := codings[strings.TrimSuffix(charset(name), "_codec")]
	return d, ok
}

// charset writes the name of an encoding as encodings/__init__.py normalizes it, with
// the commonest aliases taken for one.
func charset(name string) string {
	name = strings.NewReplacer("-", "_", " ", "_").Replace(strings.ToLower(name))
	switch name {
	case "latin1", "latin_1", "iso8859_1", "iso_8859_1", "8859", "l1", "latin", "cp819":
		return "latin1"
	case "utf_8", "utf8", "u8":
		return "utf8"
	case "ascii", "us_ascii", "646":
		return "ascii"
	case "rot_13", "rot13":
		return "rot13"
	case "unicode_escape", "unicodeescape", "string_escape":
		return "unicode_escape"
	}
	return name
}

// encoded is str.encode.
func encoded(text []byte, name string) ([]byte, bool) {
	var most rune
	switch charset(name) {
	case "utf8":
		return text, true
	case "latin1", "raw_unicode_escape":
		most = 0xff
	case "ascii":
		most = 0x7f
	default:
		return nil, false
	}
	out := make([]byte, 0, len(text))
	for _, r := range string(text) {
		if r > most {
			return nil, false
		}
		out = append(out, byte(r))
	}
	return out, true
}

// decoded is bytes.decode to str.
func decoded(data []byte, name string) ([]byte, bool) {
	switch charset(name) {
	case "utf8", "ascii":
		return data, utf8.Valid(data)
	case "latin1":
		return widened(data), true
	case "unicode_escape":
		return unescape(widened(data), false)
	}
	return nil, false
}

// widened makes a str of bytes, one character each.
func widened(data []byte) []byte {
	out := make([]byte, 0, len(data))
	for _, b := range data {
		out = utf8.AppendRune(out, rune(b))
	}
	return out
}

func plain(f func([]byte) ([]byte, bool)) decoder {
	return func(data []byte, _ int) ([]byte, bool) { return f(data) }
}

// fromBase64 decodes as binascii.a2b_base64 does without strict mode: what is not in
// the alphabet is passed over, and the padding ends it.
func fromBase64(data []byte) ([]byte, bool) {
	kept := make([]byte, 0, len(data))
	pads := 0
	for _, c := range data {
		if c == '=' {
			if pads++; len(kept)%4 >= 2 && len(kept)%4+pads >= 4 {
				break
			}
			continue
		}
		if c == '+' || c == '/' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			kept, pads = append(kept, c), 0
		}
	}
	out, err := base64.RawStdEncoding.DecodeString(string(kept))
	return out, err == nil
}

func fromURLSafe(data []byte) ([]byte, bool) {
	return fromBase64([]byte(strings.NewReplacer("-", "+", "_", "/").Replace(string(data))))
}

func fromBase32(data []byte) ([]byte, bool) {
	out, err := base32.StdEncoding.DecodeString(strings.ToUpper(string(data)))
	return out, err == nil
}

// fromHex passes over blanks, as bytes.fromhex does.
func fromHex(data []byte) ([]byte, bool) {
	out, err := hex.DecodeString(string(bytes.Join(bytes.Fields(data), nil)))
	return out, err == nil
}

func fromASCII85(data []byte) ([]byte, bool) {
	data = bytes.TrimSuffix(bytes.TrimPrefix(data, []byte("<~")), []byte("~>"))
	out := make([]byte, 4*len(data)+4)
	n, _, err := ascii85.Decode(out, data, true)
	return out[:n], err == nil
}

// base85 is the alphabet of base64.b85encode, that of git.
const base85 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"

func fromBase85(data []byte) ([]byte, bool) {
	padding := (5 - len(data)%5) % 5
	data = append(bytes.Clone(data), strings.Repeat("~", padding)...)
	var out []byte
	for ; len(data) > 0; data = data[5:] {
		var v uint64
		for _, c := range data[:5] {
			digit := strings.IndexByte(base85, c)
			if digit < 0 {
				return nil, false
			}
			v = v*85 + uint64(digit)
		}
		if v > 0xffffffff {
			return nil, false
		}
		out = append(out, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
	}
	return out[:len(out)-padding], true
}

// inflated decompresses zlib, gzip or raw deflate, whichever it looks like.
func inflated(data []byte, limit int) ([]byte, bool) {
	var in io.Reader
	var err error
	switch {
	case bytes.HasPrefix(data, []byte("\x1f\x8b")):
		in, err = gzip.NewReader(bytes.NewReader(data))
	case len(data) > 1 && data[0]&0xf == 8 && (int(data[0])<<8|int(data[1]))%31 == 0:
		in, err = zlib.NewReader(bytes.NewReader(data))
	default:
		in = flate.NewReader(bytes.NewReader(data))
	}
	if err != nil {
		return nil, false
	}
	return readUpTo(in, limit)
}

func unbzipped(data []byte, limit int) ([]byte, bool) {
	return readUpTo(bzip2.NewReader(bytes.NewReader(data)), limit)
}

// readUpTo reads at most limit+1 bytes. What is damaged is an error in Python, which
// then loads nothing.
func readUpTo(in io.Reader, limit int) ([]byte, bool) {
	out, err := io.ReadAll(io.LimitReader(in, int64(limit)+1))
	return out, err == nil
}

func rotated(data []byte) ([]byte, bool) {
	out := bytes.Clone(data)
	for i, c := range out {
		switch {
		case c >= 'a' && c <= 'z':
			out[i] = 'a' + (c-'a'+13)%26
		case c >= 'A' && c <= 'Z':
			out[i] = 'A' + (c-'A'+13)%26
		}
	}
	return out, true
}
