package catalog

import (
	"reflect"
	"strings"
	"testing"
)

// The Go wing must see all that the catalogue says of Go, and reads nothing else.
func TestBuiltinGo(t *testing.T) {
	part, whole := reflect.ValueOf(BuiltinGo()).Elem(), reflect.ValueOf(Builtin()).Elem()
	seen := 0
	for i := range part.NumField() {
		name := part.Type().Field(i).Name
		got, all := part.Field(i), whole.Field(i)
		if got.Kind() != reflect.Map {
			continue
		}
		want := 0
		if strings.HasPrefix(name, "go") {
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
	if seen < 7 {
		t.Errorf("%d kinds of facts about Go", seen)
	}
}
