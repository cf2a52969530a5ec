package container

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"sync"
)

// Kombu is a message of Celery and its transport kombu, as Redis, a file or a
// table holds it: a JSON object whose content type says that its body is a
// pickle (kombu/transport/virtual/base.py, kombu/serialization.py). What a worker
// has taken and not yet done stands in Redis as an array of it and of where it came
// from (kombu/transport/redis.py, QoS.append).
type Kombu struct{}

const (
	kombuType = "application/x-python-serialize"
	// kombuWindow is how much of an object is searched for its type.
	kombuWindow = 1 << 20
	// kombuTail is how much of its end, where that is not all: keys are often
	// sorted, and the body stands before its type.
	kombuTail = 64 << 10
	// kombuDepth is how deep the type is looked for: the objects "properties"
	// and "headers".
	kombuDepth = 2
)

// kombuWindows keeps buffers: a store may hold many texts that begin alike.
var kombuWindows = sync.Pool{New: func() any { return new([kombuWindow]byte) }}

// Name implements [Format].
func (Kombu) Name() string { return "kombu" }

// Traits implements [Format].
func (Kombu) Traits() Traits { return Traits{Single: true} }

// Recognise implements [Format].
func (Kombu) Recognise(head []byte, data Data) bool {
	head = bytes.TrimLeft(head, " \t\r\n")
	if bytes.HasPrefix(head, []byte("[")) {
		head = bytes.TrimLeft(head[1:], " \t\r\n")
	}
	if len(head) < 2 || head[0] != '{' {
		return false
	}
	if c := bytes.TrimLeft(head[1:], " \t\r\n"); len(c) > 0 && c[0] != '"' {
		return false // no JSON: a program, a template
	}
	store := kombuWindows.Get().(*[kombuWindow]byte)
	defer kombuWindows.Put(store)
	buf := store[:]
	n, err := data.ReadAt(buf, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return false
	}
	if speaksOfPickle(buf[:n]) {
		return true
	}
	if n < len(buf) || !data.Random() {
		return false
	}
	size, err := data.Size()
	if err != nil {
		return false
	}
	n, _ = data.ReadAt(buf[:kombuTail], max(0, size-kombuTail))
	return speaksOfPickle(buf[:n])
}

// speaksOfPickle looks for the content type, which JSON may spell with escapes.
func speaksOfPickle(text []byte) bool {
	if bytes.Contains(text, []byte(kombuType)) {
		return true
	}
	if !bytes.Contains(text, []byte(`\u00`)) && !bytes.Contains(text, []byte(`\/`)) {
		return false
	}
	plain := make([]byte, 0, len(text))
	for len(text) > 0 {
		i := bytes.IndexByte(text, '\\')
		if i < 0 || i+1 >= len(text) {
			break
		}
		plain = append(plain, text[:i]...)
		text = text[i+1:]
		if len(text) >= 5 && text[0] == 'u' {
			if c, err := strconv.ParseUint(string(text[1:5]), 16, 16); err == nil && c < 0x80 {
				plain = append(plain, byte(c))
				text = text[5:]
				continue
			}
		}
		plain = append(plain, text[0])
		text = text[1:]
	}
	return bytes.Contains(append(plain, text...), []byte(kombuType))
}

// Members implements [Format]. The body is decoded as its properties say, and
// is one pickle. An object that only speaks of the type has no members.
func (Kombu) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		size, err := data.Size()
		if err != nil && !yield(problem("kombu: %w", err)) {
			return
		}
		if size > b.Memory {
			yield(problem("kombu: %w: a message of %d bytes is not read", ErrLimit, size))
			return
		}
		text := make([]byte, size)
		if err := readAt(data, text, 0); err != nil {
			yield(problem("kombu: %w", err))
			return
		}
		message, err := kombuMessage(text)
		if err != nil {
			yield(problem("kombu: %w", err))
			return
		}
		if !isPickled(message, kombuDepth) {
			return
		}
		if err := b.value(); err != nil {
			yield(problem("kombu: %w", err))
			return
		}
		var body, encoding string
		raw := message["body"]
		if err := json.Unmarshal(raw, &body); err != nil || raw == nil {
			yield(problem("kombu: a message without a body that is text"))
			return
		}
		if p, err := jsonObject(message["properties"]); err == nil {
			_ = json.Unmarshal(p["body_encoding"], &encoding) // what is no text encodes nothing
		}
		content := Plain(bytes.NewReader([]byte(body)), int64(len(body)))
		if encoding != "base64" {
			// Text: a pickle that is written in ASCII, or base64 by itself.
			yield(Member{Name: "body", Data: content}, nil)
			return
		}
		yield(Member{Name: "body", Data: newSpool(content, int64(len(body)), openBase64, b), Promised: true}, nil)
	}
}

// kombuMessage reads a message, or the array whose first item is one.
func kombuMessage(text []byte) (map[string]json.RawMessage, error) {
	if !bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("[")) {
		return jsonObject(text)
	}
	var items []json.RawMessage
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&items); err != nil {
		return nil, fmt.Errorf("an array that cannot be read: %w", err)
	}
	if len(items) == 0 {
		return nil, nil
	}
	return jsonObject(items[0])
}

// jsonObject reads an object with its keys as they are written, the last of
// those that are there twice. Decoding into a struct would fold their case.
func jsonObject(text []byte) (map[string]json.RawMessage, error) {
	var o map[string]json.RawMessage
	// What follows the object is no reason not to look at it.
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&o); err != nil {
		return nil, fmt.Errorf("a message that cannot be read: %w", err)
	}
	return o, nil
}

// isPickled reports whether the content type of a message is that of a pickle.
func isPickled(message map[string]json.RawMessage, depth int) bool {
	for _, key := range []string{"content-type", "content_type"} {
		var is string
		if json.Unmarshal(message[key], &is) == nil && is == kombuType {
			return true
		}
	}
	if depth <= 1 {
		return false
	}
	for _, key := range []string{"properties", "headers"} {
		if inner, err := jsonObject(message[key]); err == nil && isPickled(inner, depth-1) {
			return true
		}
	}
	return false
}
