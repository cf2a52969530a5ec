package blob

import (
	"slices"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
)

// payload is Python that some allowed callable would run.
const payload = `SHORT_BINUNICODE "__import__('os').system('id')"` + "\n"

// instance is the recipe of an instance that BUILD gives a dict of keys and values.
func instance(module, name string, items ...string) string {
	var code strings.Builder
	code.WriteString(lookUp(module, name) + "EMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nMARK\n")
	for i := 0; i < len(items); i += 2 {
		code.WriteString(str(items[i]) + items[i+1])
	}
	return code.String() + "SETITEMS\nBUILD\n"
}

// Allowed callables run no text, open no file, call nothing and change no class
// for a stream that uses them in a way in which no pickler does.
func TestAllowedIsNoWayIn(t *testing.T) {
	sin := lookUp("sympy.functions.elementary.trigonometric", "sin")
	// BINGET 0 is sin from here on.
	honestSin := sin + "MEMOIZE\n" + lookUp("sympy.core.symbol", "Symbol") + "SHORT_BINUNICODE 'x'\nTUPLE1\nNEWOBJ\nTUPLE1\nNEWOBJ\n"
	lambda := lookUp("sympy.core.function", "Lambda")
	wild := lookUp("sympy.core.symbol", "Wild")
	path := lookUp("pathlib", "PurePosixPath") + payload + "TUPLE1\nREDUCE\n"
	list := "EMPTY_LIST\n" + payload + "APPEND\n"
	name := "SHORT_BINUNICODE 'x'\n"
	identity := func(of string) string {
		return lookUp("torch.jit._pickle", "restore_type_tag") + of + name + "TUPLE2\nREDUCE\n"
	}
	change := "NONE\nEMPTY_DICT\n" + name + "NONE\nSETITEM\nTUPLE2\nBUILD\n"
	const gen = "scipy.stats._continuous_distns"
	for what, tt := range map[string]struct{ names, code string }{
		"scipy runs its state":                                    {"norm_gen", instance(gen, "norm_gen", "_parse_arg_template", payload)},
		"a distribution that is rarer":                            {"weibull_min_gen", instance(gen, "weibull_min_gen", "_parse_arg_template", payload)},
		"scipy calls its state":                                   {"norm_gen", instance(gen, "norm_gen", "_attach_methods", lookUp("collections", "OrderedDict"))},
		"a state that is no literal":                              {"norm_gen", lookUp(gen, "norm_gen") + "EMPTY_TUPLE\nNEWOBJ\n" + lookUp("collections", "OrderedDict") + "EMPTY_TUPLE\nREDUCE\nBUILD\n"},
		"a state that is a list of pairs":                         {"norm_gen", lookUp(gen, "norm_gen") + "EMPTY_TUPLE\nNEWOBJ\nEMPTY_LIST\nSHORT_BINUNICODE '_parse_arg_template'\n" + payload + "TUPLE2\nAPPEND\nBUILD\n"},
		"a state that is a tuple of pairs":                        {"norm_gen", lookUp(gen, "norm_gen") + "EMPTY_TUPLE\nNEWOBJ\nSHORT_BINUNICODE '_parse_arg_template'\n" + payload + "TUPLE2\nDUP\nTUPLE2\nBUILD\n"},
		"a state of two dicts, which are pairs":                   {"norm_gen", lookUp(gen, "norm_gen") + "EMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nMARK\n" + name + "NONE\nSHORT_BINUNICODE 'y'\nNONE\nSETITEMS\nEMPTY_DICT\nMARK\n" + name + "NONE\n" + payload + "NONE\nSETITEMS\nTUPLE2\nBUILD\n"},
		"a class, used honestly and planted anywhere":             {"sin", honestSin + instance("types", "SimpleNamespace", "join", "BINGET 0\n")},
		"one in a tuple, used honestly and planted anywhere":      {"sin", honestSin + instance("types", "SimpleNamespace", "join", "BINGET 0\nTUPLE1\nTUPLE1\n")},
		"one as a state, used honestly and planted anywhere":      {"sin", honestSin + lookUp("types", "SimpleNamespace") + "EMPTY_TUPLE\nNEWOBJ\nBINGET 0\nBUILD\n"},
		"one as an argument, used honestly and planted anywhere":  {"sin", honestSin + lookUp("builtins", "slice") + "BINGET 0\nTUPLE1\nREDUCE\n"},
		"the fourth argument, used honestly and planted anywhere": {"sin", honestSin + lookUp("functools", "partial") + "MARK\n" + lookUp("collections", "OrderedDict") + "NONE\nNONE\nBINGET 0\nTUPLE\nREDUCE\n"},
		"getattr in a state":                                      {"builtins.getattr", lookUp("builtins", "getattr") + "MEMOIZE\n" + lookUp("socket", "AddressFamily") + "SHORT_BINUNICODE 'AF_INET'\nTUPLE2\nREDUCE\n" + instance("types", "SimpleNamespace", "join", "BINGET 0\n")},
		"a key that is a str of its own":                          {"norm_gen", lookUp(gen, "norm_gen") + "EMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\n" + lookUp("markupsafe", "Markup") + "SHORT_BINUNICODE '_parse_arg_template'\nTUPLE1\nREDUCE\n" + payload + "SETITEM\nBUILD\n"},
		"statsmodels evaluates its state":                         {"PandasData", instance("statsmodels.base.data", "PandasData", "restore_design_info", "NEWTRUE\n", "formula", payload, "frame", "EMPTY_DICT\n")},
		"requests calls its state":                                {"HTTPAdapter", instance("requests.adapters", "HTTPAdapter", "init_poolmanager", lookUp("builtins", "sum"))},
		"sklearn calls its state":                                 {"IsotonicRegression", instance("sklearn.isotonic", "IsotonicRegression", "X_thresholds_", name, "y_thresholds_", payload, "_build_f", lambda)},
		"a matrix planted anywhere":                               {"MutableDenseMatrix", instance("types", "SimpleNamespace", "join", lookUp("sympy.matrices.dense", "MutableDenseMatrix"))},
		"a class planted anywhere":                                {"Lambda", instance("types", "SimpleNamespace", "join", lambda)},
		"a state that another sets":                               {"norm_gen", lookUp("sqlalchemy.engine.row", "rowproxy_reconstructor") + lookUp(gen, "norm_gen") + "EMPTY_DICT\n" + payload + "NONE\nSETITEM\nTUPLE2\nREDUCE\n"},
		"sympy takes a path for text":                             {"sin", sin + path + "TUPLE1\nREDUCE\n"},
		"NEWOBJ does, too":                                        {"sin", sin + path + "TUPLE1\nNEWOBJ\n"},
		"sympy takes a Markup for text":                           {"sin", sin + lookUp("markupsafe", "Markup") + payload + "TUPLE1\nREDUCE\nTUPLE1\nREDUCE\n"},
		"sympy takes what was handed back":                        {"sin", sin + identity(payload) + "TUPLE1\nREDUCE\n"},
		"sympy takes a dict of its own":                           {"sin", sin + lookUp("sympy.polys.matrices.sdm", "SDM") + "EMPTY_TUPLE\nNEWOBJ\nNONE\n" + payload + "SETITEM\nTUPLE1\nREDUCE\n"},
		"and so of copyreg":                                       {"sin", sin + lookUp("copyreg", "_reconstructor") + lookUp("sympy.polys.matrices.sdm", "SDM") + lookUp("builtins", "dict") + "EMPTY_DICT\nNONE\n" + payload + "SETITEM\nTUPLE3\nREDUCE\nTUPLE1\nREDUCE\n"},
		"getattr, used honestly and handed on":                    {"builtins.getattr", lookUp("builtins", "getattr") + "MEMOIZE\n" + lookUp("socket", "AddressFamily") + "SHORT_BINUNICODE 'AF_INET'\nTUPLE2\nREDUCE\n" + lookUp("functools", "reduce") + "BINGET 0\nEMPTY_LIST\nMARK\n" + lookUp("collections", "OrderedDict") + "SHORT_BINUNICODE '__init__'\nAPPENDS\nTUPLE2\nREDUCE\n"},
		"getattr as a factory":                                    {"builtins.getattr", lookUp("builtins", "getattr") + "MEMOIZE\n" + lookUp("socket", "AddressFamily") + "SHORT_BINUNICODE 'AF_INET'\nTUPLE2\nREDUCE\n" + lookUp("collections", "defaultdict") + "BINGET 0\nTUPLE1\nREDUCE\n"},
		"getattr in the data of a formula":                        {"builtins.getattr", lookUp("builtins", "getattr") + "MEMOIZE\n" + lookUp("socket", "AddressFamily") + "SHORT_BINUNICODE 'AF_INET'\nTUPLE2\nREDUCE\n" + instance("statsmodels.base.data", "PandasData", "restore_design_info", "NEWTRUE\n", "formula", str("y ~ C(x, z)"), "frame", "EMPTY_DICT\nSHORT_BINUNICODE 'C'\nBINGET 0\nSETITEM\n")},
		"a fraction of a list":                                    {"Rational", lookUp("sympy.core.numbers", "Rational") + list + "TUPLE1\nREDUCE\n"},
		"what a symbol excludes":                                  {"Wild", wild + name + list + "TUPLE2\nNEWOBJ\n"},
		"what a symbol excludes by keyword":                       {"Wild", wild + name + "TUPLE1\nEMPTY_DICT\nSHORT_BINUNICODE 'exclude'\n" + list + "SETITEM\nNEWOBJ_EX\n"},
		"through copyreg.__newobj__":                              {"sin", lookUp("copyreg", "__newobj__") + sin + payload + "TUPLE2\nREDUCE\n"},
		"through copyreg.__newobj_ex__":                           {"sin", lookUp("copyreg", "__newobj_ex__") + sin + payload + "TUPLE1\nEMPTY_DICT\nTUPLE3\nREDUCE\n"},
		"through the base of an instance":                         {"sin", lookUp("copyreg", "_reconstructor") + sin + sin + payload + "TUPLE3\nREDUCE\n"},
		"a base that pickle never names":                          {"MutableDenseMatrix", lookUp("copyreg", "_reconstructor") + strings.Repeat(lookUp("sympy.matrices.dense", "MutableDenseMatrix"), 2) + list + "TUPLE3\nREDUCE\n"},
		"through reduce":                                          {"Lambda", lookUp("functools", "reduce") + lambda + list + "TUPLE2\nREDUCE\n"},
		"through partial":                                         {"Lambda", lookUp("functools", "partial") + lambda + name + payload + "TUPLE3\nREDUCE\n"},
		"through pandas":                                          {"Wild", lookUp("pandas.core.indexes.base", "_new_Index") + wild + "EMPTY_DICT\nSHORT_BINUNICODE 'exclude'\n" + list + "SETITEM\nTUPLE2\nREDUCE\n"},
		"through astropy":                                         {"sin", lookUp("astropy.units.core", "_recreate_irreducible_unit") + sin + list + "NEWFALSE\nTUPLE3\nREDUCE\n"},
		"astropy calls what it is given":                          {"shlex.split", lookUp("astropy.units.core", "_recreate_irreducible_unit") + lookUp("shlex", "split") + name + "NEWFALSE\nTUPLE3\nREDUCE\n"},
		"be it a class that pickles name":                         {"RobotFileParser", lookUp("astropy.units.core", "_recreate_irreducible_unit") + lookUp("urllib.robotparser", "RobotFileParser") + name + "NEWFALSE\nTUPLE3\nREDUCE\n"},
		"a class of somebody, anywhere":                           {"mine.Any", lookUp("astropy.wcs.wcs", "__WCS_unpickle__") + lookUp("mine", "Any") + "EMPTY_DICT\nSHORT_BINBYTES ''\nTUPLE3\nREDUCE\n"},
		"an object that gets another class":                       {"Namespace", lookUp("argparse", "Namespace") + "EMPTY_TUPLE\nNEWOBJ\nNONE\nEMPTY_DICT\nSHORT_BINUNICODE '__class__'\n" + lookUp(gen, "norm_gen") + "SETITEM\nTUPLE2\nBUILD\n"},
		"one that gets an object with it":                         {"mine.Any", lookUp("mine", "Any") + "EMPTY_TUPLE\nNEWOBJ\n" + lookUp("collections", "OrderedDict") + "EMPTY_TUPLE\nREDUCE\nSHORT_BINUNICODE '__setstate__'\nNONE\nSETITEM\nBUILD\n"},
		"one of nobody knows what class":                          {"mine.Any", instance("mine", "Any", "__class__", lookUp(gen, "norm_gen"))},
		"one that gets a method":                                  {"Namespace", instance("argparse", "Namespace", "__setstate__", lookUp("collections", "OrderedDict"))},
		"one that gets it among many things":                      {"Namespace", instance("argparse", "Namespace", append(slices.Repeat([]string{"x", "NONE\n"}, 100), "__setstate__", lookUp("collections", "OrderedDict"))...)},
		"one that gets it in older ways":                          {"Namespace", lookUp("argparse", "Namespace") + "EMPTY_TUPLE\nNEWOBJ\nMARK\nUNICODE '\\u005f_setstate__'\n" + lookUp("collections", "OrderedDict") + "DICT\nBUILD\n"},
		"partial of a __new__":                                    {"Wild", lookUp("functools", "partial") + lookUp("builtins", "getattr") + wild + "SHORT_BINUNICODE '__new__'\nTUPLE2\nREDUCE\n" + wild + list + "TUPLE3\nREDUCE\nEMPTY_TUPLE\nREDUCE\n"},
		"dateutil opens a file":                                   {"tzfile", lookUp("dateutil.tz.tz", "tzfile") + "SHORT_BINUNICODE '/etc/passwd'\nTUPLE1\nREDUCE\n"},
		"numpy has dateutil open a file":                          {"tzfile", lookUp("numpy.random._pickle", "__generator_ctor") + "SHORT_BINUNICODE '/etc/passwd'\n" + lookUp("dateutil.tz.tz", "tzfile") + "TUPLE2\nREDUCE\n"},
		"a class, handed back and changed":                        {"restore_type_tag", identity(lookUp("torch.nn.modules.linear", "Linear")) + change},
		"numpy hands it back":                                     {"scalar", lookUp("numpy.core.multiarray", "scalar") + lookUp("numpy", "dtype") + "SHORT_BINUNICODE 'O8'\nTUPLE1\nREDUCE\n" + lookUp("argparse", "Namespace") + "TUPLE2\nREDUCE\n" + change},
		"the class of an instance, changed":                       {"type", lookUp("builtins", "type") + lookUp("argparse", "Namespace") + "EMPTY_TUPLE\nNEWOBJ\nTUPLE1\nREDUCE\n" + change},
		"torch unpickles its state":                               {"_IterDataPipeSerializationWrapper", lookUp("torch.utils.data.datapipes.datapipe", "_IterDataPipeSerializationWrapper") + "EMPTY_TUPLE\nNEWOBJ\nSHORT_BINBYTES 'N.'\nNEWFALSE\nTUPLE2\nBUILD\n"},
		"a cache opens its state":                                 {"Cache", lookUp("diskcache.core", "Cache") + "EMPTY_TUPLE\nNEWOBJ\nSHORT_BINUNICODE '/tmp/x'\nTUPLE1\nBUILD\n"},
		"a font opens its state":                                  {"FreeTypeFont", lookUp("PIL.ImageFont", "FreeTypeFont") + "EMPTY_TUPLE\nNEWOBJ\nSHORT_BINUNICODE '/etc/passwd'\nTUPLE1\nBUILD\n"},
		"a file of nltk goes away":                                {"PickleCorpusView", instance("nltk.corpus.reader.util", "PickleCorpusView", "_delete_on_gc", "NEWTRUE\n", "_fileid", name)},
	} {
		want := lint.Error
		if strings.HasSuffix(what, " anywhere") {
			want = lint.Warning
		}
		b, err := recipe.Assemble("PROTO 4\n" + tt.code + "STOP\n")
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		if _, findings, _ := scanned(b, Default); !tells(findings, want, tt.names) {
			t.Errorf("%s: no %s that names %s: %v", what, want, tt.names, ids(findings))
			for _, f := range findings {
				t.Logf("  %s %s", f.Rule, f.Message)
			}
		}
	}
}

// SQLAlchemy writes the call of an instance; others of it are not honest.
func TestCalledInstance(t *testing.T) {
	table := lookUp("sqlalchemy.sql.schema", "Table") + "TUPLE1\nREDUCE\n"
	dispatch := lookUp("sqlalchemy.event.base", "_UnpickleDispatch")
	for what, tt := range map[string]struct {
		code string
		want []string
	}{
		"of NEWOBJ":             {dispatch + "EMPTY_TUPLE\nNEWOBJ\n" + table, nil},
		"of copyreg":            {lookUp("copyreg", "_reconstructor") + dispatch + lookUp("builtins", "object") + "NONE\nTUPLE3\nREDUCE\n" + table, nil},
		"with a value":          {dispatch + "EMPTY_TUPLE\nNEWOBJ\nNONE\nTUPLE1\nREDUCE\n", []string{"PKL102"}},
		"of what that returned": {dispatch + "EMPTY_TUPLE\nNEWOBJ\n" + table + table, []string{"PKL102"}},
		"of another class":      {lookUp("sqlalchemy.sql.schema", "Column") + "EMPTY_TUPLE\nNEWOBJ\n" + table, []string{"PKL102"}},
	} {
		expectRules(t, what, "PROTO 4\n"+tt.code+"STOP\n", tt.want)
	}
}

// Texts of states that picklers write are told from others.
func TestTextForms(t *testing.T) {
	const honest = "\ndef _parse_args(self, a, b,  loc=0, scale=1):\n    return (a, b, ), loc, scale\n\ndef _parse_args_rvs(self, a, b,  loc=0, scale=1, size=None):\n    return self._argcheck_rvs(a, b,  loc, scale, size=size)\n\n" +
		"def _parse_args_stats(self, a, b,  loc=0, scale=1, moments='mv'):\n    return (a, b, ), loc, scale, moments\n"
	for text, want := range map[string]bool{
		honest:          true,
		honest + "id()": false,
		strings.Replace(honest, "loc=0", "loc=id()", 1):        false,
		strings.Replace(honest, "return", "id();return", 1):    false,
		strings.Replace(honest, "loc, scale", "a.b, scale", 1): false,
		"": false,
	} {
		if argparser(text) != want {
			t.Errorf("argparser(%q) is not %t", text, want)
		}
	}
	for text, want := range map[string]bool{
		"y ~ x": true, "y ~ C(g) + x*z - 1": true, "np.log(y + 1.5e3) ~ np.sqrt(x) + I(z**2)": true, "y ~ Q('my col')": true,
		`y ~ C(g, Treatment(reference="b")):x`: true, "y ~ a.b": true,
		"__import__('os').system('id') ~ 1": false, "eval('x') ~ 1": false, "y ~ np.load('f')": false, "y ~ x.__class__": false,
		"y ~ C(x)(y)": false, "y ~ I(open)('f')": false, "y ~ (open)('f')": false, "y ~ 'a'('b')": false, "y ~ -(x + z)": true, "y ~ (a + b)**2": true,
		"y ~ [x for x in y]": false, "y ~ f (x)": false, "y ~ x.y(z)": false, "y ~ __x": false, "y ~ 'a\\'": false, "y ~ x; z": false, "y ~ `x`": false,
		"y ~ log. load('x')": false, "y ~ lambda: x": true, // names and operators
	} {
		if formula(text) != want {
			t.Errorf("formula(%q) is not %t", text, want)
		}
	}
}
