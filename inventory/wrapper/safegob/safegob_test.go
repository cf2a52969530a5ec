package safegob

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

const (
	keyA = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
	keyB = "6465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f80818283"
	ring = "a active " + keyA + "\nb accepted " + keyB + " # until may\nc retired"
)

// poison notes that it was decoded.
type poison struct{ decoded bool }

func (poison) GobEncode() ([]byte, error) { return []byte("x"), nil }

func (p *poison) GobDecode([]byte) error {
	p.decoded = true
	return nil
}

// log is an audit log of a test.
type log struct {
	mu    sync.Mutex
	lines []map[string]any
	bad   int
}

func (l *log) add(line []byte, refused bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var m map[string]any
	if err := json.Unmarshal(line, &m); err != nil {
		return err
	}
	l.lines = append(l.lines, m)
	if refused {
		l.bad++
	}
	return nil
}

func channel(t *testing.T, name, keys string, o Options) *Channel {
	t.Helper()
	k, err := ParseKeys(keys, "test")
	if err != nil {
		t.Fatal(err)
	}
	if o.Audit == nil {
		o.Audit = new(log).add
	}
	c, err := New(name, k, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func marshal(t *testing.T, c *Channel, v any) []byte {
	t.Helper()
	data, err := c.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// refused checks that bytes are refused, for a reason if one is given, by both ways in, and
// that nothing was decoded.
func refused(t *testing.T, c *Channel, data []byte, reason string) {
	t.Helper()
	var p poison
	err := c.Unmarshal(data, &p)
	var r *RefusedError
	if !errors.As(err, &r) || reason != "" && r.Reason != reason {
		t.Errorf("%.60x: %v, want %q", data, err, reason)
	}
	// Of a stream one envelope is read, and more may follow.
	if reason != "length" {
		if err := c.Decode(bytes.NewReader(data), &p); err == nil {
			t.Errorf("%.60x: Decode takes it", data)
		}
	}
	if p.decoded {
		t.Fatalf("%.60x was decoded", data)
	}
}

// seal signs whatever it is, as who has the key could.
func seal(c *Channel, id string, kind byte, created uint64, payload []byte) []byte {
	head := append([]byte(magic), version, kind, byte(len(id)))
	head = binary.BigEndian.AppendUint64(append(head, id...), created)
	head = binary.BigEndian.AppendUint64(head, uint64(len(payload)))
	return append(append(head, payload...), c.tag(c.keys.keys[id], head, payload)...)
}

func TestEveryBitAndLength(t *testing.T) {
	c := channel(t, "jobs", ring, Options{})
	data := marshal(t, c, poison{})
	var p poison
	if err := c.Unmarshal(data, &p); err != nil || !p.decoded {
		t.Fatalf("the poison does not work: %v", err)
	}
	for at := range data {
		for bit := range 8 {
			changed := bytes.Clone(data)
			changed[at] ^= 1 << bit
			refused(t, c, changed, "")
		}
		refused(t, c, data[:at], "")
		refused(t, c, append(append(bytes.Clone(data[:at]), 0), data[at:]...), "")
		refused(t, c, append(bytes.Clone(data[:at]), data[at+1:]...), "")
	}
	for _, more := range []string{"\x00", "x", string(data)} {
		refused(t, c, append(bytes.Clone(data), more...), "length")
	}
}

func TestSwaps(t *testing.T) {
	c := channel(t, "jobs", ring, Options{})
	data := marshal(t, c, poison{})
	refused(t, channel(t, "mail", ring, Options{}), data, "signature")
	refused(t, c.For("row 7"), data, "signature")
	refused(t, c, marshal(t, c.For("row 7"), poison{}), "signature")
	id := len(magic) + 3
	for with, reason := range map[byte]string{'b': "signature", 'x': "unknown-key", 'c': "retired-key", '\n': "unknown-key"} {
		changed := bytes.Clone(data)
		changed[id] = with
		refused(t, c, changed, reason)
	}
	var plain bytes.Buffer
	if err := gob.NewEncoder(&plain).Encode(poison{}); err != nil {
		t.Fatal(err)
	}
	refused(t, c, plain.Bytes(), "unsigned")
	refused(t, c, nil, "unsigned")
	now := uint64(time.Now().Unix())
	refused(t, c, seal(c, "a", 'P', now, plain.Bytes()), "version")
	refused(t, c, seal(c, "b", kind, now+3600, plain.Bytes()), "future")
	refused(t, c, seal(c, "a", kind, 1<<64-1, plain.Bytes()), "future")
	refused(t, channel(t, "jobs", ring, Options{MaxAge: time.Minute}), seal(c, "a", kind, now-3600, plain.Bytes()), "expired")
	// The border between channel and context is signed, too.
	refused(t, channel(t, "jo", ring, Options{}).For("bs"), data, "signature")
}

func TestTrailing(t *testing.T) {
	c := channel(t, "jobs", ring, Options{})
	var two bytes.Buffer
	enc := gob.NewEncoder(&two)
	if err := errors.Join(enc.Encode(1), enc.Encode(2)); err != nil {
		t.Fatal(err)
	}
	var n int
	var r *RefusedError
	if err := c.Unmarshal(seal(c, "a", kind, uint64(time.Now().Unix()), two.Bytes()), &n); !errors.As(err, &r) || r.Reason != "trailing" {
		t.Error(err)
	}
}

func TestStreams(t *testing.T) {
	c := channel(t, "jobs", ring, Options{})
	var buf bytes.Buffer
	for i := range 3 {
		if err := c.Encode(&buf, []string{"a", strconv.Itoa(i)}); err != nil {
			t.Fatal(err)
		}
	}
	r := iotest.OneByteReader(&buf)
	for i := range 3 {
		var got []string
		if err := c.Decode(r, &got); err != nil || got[1] != strconv.Itoa(i) {
			t.Fatalf("%v, %v", got, err)
		}
	}
	if err := c.Decode(r, new([]string)); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	var asked int
	head := append([]byte(magic), version, kind, 1, 'a')
	for _, length := range []uint64{1 << 40, 1<<64 - 1} {
		data := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(bytes.Clone(head), 0), length)
		refused(t, c, data, "too-large")
		if err := c.Decode(reads{bytes.NewReader(data), &asked}, new(poison)); err == nil {
			t.Error("taken")
		}
	}
	if asked > 1<<16 {
		t.Errorf("%d bytes were asked for at once", asked)
	}
}

// reads notes the most that is asked for.
type reads struct {
	io.Reader
	most *int
}

func (r reads) Read(b []byte) (int, error) {
	*r.most = max(*r.most, len(b))
	return r.Reader.Read(b)
}

func TestSizes(t *testing.T) {
	small := channel(t, "jobs", ring, Options{MaxSize: 100})
	var r *RefusedError
	if _, err := small.Marshal(strings.Repeat("x", 200)); !errors.As(err, &r) || r.Reason != "too-large" {
		t.Error(err)
	}
	refused(t, small, marshal(t, channel(t, "jobs", ring, Options{}), strings.Repeat("x", 101)), "too-large")
	if got := channel(t, "jobs", ring, Options{MaxSize: MaxSize + 1}).MaxSize; got != MaxSize {
		t.Error(got)
	}
}

func TestKeys(t *testing.T) {
	old := channel(t, "jobs", "b active "+keyB, Options{})
	c := channel(t, "jobs", ring, Options{})
	var n int
	if err := c.Unmarshal(marshal(t, old, 3), &n); err != nil || n != 3 {
		t.Error(n, err)
	}
	refused(t, old, marshal(t, c, 3), "unknown-key")
	refused(t, channel(t, "jobs", "a active "+keyA+";b retired", Options{}), marshal(t, old, 3), "retired-key")
	for _, text := range []string{
		"", "a", "a active", "a active zz", "a active 00", "a active " + strings.Repeat("00", 32), "a active " + keyA[:62], "a accepted " + keyA, "a primary " + keyA, "a active " + keyA + " extra",
		"a active " + keyA + "\nb active " + keyB, "a active " + keyA + "\na accepted " + keyB, "a active " + keyA + "\nb accepted " + keyA, "a active " + keyA + "\na retired",
		"- active " + keyA, strings.Repeat("x", 33) + " active " + keyA, "é active " + keyA, keyA, keyA + " a active", "a active " + keyA + "0",
	} {
		if _, err := ParseKeys(text, "test"); err == nil || strings.Contains(err.Error(), keyA[:16]) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := ParseKeys("\n\na active "+keyA+"\n\nwrong", "test"); err == nil || !strings.HasPrefix(err.Error(), "test, line 5: ") {
		t.Error(err)
	}
	for _, text := range []string{fmt.Sprint(c.keys), fmt.Sprintf("%+v %#v", c.keys, c.keys), fmt.Sprintf("%v %+v %#v", *c.keys, *c, *c)} {
		if strings.Contains(text, "0, 1, 2") || strings.Contains(text, "0x1, 0x2") || strings.Contains(text, "[0 1 2") {
			t.Error(text)
		}
	}
}

func TestKeyFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(path, []byte(ring), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SAFE_GOB_KEYS", "")
	t.Setenv("SAFE_GOB_KEY_FILE", path)
	if _, err := KeysFromEnvironment(); err != nil {
		t.Error(err)
	}
	if runtime.GOOS != "windows" {
		for _, mode := range []os.FileMode{0o644, 0o640, 0o604, 0o610, 0o601} {
			if err := os.Chmod(path, mode); err != nil {
				t.Fatal(err)
			}
			if _, err := KeysFromEnvironment(); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("mode %04o", mode)) {
				t.Errorf("%v: %v", mode, err)
			}
		}
	}
	for _, wrong := range []string{filepath.Dir(path), path + ".none"} {
		if _, err := KeysFromFile(wrong); err == nil {
			t.Errorf("%s is taken", wrong)
		}
	}
	t.Setenv("SAFE_GOB_KEYS", ring)
	if _, err := KeysFromEnvironment(); err == nil || !strings.Contains(err.Error(), "both set") {
		t.Error(err)
	}
	t.Setenv("SAFE_GOB_KEY_FILE", "")
	if _, err := KeysFromEnvironment(); err != nil {
		t.Error(err)
	}
	t.Setenv("SAFE_GOB_KEYS", "")
	if _, err := KeysFromEnvironment(); err == nil {
		t.Error("no keys are taken")
	}
}

func TestNamesOfChannels(t *testing.T) {
	keys, err := ParseKeys(ring, "test")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"", " ", "a b", "a\n", "é", strings.Repeat("x", 201), "-a", "FIXME", "fixme-name", "todo"} {
		if _, err := New(name, keys, Options{}); err == nil {
			t.Errorf("%q is taken", name)
		}
	}
	if _, err := New("jobs", nil, Options{}); err == nil {
		t.Error("no keys are taken")
	}
}

func TestAudit(t *testing.T) {
	var l log
	c := channel(t, "jobs", ring, Options{Audit: l.add})
	secret := "the secret of the payload"
	data := marshal(t, c, secret)
	if err := c.Unmarshal(data, new(string)); err != nil {
		t.Fatal(err)
	}
	_ = c.Unmarshal(data[:len(data)-1], new(string))
	_ = c.Unmarshal(data, new(int)) // what gob says is not known beforehand
	want := []struct{ action, outcome string }{{"dump", "ok"}, {"load", "ok"}, {"load", "length"}, {"load", "error"}}
	if len(l.lines) != len(want) || l.bad != 2 {
		t.Fatal(l.lines, l.bad)
	}
	for i, line := range l.lines {
		text := fmt.Sprint(line)
		if line["action"] != want[i].action || line["outcome"] != want[i].outcome || line["channel"] != "jobs" || line["key"] != "a" || strings.Contains(text, secret) || strings.Contains(text, keyA) {
			t.Error(line)
		}
	}
	if l.lines[0]["digest"] != l.lines[1]["digest"] || fmt.Sprint(l.lines[1]["classes"]) != "[*string]" {
		t.Error(l.lines)
	}
	full := channel(t, "jobs", ring, Options{Audit: func([]byte, bool) error { return errors.New("no space") }})
	if err := full.Unmarshal(data, new(string)); err == nil {
		t.Error("loaded without a line")
	}
	if data, err := full.Marshal(1); err == nil || data != nil {
		t.Error("written without a line", data)
	}
}

// explosive panics when it is decoded.
type explosive struct{ A int }

func (explosive) GobEncode() ([]byte, error) { return []byte("x"), nil }
func (*explosive) GobDecode([]byte) error    { panic("boom") }

// A call that never comes to its end is none that went well.
func TestPanic(t *testing.T) {
	said := new(log)
	c := channel(t, "jobs", ring, Options{Audit: said.add})
	data := marshal(t, c, explosive{})
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = c.Unmarshal(data, new(explosive)) // panics
	}()
	if got := said.lines[len(said.lines)-1]["outcome"]; got != "panic" || said.bad != 1 {
		t.Error(got, said.bad)
	}
}

func TestManyAtOnce(t *testing.T) {
	c := channel(t, "jobs", ring, Options{})
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			var got int
			data, err := c.For(strconv.Itoa(i)).Marshal(i)
			if err := errors.Join(err, c.For(strconv.Itoa(i)).Unmarshal(data, &got)); err != nil || got != i {
				t.Errorf("%d: %d, %v", i, got, err)
			}
		})
	}
	all.Wait()
}
