package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// A pipe that stays silent must not keep the command from ending.
func TestCopyUnderEndsWithTheContext(t *testing.T) {
	silent, w := io.Pipe()
	defer func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := copyUnder(ctx, io.Discard, silent); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestCopyUnder(t *testing.T) {
	var out bytes.Buffer
	if n, err := copyUnder(t.Context(), &out, strings.NewReader("bytes")); err != nil || n != 5 || out.String() != "bytes" {
		t.Errorf("%d bytes %q, %v", n, out.String(), err)
	}
	broken := errors.New("the pipe broke")
	if _, err := copyUnder(t.Context(), &out, iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}
