package blob

import "testing"

// Methods of literals and of what calls return, functions that are imported by
// their names, and tensors of a subclass: honest picklers write them, and only what
// the catalogue has by name is silent.
func TestIdioms(t *testing.T) {
	str := func(s string) string { return "SHORT_BINUNICODE '" + s + "'\n" }
	take := func(of, name string) string { return "GLOBAL builtins getattr\n" + of + str(name) + "TUPLE2\nREDUCE\n" }
	ufunc := func(args string) string {
		return "GLOBAL numpy.core _ufunc_reconstruct\nMARK\n" + args + "TUPLE\nREDUCE\n"
	}
	random := "GLOBAL random Random\nEMPTY_TUPLE\nREDUCE\n"
	retype := func(by, class string) string {
		return "GLOBAL torch._tensor _rebuild_from_type_v2\nMARK\n" + by + class + "NONE\nTUPLE1\nEMPTY_DICT\nTUPLE\nREDUCE\n"
	}
	const mine = "GLOBAL mine Tensor\n"
	for name, tt := range map[string]struct {
		code string
		want []string
	}{
		"a method of a list":         {take("EMPTY_LIST\n", "remove"), nil},
		"a method of a dict":         {take("EMPTY_DICT\n", "get"), nil},
		"a method of a str":          {take(str("a"), "upper"), nil},
		"its own table":              {take("EMPTY_LIST\n", "__class__"), []string{"PKL101"}},
		"a method that sorts":        {take("EMPTY_LIST\n", "sort"), []string{"PKL101"}},
		"a method that formats":      {take(str("a"), "format"), []string{"PKL101"}},
		"of a number":                {take("BININT1 1\n", "real"), []string{"PKL101"}},
		"a walk":                     {take("EMPTY_LIST\n", "remove.__self__"), []string{"PKL101"}},
		"a method, called":           {take("EMPTY_LIST\n", "append") + "NONE\nTUPLE1\nREDUCE\n", []string{"PKL102"}},
		"a method, changed":          {take("EMPTY_LIST\n", "append") + "EMPTY_DICT\nBUILD\n", []string{"PKL112"}},
		"of a generator":             {take(random, "choice"), nil},
		"of a generator, unlisted":   {take(random, "seed"), []string{"PKL101"}},
		"of what is not known":       {take("GLOBAL mine run\nEMPTY_TUPLE\nREDUCE\n", "go"), []string{"PKL101", "PKL104"}},
		"of what another op made":    {take("NONE\nBINPERSID\n", "remove"), []string{"PKL101"}},
		"a function of numpy":        {ufunc(str("numpy.core._multiarray_umath") + str("add")), nil},
		"a function of scipy":        {ufunc(str("scipy.special._ufuncs") + str("expit")), nil},
		"a function that runs":       {ufunc(str("os") + str("system")), []string{"PKL101"}},
		"a function not listed":      {ufunc(str("numpy.core._multiarray_umath") + str("unheard_of")), []string{"PKL101"}},
		"a class":                    {ufunc(str("numpy") + str("dtype")), []string{"PKL101"}},
		"a module that is computed":  {ufunc("GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\n" + str("add")), []string{"PKL101"}},
		"a name that is computed":    {ufunc(str("numpy.core._multiarray_umath") + "GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\n"), []string{"PKL101"}},
		"a path for a module":        {ufunc(str("../evil") + str("add")), []string{"PKL101"}},
		"one name only":              {ufunc(str("numpy")), []string{"PKL101"}},
		"a function, called":         {ufunc(str("numpy.core._multiarray_umath")+str("add")) + "NONE\nTUPLE1\nREDUCE\n", []string{"PKL102"}},
		"a function, changed":        {ufunc(str("numpy.core._multiarray_umath")+str("add")) + "EMPTY_DICT\nBUILD\n", []string{"PKL112"}},
		"the importer as a function": {"GLOBAL functools partial\nGLOBAL numpy.core _ufunc_reconstruct\nTUPLE1\nREDUCE\n", []string{"PKL101"}},
		"what opens, planted":        {instance("bs4", "BeautifulSoup", "feed", lookUp("dateutil.tz.tz", "tzfile")), []string{"PKL104", "PKL105"}},
		"bound to an object": {
			"GLOBAL scipy._lib._uarray._backend unpickle_function\n" + str("scipy.fft._basic") + str("fft") + random + "TUPLE3\nREDUCE\n", []string{"PKL101"},
		},
		"a tensor":                 {retype("GLOBAL torch._utils _rebuild_tensor_v2\n", mine), []string{"PKL104"}},
		"a tensor of an unlisted":  {retype("GLOBAL torch._utils _rebuild_tensor_v2\n", "GLOBAL torch.nn Unheard\n"), []string{"PKL105"}},
		"a tensor of a runner":     {retype("GLOBAL torch._utils _rebuild_tensor_v2\n", "GLOBAL os system\n"), []string{"PKL101"}},
		"a tensor by a stranger":   {retype("GLOBAL mine make\n", mine), []string{"PKL102", "PKL103", "PKL104"}},
		"a tensor by a runner":     {retype("GLOBAL os system\n", mine), []string{"PKL101", "PKL102", "PKL104"}},
		"a tensor by another name": {retype("GLOBAL numpy memmap\n", mine), []string{"PKL101", "PKL102", "PKL104"}},
	} {
		expectRules(t, name, "PROTO 4\n"+tt.code+"STOP\n", tt.want)
	}
}
