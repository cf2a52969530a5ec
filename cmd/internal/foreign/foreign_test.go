package foreign

import "testing"

// What is installed is passed over; what is copied is linted, and both are left unchanged.
func TestNames(t *testing.T) {
	for path, want := range map[string][2]bool{
		"node_modules": {true, true}, "site-packages": {true, true}, ".venv": {true, true}, "vendor": {false, true}, "third_party": {false, true},
		"venv": {false, true}, "vendored": {false, false}, "src": {false, false}, "a/vendor/b.py": {false, true}, "a/.tox/b.py": {false, true}, "a/b.py": {false, false},
	} {
		if got := [2]bool{Installed(path), Within(path)}; got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}
