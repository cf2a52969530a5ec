package blob

import (
	"strings"
	"testing"
)

// An object whose state brings __reduce_ex__ is run by whatever copies it, as the
// table of astropy does; what that returns is called with any arguments, although
// each name of the stream is allowed.
func TestHooksOfCopies(t *testing.T) {
	str := func(s string) string { return "SHORT_BINUNICODE '" + s + "'\n" }
	rv := lookUp("copyreg", "__newobj__") + lookUp("scipy.stats._continuous_distns", "norm_gen") + "TUPLE1\n" +
		"EMPTY_DICT\n" + str("_parse_arg_template") + str("evil()") + "SETITEM\nTUPLE3\n"
	get := lookUp("functools", "partial") + lookUp("builtins", "getattr") + lookUp("builtins", "dict") + str("get") + "TUPLE2\nREDUCE\n" +
		"EMPTY_DICT\nBININT1 4\n" + rv + "SETITEM\nTUPLE2\nREDUCE\n"
	table := func(state string) string {
		return lookUp("astropy.table.table", "Table") + "EMPTY_TUPLE\nNEWOBJ\nEMPTY_LIST\nEMPTY_DICT\n" + str("k") +
			lookUp("types", "SimpleNamespace") + "EMPTY_TUPLE\nNEWOBJ\n" + state + "BUILD\nSETITEM\nTUPLE2\nBUILD\n"
	}
	for _, hook := range []string{"__reduce_ex__", "__reduce__", "__deepcopy__", "__copy__", "__getstate__", "__getnewargs__", "__getnewargs_ex__", "__setstate__"} {
		for what, state := range map[string]string{
			"SETITEM":          "EMPTY_DICT\n" + str(hook) + get + "SETITEM\n",
			"SETITEMS":         "EMPTY_DICT\nMARK\n" + str("a") + "NONE\n" + str(hook) + get + "SETITEMS\n",
			"DICT":             "MARK\n" + str(hook) + get + "DICT\n",
			"UNICODE":          "MARK\nUNICODE " + `"\\u005f` + hook[1:] + `"` + "\n" + get + "DICT\n",
			"slots":            "NONE\nMARK\n" + str(hook) + get + "DICT\nTUPLE2\n",
			"pairs":            lookUp("collections", "OrderedDict") + "EMPTY_LIST\n" + str(hook) + get + "TUPLE2\nAPPEND\nTUPLE1\nREDUCE\n",
			"a str of its own": "MARK\n" + lookUp("sqlalchemy.sql.elements", "quoted_name") + str(hook) + "NONE\nTUPLE2\nREDUCE\n" + get + "DICT\n",
			"one by one":       lookUp("collections", "OrderedDict") + "EMPTY_LIST\nEMPTY_LIST\n" + str(hook) + "APPEND\n" + get + "APPEND\nAPPEND\nTUPLE1\nREDUCE\n",
			"lists":            lookUp("collections", "OrderedDict") + "EMPTY_LIST\nEMPTY_LIST\nMARK\n" + str(hook) + get + "APPENDS\nAPPEND\nTUPLE1\nREDUCE\n",
		} {
			expectRules(t, hook+" by "+what, "PROTO 4\n"+table(state)+"STOP\n", []string{"PKL102"})
		}
	}
	expectRules(t, "an honest name", "PROTO 4\n"+table("EMPTY_DICT\n"+str("reduce")+get+"SETITEM\n")+"STOP\n", nil)
	text := "PROTO 4\nEMPTY_DICT\n" + str("__reduce_ex__") + str("a text about it") + "SETITEM\nSTOP\n"
	expectRules(t, "a name in a table of texts", text, nil)
	expectRules(t, "a longer name", strings.Replace(text, "__reduce_ex__", "__reduce_ex__2", 1), nil)
}
