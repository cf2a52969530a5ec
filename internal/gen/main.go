// Gen writes what is derived from the rules: one page a rule under docs/rules,
// their index, and the table of rules in the README; and from the keys of the
// configuration: its JSON Schema, and their table in docs/configuration.md; and from the
// types of an inventory, with their comments: its JSON Schema.
//
//	go run ./internal/gen          # write
//	go run ./internal/gen -check   # only say what is stale
//
// A test calls the dry run, so a stale file fails the tests with the command to
// run.
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	check := flag.Bool("check", false, "write nothing; list the stale files and fail if there are any")
	flag.Parse()
	stale, err := generate(".", !*check)
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(2)
	}
	if *check && len(stale) > 0 {
		for _, name := range stale {
			fmt.Fprintln(os.Stderr, "stale:", name)
		}
		fmt.Fprintln(os.Stderr, "run: go run ./internal/gen")
		os.Exit(1)
	}
}
