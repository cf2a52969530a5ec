package pyscan

import (
	"fmt"
	"slices"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/lint"
	"github.com/pickle-lint/pickle-lint/pyscan/declared"
	"github.com/pickle-lint/pickle-lint/pyscan/internal/syntax"
	"github.com/pickle-lint/pickle-lint/pyscan/pep440"
)

// Versions tells which versions of a library a project declares.
type Versions interface {
	// Of returns what is declared of a library for a file, by its path as messages
	// name it. The library may be declared under any of the names. ok is false if no
	// version is.
	Of(file string, names ...string) (v declared.Version, ok bool)
}

// Libraries lists the libraries, by all their names as PEP 503 compares them, about
// which [Versions] may be asked.
func Libraries(c *catalog.Catalog) []string {
	// What reads a pickle is a version of Python.
	names := []string{declared.Python}
	for _, sink := range c.PythonSinks() {
		for _, r := range sink.All() {
			for _, name := range c.PythonLibrary(r.Library) {
				names = append(names, declared.Normalise(name))
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// givenForms is what byRelease needs to know of the arguments of a call, whether a tree
// shows them or their tokens only.
type givenForms interface {
	// is reports whether the argument of a form certainly has its value.
	is(form catalog.ArgForm, forms []catalog.ArgForm) bool
	// mayBe reports whether it may have the value. None counts as no argument.
	mayBe(form catalog.ArgForm) bool
	// mayHave reports whether there may be such an argument at all.
	mayHave(arg catalog.Argument) bool
}

// byRelease completes the verdict on the form of a call by the release of the library:
// safe says why the call is safe in itself, or is "", before and after. unsafeIf are the
// forms that make it unsafe in every release. note is what is to be said of the release.
func (f *file) byRelease(r *catalog.Releases, unsafeIf []catalog.ArgForm, safe string, forms givenForms) (safeNow, note string) {
	if gone := f.release(r.GoneFrom); gone != nil {
		if gone.all() {
			return "not in " + gone.declared(), ""
		}
		if safe == "" {
			note = gone.cautiously("in every release before " + gone.since.String())
		}
	}
	if late := f.release(r.SafeFrom); late != nil && safe == "" && lateForm(r, forms) {
		if late.all() {
			safe = late.declared()
		} else {
			note = late.cautiously("safe only from " + late.since.String() + " on")
		}
	}
	if old := f.release(r.UnsafeBefore); old != nil && safe != "" && old.any() && bareForm(unsafeIf, forms) {
		return "", old.cautiously("safe only from " + old.since.String() + " on")
	}
	if flawed := f.release(r.FlawedBefore); flawed != nil && safe != "" && flawed.any() {
		note = flawed.cautiously(r.Flaw + " before " + flawed.since.String())
		if flawed.only() {
			safe = ""
		}
	}
	return safe, note
}

// lateForm reports a form that is safe from SafeFrom on.
func lateForm(r *catalog.Releases, forms givenForms) bool {
	for _, form := range r.LateSafeIf {
		if forms.is(form, r.LateSafeIf) {
			return true
		}
	}
	return !slices.ContainsFunc(r.Unless, forms.mayBe)
}

// bareForm reports a call without any of the arguments that its safety hangs on.
func bareForm(unsafeIf []catalog.ArgForm, forms givenForms) bool {
	return !slices.ContainsFunc(unsafeIf, func(form catalog.ArgForm) bool { return form.Suffix() == "" && forms.mayHave(form.Argument) })
}

// declaration is a release of the catalogue, and what is declared of its library.
type declaration struct {
	since   catalog.Release
	version pep440.Version
	got     declared.Version
	ok      bool
}

// release picks the first of some releases whose library is declared, or the first;
// nil if there are none.
func (f *file) release(releases []catalog.Release) *declaration {
	var first *declaration
	for _, r := range releases {
		k := &declaration{since: r, version: pep440.MustParse(r.Version)}
		if k.got, k.ok = f.declared(r.Library); k.ok {
			return k
		}
		if first == nil {
			first = k
		}
	}
	return first
}

// declared returns what is declared of a library for the file: in its own header, or
// around it.
func (f *file) declared(library string) (declared.Version, bool) {
	names := f.gate.catalog.PythonLibrary(library)
	if !f.headed {
		// What is wrong with a header matters to nobody but who asks for versions.
		f.header, f.headerErr = declared.Script(f.text)
		f.headed = true
	}
	v, ok, named := f.header.Of(names...)
	if ok || named || f.versions == nil {
		return v, ok
	}
	return f.versions.Of(f.path, names...)
}

// all reports that nothing older is declared.
func (k *declaration) all() bool { return k.ok && k.got.Range.From(k.version) }

// only reports that nothing but what is older is declared.
func (k *declaration) only() bool { return k.ok && k.got.Range.Before(k.version) }

// any reports that something older is declared.
func (k *declaration) any() bool {
	low := k.got.Range.Lowest
	return k.ok && (k.only() || low != nil && low.Compare(k.version) < 0)
}

func (k *declaration) declared() string {
	return lint.Shorten(k.got.Text, maxDeclared) + " (" + k.got.Where + ")"
}

// maxDeclared bounds what messages quote of a declaration, in characters.
const maxDeclared = 60

// cautiously says why a call counts as one of an old release.
func (k *declaration) cautiously(what string) string {
	if !k.ok {
		return fmt.Sprintf("no version of %s is declared: read as the oldest, %s", k.since.Library, what)
	}
	return fmt.Sprintf("%s is declared in %s: %s", lint.Shorten(k.got.Text, maxDeclared), k.got.Where, what)
}

// treeForms are the arguments of a call in the tree.
type treeForms struct {
	f *file
	a *arguments
}

func (t treeForms) is(form catalog.ArgForm, forms []catalog.ArgForm) bool {
	value, _ := t.a.find(form.Argument)
	return value != syntax.None && t.f.certainly(value, form, forms)
}

func (t treeForms) mayBe(form catalog.ArgForm) bool {
	value, hidden := t.a.find(form.Argument)
	if value == syntax.None {
		return hidden
	}
	if all, ok := t.f.values(value, 0); ok && !slices.ContainsFunc(all, func(v constant) bool { return v.text != "None" }) {
		return false
	}
	may, _ := t.f.possibly(value, form.Value)
	return form.Value == catalog.ArgGiven || may
}

func (t treeForms) mayHave(arg catalog.Argument) bool {
	value, hidden := t.a.find(arg)
	return value != syntax.None || hidden
}

// textForms are the arguments of a call of which only the tokens are known.
type textForms struct {
	t *tokens
	a *tokenArguments
}

func (t textForms) is(form catalog.ArgForm, _ []catalog.ArgForm) bool {
	value, ok := t.a.find(form.Argument)
	return ok && t.t.isValue(value, form.Value)
}

func (t textForms) mayBe(form catalog.ArgForm) bool {
	value, ok := t.a.find(form.Argument)
	switch {
	case !ok:
		return t.a.more
	case value == "None":
		return false
	case form.Value == "False":
		return value != "True"
	case form.Value == "True":
		return !falsy[value]
	}
	return true
}

func (t textForms) mayHave(arg catalog.Argument) bool {
	_, ok := t.a.find(arg)
	return ok || t.a.more
}

// joined joins two notes.
func joined(a, b string) string {
	if a != "" && b != "" {
		return a + "; " + b
	}
	return a + b
}
