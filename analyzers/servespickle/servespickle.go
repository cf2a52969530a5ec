package servespickle

import (
	_ "embed"
	"fmt"
	"go/ast"
	"mime"
	"path"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/pickle-lint/pickle-lint/analyzers/decodesite"
	"github.com/pickle-lint/pickle-lint/analyzers/embeddedblob"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/calls"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/settings"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/spelled"
	"github.com/pickle-lint/pickle-lint/analyzers/internal/verdict"
	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
)

//go:embed servespickle.md
var page string

// Rule is PKL308; its page says what and why.
var Rule = lint.NewRule(lint.Rule{
	ID:               "PKL308",
	Name:             "serves-pickle",
	Severity:         lint.Note,
	CWE:              502,
	SecuritySeverity: 3.0,
	Precision:        "medium",
	Since:            "0.1.0",
}, page)

// Analyzer reports rule PKL308. Its result holds the justified places too.
//
// Whoever asks for claims before is required; see decodesite.Result.Place.
var Analyzer = verdict.Judge(Rule, run, settings.Analyzer, decodesite.Analyzer, embeddedblob.Analyzer)

type judging struct {
	pass   *analysis.Pass
	reader *spelled.Reader
	sites  *decodesite.Result
	keys   lint.Fingerprints
	out    []verdict.Finding
}

func run(pass *analysis.Pass) ([]verdict.Finding, error) {
	set, sites, err := decodesite.Asked(pass)
	if err != nil {
		return nil, err
	}
	j := &judging{pass: pass, reader: spelled.New(pass), sites: sites}
	peers := newPeers(pass, j.reader)
	for _, use := range calls.Find(pass, set.Catalog, catalog.GoPickler) {
		if w := use.Arg("writer"); w != nil && peers.is(w, calls.Around(use.Path)) {
			if err := j.report(use, "writes pickles to a peer"); err != nil {
				return nil, err
			}
		}
	}
	for _, use := range calls.Find(pass, set.Catalog, catalog.GoServes) {
		if what := j.served(use); what != "" {
			if err := j.report(use, what); err != nil {
				return nil, err
			}
		}
	}
	verdict.Sort(j.out)
	verdict.Report(pass, j.out)
	return j.out, nil
}

func (j *judging) report(use *calls.Use, what string) error {
	place, err := j.sites.Place(use.Node.Pos(), use.Node.End(), use.Fact.Name, false)
	if err != nil {
		return err
	}
	found := place.Finding(Rule, &j.keys, use.Fact.Name, "%s %s %s: loading a pickle runs the program inside it, so whoever reads this must trust this program and the way to it",
		use.Fact.Name, what, place.Claim.Standing())
	j.out = append(j.out, verdict.Finding{Finding: found, Pos: use.Node.Pos(), End: use.Node.End()})
	return nil
}

// pickled are the extensions of what is loaded by unpickling it. Arrays of NumPy are
// numbers as a rule, and not among them.
var pickled = map[string]bool{
	".pkl": true, ".pickle": true, ".dill": true, ".cloudpickle": true, ".joblib": true, ".pt": true, ".pth": true, ".ckpt": true,
}

// mimeTypes are those by which pickles are known; none is registered.
var mimeTypes = map[string]bool{
	"application/python-pickle": true, "application/x-python-pickle": true, "application/pickle": true, "application/x-pickle": true,
	"application/vnd.python.pickle": true, "application/x-python-serialize": true, // kombu: the content type of its pickle serializer
}

func isPickle(name string) bool {
	return pickled[strings.ToLower(path.Ext(strings.TrimRight(name, `"'; `)))]
}

// served says what a call of a go-serves sends, or "".
func (j *judging) served(use *calls.Use) string {
	if e := use.Arg("name"); e != nil {
		if name := j.name(e); isPickle(name) {
			return fmt.Sprintf("sends %q, a pickle by its name,", path.Base(name))
		}
	}
	e := use.Arg("type")
	if e == nil {
		return ""
	}
	text, ok := j.reader.Text(e)
	if !ok {
		return ""
	}
	value := string(text.Bytes)
	if k := use.Arg("key"); k != nil {
		key, ok := j.reader.Text(k)
		switch {
		case !ok:
			return ""
		case strings.EqualFold(string(key.Bytes), "Content-Disposition"):
			if _, params, err := mime.ParseMediaType(value); err == nil && isPickle(params["filename"]) || err != nil && isPickle(value) {
				return "sends a file that is a pickle by its name"
			}
			return ""
		case !strings.EqualFold(string(key.Bytes), "Content-Type"):
			return ""
		}
	}
	kind, _, _ := strings.Cut(strings.ToLower(value), ";")
	switch kind = strings.TrimSpace(kind); {
	case mimeTypes[kind]:
		return "sends " + kind
	case kind == "application/octet-stream":
		if name := j.beside(calls.Around(use.Path)); name != "" {
			return fmt.Sprintf("sends %s beside %q", kind, name)
		}
	}
	return ""
}

// name returns what is known of the end of a path.
func (j *judging) name(e ast.Expr) string {
	e = j.reader.Origin(e)
	if call, ok := e.(*ast.CallExpr); ok && len(call.Args) > 0 {
		if fn := typeutil.StaticCallee(j.pass.TypesInfo, call); fn != nil && (fn.FullName() == "path/filepath.Join" || fn.FullName() == "path.Join") {
			return j.name(call.Args[len(call.Args)-1])
		}
	}
	if t, ok := j.reader.Text(e); ok {
		return string(t.Bytes)
	}
	return ""
}

// beside returns the name of a pickle that a function spells, or "".
func (j *judging) beside(around *ast.FuncDecl) (name string) {
	if around == nil {
		return ""
	}
	ast.Inspect(around, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && name == "" {
			if t, ok := j.reader.Text(lit); ok && isPickle(string(t.Bytes)) && !strings.ContainsAny(string(t.Bytes), "\n*") {
				name = path.Base(strings.TrimSpace(string(t.Bytes)))
			}
		}
		return name == ""
	})
	return name
}
