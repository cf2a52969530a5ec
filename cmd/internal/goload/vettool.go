package goload

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/pickle-lint/pickle-lint/analyzers"
	"github.com/pickle-lint/pickle-lint/analyzers/wire"
)

// IsVettool reports whether arguments, without the program's name, are those of
// the go command calling a vettool: -V=full, -flags, or flags and then the
// vet.cfg of a package. The pickle-lint command asks first of all, because it is
// its own vettool.
func IsVettool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	last := args[len(args)-1]
	if len(args) == 1 && (last == "-V=full" || last == "-flags") {
		return true
	}
	// The go command names the file so. Any other *.cfg may be something that a
	// person wants to have looked at.
	if filepath.Base(last) != "vet.cfg" {
		return false
	}
	for _, arg := range args[:len(args)-1] {
		if !strings.HasPrefix(arg, "-") {
			return false
		}
	}
	return true
}

// VetMain is the vettool. It does not return.
func VetMain() {
	if slices.Contains(os.Args, "-"+wire.Name+"."+wire.EmitFlag) {
		if err := analyseDependency(os.Args[len(os.Args)-1]); err != nil {
			fmt.Fprintln(os.Stderr, "pickle-lint:", err)
			os.Exit(1)
		}
	}
	debug.SetGCPercent(analyzers.GCPercent)
	unitchecker.Main(analyzers.Suite...)
}

// analyseDependency makes of a package that the go command wants nothing but facts of, one
// that is analysed. Since Go 1.26 it caches what a vet tool prints, and the key does not
// tell a package that was named from one that others import: what was printed of an
// import, nothing, would come back when the package is named. The standard library is
// left alone; nobody lints it, and it is most of what is imported.
func analyseDependency(config string) error {
	if filepath.Base(config) != "vet.cfg" {
		return nil
	}
	text, err := os.ReadFile(config)
	if err != nil {
		return fmt.Errorf("reading what the go command wants: %w", err)
	}
	// All fields are kept, also those of go commands to come.
	fields := make(map[string]json.RawMessage)
	if err := json.Unmarshal(text, &fields); err != nil {
		return fmt.Errorf("reading what the go command wants: %w", err)
	}
	if string(fields["VetxOnly"]) != "true" || fields["ModulePath"] == nil || string(fields["ModulePath"]) == `""` {
		return nil
	}
	fields["VetxOnly"] = json.RawMessage("false")
	if text, err = json.Marshal(fields); err != nil {
		return fmt.Errorf("writing what the go command wants: %w", err)
	}
	if err := os.WriteFile(config, text, 0o600); err != nil {
		return fmt.Errorf("writing what the go command wants: %w", err)
	}
	return nil
}
