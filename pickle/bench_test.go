package pickle

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// ordinary is a stream as protocol 4 picklers write them: a list of dicts with
// short memoized keys, numbers and one object each.
func ordinary(records int) []byte {
	b := []byte{OpProto, 4, OpEmptyList, OpMemoize, OpMark}
	b = append(b, "\x8c\x06models\x8c\x03Row\x93\x94"...)
	get := func(i int) { b = append(append(b, OpLongBinGet), binary.LittleEndian.AppendUint32(nil, uint32(i))...) }
	b = append(b, OpPop)
	for range records {
		get(1)
		b = append(b, OpEmptyTuple, OpNewObj, OpMemoize, OpEmptyDict, OpMemoize, OpMark)
		b = append(b, "\x8c\x04name\x94\x8c\x05alice\x94\x8c\x03age\x94K*\x8c\x05scoreG?\xf8\x00\x00\x00\x00\x00\x00"...)
		b = append(b, "\x8c\x04tags](K\x01M\x02\x01J\x01\x00\x01\x00e\x8c\x02okN"...)
		b = append(b, OpSetItems, OpBuild)
	}
	return append(b, OpAppends, OpStop)
}

// numbers is a long list of small integers.
func numbers(n int) []byte {
	b := []byte{OpProto, 4, OpEmptyList, OpMemoize}
	for i := 0; i < n; i += 1000 {
		b = append(b, OpMark)
		for j := range 1000 {
			b = append(b, OpBinInt1, byte(j))
		}
		b = append(b, OpAppends)
	}
	return append(b, OpStop)
}

func countOps(b testing.TB, data []byte) int {
	n := 0
	for _, err := range Ops(bytes.NewReader(data), int64(len(data)), 0, Limits{}) {
		if err != nil {
			b.Fatal(err)
		}
		n++
	}
	return n
}

func benchmarkStreams(b *testing.B, run func(b *testing.B, data []byte)) {
	for _, s := range []struct {
		name string
		data []byte
	}{{"objects", ordinary(20_000)}, {"numbers", numbers(500_000)}, {"tiny", []byte("\x80\x04K\x01.")}} {
		b.Run(s.name, func(b *testing.B) { benchmarkOps(b, s.data, countOps(b, s.data), run) })
	}
}

func BenchmarkLexer(b *testing.B) { benchmarkStreams(b, lexAll) }

func BenchmarkRun(b *testing.B) { benchmarkStreams(b, runAll) }
