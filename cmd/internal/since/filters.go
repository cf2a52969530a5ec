package since

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// To compare a file with the working tree, git runs the filter that .gitattributes names for
// it. What a filter runs is said by configuration: that of the user counts, that of the
// repository may be anybody's.

// programs are the keys of configuration that name what is run when files are compared.
const programs = `^(filter\..*\.(clean|process)|lfs\.extension\..*\.clean)$`

// trusted are the scopes of git config that whoever has made a repository has no say in.
var trusted = []string{"system", "global", "command"}

// known is what "git lfs install --local" writes, as actions/checkout does: without it,
// each file that git-lfs keeps would differ.
var known = []string{"filter.lfs.clean\ngit-lfs clean -- %f", "filter.lfs.process\ngit-lfs filter-process"}

// withoutFilters returns what keeps git from running the filters that only the repository
// configures. Their files are compared as they are.
func (g git) withoutFilters(ctx context.Context) (config []string, err error) {
	out, err := g.run(ctx, "config", "-z", "--show-scope", "--get-regexp", programs)
	var f *failure
	switch {
	case errors.As(err, &f) && f.code == 1:
		return nil, nil // there are none
	case err != nil:
		return nil, err
	}
	fields := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	for ; len(fields) > 1; fields = fields[2:] {
		scope, entry := fields[0], fields[1]
		if slices.Contains(trusted, scope) || slices.Contains(known, entry) {
			continue
		}
		key, _, _ := strings.Cut(entry, "\n")
		if strings.Contains(key, "=") {
			return nil, fmt.Errorf("the repository configures a program of the name %q, which cannot be switched off", key)
		}
		config = append(config, "-c", key+"=")
		if of, ok := strings.CutPrefix(key, "filter."); ok {
			config = append(config, "-c", "filter."+of[:strings.LastIndexByte(of, '.')]+".required=false")
		}
	}
	return config, nil
}
