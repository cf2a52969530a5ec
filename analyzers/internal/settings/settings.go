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
	// Catalog is what the catalogue says of Go code, and Whole returns all of it, for
	// what looks at stored bytes: it is read when it is first asked for.
	Catalog *catalog.Catalog
	Whole   func() *catalog.Catalog
	// Ends returns what it says of dumps and channels, for who makes an inventory.
	Ends   func() *catalog.Catalog
	Policy justify.Policy
	// Rules are the words about rules.
	Rules Words
	// SkipTests and SkipGenerated leave out what is found in test files and in files
	// that carry the "Code generated" mark.
	SkipTests, SkipGenerated bool
	// Optional: sinks count that are off unless a project asks for them.
	Optional bool
	// Draft: a site without a justification is offered the draft of one.
	Draft bool
}

// Name is the name of the analyzer, and so the prefix of its flags.
const Name = "picklelint"

// The flags of [Analyzer], without the prefix.
const (
	TodayFlag      = "today"
	CatalogFlag    = "catalog"
	BoundariesFlag = "boundaries"
	RulesFlag      = "rules"
	TestsFlag      = "tests"
	GeneratedFlag  = "generated"
	OptionalFlag   = "optional"
	DraftFlag      = "draft"
)

// Analyzer reports nothing; its result is a *[Settings].
var Analyzer, given = newAnalyzer()

// flags are what the flags of an analyzer came to.
type flags struct {
	day                               today
	overlays                          overlays
	boundaries                        boundaries
	rules                             Words
	tests, generated, optional, draft bool
}

// Current returns what the flags of [Analyzer] came to, for what is no pass: drivers set
// flags before they run any.
func Current() *Settings { return given.settings() }

// Reset forgets all flags, for a driver that configures the analyzers more than once.
func Reset() { given.reset() }

func (f *flags) reset() { *f = flags{tests: true, generated: true} }

func (f *flags) settings() *Settings {
	policy := justify.DefaultPolicy(f.day.orNow())
	maps.Copy(policy.Boundaries, f.boundaries.declared)
	return &Settings{
		Catalog: f.overlays.orBuiltin(catalog.BuiltinGo), Policy: policy, Rules: f.rules,
		Whole:     func() *catalog.Catalog { return f.overlays.orBuiltin(catalog.Builtin) },
		Ends:      func() *catalog.Catalog { return f.overlays.orBuiltin(catalog.BuiltinGoEnds) },
		SkipTests: !f.tests, SkipGenerated: !f.generated, Optional: f.optional, Draft: f.draft,
	}
}

func newAnalyzer() (*analysis.Analyzer, *flags) {
	f := new(flags)
	f.reset()
	a := &analysis.Analyzer{
		Name: Name,
		Doc: "carries the settings of the pickle-lint analyzers\n\n" +
			"It reports nothing. The other analyzers of pickle-lint read its flags.",
		URL: lint.Homepage,
		// A package that does not type-check is not analysed by the others.
		RunDespiteErrors: true,
		ResultType:       reflect.TypeFor[*Settings](),
		Run:              func(*analysis.Pass) (any, error) { return f.settings(), nil },
	}
	a.Flags.Var(&f.day, TodayFlag, "the day `YYYY-MM-DD` that expiry is compared with (default: the day of the run, "+
		"which a cached result of go vet does not notice)")
	a.Flags.Var(&f.overlays, CatalogFlag, "`file` with further catalogue facts, as PATH or sha256:HEX:PATH; may be repeated. "+
		"The hash makes the content part of the key under which go vet caches results")
	a.Flags.Var(&f.boundaries, BoundariesFlag, "further trust boundaries as a `JSON` object: "+
		`{"name": {"description": "…", "requires": ["expires"], "proof": false}}`)
	a.Flags.Var(&f.rules, RulesFlag, "which rules are off or on, as a `JSON` object of the words of rules: in .pickle-lint.yml: "+
		`{"PKL301": "off", "template-text": "on"}`)
	a.Flags.BoolVar(&f.tests, TestsFlag, true, "look at Go test files")
	a.Flags.BoolVar(&f.generated, GeneratedFlag, true, "look at files that carry the \"Code generated\" mark")
	a.Flags.BoolVar(&f.optional, OptionalFlag, false, "look at decoders that are hardened too: of JSON, XML, CBOR, BSON, TOML and others, "+
		"which the catalogue marks as optional")
	a.Flags.BoolVar(&f.draft, DraftFlag, false, "offer, as a fix of each site without a justification, the draft of one; "+
		"its reason is empty, so that it suppresses nothing before somebody has written it")
	return a, f
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

// orBuiltin returns the catalogue with the overlays, or without any a built-in one.
func (o *overlays) orBuiltin(builtin func() *catalog.Catalog) *catalog.Catalog {
	if o.catalog == nil {
		return builtin()
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
	next, err := o.orBuiltin(catalog.Builtin).With(path, bytes.NewReader(content))
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
	declared := make(map[string]justify.Boundary)
	if err := decode(s, &declared); err != nil {
		return fmt.Errorf("boundaries: %w", err)
	}
	if err := justify.CheckBoundaries(declared); err != nil {
		return err
	}
	b.declared = declared
	return nil
}

// decode reads one JSON object, strictly.
func decode(s string, into any) error {
	dec := json.NewDecoder(strings.NewReader(s))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errors.New("text behind the JSON object")
	}
	return nil
}
