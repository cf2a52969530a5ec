//go:build cgo

package pyscan

import "testing"

// Where objects only travel between processes that run, no release is given the state of
// another. The ways by which a source says so, and those by which it does not.
func TestUnversionedTravels(t *testing.T) {
	const class = "class C:\n def __getstate__(self): return {'a': self.a}\n def __setstate__(self, s): self.a = s['a']\n"
	const told = 1
	for _, tt := range []struct {
		path, before, after string
		want                int
	}{
		{"a.py", "", "", told},
		{"a.py", "import json\n", "", told},
		{"a.py", "import multiprocessing\n", "", 0},
		{"a.py", "import os, multiprocessing.pool as pool\n", "", 0},
		{"a.py", "import multiprocessing_tools\n", "", told},
		{"a.py", "from concurrent.futures import ThreadPoolExecutor\n", "", 0},
		{"a.py", "from concurrent import futures\n", "", 0},
		{"a.py", "from torch import nn, distributed as dist\n", "", 0},
		{"a.py", "from torch import nn\n", "", told},
		{"a.py", "from .multiprocessing import x\n", "", told},
		{"billiard/managers.py", "", "", 0},
		{"torch/distributed/shard/api.py", "", "", 0},
		{"torch/nn/api.py", "", "", told},
		{"a.py", "import pickle, multiprocessing\n", "pickle.dump(C(), f, protocol=4)\n", told},
		{"a.py", "import multiprocessing\n", "multiprocessing.Process(target=C())\n", 0},
		{"a.py", "import torch, multiprocessing\n", "multiprocessing.Process(target=C())\ntorch.save(C(), path)\n", told},
	} {
		got := 0
		for _, f := range scan(tt.path, tt.before+class+tt.after).Findings {
			if f.Rule == UnversionedState.ID {
				got++
			}
		}
		if got != tt.want {
			t.Errorf("%s, %q, %q: %d findings, want %d", tt.path, tt.before, tt.after, got, tt.want)
		}
	}
}
