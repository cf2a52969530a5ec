// Pickle-inventory keeps the inventories of many repositories in one database. It is what
// pickle-lint inventory merge, push, query and serve hand over to.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/pickle-lint/pickle-lint/inventory/db/internal/command"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// A second signal ends the program at once.
	context.AfterFunc(ctx, stop)
	return command.Main(ctx, os.Args[1:], command.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv})
}
