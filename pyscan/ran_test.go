//go:build cgo

package pyscan

import (
	"slices"
	"testing"
)

func TestSpawned(t *testing.T) {
	for _, tt := range []struct {
		src  string
		want []string
	}{
		{"import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import pickle; pickle.load(f)'])\n", []string{"2"}},
		{"import subprocess\ndef f():\n    return subprocess.Popen((\"python3\", \"-I\", \"-c\", \"import pickle\\n\" \"pickle.load(f)\"))\n", []string{"3 f"}},
		{"import os\nos.execlp('python', 'python', '-c', 'from pickle import load; load(f)')\n", []string{"2"}},
		{"CODE = 'import pickle; pickle.load(f)'\nimport subprocess, sys\nsubprocess.run([sys.executable, '-c', CODE])\n", []string{"3"}},
		{"import subprocess\nsubprocess.run(['sh', '-c', 'import pickle; pickle.load(f)'])\n", nil},
		// The other Python has no import of this one.
		{"import pickle, subprocess, sys\nsubprocess.run([sys.executable, '-c', 'pickle.load(f)'])\n", nil},
		{"import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'x', 'import pickle; pickle.load(f)'])\n", nil},
	} {
		if got := sitesOf(scan("a.py", tt.src)); !slices.Equal(got, tt.want) {
			t.Errorf("%s\ngot %q, want %q", tt.src, got, tt.want)
		}
	}
}
