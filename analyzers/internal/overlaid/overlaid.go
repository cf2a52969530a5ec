// Package overlaid knows the files that stand in the place of others, where the go
// command was given an overlay: it hands their own paths to a vet tool. A finding is
// about the file that is replaced, and other files lie beside that one.
//
// The overlay comes in the environment and not in a flag, because flags are a part of the
// name under which the go command remembers what the tool said. What it says of a
// package is the same with an overlay as without, if the contents of the files are.
package overlaid

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Variable names the file of the overlay, in the form that the go command takes.
const Variable = "PICKLE_LINT_OVERLAY"

// Files are the files of an overlay.
type Files struct {
	instead map[string]string // "": the file is away
	of      map[string]string
}

// Read reads an overlay.
func Read(name string) (*Files, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("reading an overlay: %w", err)
	}
	var overlay struct{ Replace map[string]string }
	if err := json.Unmarshal(text, &overlay); err != nil {
		return nil, fmt.Errorf("reading an overlay: %w", err)
	}
	f := &Files{instead: overlay.Replace, of: make(map[string]string)}
	for path, instead := range overlay.Replace {
		if instead != "" {
			f.of[instead] = path
		}
	}
	return f, nil
}

// Current is the overlay of this process, or nil.
var Current = sync.OnceValues(func() (*Files, error) {
	name := os.Getenv(Variable)
	if name == "" {
		return nil, nil
	}
	return Read(name)
})

// Logical returns the path of the file that a file stands for.
func (f *Files) Logical(path string) string {
	if f != nil {
		if of, ok := f.of[filepath.Clean(path)]; ok {
			return of
		}
	}
	return path
}

// Actual returns the path of the file that stands for a file, and whether there is one.
func (f *Files) Actual(path string) (string, bool) {
	if f != nil {
		if instead, ok := f.instead[filepath.Clean(path)]; ok {
			return instead, instead != ""
		}
	}
	return path, true
}

// Text puts logical paths into a text of JSON.
func (f *Files) Text(text string) string {
	if f == nil || len(f.of) == 0 {
		return text
	}
	pairs := make([]string, 0, 2*len(f.of))
	for instead, of := range f.of {
		// A path is a whole string there.
		pairs = append(pairs, quoted(instead), quoted(of))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func quoted(path string) string {
	text, err := json.Marshal(path)
	if err != nil {
		panic(err) // a string has JSON
	}
	return string(text)
}
