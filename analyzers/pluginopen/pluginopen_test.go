package pluginopen

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

func TestPaths(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "plugins")
}
