// Pickle-golangci is golangci-lint with the linter picklelint built in. It is what
// "golangci-lint custom" makes of a .custom-gcl.yml, without the clone of
// golangci-lint's repository that this begins with:
//
//	go install github.com/pickle-lint/pickle-lint/cmd/pickle-golangci@VERSION
//
// It takes the commands and the configuration of golangci-lint. The module is one of
// its own, or golangci-lint's requirements would be those of pickle-lint.
package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/pickle-lint/pickle-lint/analyzers/plugin"
)

func main() {
	if err := commands.Execute(buildInfo()); err != nil {
		_, _ = fmt.Fprintf(os.Stderr, "The command is terminated due to an error: %v\n", err)
		os.Exit(exitcodes.Failure)
	}
}

// buildInfo says what this is. The version stays "(devel)": golangci-lint keys its cache
// by it, and only then by the content of the program, which also changes with the linter.
func buildInfo() commands.BuildInfo {
	info := commands.BuildInfo{GoVersion: "unknown", Version: "(devel)", Commit: "unknown", Date: "(unknown)"}
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return info
	}
	info.GoVersion = build.GoVersion
	for _, dep := range build.Deps {
		if dep.Path == "github.com/golangci/golangci-lint/v2" {
			info.Commit = "golangci-lint " + dep.Version + " with picklelint"
		}
	}
	return info
}
