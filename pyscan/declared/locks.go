package declared

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// tomlLock reads the lock files that are arrays of packages with a name and a version:
// poetry.lock, uv.lock, pdm.lock (all [[package]]) and pylock.toml ([[packages]], PEP
// 751). A package may be there several times, for several platforms.
func tomlLock(text []byte) (collected, error) {
	var c collected
	var name, version string
	last := 0
	flush := func() {
		// What is built from the project itself has no version in pylock.toml.
		if name != "" && version != "" {
			c.add(locked(name, version))
		}
		name, version = "", ""
	}
	err := readTOML(text, func(table []string, entry int, key []string, v tomlValue) {
		if entry != last {
			flush()
			last = entry
		}
		if len(key) != 1 || !is(table, "package") && !is(table, "packages") || !v.isString {
			return
		}
		switch key[0] {
		case "name":
			name = v.text
		case "version":
			version = v.text
		}
	})
	flush()
	return c, err
}

// pipfileLock reads Pipfile.lock.
func pipfileLock(text []byte) (collected, error) {
	var c collected
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(text, &sections); err != nil {
		return c, err
	}
	for _, section := range []string{"default", "develop"} {
		var packages map[string]struct {
			Version string `json:"version"`
		}
		if raw, ok := sections[section]; ok {
			if err := json.Unmarshal(raw, &packages); err != nil {
				return c, fmt.Errorf("%s: %w", section, err)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(packages)) {
			if version, ok := strings.CutPrefix(packages[name].Version, "=="); ok {
				c.add(locked(name, version))
			}
		}
	}
	return c, nil
}

// condaLock reads conda-lock.yml by its lines: a program writes it, and always so. A
// tree of its nodes would take a hundred times its size.
func condaLock(text []byte) (collected, error) {
	var c collected
	var name, version, manager string
	flush := func() {
		if name != "" && version != "" {
			c.condaLocked(name, version, manager != "pip")
		}
		name, version, manager = "", "", ""
	}
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "- ") {
			flush()
		}
		// What is indented further belongs to a value.
		if len(line) < 3 || line[:2] != "- " && line[:2] != "  " || line[2] == ' ' {
			continue
		}
		key, value, _ := strings.Cut(line[2:], ":")
		value = strings.Trim(strings.TrimSpace(value), `"'`)
		switch key {
		case "name":
			name = value
		case "version":
			version = value
		case "manager":
			manager = value
		}
	}
	flush()
	return c, nil
}

// condaLocked adds a version that conda has. Names and versions there follow rules of
// their own ("1.1.1w", "2024a"): what PEP 440 does not read is passed over.
func (c *collected) condaLocked(name, version string, conda bool) {
	m, err := locked(name, version)
	if err != nil {
		return
	}
	if conda && Normalise(name) == Python {
		m.library = Python
	}
	c.add(m, nil)
}
