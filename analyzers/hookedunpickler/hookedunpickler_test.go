package hookedunpickler

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

func TestHooks(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "hooks", "nothooks")
}
