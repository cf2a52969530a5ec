// Package settings carries the configuration of the analyzers. It is an analyzer
// of its own, required by all others, because flags are the only channel that
// every go/analysis driver has: go vet, golangci-lint, Bazel's nogo.
//
// A value is parsed when its flag is set, so a mistake is a usage error of the
// driver and not the failure of each package.
package settings

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/lint/justify"
)

// Settings is the result of [Analyzer].
type Settings struct {
	Catalog *catalog.Catalog
	Policy  justify.Policy
}

// Name is the name of the analyzer, and so the prefix of its flags.
const Name = "picklelint"

// The flags of [Analyzer], without the prefix.
const (
	TodayFlag      = "today"
	CatalogFlag    = "catalog"
	BoundariesFlag = "boundaries"
)

// Analyzer reports nothing; its result is a *[Settings].
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	var (
		day        today
		overlays   overlays
		boundaries boundaries
	)
	a := &analysis.Analyzer{
		Name: Name,
		Doc: "carries the settings of the pickle-lint analyzers\n\n" +
			"It reports nothing. The other analyzers of pickle-lint read its flags.",
		URL: lint.Homepage,
		// A package that does not type-check is not analysed by the others.
		RunDespiteErrors: true,
		ResultType:       reflect.TypeFor[*Settings](),
		Run: func(*analysis.Pass) (any, error) {
			policy := justify.DefaultPolicy(day.orNow())
			maps.Copy(policy.Boundaries, boundaries.declared)
			return &Settings{Catalog: overlays.orBuiltin(), Policy: policy}, nil
		},
	}
	a.Flags.Var(&day, TodayFlag, "the day `YYYY-MM-DD` that expiry is compared with (default: the day of the run, "+
		"which a cached result of go vet does not notice)")
	a.Flags.Var(&overlays, CatalogFlag, "`file` with further catalogue facts, as PATH or sha256:HEX:PATH; may be repeated. "+
		"The hash makes the content part of the key under which go vet caches results")
	a.Flags.Var(&boundaries, BoundariesFlag, "further trust boundaries as a `JSON` object: "+
		`{"name": {"description": "…", "requires": ["expires"], "proof": false}}`)
	return a
}

// Overlay returns the value of the catalog flag for a file and its content.
func Overlay(path string, content []byte) string {
	sum := sha256.Sum256(content)
	return hashPrefix + hex.EncodeToString(sum[:]) + ":" + path
}

const hashPrefix = "sha256:"

type today struct{ day time.Time }

func (t *today) String() string {
	if t == nil || t.day.IsZero() {
		return ""
	}
	return t.day.Format(time.DateOnly)
}

func (t *today) Set(s string) error {
	day, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return fmt.Errorf("%q is not a day of the form YYYY-MM-DD", s)
	}
	t.day = day
	return nil
}

func (t *today) orNow() time.Time {
	if t.day.IsZero() {
		return time.Now().UTC()
	}
	return t.day
}

// overlays is the built-in catalogue with each overlay laid on it in turn.
type overlays struct {
	catalog *catalog.Catalog
	given   []string
}

func (o *overlays) String() string { return strings.Join(o.given, " ") }

func (o *overlays) orBuiltin() *catalog.Catalog {
	if o.catalog == nil {
		return catalog.Builtin()
	}
	return o.catalog
}

func (o *overlays) Set(s string) error {
	path, want := s, ""
	if rest, ok := strings.CutPrefix(s, hashPrefix); ok {
		if want, path, ok = strings.Cut(rest, ":"); !ok {
			return fmt.Errorf("%q is not sha256:HEX:PATH", s)
		}
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("reading a catalogue: %w", err)
	}
	if sum := sha256.Sum256(content); want != "" && want != hex.EncodeToString(sum[:]) {
		return fmt.Errorf("%s changed since its hash was taken", path)
	}
	next, err := o.orBuiltin().With(path, bytes.NewReader(content))
	if err != nil {
		return err
	}
	o.catalog, o.given = next, append(o.given, s)
	return nil
}

// boundaries are those of the configuration, besides the built-in ones.
type boundaries struct {
	declared map[string]justify.Boundary
}

func (b *boundaries) String() string { return strings.Join(slices.Sorted(maps.Keys(b.declared)), " ") }

func (b *boundaries) Set(s string) error {
	dec := json.NewDecoder(strings.NewReader(s))
	dec.DisallowUnknownFields()
	declared := make(map[string]justify.Boundary)
	if err := dec.Decode(&declared); err != nil {
		return fmt.Errorf("boundaries: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("boundaries: text behind the JSON object")
	}
	if err := justify.CheckBoundaries(declared); err != nil {
		return err
	}
	b.declared = declared
	return nil
}
