package blob

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"slices"
	"strings"
	"testing"
)

// The compressions whose encoders the tests do not have write b as it is here,
// which every one of them can.

func lz4ed(b []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte("\x04\x22\x4d\x18\x60\x70\x73"), uint32(len(b))|1<<31)
	return slices.Concat(out, b, make([]byte, 4))
}

func zstded(b []byte) []byte {
	out := binary.LittleEndian.AppendUint32([]byte("\x28\xb5\x2f\xfd\xa0"), uint32(len(b)))
	n := len(b)<<3 | 1
	return slices.Concat(out, []byte{byte(n), byte(n >> 8), byte(n >> 16)}, b)
}

// xzed has no checksums where nobody looks at them.
func xzed(b []byte) []byte {
	n := len(b) - 1
	lzma2 := slices.Concat([]byte{1, byte(n >> 8), byte(n)}, b, []byte{0})
	lzma2 = append(lzma2, make([]byte, -len(lzma2)&3)...)
	return slices.Concat([]byte("\xfd7zXZ\x00\x00\x00\xff\x12\xd9\x41"), []byte("\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f\xe5\xa3"), lzma2,
		[]byte("\x00\x00\x00\x00"), make([]byte, 4), make([]byte, 10), []byte("YZ"))
}

// zippedBy has one entry, whose data, plain, is compressed by a method that
// archive/zip does not know.
func zippedBy(t *testing.T, method uint16, compressed, plain []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: "a", Method: method, CRC32: crc32.ChecksumIEEE(plain),
		CompressedSize64: uint64(len(compressed)), UncompressedSize64: uint64(len(plain)),
	})
	if err == nil {
		_, err = w.Write(compressed)
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// sevenZipped has one file without a name, of less than 16 KiB.
func sevenZipped(b []byte) []byte {
	n := string([]byte{0x80 | byte(len(b)>>8), byte(len(b))})
	header := "\x01\x04\x06\x00\x01\x09" + n + "\x00\x07\x0b\x01\x00\x01\x01\x00\x0c" + n + "\x00\x00\x00"
	out := make([]byte, 32)
	copy(out, "7z\xbc\xaf\x27\x1c\x00\x04")
	binary.LittleEndian.PutUint64(out[12:], uint64(len(b)))
	binary.LittleEndian.PutUint64(out[20:], uint64(len(header)))
	return slices.Concat(out, b, []byte(header))
}

func TestHonestCodecsAreSilent(t *testing.T) {
	for name, b := range map[string][]byte{
		"xz": xzed(good), "lz4": lz4ed(good), "zstd": zstded(good), "xz in zip": zipped(t, zip.Deflate, "a.pkl.xz", string(xzed(good))),
		"zip, zstd":  zippedBy(t, 93, zstded(good), good),
		"zip, xz":    zippedBy(t, 95, xzed(good), good),
		"two of lz4": slices.Concat(lz4ed(good), lz4ed(good)), "zstd in lz4": lz4ed(zstded(good)), "7z": sevenZipped(good),
	} {
		rep, findings, skips := scanned(b, Default)
		if len(findings)+len(skips) > 0 || len(rep.Streams) == 0 {
			t.Errorf("%s: %d streams, findings %v, skips %+v", name, len(rep.Streams), ids(findings), skips)
		}
	}
}

// What is cut short behind a payload has the finding and the skip.
func TestCutCodecs(t *testing.T) {
	for name, b := range map[string][]byte{"xz": xzed(evil)[:24+3+len(evil)], "lz4": lz4ed(evil)[:11+len(evil)], "gzip": gzipped(t, evil)[:10+len(evil)]} {
		_, findings, skips := unnamed(b)
		if !slices.Contains(ids(findings), "PKL101") || len(skips) == 0 {
			t.Errorf("%s: findings %v, skips %+v", name, ids(findings), skips)
		}
	}
}

// Python writes these, with every setting that changes the format.
const compressors = `
import bz2, gzip, io, lzma, sys, struct, zipfile
data = bytes.fromhex("HEX")
two = lambda f: f(data[:20]) + f(data[20:])
xz = lambda *filters: lzma.compress(data, filters=list(filters))
def zipped(method):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        z.writestr("a", data)
    return out.getvalue()
l2 = {"id": lzma.FILTER_LZMA2, "preset": 9}
for name, b in [
    ("gzip", gzip.compress(data)), ("gzip two", two(gzip.compress)),
    ("bzip2", bz2.compress(data)), ("bzip2 two", two(bz2.compress)),
    ("xz", lzma.compress(data)), ("xz two", two(lzma.compress)), ("xz none", lzma.compress(data, check=lzma.CHECK_NONE)),
    ("xz sha256", lzma.compress(data, check=lzma.CHECK_SHA256, preset=9 | lzma.PRESET_EXTREME)),
    ("xz delta", xz({"id": lzma.FILTER_DELTA, "dist": 3}, l2)),
    ("xz two deltas", xz({"id": lzma.FILTER_DELTA, "dist": 256}, {"id": lzma.FILTER_DELTA, "dist": 1}, l2)),
    ("xz x86", xz({"id": lzma.FILTER_X86}, l2)),
    ("lzma", lzma.compress(data, format=lzma.FORMAT_ALONE)), ("lzma 9", lzma.compress(data, format=lzma.FORMAT_ALONE, preset=9)),
    ("lzma two", two(lambda b: lzma.compress(b, format=lzma.FORMAT_ALONE))),
    ("lzma lc", lzma.compress(data, format=lzma.FORMAT_ALONE, filters=[{"id": lzma.FILTER_LZMA1, "lc": 0, "lp": 4, "pb": 4, "dict_size": 4096}])),
    ("zip lzma", zipped(zipfile.ZIP_LZMA)), ("zip bzip2", zipped(zipfile.ZIP_BZIP2)),
    ("lzma, xz", lzma.compress(data[:20], format=lzma.FORMAT_ALONE) + lzma.compress(data[20:])),
]:
    n = name.encode()
    sys.stdout.buffer.write(struct.pack("<I", len(n)) + n + struct.pack("<I", len(b)) + b)
`

func TestWhatPythonCompresses(t *testing.T) {
	for _, payload := range [][]byte{evil, good} {
		out := records(t, python(t, strings.ReplaceAll(compressors, "HEX", hex.EncodeToString(payload))))
		for i := 0; i+1 < len(out); i += 2 {
			name := string(out[i])
			rep, findings, skips := unnamed(out[i+1])
			if found := slices.Contains(ids(findings), "PKL101"); found != bytes.Equal(payload, evil) || len(rep.Streams) != 1 {
				t.Errorf("%s: findings %v, %d streams, skips %+v", name, ids(findings), len(rep.Streams), skips)
			}
			if (len(skips) > 0) != (name == "xz x86") {
				t.Errorf("%s: skips %+v", name, skips)
			}
		}
	}
}
