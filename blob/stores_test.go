package blob

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

// store returns a database that SQLite 3.40 or Redis 7.0 wrote, with places for
// pickles of up to 48 bytes.
func store(t testing.TB, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("container", "testdata", name+".gz.b64"))
	if err != nil {
		t.Fatal(err)
	}
	packed, err := base64.StdEncoding.DecodeString(strings.ReplaceAll(string(text), "\n", ""))
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// planting puts p into place i, and a harmless pickle into all others.
func planting(t *testing.T, b []byte, places, i int, p []byte) []byte {
	t.Helper()
	for j := 1; j <= places; j++ {
		place := []byte(fmt.Sprintf("%-45s", fmt.Sprintf("<<<PICKLE %d ", j)))
		place = append(place, ">>>"...)
		for k := len(fmt.Sprintf("<<<PICKLE %d ", j)); k < 45; k++ {
			place[k] = '.'
		}
		content := make([]byte, len(place))
		if j == i {
			copy(content, p)
		} else {
			copy(content, good)
		}
		old := b
		b = bytes.ReplaceAll(b, place, content)
		b = bytes.ReplaceAll(b, []byte(base64.StdEncoding.EncodeToString(place)), []byte(base64.StdEncoding.EncodeToString(content)))
		if bytes.Equal(old, b) {
			t.Fatalf("no place %d", j)
		}
	}
	return b
}

// expectIn wants what evil does to be found in a member, and an honest file to be
// silent.
func expectIn(t *testing.T, name string, b []byte, members ...string) {
	t.Helper()
	rep, findings, skips := unnamed(b)
	var got []string
	for _, f := range findings {
		if f.Rule != "PKL101" || !strings.HasPrefix(f.Message, "calls posix.system('id'): ") {
			t.Errorf("%s: %s %s", name, f.Rule, f.Message)
		}
		got = append(got, strings.Join(f.Member, "/"))
	}
	if !slices.Equal(got, members) || len(skips) > 0 || !rep.Recognised() {
		t.Errorf("%s: found in %q, want %q; %d streams, problems %v", name, got, members, len(rep.Streams), rep.Problems)
	}
}

func TestSQLite(t *testing.T) {
	template := store(t, "stores.sqlite")
	expectIn(t, "honest", planting(t, template, 5, 0, nil))
	for i, members := range [][]string{
		{"Cache/34/value"}, {"django cache/1/value/base64"}, {"Dict/1/value"}, {"wr/8/2"}, {"big/7/data"},
	} {
		expectIn(t, members[0], planting(t, template, 5, i+1, evil), members...)
		expectIn(t, "compressed: "+members[0], gzipped(t, planting(t, template, 5, i+1, evil)), "gzip/"+members[0])
	}
}

func TestRDB(t *testing.T) {
	template := store(t, "redis7.rdb")
	expectIn(t, "honest", planting(t, template, 11, 0, nil))
	for i, member := range []string{
		"db0/plain", "db0/queue/0/5", "db0/long/1/49", "db0/smallhash/1", "db0/bighash/", "db0/set/", "db0/bigset/",
		"db0/z/", "db0/bigz/", "db0/stream/1/", "db3/after",
	} {
		b := planting(t, template, 11, i+1, evil)
		_, findings, skips := unnamed(b)
		if len(skips) > 0 || len(findings) != 1 || !strings.HasPrefix(strings.Join(findings[0].Member, "/"), member) {
			t.Errorf("%s: findings %v %v, skips %v", member, ids(findings), findings, skips)
		}
	}
}

// sparsely is how far the next of many places is, of which a short run takes a few:
// under the race detector each costs fifty times as much.
func sparsely(step int) int {
	if testing.Short() {
		return 16 * step
	}
	return step
}

// What databases say that is not so is told, and never ends the program.
func TestStoresCutAndDamaged(t *testing.T) {
	for _, name := range []string{"stores.sqlite", "redis7.rdb", "the log of stores.sqlite"} {
		template, log := strings.CutPrefix(name, "the log of ")
		whole := planting(t, store(t, template), 5, 1, evil)
		if log {
			whole = logOf(whole)
			if _, findings, skips := unnamed(whole); len(skips) > 0 || len(findings) != 1 || strings.Join(findings[0].Member, "/") != "page 7/34/4" {
				t.Errorf("%s: %v, %v", name, findings[0].Member, skips)
			}
		}
		whole = whole[:min(len(whole), 14_000)]
		for n := 16; n < len(whole); n += sparsely(1 + n/500) {
			_, findings, skips := scanned(whole[:n], Default)
			if len(findings)+len(skips) == 0 && (!log || (n-32)%536 != 0) { // whole frames are a log
				t.Errorf("%s cut to %d bytes: silent", name, n)
			}
		}
		for i := 0; i < len(whole); i += sparsely(29) {
			b := bytes.Clone(whole)
			b[i] ^= byte(1 << (i % 8))
			scanned(b, Default)
		}
	}
}

// logOf is the write-ahead log of a transaction that wrote all pages of a
// database.
func logOf(db []byte) []byte {
	page := int(binary.BigEndian.Uint16(db[16:]))
	b := binary.BigEndian.AppendUint32([]byte("\x37\x7f\x06\x82\x00\x2d\xe2\x18"), uint32(page))
	b = append(b, "\x00\x00\x00\x01saltsaltsum1sum2"...)
	for n := 1; n*page <= len(db); n++ {
		b = binary.BigEndian.AppendUint32(b, uint32(n))
		commit := 0
		if n*page == len(db) {
			commit = n
		}
		b = binary.BigEndian.AppendUint32(b, uint32(commit))
		b = append(append(b, "saltsaltsum1sum2"...), db[(n-1)*page:n*page]...)
	}
	return b
}

// lzf packs without compressing anything: literals only.
func lzf(b []byte) []byte {
	var out []byte
	n := len(b)
	for len(b) > 0 {
		k := min(len(b), 32)
		out = append(append(out, byte(k-1)), b[:k]...)
		b = b[k:]
	}
	return append([]byte{0xc3, byte(0x40 | len(out)>>8), byte(len(out)), 0x40, byte(n)}, out...)
}

func TestRDBEncodings(t *testing.T) {
	str := func(b []byte) []byte { return append([]byte{0x80, 0, 0, 0, byte(len(b))}, b...) }
	long := func(b []byte) []byte { return append([]byte{0x81, 0, 0, 0, 0, 0, 0, 0, byte(len(b))}, b...) }
	ziplist := slices.Concat(make([]byte, 10), []byte{0, 1, 'k', 3, 0x80, 0, 0, 0, byte(len(evil))}, evil, []byte{0xfe, 1, 1, 1, 1, 0xc0, 5, 5, 4, 0xf3, 0xff})
	head := []byte("REDIS0011\xfa\x09redis-ver\x057.0.1\xfe\x02\xfb\x01\x01\xfc12345678\xf9\x07\xf8\x03")
	end := []byte("\xff12345678")
	for name, tt := range map[string]struct {
		value  []byte
		member string
	}{
		"32 bits":       {slices.Concat([]byte("\x00\x01k"), str(evil)), "db2/k"},
		"64 bits":       {slices.Concat([]byte("\x00\x01k"), long(evil)), "db2/k"},
		"number as key": {slices.Concat([]byte("\x00\xc1\x39\x30"), str(evil)), "db2/12345"},
		"lzf":           {slices.Concat([]byte("\x00\x01k"), lzf(evil)), "db2/k"},
		"key":           {slices.Concat([]byte{0}, str(evil), []byte("\x01v")), "db2/" + strings.ToValidUTF8(string(evil), "\ufffd") + "/key"},
		"list":          {slices.Concat([]byte("\x01\x01k\x02\x01a"), str(evil)), "db2/k/1"},
		"zset":          {slices.Concat([]byte("\x03\x01k\x02\x01a\x031.5"), str(evil), []byte{255}), "db2/k/1"},
		"ziplist":       {slices.Concat([]byte("\x0a\x01k"), str(ziplist)), "db2/k/1"},
		"quicklist":     {slices.Concat([]byte("\x0e\x01k\x01"), str(ziplist)), "db2/k/0/1"},
		"packed by lzf": {slices.Concat([]byte("\x0d\x01k"), lzf(ziplist)), "db2/k/1"},
		"module":        {slices.Concat([]byte("\x07\x01k\x81AAAAAAAA\x02\x05\x04abcdefgh\x03abcd\x05"), str(evil), []byte{0}), "db2/k/3"},
	} {
		_, findings, skips := unnamed(slices.Concat(head, tt.value, end))
		if len(findings) != 1 || len(skips) != 0 || strings.Join(findings[0].Member, "/") != tt.member && name != "key" {
			t.Errorf("%s: findings %v %+v, skips %v", name, ids(findings), findings, skips)
		}
	}
	for name, rest := range map[string]string{
		"unknown kind": "\x1e\x01k\x01v", "old module": "\x06\x01k\x01v", "zipmap": "\x09\x01k\x01v", "length": "\x00\x8a", "encoding": "\x00\xc9",
		"huge": "\x00\x81\xff\xff\xff\xff\xff\xff\xff\xff", "hash": "\x04\x01k\x81\xff\xff\xff\xff\xff\xff\xff\xff", "behind": "\xff12345678*2\r\n", "nothing": "",
		"ziplist": "\x0a\x01k\x02\x00\x00", "lzf": "\x00\x01k\xc3\x03\x10\xe0\x00\x00", "lzf, short": "\x00\x01k\xc3\x03\x40\xff\x01ab", "function": "\xf6",
	} {
		_, findings, skips := unnamed(slices.Concat(head, []byte("\x00\x01k"), str(evil), []byte(rest)))
		if len(findings) != 1 || len(skips) == 0 && !strings.HasPrefix(name, "lzf") {
			t.Errorf("%s: findings %v, skips %v", name, ids(findings), skips)
		}
	}
}

// redisCommand is a command as Redis logs it.
func redisCommand(args ...string) []byte {
	out := fmt.Appendf(nil, "*%d\r\n", len(args))
	for _, a := range args {
		out = fmt.Appendf(out, "$%d\r\n%s\r\n", len(a), a)
	}
	return out
}

func TestRedisLog(t *testing.T) {
	honest := slices.Concat(redisCommand("SELECT", "0"), []byte("#TS:1700000000\r\n"), redisCommand("SET", "k", string(good)), redisCommand("SET", "empty", ""))
	packed := string(deflated(t, evil))
	message := `{"content-type": "application/x-python-serialize", "properties": {"body_encoding": "base64"}, "body": "` + base64.StdEncoding.EncodeToString(evil) + `"}`
	expectIn(t, "honest", honest)
	expectIn(t, "value", slices.Concat(honest, redisCommand("SET", "k", string(evil))), "at 117/2")
	expectIn(t, "item", slices.Concat(redisCommand("RPUSH", "k", "1", string(evil), string(good))), "at 0/3")
	expectIn(t, "compressed", slices.Concat(redisCommand("HSET", "k", "f", packed)), "at 0/3/zlib")
	expectIn(t, "message", slices.Concat([]byte("#TS:1700000000\r\n"), redisCommand("LPUSH", "celery", message)), "at 16/2/body")
	dump := []byte("REDIS0011\xfa\x09redis-ver\x057.0.1\xff12345678")
	expectIn(t, "behind a dump", slices.Concat(dump, redisCommand("SET", "k", string(evil))), "at 35/2")
	for name, tail := range map[string]string{"cut": "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$44\r\nab", "huge": "*99999999999999\r\n$4611686018427387903\r\na", "no number": "*x\r\n", "a long line": "*" + strings.Repeat("1", 5000)} {
		for _, b := range [][]byte{honest, slices.Concat(dump, honest)} {
			if _, findings, skips := unnamed(slices.Concat(b, []byte(tail))); len(findings) != 0 || len(skips) != 1 {
				t.Errorf("%s: %v, %v", name, ids(findings), skips)
			}
		}
	}
	for _, text := range []string{"*3 items\r\n", "*2\r\n$1\r\n\x01", "*\r\n", "* a list\n* of items\n", "*1\r\n"} {
		if rep, _, skips := unnamed([]byte(text)); rep.Recognised() || len(skips) > 0 {
			t.Errorf("%q: %v", text, rep.Containers)
		}
	}
}

func TestBase64(t *testing.T) {
	std := base64.StdEncoding.EncodeToString(evil)
	var lines strings.Builder
	for i, c := range std {
		lines.WriteRune(c)
		if i%20 == 19 {
			lines.WriteString("\r\n")
		}
	}
	for name, text := range map[string]string{
		"plain":     std,
		"lines":     lines.String(),
		"for URLs":  base64.RawURLEncoding.EncodeToString(evil),
		"junk":      "!" + std[:2] + ":é" + std[2:5] + "=" + std[5:],
		"signed":    base64.RawURLEncoding.EncodeToString(evil) + ":1sXyzA:Q2FmZUJhYmVDYWZlQmFiZUNhZmVCYWJlQ2FmZUI",
		"text tail": std + "\n-- \nsomebody",
	} {
		expectIn(t, name, []byte(text), "base64")
	}
	packed := base64.RawURLEncoding.EncodeToString(deflated(t, evil))
	expectIn(t, "session", []byte("."+packed+":1sXyzA:Q2FmZUJhYmVDYWZlQmFiZUNhZmVCYWJlQ2FmZUI"), "base64/zlib")
	expectIn(t, "gzip", []byte(base64.StdEncoding.EncodeToString(gzipped(t, evil))), "base64/gzip")
	for _, text := range []string{"gASVgASV", "eJwrtest", "eBay was founded in 1995 by somebody\n", "gAM", "H4sIAAAAAAAA", "package main\n", "gATE: closed\n", "AAAA", "", "====", "{}"} {
		if _, findings, _ := unnamed([]byte(text)); len(findings) > 0 && text != "gASVgASV" {
			t.Errorf("%q: %v", text, ids(findings))
		}
	}
}

func TestKombu(t *testing.T) {
	body := base64.StdEncoding.EncodeToString(evil)
	for name, tt := range map[string]struct{ text, member string }{
		"kombu":     {`{"body": "` + body + `", "content-encoding": "binary", "content-type": "application/x-python-serialize", "headers": {"lang": "py"}, "properties": {"body_encoding": "base64", "priority": 0}}`, "body"},
		"escapes":   {` {"body": "` + body + `", "content-type": "application\/x\u002dpython-serialize", "properties": {"body_encoding": "b\u0061se64"}}`, "body"},
		"inside":    {`{"headers": {"content_type": "application/x-python-serialize"}, "body": "` + body + `", "properties": {"body_encoding": "base64"}}`, "body"},
		"twice":     {`{"body": "eA", "body": "` + body + `", "BODY": "eA", "content-type": "application/x-python-serialize", "properties": {"body_encoding": "base64"}}`, "body"},
		"by itself": {`{"body": "` + body + `", "content-type": "application/x-python-serialize"}`, "body/base64"},
		"not done":  {` [ {"body": "` + body + `", "content-type": "application/x-python-serialize", "properties": {"body_encoding": "base64"}}, "celery", "celery"]`, "body"},
		"text":      {`{"content-type": "application/x-python-serialize", "body": ` + fmt.Sprintf("%q", evilText) + `}`, "body"},
	} {
		expectIn(t, name, []byte(tt.text), tt.member)
	}
	large := `{"body": "` + base64.StdEncoding.EncodeToString(slices.Concat(evil, make([]byte, 2<<20))) + `", "properties": {"body_encoding": "base64"}, "content-type": "application/x-python-serialize"}`
	expectIn(t, "large", []byte(large), "body")
	for text, silent := range map[string]bool{
		`{"content-type": "application/json", "body": "` + body[:20] + `"}`:               true,
		`{"accept": ["json", "application/x-python-serialize"]}`:                          true,
		`{"content-type": "application/x-python-serialize", "body": {"a": 1}}`:            false,
		`{"content-type": "application/x-python-serialize", "body": "gASV`:                false,
		`{"x": NaN, "content-type": "application/x-python-serialize", "body": "gASV"}`:    false,
		`{"a": "` + strings.Repeat("b", 17<<20) + `", "application/x-python-serialize":1`: false,
	} {
		if _, findings, skips := unnamed([]byte(text)); len(findings) > 0 || silent != (len(skips) == 0) {
			t.Errorf("%.100s: %v %v", text, ids(findings), skips)
		}
	}
	rdb := slices.Concat([]byte("REDIS0009\x01\x06celery\x01\x41\x04"), bytes.Repeat([]byte(" "), 260))
	text := fmt.Sprintf(`{"content-type": "application/x-python-serialize", "properties": {"body_encoding": "base64"}, "body": %q}`, body)
	copy(rdb[len(rdb)-260:], text)
	expectIn(t, "in Redis", append(rdb, "\xff12345678"...), "db0/celery/0/body")
}

func TestDumbBlocks(t *testing.T) {
	pad := func(b []byte) []byte { return append(slices.Clone(b), make([]byte, (512-len(b)%512)%512)...) }
	stale := slices.Concat(good, bytes.Repeat([]byte("x"), 600))
	small := recipe.MustAssemble("INT '1'\nSTOP\n")
	for name, b := range map[string][]byte{
		"second":       slices.Concat(pad(good), evil),
		"text":         slices.Concat(pad(good), evilText),
		"stale":        slices.Concat(pad(stale), pad(evil), pad(good)),
		"much stale":   slices.Concat(pad(good), bytes.Repeat([]byte{0xff}, 512*500), pad(evil), pad(good)),
		"full block":   slices.Concat(good, bytes.Repeat([]byte{0}, 512-len(good)), pad(evil)),
		"small first":  slices.Concat(pad(small), evil),
		"cut":          slices.Concat(pad(good), pad(good), evil[:len(evil)-1]),
		"many":         slices.Concat(bytes.Repeat(pad(good), 300), evil),
		"large second": slices.Concat(pad(good), pad(recipe.MustAssemble("PROTO 4\nBINBYTES "+"'"+strings.Repeat("a", 200_000)+"'\nSTOP\n")), evil),
	} {
		_, findings, _ := unnamed(b)
		if got := ids(findings); !slices.Contains(got, "PKL101") {
			t.Errorf("%s: %v", name, got)
		}
	}
	noise := make([]byte, 1<<20)
	x := uint32(1)
	for i := range noise {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	for name, b := range map[string][]byte{"zeros": append(pad(good), make([]byte, 1<<20)...), "noise": append(pad(good), noise...), "values": bytes.Repeat(pad(good), 100)} {
		if _, findings, skips := unnamed(b); len(findings)+len(skips) > 0 {
			t.Errorf("%s: %v %v", name, ids(findings), skips)
		}
	}
	for text, want := range map[string]int{
		"'a', (0, 10)\n'b', (512, 600)\n": 0, "\"it's\", (0, 1)\n": 0, "'a', (0, 10)\n'b', (0, 0)\n": 0,
		"'a', (3, 10)\n": 1, "'a', (0, 600)\n'b', (512, 3)\n": 1, "'a', (0, 1)\nwhat\n": 1, "'a', (0, 1)\n" + strings.Repeat("x", 1<<20): 1,
	} {
		if _, findings, skips := unnamed([]byte(text)); len(findings) > 0 || len(skips) != want {
			t.Errorf("%.40q: %v", text, skips)
		}
	}
}
