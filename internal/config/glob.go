package config

import (
	"fmt"
	"path"
	"strings"
)

// Match reports whether a slash-separated relative path, or a directory above
// it, matches a glob. Directories of up to above elements do not count: whoever
// names a directory wants to see what is in it. The manners are those of .gitignore: a glob without a slash
// matches a name at any depth, one with a slash starts at the root, "**" stands
// for any number of directories, and a trailing slash is ignored.
func Match(glob, name string, above int) bool {
	trimmed := strings.Trim(glob, "/")
	// Most globs are those of an ending, and hardly any name has it.
	if ending, ok := strings.CutPrefix(trimmed[strings.LastIndexByte(trimmed, '/')+1:], "*"); ok && !strings.ContainsAny(ending, "*?[\\") && !strings.Contains(name, ending) {
		return false
	}
	anchored := strings.Contains(strings.TrimSuffix(glob, "/"), "/")
	pattern := strings.Split(trimmed, "/")
	if !anchored {
		pattern = append([]string{"**"}, pattern...)
	}
	return matchPrefix(pattern, strings.Split(name, "/"), above)
}

// matchPrefix reports whether pattern matches some prefix of elems that is longer
// than above, so that a directory's exclusion covers what is below it.
//
// reach[i] says that the first i elements of the pattern match the elements of
// the name that were consumed; one row instead of recursion, because a pattern
// of many ** would make recursion exponential.
func matchPrefix(pattern, elems []string, above int) bool {
	reach := make([]bool, len(pattern)+1)
	reach[0] = true
	closure := func() {
		for i, p := range pattern {
			if p == "**" && reach[i] {
				reach[i+1] = true
			}
		}
	}
	closure()
	for n, elem := range elems {
		next := make([]bool, len(pattern)+1)
		for i, p := range pattern {
			switch {
			case !reach[i]:
			case p == "**":
				next[i] = true
			default:
				if ok, err := path.Match(p, elem); ok && err == nil {
					next[i+1] = true
				}
			}
		}
		reach = next
		closure()
		if reach[len(pattern)] && n >= above {
			return true
		}
	}
	return false
}

// CheckGlob reports a glob that can never match or is malformed.
func CheckGlob(glob string) error {
	if strings.Trim(glob, "/ ") == "" {
		return fmt.Errorf("the glob %q is empty", glob)
	}
	for elem := range strings.SplitSeq(strings.Trim(glob, "/"), "/") {
		if _, err := path.Match(elem, ""); err != nil {
			return fmt.Errorf("the glob %q is malformed", glob)
		}
	}
	return nil
}
