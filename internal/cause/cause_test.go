package cause

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"testing"
)

func TestOf(t *testing.T) {
	_, err := os.Open("no/such\nfile")
	for _, wrapped := range []error{err, fmt.Errorf("reading: %w", err)} {
		if got := Of(wrapped); got.Error() == wrapped.Error() || !errors.Is(got, fs.ErrNotExist) {
			t.Errorf("%v", got)
		}
	}
	other := errors.New("other")
	if !errors.Is(Of(other), other) || Of(nil) != nil {
		t.Error("what is no error about a file is as it was")
	}
}
