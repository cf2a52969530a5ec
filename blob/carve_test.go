package blob

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/blob/container"
	"github.com/pickle-lint/pickle-lint/pickle"
)

// A pickle is found behind whatever stands between it and the one before.
func TestCarvedBehindPickles(t *testing.T) {
	length := func(b []byte) []byte {
		return slices.Concat(binary.BigEndian.AppendUint32(nil, uint32(len(b))), b)
	}
	junk := make([]byte, 700_000)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range junk {
		junk[i] = byte(rng.Uint32())
	}
	var log []byte
	for range 100 {
		log = append(log, length(good)...)
	}
	for name, b := range map[string][]byte{
		"garbage":         slices.Concat(good, []byte("\xff\xff garbage \xff"), evil),
		"length":          slices.Concat(good, length(evil)),
		"length and text": slices.Concat(good, length(evilText)),
		"a line":          slices.Concat(good, []byte("\xff some line\n"), evilText),
		"the 100th":       slices.Concat(good, log, length(evil)),
		"much garbage":    slices.Concat(good, junk, evil, junk),
		"at a window":     slices.Concat(good, bytes.Repeat([]byte{0xff}, carveWindow-len(evil)/2), evil),
		"zeros":           slices.Concat(good, make([]byte, 100), evil, good, []byte("\xff"), evil),
		"a broken length": slices.Concat(good, []byte("\x80\x02X\xff\xff\xff\x00"), evil),
		"behind a block":  slices.Concat(good, make([]byte, blockBehind(int64(len(good)))-int64(len(good))), good, []byte("\xff\xff"), evil),
		"a broken pickle": slices.Concat(good[:len(good)-1], []byte("\xff\xff"), evil),
	} {
		_, findings, _ := unnamed(b)
		if !slices.Contains(ids(findings), "PKL101") {
			t.Errorf("%s: findings %v", name, ids(findings))
		}
	}
	// Of a file that was named and is nothing known.
	for name, b := range map[string][]byte{
		"garbage": slices.Concat([]byte("\xff\xff garbage \xff"), evil),
		"text":    slices.Concat([]byte("HEADER 1\n"), evilText),
		"length":  length(evilText),
	} {
		if _, findings, _ := scanned(b, Default); !slices.Contains(ids(findings), "PKL101") {
			t.Errorf("named, %s: findings %v", name, ids(findings))
		}
	}
}

// Data behind a pickle is nothing to speak of while it does nothing.
func TestHonestTrailingData(t *testing.T) {
	junk := make([]byte, 8<<20)
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range junk {
		junk[i] = byte(rng.Uint32())
	}
	for name, b := range map[string][]byte{
		"random bytes": slices.Concat(good, junk),
		"text":         slices.Concat(good, []byte(strings.Repeat("coverage\npytest\n.tox\n", 1000))),
		"good":         slices.Concat(good, []byte("\xff"), good),
		"many starts":  slices.Concat(good, []byte{0xff}, bytes.Repeat([]byte("\x80\x04X\xff"), 10_000)),
	} {
		_, findings, skips := unnamed(b)
		if len(findings) > 0 || len(skips) > 0 {
			t.Errorf("%s: findings %v, skips %v", name, ids(findings), skips)
		}
	}
}

// Starts that lead far and nowhere use the budget up, and that is told.
func TestCarvingIsBounded(t *testing.T) {
	for name, b := range map[string][]byte{
		"ops":      bytes.Repeat([]byte("\x80\x02"), 1<<20),
		"look-ups": bytes.Repeat([]byte("cos\nsystem\n"), 2000), // each writes down all that come after it
	} {
		_, _, skips := unnamed(slices.Concat(good, []byte("\xff\n"), b))
		if len(skips) == 0 {
			t.Errorf("%s: no skip", name)
		}
	}
}

// A search that ran into a limit has used up what ops cost there.
func TestProbesThatHitLimits(t *testing.T) {
	code := []byte{pickle.OpProto, 4}
	for i := range uint32(carveTry / 8) {
		code = append(code, pickle.OpNone, pickle.OpLongBinPut)
		code = binary.LittleEndian.AppendUint32(code, i*65537%(1<<31))
		code = append(code, pickle.OpPop)
	}
	s := &scanner{lim: DefaultLimits().orDefault(), rep: &Report{}, carving: newSearch()}
	size := int64(len(code))
	if _, err := s.probe(&place{data: container.Plain(bytes.NewReader(code), size)}, size, 0); err == nil || err.Kind != pickle.LimitReached {
		t.Errorf("%v, want a limit", err)
	}
	if used := carveOps - s.carving.ops; used < carveTry {
		t.Errorf("only %d ops were counted", used)
	}
}
