package e2e

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// The repository, seen from this package.
const repository = "../.."

// binDir holds the binaries under test. It is a variable because TestMain makes it
// and both the scripts and the schema test need it.
var binDir string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "pickle-lint-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "e2e:", err)
		return 1
	}
	defer func() {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, "e2e:", err)
		}
	}()
	binDir = dir
	// Built in the product's own module, or this module's requirements would
	// choose the versions.
	for _, name := range []string{"pickle-lint", "pickle-vet"} {
		build := exec.Command("go", "build", "-o", binary(name), "./cmd/"+name)
		build.Dir = repository
		build.Stdout, build.Stderr = os.Stderr, os.Stderr
		if err := build.Run(); err != nil {
			fmt.Fprintf(os.Stderr, "e2e: building %s: %v\n", name, err)
			return 1
		}
	}
	return m.Run()
}

func binary(name string) string {
	name = filepath.Join(binDir, name)
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return name
}

// goEnv asks the go command for the folders it would use, which an empty HOME
// hides from the one that scripts run.
func goEnv(names ...string) ([]string, error) {
	out, err := exec.Command("go", append([]string{"env", "-json"}, names...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	var values map[string]string
	if err := json.Unmarshal(out, &values); err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	var env []string
	for _, name := range names {
		env = append(env, name+"="+values[name])
	}
	return env, nil
}

// cgo reports that there is a C compiler, without which Python is a skip.
func cgo(t *testing.T) bool {
	t.Helper()
	env, err := goEnv("CGO_ENABLED")
	if err != nil {
		t.Fatal(err)
	}
	return slices.Contains(env, "CGO_ENABLED=1")
}
