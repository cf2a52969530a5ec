package blob

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"os/exec"
	"testing"
)

// honestPy writes pickles of the standard library's types in all protocols, each
// behind a 4-byte length and with its description in front.
const honestPy = `
import sys, pickle, struct, array, collections, copy, datetime, decimal, fractions, ipaddress, itertools, io, pathlib, random, re, time, types, uuid, zoneinfo, os, socket, http, logging, json
class E(Exception): pass
shared = ["shared"]
loop = []; loop.append(loop)
values = [
    None, True, 1, -1, 10**30, 1.5, float("nan"), 1j, "text", "\u00e4\U0001f600\ud800", b"bytes", b"", bytes(range(256)), bytearray(b"x"), (), (1,), (1, 2, 3, 4), [], [1, 2], {}, {"a": [1]}, set(), {1}, frozenset({1}), range(3), slice(1, 2), ..., NotImplemented,
    [shared, shared], loop, list(range(2000)), {i: str(i) for i in range(2000)}, "x" * 100000, b"y" * 100000,
    collections.OrderedDict(a=1), collections.deque([1], 3), collections.Counter("aab"), collections.ChainMap({}), collections.UserDict(a=1), collections.UserList([1]), collections.defaultdict(list, a=[1]), collections.defaultdict(int),
    datetime.date(2026, 1, 2), datetime.datetime(2026, 1, 2, 3, 4, 5, 6), datetime.datetime.now(datetime.timezone.utc), datetime.time(1), datetime.timedelta(1), datetime.timezone.utc,
    decimal.Decimal("1.5"), decimal.Context(), fractions.Fraction(1, 3), uuid.UUID(int=5), pathlib.PurePosixPath("a/b"), pathlib.PureWindowsPath("a"), pathlib.Path("a"),
    ipaddress.ip_address("::1"), ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_interface("10.0.0.1/8"), array.array("d", [1.5]), re.compile("a+", re.I), time.gmtime(0), types.SimpleNamespace(a=1), random.Random(1),
    io.BytesIO(b"x"), io.StringIO("x"), itertools.count(3), os.stat("."), list[int], ValueError("x"), KeyError(1), OSError(2, "no"), UnicodeDecodeError("utf-8", b"x", 0, 1, "why"), socket.AF_INET, http.HTTPStatus.OK, logging.getLogger("x"), reversed([1]), int, str, dict, object, collections.OrderedDict, ValueError,
]
try: values.append(zoneinfo.ZoneInfo("UTC"))
except Exception: pass
out = sys.stdout.buffer
for v in values:
    for p in range(pickle.HIGHEST_PROTOCOL + 1):
        try: b = pickle.dumps(v, p)
        except Exception: continue
        for x in (("%d %.80r" % (p, v)).encode("utf-8", "replace"), b):
            out.write(struct.pack("<I", len(x)) + x)
`

func python(t *testing.T, script string) []byte {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("python3 is needed")
		}
		t.Skip("no python3")
	}
	var out, errs bytes.Buffer
	cmd := exec.Command(path, "-I", "-c", script)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("python3: %v\n%s", err, errs.String())
	}
	return out.Bytes()
}

func records(t *testing.T, b []byte) [][]byte {
	t.Helper()
	var out [][]byte
	for r := bytes.NewReader(b); ; {
		var n uint32
		if err := binary.Read(r, binary.LittleEndian, &n); errors.Is(err, io.EOF) {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		rec := make([]byte, n)
		if _, err := io.ReadFull(r, rec); err != nil {
			t.Fatal(err)
		}
		out = append(out, rec)
	}
}

func TestHonestPicklesAreSilent(t *testing.T) {
	recs := records(t, python(t, honestPy))
	if len(recs) < 800 {
		t.Fatalf("only %d records", len(recs))
	}
	for i := 0; i < len(recs); i += 2 {
		rep, findings, skips := scanned(recs[i+1], Strict)
		if len(rep.Streams) != 1 || rep.Streams[0].Trailing != 0 {
			t.Errorf("%s: %d streams", recs[i], len(rep.Streams))
		}
		for _, f := range findings {
			t.Errorf("%s: %s %s", recs[i], f.Rule, f.Message)
		}
		for _, s := range skips {
			t.Errorf("%s: skip: %s", recs[i], s.Reason)
		}
	}
}
