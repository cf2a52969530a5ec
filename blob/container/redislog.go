package container

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"strconv"
)

// RedisLog is the log of commands that Redis keeps (appendonly.aof): each is an
// array of strings, as its protocol writes them. Since Redis 4.0 a log may begin
// with a dump, and then its commands stand behind that; see [RDB]. The members are
// the strings.
type RedisLog struct{}

const (
	// redisLine is how long the line of a length may be. It is a number.
	redisLine = 32
	// redisRemark is how long a remark may be, which is a time.
	redisRemark = 1 << 10
)

// Name implements [Format].
func (RedisLog) Name() string { return "redis-log" }

// Traits implements [Format].
func (RedisLog) Traits() Traits { return Traits{} }

// Recognise implements [Format]: an array of strings begins, and the first of them
// is a command. A remark may stand before it.
func (RedisLog) Recognise(head []byte, _ Data) bool {
	if bytes.HasPrefix(head, []byte("#TS:")) {
		_, head, _ = bytes.Cut(head, []byte("\r\n"))
	}
	for _, sigil := range []byte("*$") {
		line, rest, ok := bytes.Cut(head, []byte("\r\n"))
		if !ok || len(line) < 2 || line[0] != sigil || line[1] < '1' || line[1] > '9' {
			return false
		}
		if _, err := strconv.Atoi(string(line[1:])); err != nil {
			return false
		}
		head = rest
	}
	return len(head) > 0 && (head[0]|0x20 >= 'a' && head[0]|0x20 <= 'z')
}

// Members implements [Format].
func (RedisLog) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		size, err := data.Size()
		if err != nil && !yield(problem("redis-log: %w", err)) {
			return
		}
		r := &redisLogReader{storeReader: newStoreReader(data, size, 0), budget: b, yield: yield}
		if err := r.all(); err != nil && !errors.Is(err, errEnough) {
			yield(problem("redis-log: behind %d of %d bytes nothing is read: %w", r.off, size, err))
		}
	}
}

// redisLogReader reads commands.
type redisLogReader struct {
	storeReader
	budget *Budget
	yield  func(Member, error) bool
}

func (r *redisLogReader) all() error {
	for r.off < r.size {
		if err := r.budget.Err(); err != nil {
			return err
		}
		at := r.off
		line, err := r.line(redisRemark)
		if err != nil {
			return err
		}
		if line[0] == '#' {
			continue
		}
		n, err := counted(line, '*')
		if err != nil {
			return err
		}
		for i := range n {
			line, err := r.line(redisLine)
			if err != nil {
				return err
			}
			length, err := counted(line, '$')
			if err != nil {
				return err
			}
			text, err := r.bytes(uint64(length))
			if err != nil {
				return err
			}
			if err := r.skip(2); err != nil { // the end of the line
				return err
			}
			if length < shortValue {
				continue
			}
			if err := r.budget.value(); err != nil {
				return err
			}
			if !r.yield(Member{Name: fmt.Sprintf("at %d/%d", at, i), Data: text, Value: true}, nil) {
				return errEnough
			}
		}
	}
	return nil
}

// line reads a line that is not empty, without its end.
func (r *redisLogReader) line(most int) ([]byte, error) {
	var line []byte
	for {
		c, err := r.u8()
		if err != nil {
			return nil, err
		}
		if c == '\n' && len(line) > 1 && line[len(line)-1] == '\r' {
			return line[:len(line)-1], nil
		}
		if line = append(line, c); len(line) > most {
			return nil, fmt.Errorf("a line of more than %d bytes", most)
		}
	}
}

// counted reads the number behind a sigil.
func counted(line []byte, sigil byte) (int64, error) {
	n, err := strconv.ParseUint(string(line[1:]), 10, 62)
	if line[0] != sigil || err != nil {
		return 0, fmt.Errorf("%q where %q and a number have to be", line[:min(len(line), redisLine)], sigil)
	}
	return int64(n), nil
}
