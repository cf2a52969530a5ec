package servespickle

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
)

func TestServes(t *testing.T) {
	analysistest.Run(t, analysistest.TestData(), Analyzer, "serves")
}
