// Pickle-lint finds where stored bytes become live objects in Go, in Python and
// in the stored bytes themselves. See the README, or run it with --help.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/pickle-lint/pickle-lint/cmd/internal/cli"
	"github.com/pickle-lint/pickle-lint/cmd/internal/goload"
)

func main() {
	// The go command runs this binary as its own vet tool.
	if goload.IsVettool(os.Args[1:]) {
		goload.VetMain()
		return
	}
	os.Exit(run())
}

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)
	return cli.Main(ctx, os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv})
}
