package pythonexec

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

func TestRuns(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "runs")
}
