package blob

import (
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bytes"
	"context"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
)

const (
	namespace = "GLOBAL types SimpleNamespace\nEMPTY_TUPLE\nREDUCE\n"
	// planted is an allowed object with a method of the stream's choice.
	planted = namespace + "EMPTY_DICT\nSHORT_BINUNICODE 'keys'\nGLOBAL collections OrderedDict\nSETITEM\nBUILD\n"
)

// reduced is the call of a global with as many arguments as are listed.
func reduced(global string, args ...string) string {
	return "GLOBAL " + global + "\nMARK\n" + strings.Join(args, "") + "TUPLE\nREDUCE\n"
}

// newOf is functools.partial(cls.__new__), with the function in the memo.
func newOf(class string) string {
	return g("functools partial") + g("builtins getattr") + g(class) + "SHORT_BINUNICODE '__new__'\nTUPLE2\nREDUCE\nBINPUT 9\nTUPLE1\nREDUCE\n"
}

func g(global string) string { return "GLOBAL " + global + "\n" }

// An allowed object or callable must not become the way to what is not allowed.
// Nothing that is named here is unlisted unless the case is about that.
func TestPlantedCallables(t *testing.T) {
	const unlisted, unknown = "textwrap dedent", "mine run"
	for name, tt := range map[string]struct {
		code string
		want []string
	}{
		"append":                   {planted + "NONE\nAPPEND\n", []string{"PKL102"}},
		"extend":                   {planted + "MARK\nNONE\nAPPENDS\n", []string{"PKL102"}},
		"add":                      {planted + "MARK\nNONE\nADDITEMS\n", []string{"PKL102"}},
		"setitem":                  {planted + "NONE\nNONE\nSETITEM\n", []string{"PKL102"}},
		"append of an instance":    {"GLOBAL types SimpleNamespace\nEMPTY_TUPLE\nNEWOBJ\nNONE\nAPPEND\n", []string{"PKL102"}},
		"append through newobj":    {reduced("copyreg __newobj__", g("types SimpleNamespace")) + "NONE\nAPPEND\n", []string{"PKL102"}},
		"append of an OrderedDict": {reduced("collections OrderedDict") + "NONE\nAPPEND\n", []string{"PKL102"}},
		"append of a deque":        {reduced("collections deque") + "NONE\nAPPEND\n", nil},
		"append of a UserList":     {"GLOBAL collections UserList\nEMPTY_TUPLE\nNEWOBJ\nNONE\nAPPEND\n", []string{"PKL102"}},
		"state twice":              {planted + "EMPTY_DICT\nBUILD\n", []string{"PKL102"}},
		"state twice, by memo":     {planted + "BINPUT 1\nPOP\nBINGET 1\nEMPTY_DICT\nBUILD\n", []string{"PKL102"}},
		"state of two":             {"MARK\n" + planted + planted + "TUPLE\n", nil},

		"dict of keys":         {reduced("builtins dict", planted), []string{"PKL102"}},
		"OrderedDict of keys":  {reduced("collections OrderedDict", planted), []string{"PKL102"}},
		"base dict of keys":    {reduced("copyreg _reconstructor", g("collections OrderedDict"), g("builtins dict"), planted), []string{"PKL102"}},
		"base dict of a dict":  {reduced("copyreg _reconstructor", g("collections OrderedDict"), g("builtins dict"), "EMPTY_DICT\n"), nil},
		"namespace of keys":    {reduced("types SimpleNamespace", planted), []string{"PKL102"}},
		"UserDict of keys":     {reduced("collections UserDict", planted), []string{"PKL102"}},
		"UUID of replace":      {reduced("uuid UUID", planted), []string{"PKL102"}},
		"scalar of __array__":  {reduced("numpy float64", planted), []string{"PKL102"}},
		"frame of an object":   {reduced("pandas.core.frame DataFrame", planted), []string{"PKL102"}},
		"unpacked":             {"GLOBAL collections OrderedDict\n" + planted + "REDUCE\n", []string{"PKL102"}},
		"defaultdict of a fun": {reduced("collections defaultdict", g("builtins list")), nil},

		"newobj of a library":   {reduced("copyreg __newobj__", g("sklearn.svm SVC")), []string{"PKL104"}},
		"newobj of an object":   {reduced("copyreg __newobj__", planted), []string{"PKL103"}},
		"newobj_ex":             {reduced("copyreg __newobj_ex__", planted, "EMPTY_TUPLE\n", "EMPTY_DICT\n"), []string{"PKL103"}},
		"base of a library":     {reduced("copyreg _reconstructor", g("builtins object"), g(unlisted), "NONE\n"), []string{"PKL102"}},
		"base unknown":          {reduced("copyreg _reconstructor", g("builtins object"), g(unknown), "NONE\n"), []string{"PKL103"}},
		"generator":             {reduced("numpy.random._pickle __generator_ctor", "SHORT_BINUNICODE 'x'\n", g(unlisted)), []string{"PKL102"}},
		"generator, unknown":    {reduced("numpy.random._pickle __generator_ctor", "SHORT_BINUNICODE 'x'\n", g(unknown)), []string{"PKL103"}},
		"generator, honest":     {reduced("numpy.random._pickle __generator_ctor", "SHORT_BINUNICODE 'PCG64'\n", g("numpy.random._pickle __bit_generator_ctor")), nil},
		"generator, by name":    {reduced("numpy.random._pickle __generator_ctor", "SHORT_BINUNICODE 'PCG64'\n"), nil},
		"randomstate":           {reduced("numpy.random._pickle __randomstate_ctor", "SHORT_BINUNICODE 'x'\n", g(unlisted)), []string{"PKL102"}},
		"bit generator":         {reduced("numpy.random._pickle __bit_generator_ctor", g(unlisted)), []string{"PKL102"}},
		"bit generator, object": {reduced("numpy.random._pickle __bit_generator_ctor", planted), []string{"PKL103"}},
		"index":                 {reduced("pandas.core.indexes.base _new_Index", planted, "EMPTY_DICT\n"), []string{"PKL103"}},
		"masked array":          {reduced("numpy.ma.core _mareconstruct", planted, "NONE\n", "NONE\n"), []string{"PKL103"}},
		"alias":                 {reduced("types GenericAlias", g(unlisted), "EMPTY_TUPLE\n"), []string{"PKL102"}},
		"alias, honest":         {reduced("types GenericAlias", g("builtins list"), g("builtins int")+"TUPLE1\n"), nil},
		"torch, from type":      {reduced("torch._tensor _rebuild_from_type_v2", g(unlisted), g("torch Tensor"), "EMPTY_TUPLE\n"), []string{"PKL102"}},
		"partial":               {reduced("functools partial", g(unknown)), []string{"PKL103"}},
		"partial of a library":  {reduced("functools partial", g(unlisted)), []string{"PKL102"}},
		"partial, honest":       {reduced("functools partial", g("builtins int")) + "MARK\nGLOBAL builtins int\nEMPTY_TUPLE\nEMPTY_DICT\nNONE\nTUPLE\nBUILD\n", nil},
		"partial, replaced":     {reduced("functools partial", g("builtins int")) + "MARK\nGLOBAL mine run\nEMPTY_TUPLE\nEMPTY_DICT\nNONE\nTUPLE\nBUILD\n", []string{"PKL102", "PKL104"}},
		"partial, hidden":       {reduced("functools partial", g("builtins int")) + planted + "BUILD\n", []string{"PKL102"}},
		"partial, called":       {reduced("functools partial", g("builtins int")) + "EMPTY_TUPLE\nREDUCE\n", []string{"PKL102"}},
		"partial of __new__":    {newOf("mine Key") + "MARK\n" + "BINGET 9\nEMPTY_TUPLE\nEMPTY_DICT\nNONE\nTUPLE\nBUILD\nEMPTY_TUPLE\nREDUCE\n", []string{"PKL104"}},
		"__new__, replaced":     {newOf("mine Key") + "MARK\n" + g(unknown) + "EMPTY_TUPLE\nEMPTY_DICT\nNONE\nTUPLE\nBUILD\nEMPTY_TUPLE\nREDUCE\n", []string{"PKL102", "PKL104"}},
		"__new__ of sympy":      {newOf("sympy.core.symbol Symbol") + "EMPTY_TUPLE\nREDUCE\n", nil},
		"__new__ of a library":  {newOf("numpy memmap") + "EMPTY_TUPLE\nREDUCE\n", []string{"PKL101"}},
		"__new__, called":       {newOf("mine Key") + "POP\nBINGET 9\nNONE\nTUPLE1\nREDUCE\n", []string{"PKL101", "PKL104"}},
		"method of an instance": {"GLOBAL builtins getattr\n" + g("torch.optim.lr_scheduler OneCycleLR") + "EMPTY_TUPLE\nNEWOBJ\nSHORT_BINUNICODE '_annealing_cos'\nTUPLE2\nREDUCE\n", nil},
		"method, called":        {"GLOBAL builtins getattr\n" + g("torch.optim.lr_scheduler OneCycleLR") + "EMPTY_TUPLE\nNEWOBJ\nSHORT_BINUNICODE '_annealing_cos'\nTUPLE2\nREDUCE\nNONE\nTUPLE1\nREDUCE\n", []string{"PKL102"}},
		"method, unlisted":      {"GLOBAL builtins getattr\n" + g("torch.optim.lr_scheduler OneCycleLR") + "EMPTY_TUPLE\nNEWOBJ\nSHORT_BINUNICODE 'step'\nTUPLE2\nREDUCE\n", []string{"PKL105"}},
		"own method, called":    {"GLOBAL builtins getattr\n" + g("mine Thing") + "EMPTY_TUPLE\nNEWOBJ\nSHORT_BINUNICODE 'run'\nTUPLE2\nREDUCE\nNONE\nTUPLE1\nREDUCE\n", []string{"PKL103", "PKL104"}},
		"dunder of an instance": {"GLOBAL builtins getattr\n" + g("mine Thing") + "EMPTY_TUPLE\nNEWOBJ\nSHORT_BINUNICODE '__class__'\nTUPLE2\nREDUCE\n", []string{"PKL101", "PKL104"}},
		"nested class, rebuilt": {"GLOBAL builtins getattr\n" + g("mine Outer") + "SHORT_BINUNICODE 'Inner'\nTUPLE2\nREDUCE\nEMPTY_TUPLE\nNEWOBJ\n", []string{"PKL104"}},
		"reduce, honest":        {reduced("functools reduce", g("_operator or_"), g("builtins int")+g("builtins str")+"TUPLE2\n"), nil},
		"reduce of a library":   {reduced("functools reduce", g(unlisted), "EMPTY_LIST\n"), []string{"PKL102"}},
		"type, made":            {reduced("builtins type", "SHORT_BINUNICODE 'X'\n", "EMPTY_TUPLE\n", "EMPTY_DICT\n"), []string{"PKL102"}},
		"type of None":          {reduced("builtins type", "NONE\n"), nil},
		"iter with a sentinel":  {reduced("builtins iter", g(unknown), "NONE\n"), []string{"PKL102", "PKL104"}},
		"typing":                {reduced("_operator getitem", g("typing Union"), g("builtins int")+g("builtins str")+"TUPLE2\n"), nil},
		"getitem":               {reduced("_operator getitem", "EMPTY_DICT\n", "NONE\n"), []string{"PKL102"}},
		"text for sympy":        {"GLOBAL sympy.core.add Add\nSHORT_BINUNICODE 'text'\nTUPLE1\nNEWOBJ\n", []string{"PKL102"}},
		"text in a tuple":       {"GLOBAL sympy.core.add Add\nSHORT_BINUNICODE 'text'\nTUPLE1\nTUPLE1\nNEWOBJ\n", []string{"PKL102"}},
		"a long sum":            {"GLOBAL sympy.core.add Add\nMARK\n" + strings.Repeat("GLOBAL sympy.core.numbers One\nEMPTY_TUPLE\nNEWOBJ\n", 60) + "TUPLE\nNEWOBJ\n", []string{"PKL105"}},
		"expressions of sympy":  {"GLOBAL sympy.core.add Add\nGLOBAL sympy.core.numbers One\nEMPTY_TUPLE\nNEWOBJ\nDUP\nTUPLE1\nTUPLE2\nNEWOBJ\n", nil},
		"a class with text":     {"GLOBAL sympy.core.unheard Of\nSHORT_BINUNICODE 'text'\nTUPLE1\nNEWOBJ\n", []string{"PKL105"}},
		"factory":               {reduced("collections defaultdict", reduced("functools partial", g("builtins int"))), nil},
		"factory and keys":      {reduced("collections defaultdict", g("builtins int"), planted), []string{"PKL102"}},
		"a persistent class":    {"NONE\nBINPERSID\nEMPTY_TUPLE\nNEWOBJ\n", []string{"PKL104"}},
		"persistent, arguments": {"NONE\nBINPERSID\nNONE\nTUPLE1\nNEWOBJ\n", []string{"PKL103"}},

		"unpacked arguments": {"GLOBAL copyreg __newobj__\n" + planted + "REDUCE\n", []string{"PKL103"}},

		"looked up, library":     {g(unlisted), []string{"PKL105"}},
		"looked up, unknown":     {g(unknown), []string{"PKL104"}},
		"rebuilt, library":       {g("sklearn.svm SVC") + "EMPTY_TUPLE\nNEWOBJ\n", []string{"PKL104"}},
		"looked up, and rebuilt": {g("sklearn.svm SVC") + "BINPUT 0\nPOP\nBINGET 0\nEMPTY_TUPLE\nNEWOBJ\n", []string{"PKL104"}},

		"logger":               {reduced("logging getLogger") + "EMPTY_DICT\nSHORT_BINUNICODE 'disabled'\nNEWTRUE\nSETITEM\nBUILD\n", []string{"PKL112"}},
		"enum":                 {reduced("socket AddressFamily", "BININT1 2\n") + "EMPTY_DICT\nSHORT_BINUNICODE '_value_'\nNONE\nSETITEM\nBUILD\n", []string{"PKL112"}},
		"taken by name":        {"GLOBAL builtins getattr\nGLOBAL mine Outer\nSHORT_BINUNICODE 'Inner'\nTUPLE2\nREDUCE\nEMPTY_DICT\nSHORT_BINUNICODE 'x'\nNONE\nSETITEM\nBUILD\n", []string{"PKL104", "PKL112"}},
		"taken from a library": {reduced("builtins getattr", g("collections OrderedDict"), "SHORT_BINUNICODE 'fromkeys'\n"), []string{"PKL105"}},
		"method of path":       {"SHORT_BINUNICODE 'pathlib'\nSHORT_BINUNICODE 'Path.unlink'\nSTACK_GLOBAL\n", []string{"PKL101"}},
	} {
		expectRules(t, name, "PROTO 4\n"+tt.code+"STOP\n", tt.want)
	}
}

// typing.get_type_hints evaluates annotations that are text; it is planted as the
// append of a namespace, which it is then given.
func TestTypeHintsAsAppend(t *testing.T) {
	b, err := hex.DecodeString("80026374797065730a53696d706c654e616d6573706163650a29527d5806000000617070656e6463747970696e670a6765745f747970655f68696e74730a73626374797065730a53696d706c654e616d6573706163650a29527d580f0000005f5f616e6e6f746174696f6e735f5f7d58010000006158270000007072696e74282252414e222c205f5f696d706f72745f5f28226f7322292e676574637764282929737362612e")
	if err != nil {
		t.Fatal(err)
	}
	_, findings, _ := scanned(b, Default)
	if got := ids(findings); !slices.Equal(got, []string{"PKL101", "PKL102"}) {
		t.Errorf("rules %v", got)
	}
}

// Names of hundreds of parts were looked up in every module they might go
// through, which took a minute for half a megabyte.
func TestLongWalksAreJudgedFast(t *testing.T) {
	var code strings.Builder
	code.WriteString("PROTO 4\n")
	for i := range 2200 {
		fmt.Fprintf(&code, "SHORT_BINUNICODE 'm%d'\nSHORT_BINUNICODE '%s'\nSTACK_GLOBAL\nPOP\n", i, strings.TrimSuffix(strings.Repeat("a.", 120), "."))
	}
	code.WriteString("NONE\nSTOP\n")
	start := time.Now()
	_, findings, _ := scanned(recipe.MustAssemble(code.String()), Default)
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
	if len(findings) == 0 || findings[0].Rule != "PKL101" || !strings.Contains(findings[0].Message, "more parts than any honest name") {
		t.Errorf("findings %v", ids(findings))
	}
}

// What was not judged for want of time is a skip.
func TestJudgeIsLate(t *testing.T) {
	rep := Scan(context.Background(), "f", bytes.NewReader(good), int64(len(good)), Options{})
	rep.Streams = append(rep.Streams, Scan(context.Background(), "f", bytes.NewReader(evil), int64(len(evil)), Options{}).Streams...)
	rep.limit = time.Nanosecond
	_, skips := Judge(rep, catalog.Builtin(), Default)
	if len(skips) != 1 || !strings.Contains(skips[0].Reason, "not fully judged: out of time") {
		t.Errorf("skips %v", skips)
	}
}
