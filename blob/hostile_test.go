package blob

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
)

// ways are all that a stream can do to a global, or have done: op by op, and in
// the words of several protocols. In a recipe LOOKUP stands for the ops that look
// the global up, and a line "NAMES" for the two lines of GLOBAL and INST.
var ways = map[string]string{
	"REDUCE":                      "LOOKUP\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\n",
	"REDUCE without arguments":    "LOOKUP\nEMPTY_TUPLE\nREDUCE\n",
	"REDUCE of a list":            "LOOKUP\nEMPTY_LIST\nSHORT_BINUNICODE 'id'\nAPPEND\nREDUCE\n",
	"REDUCE of a str":             "LOOKUP\nSHORT_BINUNICODE 'id'\nREDUCE\n",
	"protocol 0":                  "GLOBAL NAMES\nMARK\nSTRING 'id'\nTUPLE\nREDUCE\n",
	"protocol 1":                  "GLOBAL NAMES\nBINPUT 0\nMARK\nBINSTRING 'id'\nTUPLE\nREDUCE\n",
	"protocol 2":                  "PROTO 2\nGLOBAL NAMES\nBINPUT 0\nBINUNICODE 'id'\nTUPLE1\nREDUCE\n",
	"protocol 3":                  "PROTO 3\nGLOBAL NAMES\nBINPUT 0\nBINUNICODE 'id'\nTUPLE1\nREDUCE\n",
	"protocol 5":                  "PROTO 5\nFRAME *\nLOOKUP\nMEMOIZE\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\n",
	"INST":                        "MARK\nSHORT_BINUNICODE 'id'\nINST NAMES\n",
	"INST without arguments":      "MARK\nINST NAMES\n",
	"OBJ":                         "MARK\nLOOKUP\nSHORT_BINUNICODE 'id'\nOBJ\n",
	"OBJ without arguments":       "MARK\nLOOKUP\nOBJ\n",
	"NEWOBJ":                      "LOOKUP\nSHORT_BINUNICODE 'id'\nTUPLE1\nNEWOBJ\n",
	"NEWOBJ_EX":                   "LOOKUP\nEMPTY_TUPLE\nEMPTY_DICT\nSHORT_BINUNICODE 'a'\nNONE\nSETITEM\nNEWOBJ_EX\n",
	"BUILD of it":                 "LOOKUP\nEMPTY_DICT\nSHORT_BINUNICODE 'a'\nNONE\nSETITEM\nBUILD\n",
	"setattr of it":               "LOOKUP\nNONE\nEMPTY_DICT\nSHORT_BINUNICODE 'a'\nNONE\nSETITEM\nTUPLE2\nBUILD\n",
	"SETITEM of it":               "LOOKUP\nSHORT_BINUNICODE 'a'\nNONE\nSETITEM\n",
	"SETITEMS of it":              "LOOKUP\nMARK\nSHORT_BINUNICODE 'a'\nNONE\nSETITEMS\n",
	"APPEND to it":                "LOOKUP\nNONE\nAPPEND\n",
	"APPENDS to it":               "LOOKUP\nMARK\nNONE\nAPPENDS\n",
	"ADDITEMS to it":              "LOOKUP\nMARK\nNONE\nADDITEMS\n",
	"a persistent id":             "LOOKUP\nBINPERSID\n",
	"called by persistent id":     "LOOKUP\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nBINPERSID\n",
	"looked up":                   "LOOKUP\n",
	"looked up and dropped":       "LOOKUP\nPOP\nNONE\n",
	"a key":                       "EMPTY_DICT\nLOOKUP\nNONE\nSETITEM\n",
	"an item of a set":            "EMPTY_SET\nMARK\nLOOKUP\nADDITEMS\n",
	"a __setstate__":              lookUp("types", "SimpleNamespace") + "EMPTY_TUPLE\nNEWOBJ\nEMPTY_DICT\nSHORT_BINUNICODE '__setstate__'\nLOOKUP\nSETITEM\nBUILD\nSHORT_BINUNICODE 'id'\nBUILD\n",
	"a factory":                   lookUp("collections", "defaultdict") + "LOOKUP\nTUPLE1\nREDUCE\n",
	"partial":                     lookUp("functools", "partial") + "LOOKUP\nSHORT_BINUNICODE 'id'\nTUPLE2\nREDUCE\nEMPTY_TUPLE\nREDUCE\n",
	"reduce":                      lookUp("functools", "reduce") + "LOOKUP\nEMPTY_LIST\nTUPLE2\nREDUCE\n",
	"a base":                      lookUp("copyreg", "_reconstructor") + lookUp("types", "SimpleNamespace") + "LOOKUP\nSHORT_BINUNICODE 'id'\nTUPLE3\nREDUCE\n",
	"a class of copyreg":          lookUp("copyreg", "__newobj__") + "LOOKUP\nSHORT_BINUNICODE 'id'\nTUPLE2\nREDUCE\n",
	"a lazy text":                 lookUp("django.utils.functional", "_lazy_proxy_unpickle") + "LOOKUP\nEMPTY_TUPLE\nTUPLE2\nREDUCE\n",
	"a bit generator":             lookUp("numpy.random._pickle", "__randomstate_ctor") + "SHORT_BINUNICODE 'id'\nLOOKUP\nTUPLE2\nREDUCE\n",
	"the memo":                    "SHORT_BINUNICODE 'MODULE'\nBINPUT 7\nPOP\nSHORT_BINUNICODE 'NAME'\nPUT 300\nPOP\nLONG_BINGET 7\nGET 300\nSTACK_GLOBAL\nMEMOIZE\nPOP\nBINGET 2\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\n",
	"a memo that is written over": "SHORT_BINUNICODE 'safe'\nBINPUT 0\nPOP\nSHORT_BINUNICODE 'MODULE'\nBINPUT 0\nPOP\nBINGET 0\nSHORT_BINUNICODE 'NAME'\nSTACK_GLOBAL\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\n",
	"an extension":                lookUp("copyreg", "add_extension") + "SHORT_BINUNICODE 'MODULE'\nSHORT_BINUNICODE 'NAME'\nBININT1 240\nTUPLE3\nREDUCE\nPOP\nEXT1 240\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\n",
	"a discarded OBJ":             "MARK\nLOOKUP\nSHORT_BINUNICODE 'id'\nOBJ\nPOP\nNONE\n",
	"below a mark":                "MARK\nLOOKUP\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nPOP_MARK\nNONE\n",
	"below the result":            "LOOKUP\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nEMPTY_DICT\n",
	"REDUCE and BUILD":            "LOOKUP\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nEMPTY_DICT\nSHORT_BINUNICODE 'a'\nNONE\nSETITEM\nBUILD\n",
	"a state of an exception":     lookUp("builtins", "Exception") + "EMPTY_TUPLE\nREDUCE\nEMPTY_DICT\nSHORT_BINUNICODE 'a'\nLOOKUP\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSETITEM\nBUILD\n",
	"other spellings":             "UNICODE 'MODULE'\nBINUNICODE8 'NAME'\nSTACK_GLOBAL\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\n",
}

func TestEveryWay(t *testing.T) {
	cat := catalog.Builtin()
	bad := 0
	for gadget := range strings.FieldsSeq(gadgets) {
		module, name, _ := strings.Cut(gadget, ":")
		g := cat.Global(module, name)
		for way, code := range ways {
			if strings.Contains(name, ".") && strings.HasPrefix(way, "protocol ") && way != "protocol 5" {
				continue // a name with dots: protocols below 4 walk none
			}
			code = strings.ReplaceAll(code, "LOOKUP\n", lookUp(module, name))
			code = strings.ReplaceAll(code, "NAMES\n", fmt.Sprintf("'%s' '%s'\n", module, name))
			code = strings.NewReplacer("MODULE", module, "NAME", name).Replace(code)
			if !strings.Contains(way, "protocol") {
				code = "PROTO 4\n" + code
			}
			b, err := recipe.Assemble(code + "STOP\n")
			if err != nil {
				t.Fatalf("%s: %v", way, err)
			}
			want := lint.Warning
			switch {
			case g.Class == catalog.Dangerous:
				want = lint.Error
			case g.Library == "" || g.Class == catalog.Unknown && strings.HasPrefix(way, "NEWOBJ"):
				want = lint.Note
			}
			_, findings, _ := scanned(b, Default)
			names := tells(findings, want, name)
			if way == "an extension" {
				names = tells(findings, lint.Error, "add_extension")
			}
			if !names {
				if bad++; bad <= 40 {
					t.Errorf("%s, %s: no %s that names it: %v", gadget, way, want, ids(findings))
				}
			}
		}
	}
	if bad > 40 {
		t.Errorf("and %d more", bad-40)
	}
}
