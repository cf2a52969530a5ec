// Command recipe assembles pickle recipes into files, for the demo and for
// trying things out. Nothing here loads what it writes.
//
//	recipe IN.recipe OUT.pkl
//	recipe -tree DIR TARGET
//
// With -tree every *.recipe below DIR becomes a file at the same place below
// TARGET, without the .recipe; a name that is left without an extension gets .pkl.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

func main() {
	tree := flag.Bool("tree", false, "assemble every *.recipe below the first argument into the second")
	flag.Parse()
	if err := run(*tree, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "recipe:", err)
		os.Exit(2)
	}
}

func run(tree bool, args []string) error {
	if len(args) != 2 {
		return errors.New("want two arguments: IN.recipe OUT.pkl, or with -tree DIR TARGET")
	}
	if !tree {
		return assemble(args[0], args[1])
	}
	return filepath.WalkDir(args[0], func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".recipe" {
			return err
		}
		rel, err := filepath.Rel(args[0], strings.TrimSuffix(path, ".recipe"))
		if err != nil {
			return err
		}
		if filepath.Ext(rel) == "" {
			rel += ".pkl"
		}
		return assemble(path, filepath.Join(args[1], rel))
	})
}

func assemble(in, out string) error {
	text, err := os.ReadFile(in)
	if err != nil {
		return fmt.Errorf("reading recipe: %w", err)
	}
	b, err := recipe.Assemble(string(text))
	if err != nil {
		return fmt.Errorf("%s: %w", in, err)
	}
	if err := os.MkdirAll(filepath.Dir(out), 0o755); err != nil {
		return fmt.Errorf("making the target directory: %w", err)
	}
	if err := os.WriteFile(out, b, 0o644); err != nil {
		return fmt.Errorf("writing pickle: %w", err)
	}
	return nil
}
