package pyscan

import (
	"reflect"
	"strings"
	"testing"
)

func TestImports(t *testing.T) {
	for _, tt := range []struct {
		src  string
		want []Import
	}{
		{"import a.b as c, d\n", []Import{{Module: "a.b"}, {Module: "c"}, {Module: "d"}}},
		{"if x: from a.b import c as d, e\n", []Import{{Module: "a.b", Names: []string{"c", "d", "e"}}}},
		{"from . import x\nfrom ..y.z import *\n", []Import{{Level: 1, Names: []string{"x"}}, {Level: 2, Module: "y.z"}}},
		{"from.x import(a,\n  b)\n", []Import{{Level: 1, Module: "x", Names: []string{"a"}, More: true}}},
		{"x = 1\nimportant = 2 # import a\n", nil},
		{"import " + strings.Repeat("a, ", maxLine), []Import{{Any: true}}},
	} {
		if got := Imports([]byte(tt.src)); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("Imports(%.60q) = %+v, want %+v", tt.src, got, tt.want)
		}
	}
}
