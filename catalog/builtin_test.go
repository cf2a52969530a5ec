package catalog

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

// ends are the facts about Go that no rule needs.
var ends = []string{"goDumps", "goThroughs"}

// The Go wing must see all that the catalogue says of Go, and reads nothing else.
func TestBuiltinGo(t *testing.T) {
	parts(t, BuiltinGo(), 7, func(field string) bool { return strings.HasPrefix(field, "go") && !slices.Contains(ends, field) })
	parts(t, BuiltinGoEnds(), 2, func(field string) bool { return slices.Contains(ends, field) })
}

// parts checks that a part of the catalogue has all facts of some kinds, and no others.
func parts(t *testing.T, of *Catalog, least int, has func(field string) bool) {
	t.Helper()
	part, whole := reflect.ValueOf(of).Elem(), reflect.ValueOf(Builtin()).Elem()
	seen := 0
	for i := range part.NumField() {
		name := part.Type().Field(i).Name
		got, all := part.Field(i), whole.Field(i)
		if got.Kind() != reflect.Map {
			continue
		}
		want := 0
		if has(name) {
			want = all.Len()
			seen++
		}
		if got.Len() != want {
			t.Errorf("%s: %d facts, want %d", name, got.Len(), want)
		}
		for _, key := range got.MapKeys() {
			if !all.MapIndex(key).IsValid() {
				t.Errorf("%s: %v is only in the part", name, key)
			}
		}
	}
	if seen < least {
		t.Errorf("%d kinds of facts", seen)
	}
}
