package e2e

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// multitool runs Microsoft's validator over a log, with its rules for SARIF and for GitHub
// code scanning, where PICKLE_MULTITOOL names it: scripts/multitool.sh does.
func multitool(t *testing.T, text string) {
	t.Helper()
	tool := os.Getenv("PICKLE_MULTITOOL")
	if tool == "" {
		return
	}
	dir := t.TempDir()
	log, verdict := filepath.Join(dir, "log.sarif"), filepath.Join(dir, "verdict.sarif")
	if err := os.WriteFile(log, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(tool, "validate", log, "--rule-kind", "Sarif;Ghas", "--output", verdict)
	cmd.Env = append(os.Environ(), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1") // it needs no ICU then
	printed, failed := cmd.CombinedOutput()
	said, err := os.ReadFile(verdict)
	if err != nil {
		t.Fatalf("the validator wrote nothing: %v: %v\n%s", err, failed, printed)
	}
	var runs struct {
		Runs []struct {
			Results []struct {
				RuleID, Level string
			}
		}
	}
	if err := json.Unmarshal(said, &runs); err != nil || len(runs.Runs) != 1 {
		t.Fatalf("%d runs of the validator: %v", len(runs.Runs), err)
	}
	for _, r := range runs.Runs[0].Results {
		if r.Level != "note" { // none is a warning, the default of SARIF
			t.Errorf("%s %s\n%s", r.RuleID, r.Level, printed)
		}
	}
}
