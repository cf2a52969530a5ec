package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"

	"github.com/pickle-lint/pickle-lint/cmd/internal/relpath"
	"github.com/pickle-lint/pickle-lint/internal/config"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/baseline"
)

// Both states are judged by the configuration that is there now. A change that brings its own
// may switch off the rule that it breaks, and is told by no finding; so what of the
// configuration is another than in the older state is said. Files that say the same in other
// words are not: what counts is what is in force.

// reconfigured lists what differs.
func (l *lintRun) reconfigured() (out []lint.ConfigChange) {
	was := &view{l.since.Before}
	if path, keys := l.changedKeys(was); path != "" {
		out = append(out, lint.ConfigChange{Path: relpath.Show(l.set.root, path), Keys: keys})
	}
	for _, name := range l.set.catalogs {
		path := absPath(l.set.root, name)
		if was.replaces(path) && !unedited(was, path) {
			out = append(out, lint.ConfigChange{Path: relpath.Show(l.set.root, path)})
		}
	}
	if name := l.flags.baselineName(l.set); name != "" && was.replaces(name) {
		if n := more(was, name); n > 0 {
			out = append(out, lint.ConfigChange{Path: relpath.Show(l.set.root, name), Entries: n})
		}
	}
	return out
}

// changedKeys returns the file of the configuration and the keys of other values, or "" if
// there are none.
func (l *lintRun) changedKeys(was *view) (path string, keys []string) {
	now := l.set.config
	old, oldPath, err := l.oldConfig(was)
	if path = now.File; path == "" {
		path = oldPath
	}
	if err != nil {
		return path, nil // it said what nobody understands
	}
	if path != "" {
		if resolved, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
			path = filepath.Join(resolved, filepath.Base(path))
		}
	}
	if keys = differing(old, now); len(keys) == 0 {
		return "", nil
	}
	return path, keys
}

// oldConfig finds the configuration of the older state, as config.Find does on disk. An
// empty one has no path.
func (l *lintRun) oldConfig(was *view) (c *config.Config, path string, err error) {
	var places []string
	switch dir := l.set.root; {
	case l.flags.config != "":
		places = []string{absPath(l.set.root, l.flags.config)}
	default:
		for {
			places = append(places, filepath.Join(dir, config.Name), filepath.Join(dir, config.ProjectName))
			parent := filepath.Dir(dir)
			if dir == l.since.Top || parent == dir {
				break
			}
			dir = parent
		}
	}
	for _, path := range places {
		at, ok := was.actual(path)
		if !ok || !exists(at) {
			continue
		}
		speaks, err := config.Speaks(at)
		if err == nil && !speaks {
			continue
		}
		if err == nil {
			c, err = config.Load(at)
		}
		return c, path, err
	}
	return new(config.Config), "", nil
}

// differing are the keys of which two configurations have other values.
func differing(old, now *config.Config) (keys []string) {
	values := func(c *config.Config) (names []string, of map[string]string) {
		of = make(map[string]string)
		for _, s := range c.Settings() {
			text, err := json.Marshal(s.Value)
			if err != nil {
				text = nil // no value of ours
			}
			names = append(names, s.Path)
			of[s.Path] = string(text)
		}
		return names, of
	}
	oldNames, before := values(old)
	names, after := values(now)
	for _, name := range append(names, oldNames...) {
		a, hadIt := before[name]
		b, hasIt := after[name]
		// A mapping is one key while it is empty, and then those of its values.
		empty := (!hadIt || a == "null") && (!hasIt || b == "null")
		if (a != b || hadIt != hasIt) && !empty && !slices.Contains(keys, name) {
			keys = append(keys, name)
		}
	}
	return keys
}

func unedited(was *view, path string) bool {
	at, ok := was.actual(path)
	if !ok {
		return false
	}
	old, err := os.ReadFile(at)
	now, nowErr := os.ReadFile(path)
	return err == nil && nowErr == nil && bytes.Equal(old, now)
}

// more counts the entries of a baseline that it has more of than before. That it has less is
// what it is for.
func more(was *view, name string) int {
	entries := func(at string) map[string]int {
		count := make(map[string]int)
		text, err := os.ReadFile(at)
		if err != nil {
			return count
		}
		file, err := baseline.Parse(text)
		if err != nil {
			return count // of the one in force, the run has said so
		}
		for _, e := range file.Entries {
			count[e.Path+" "+e.Rule+" "+string(e.Print)]++
		}
		return count
	}
	old := make(map[string]int)
	if at, ok := was.actual(name); ok {
		old = entries(at)
	}
	n := 0
	for key, count := range entries(name) {
		n += max(0, count-old[key])
	}
	return n
}
