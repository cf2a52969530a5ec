package catalog

import (
	"strings"
	"testing"
)

func TestBuiltinParses(t *testing.T) {
	c := Builtin()
	if len(c.globals) == 0 || len(c.pythonSinks) == 0 || len(c.goSinks) == 0 {
		t.Errorf("%d globals, %d Python sinks, %d Go sinks", len(c.globals), len(c.pythonSinks), len(c.goSinks))
	}
}

func TestMistakes(t *testing.T) {
	const py = `python-sink a.load format=pickle danger="runs code" # docs`
	tests := map[string]string{
		"forbidden os:system # runs a command":                      `f.cat:1: unknown keyword "forbidden"`,
		"dangerous os:system":                                       "f.cat:1: dangerous os:system: no reason",
		"dangerous os:system #":                                     "f.cat:1: dangerous os:system: the reason is empty",
		"dangerous # runs":                                          "f.cat:1: dangerous: no subject",
		"dangerous":                                                 "f.cat:1: dangerous: no subject",
		"dangerous os.system # runs":                                `f.cat:1: "os.system" is not module:name`,
		"dangerous os:system since=3 # runs":                        `f.cat:1: dangerous os:system: unknown attribute "since": dangerous takes loads`,
		"dangerous os:system since=3 since=4 # runs":                `f.cat:1: attribute "since" is given twice`,
		"dangerous os:system word # runs":                           `f.cat:1: expected key=value or # reason, found "word"`,
		"allowed collections:* # harmless":                          "f.cat:1: \"collections:*\": a wildcard stands for every name",
		"dangerous os:sys* # runs":                                  "a wildcard stands for every name",
		"dangerous os:a # x\n\n# note\ndangerous os:a # y":          "f.cat:4: duplicate of line 1",
		"dangerous os:a # x\nallowed os:a # y":                      "f.cat:2: duplicate of line 1",
		"allowed a:b items=list,tuple # x":                          `items "list,tuple" is not a list of list, set, dict`,
		"allowed a:b items=list,list # x":                           `items "list,list" is not a list`,
		"allowed a:b calls=3 # x":                                   `calls "3" is not the index of one of the first 3 arguments`,
		"allowed a:b makes=-1 # x":                                  `makes "-1" is not the index`,
		"allowed a:b args=any # x":                                  `args "any" is not literal, flat or results`,
		"allowed a:b most=0 # x":                                    `most "0" is not 1, 2 or 3`,
		"allowed a:b free=0 # x":                                    "free without args=literal",
		"allowed a:b use=call # x":                                  `use "call" is not value`,
		"allowed a:b returns=own # x":                               `returns "own" is not shared`,
		"dangerous a:b loads=own # x":                               `loads "own" is not torch`,
		"dangerous a:b names=1,0 # x":                               `names "1,0" is not 0,1`,
		"allowed a:b names=0,1 # x":                                 `unknown attribute "names"`,
		"allowed a:b loads=torch # x":                               `unknown attribute "loads": allowed takes items, calls, makes`,
		"dangerous a:b calls=0 # x":                                 `unknown attribute "calls"`,
		"suspicious a:b items=list # x":                             `unknown attribute "items": suspicious takes calls, makes, keeps`,
		"suspicious a:* calls=0 # x":                                "a wildcard has no attributes",
		"weights-only torch.Size # x":                               `"torch.Size" is not module:name`,
		"weights-only torch:* # x":                                  "a wildcard has never=true alone",
		"weights-only torch:Size never=true # x":                    "a wildcard has never=true alone",
		"weights-only os:* never=no # x":                            `never "no" is not true`,
		"weights-only os:a state=all # x":                           `state "all" is not none`,
		"weights-only os:a calls=0 # x":                             `unknown attribute "calls"`,
		"library os # x":                                            `kind "" is not stdlib or known`,
		"library os kind=big # x":                                   `kind "big" is not stdlib or known`,
		"python-alias a # x":                                        "for is required",
		"python-sink a.load format=pickle # x":                      "format and danger are required",
		py + "\n" + py:                                              "f.cat:2: duplicate of line 1",
		`python-effect a.b # y`:                                     `kind "" is not one of [none code`,
		`python-effect a.b kind=bang # y`:                           `kind "bang" is not one of`,
		`python-effect a.b kind=file danger=x # y`:                  `unknown attribute "danger"`,
		"python-verifier a.b data=@0 # x":                           "does is one of compares, digests",
		"python-verifier a.b does=raises # x":                       "data is for all but what compares or leaves",
		"python-verifier a.b does=compares data=@0 # x":             "data is for all but what compares or leaves",
		"python-verifier a..b does=raises data=@0 # x":              "not a dotted name",
		"python-verifier a.b does=raises data=@x # x":               "is not NAME, NAME@POSITION or @POSITION",
		"python-verifier a.b does=raises data=@0 key=@-1 # x":       "is not NAME, NAME@POSITION or @POSITION",
		"python-verifier a.b does=raises data=@0 public=no # x":     `public: "no" is not true`,
		"python-verifier a.b does=raises data=@0 unless=verify # x": "is not ARGUMENT:LITERAL",
		"python-verifier a.b does=raises data=@0 sig=@1 # x":        `unknown attribute "sig"`,
		`python-setting a.b format=p danger=x # y`:                  "format, values and danger are required",
		`python-setting a values=1 format=p danger=x # y`:           "the name is not LIBRARY.SETTING",
		`python-setting a.b values='' format=p danger=x # y`:        "is empty",
		`python-setting a.b values=1 in=dict format=p danger=x # y`: `in: "dict" is not one of [keyword attribute`,
		`python-sink a.b kind=cfg format=p danger=x # y`:            `kind "cfg" is not setting`,
		`python-sink a.b format=p safe-if=x:*any danger=x # y`:      `"x:*any": no such form`,
		`python-sink a.b format=p danger="x # y`:                    "unterminated or malformed string",
		`python-sink a.b format=p danger="x"y # z`:                  "text directly behind the string",
		`python-sink a.b format=p danger=x arg=@x # y`:              "not NAME, NAME@POSITION or @POSITION",
		`python-sink a.b format=p danger=x safe-if=w # y`:           "not ARGUMENT:LITERAL",
		`python-sink a.b format=p danger=x safe-if=@1:True # y`:     "a form names its argument",
		`python-sink a.b format=p danger=x unsafe-if=w:,a:b # y`:    "not ARGUMENT:LITERAL",
		`python-sink a.b format=p danger=x safe-if=w:"r" # y`:       `must be quoted`,
		`python-sink a.b(.c format=p danger=x # y`:                  "not a dotted name",
		`python-sink a..b format=p danger=x # y`:                    "not a dotted name",
		`python-sink .a.b format=p danger=x # y`:                    "not a dotted name",
		`python-sink .a() format=p danger=x # y`:                    "not a dotted name",
		`python-sink a.b format=p danger=x near=c # y`:              "near is a list of modules",
		`python-sink .b format=p danger=x near=c(),d # y`:           "near is a list of modules",
		`python-sink .b format=p danger=x not-near=c # y`:           "not-near is a word",
		`python-sink a.b().c format=p danger=x not-near=c.d # y`:    "not-near is a word",
		`python-sink a.b format=p danger=x safe-if=w!:1 # y`:        "a form is sure in any case",
		"python-alias a()b for=c # x":                               "not dotted names",
		"python-dump a.b to=bytes # x":                              "protocol is required",
		"python-dump a.b protocol=p@1 # x":                          `to: "" is not bytes, store, process, file:ARGUMENT or path:ARGUMENT`,
		"python-dump a.b to=file protocol=p@1 # x":                  "to: empty argument",
		"python-dump a.b to=bytes:x protocol=p # x":                 "to: bytes has no argument",
		"python-dump a.b to=bytes protocol=@x # x":                  "protocol: \"@x\" is not NAME",
		"python-dump a.b to=bytes protocol=p default=new # x":       `default: "new" is not a number, default, highest or other`,
		"python-dump a.b to=bytes default=other if=x # x":           `if: "x" is not ARGUMENT:LITERAL`,
		"python-dump a.b to=bytes default=other if=x@0:1,y:2 # x":   "if: 2 forms",
		"python-through a.b kind=pipe # x":                          `kind "pipe" is not one of`,
		"python-through a.b kind=file of=c # x":                     "of says nothing of a dotted name",
		"python-through .a.b kind=file # x":                         "not a dotted name",
		"python-through a.b kind=file name=no:c@0 # x":              `"no" is not through, sql or word`,
		"python-through a.b kind=file writes=no # x":                `writes: "no" is not yes`,
		"channel-scheme s3 kind=heap # x":                           `kind "heap" is not one of`,
		"channel-scheme S3:// kind=bucket # x":                      "not a scheme in lower case",
		"channel-scheme s3 kind=bucket cut=x # x":                   `cut: "x" is not yes`,
		"python-dump a(.b to=bytes protocol=p # x":                  "not a dotted name or .ATTRIBUTE",
		"python-dump .a.b to=bytes protocol=p # x":                  "not a dotted name or .ATTRIBUTE",
		"python-protocol A is=newest # x":                           `is: "newest" is not a number`,
		"python-protocol a..b is=2 # x":                             "not a dotted name",
		"python-dump-setting a in=key # x":                          "the name is not LIBRARY.SETTING",
		"python-dump-setting a.b # x":                               "in is required",
		"python-dump-setting a.b in=class # x":                      `in: "class" is not keyword`,
		"python-dump-setting a.b in=item # x":                       "in=item says nothing without near",
		"python-channel a kind=goes # x":                            `kind "goes" is not one of`,
		"python-channel a kind=stays of=b # x":                      "of says nothing without kind=leaves",
		"python-channel a.b kind=stays # x":                         "not a word",
		"python-alias a for=c( # x":                                 "not dotted names",
		"go-dump p.F object=0 to=bytes # y":                         "format is required",
		"go-dump p format=x object=0 to=bytes # y":                  "not a full name",
		"go-dump p.F format=x object=recv to=bytes # y":             `object "recv" is not the index`,
		"go-dump p.F format=x object=0 to=store # y":                `to "store" is not bytes`,
		"go-dump p.F format=x object=0 to=file:x # y":               `to "file:x" is not bytes`,
		"go-dump p.F format=x object=0 to=bytes:0 # y":              "bytes has no argument",
		"go-dump p.F format=x object=0 to=bytes default=new # y":    `default "new" is not a number`,
		"go-dump p.F format=x object=0 to=bytes optional=no # y":    "optional is true, or left out",
		"go-through p.F kind=pipe # y":                              `kind "pipe" is not one of`,
		"go-through p kind=file # y":                                "not a full name, or .METHOD",
		"go-through .F kind=file # y":                               "of= gives the packages",
		"go-through p.F kind=file of=q # y":                         "of= gives the packages",
		"go-through .(F kind=file of=q # y":                         "not a full name, or .METHOD",
		"go-through p.F kind=file name=x # y":                       `"x" is not recv`,
		"go-through p.F kind=file name=no:0 # y":                    `"no" is not through or sql`,
		"go-through p.F kind=file name=0+ # y":                      `"" is not recv`,
		"go-through p.F kind=file name=0.1x # y":                    `"1x" is not a field`,
		"go-verifier p.F does=signs # y":                            "does is one of",
		"go-verifier p.F does=compares data=0 # y":                  "two data",
		"go-verifier p.F does=verifies # y":                         "data is required",
		"go-verifier p.F does=verifies data=0, # y":                 `data "" is not recv`,
		"go-verifier p.F does=opens data=x # y":                     `data "x" is not recv`,
		"go-verifier p.F does=macs # y":                             "key is required",
		"go-verifier p.F does=macs key=k # y":                       `key "k" is not recv`,
		"go-verifier p.F does=verifies data=0 to=1 # y":             "to is for what opens",
		"go-verifier p.F does=verifies data=0 when=2 # y":           "when is 0 or 1",
		"go-verifier p.F does=verifies data=0 public=yes # y":       "public is true",
		"go-verifier p.F does=verifies data=0 time=constant # y":    "time is for what compares",
		"go-verifier p.F does=verifies data=0 speed=1 # y":          "unknown attribute",
		"go-sink p.F format=gob # y":                                "format and danger are required",
		"go-sink p.F format=gob arg=first danger=x # y":             `arg "first" is not recv`,
		"go-exec p.F # y":                                           "it takes first, or argv, or line",
		"go-exec p.F first=0 argv=1 # y":                            "it takes first, or argv, or line",
		"go-exec p.F first=x # y":                                   `first "x" is not the index of a parameter`,
		"go-plugin p.F arg=0 # y":                                   `unknown attribute "arg"`,
		"go-pickler p.F writer=10 # y":                              "is not the index of a parameter",
		"go-serves p.F key=0 # y":                                   "it takes name, or type, or key with type",
		"go-serves p.F key=0 name=1 # y":                            "it takes name, or type, or key with type",
	}
	for text, want := range tests {
		_, err := New().With("f.cat", strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
	}
}

// All mistakes of a file are reported at once.
func TestAllMistakesAtOnce(t *testing.T) {
	_, err := New().With("f.cat", strings.NewReader("bad one # x\ndangerous os:a # y\nbad two # z\nlibrary x # y\n"))
	if err == nil || strings.Count(err.Error(), "f.cat:") != 3 {
		t.Errorf("error: %v", err)
	}
}

func TestSortedIsAskedOfBuiltins(t *testing.T) {
	const text = "dangerous os:b # x\ndangerous os:a # y\n"
	if err := New().add("f.cat", strings.NewReader(text), true); err == nil || !strings.Contains(err.Error(), "f.cat:2: not sorted") {
		t.Errorf("error: %v", err)
	}
	if _, err := New().With("f.cat", strings.NewReader(text)); err != nil {
		t.Errorf("overlay: %v", err)
	}
}

func TestGlobalLookUp(t *testing.T) {
	c, err := New().With("f.cat", strings.NewReader(`
allowed collections:OrderedDict # a dict that keeps its order
allowed os:path.join # joins strings
dangerous os:* # operating system
dangerous pkg:run # runs
library os kind=stdlib # CPython
library pkg kind=known # example
suspicious pkg.sub:* # odd
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		module, name string
		class        Class
		library      string
	}{
		{"collections", "OrderedDict", Allowed, ""},
		{"collections", "OrderedDict.fromkeys", Unknown, ""},
		{"collections.abc", "OrderedDict", Unknown, ""},
		{"os", "system", Dangerous, "stdlib"},
		{"os", "path.join", Allowed, "stdlib"},
		{"os", "path.join.x", Dangerous, "stdlib"},
		{"os.path", "join", Dangerous, "stdlib"},
		{"osx", "system", Unknown, ""},
		{"pkg", "run", Dangerous, "pkg"},
		{"pkg", "run.__call__", Dangerous, "pkg"},
		{"pkg", "runner", Unknown, "pkg"},
		{"pkg.sub", "x", Suspicious, "pkg"},
		{"pkg.sub.deep", "x", Suspicious, "pkg"},
		{"", "", Unknown, ""},
	} {
		got := c.Global(tt.module, tt.name)
		if got.Class != tt.class || got.Library != tt.library {
			t.Errorf("%s:%s = %v %q, want %v %q", tt.module, tt.name, got.Class, got.Library, tt.class, tt.library)
		}
		if (got.Class != Unknown) != (got.Reason != "") {
			t.Errorf("%s:%s: class %v with reason %q", tt.module, tt.name, got.Class, got.Reason)
		}
	}
}

func TestOverlayWins(t *testing.T) {
	base, err := New().With("base.cat", strings.NewReader("dangerous mine:f # base\ngo-sink p.F format=gob arg=0 danger=a # base\n"))
	if err != nil {
		t.Fatal(err)
	}
	over, err := base.With("mine.cat", strings.NewReader("allowed mine:f # ours, rebuilt by hand\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got := over.Global("mine", "f").Class; got != Allowed {
		t.Errorf("overlay: %v", got)
	}
	if got := base.Global("mine", "f").Class; got != Dangerous {
		t.Errorf("the overlay changed its base: %v", got)
	}
	if _, ok := over.GoSink("p.F"); !ok {
		t.Error("the overlay lost a fact of its base")
	}
}

func TestPythonForms(t *testing.T) {
	c, err := New().With("f.cat", strings.NewReader(`
python-alias old.pickle for=pickle # moved
python-sink a.load format=npy arg=file@0 safe-if=safe:True,mode@1:0 unsafe-if=allow_pickle@2:True danger="runs code" # docs
`))
	if err != nil {
		t.Fatal(err)
	}
	s, ok := c.PythonSink("a.load")
	if !ok || s.Arg != (Argument{"file", 0}) || len(s.SafeIf) != 2 || s.SafeIf[0] != (ArgForm{Argument{"safe", -1}, "True", false}) ||
		s.SafeIf[1] != (ArgForm{Argument{"mode", 1}, "0", false}) || s.UnsafeIf[0] != (ArgForm{Argument{"allow_pickle", 2}, "True", false}) {
		t.Errorf("sink: %+v", s)
	}
	for in, want := range map[string]string{
		"old.pickle.loads": "pickle.loads", "old.pickle": "pickle", "old.pickler": "old.pickler", "pickle.loads": "pickle.loads",
	} {
		if got := c.PythonAlias(in); got != want {
			t.Errorf("PythonAlias(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestUse(t *testing.T) {
	c, err := New().With("f.cat", strings.NewReader("allowed a:b args=literal calls=1 free=2 most=2 items=dict,list makes=0 returns=shared use=value # x\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := Use{Items: ListItems | DictItems, Calls: 2, Makes: 1, Literal: true, Free: 3, Most: 2, Value: true, Shared: true}
	if got := c.Global("a", "b").Use; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := c.Global("a", "b.c").Use; got != (Use{}) {
		t.Errorf("an attribute has the use of its class: %+v", got)
	}
}

// The list of torch is compared by the joined name; a module that is never taken
// stays so when a user adds to it.
func TestWeightsOnly(t *testing.T) {
	c, err := Builtin().With("own.cat", strings.NewReader("weights-only mine:Config # ours\nweights-only os:getcwd # ours\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[[2]string]bool{
		{"collections", "OrderedDict"}: true, {"torch._utils", "_rebuild_tensor_v2"}: true, {"torch", "nn.parameter.Parameter"}: true,
		{"mine", "Config"}: true, {"os", "getcwd"}: false, {"mine", "Other"}: false, {"builtins", "complex"}: false, {"os", "*"}: false,
	} {
		if got, _ := c.WeightsOnly(name[0], name[1]); got != want {
			t.Errorf("%v: %v, want %v", name, got, want)
		}
	}
}

// Brackets in names stand for calls, and a dot before one for whatever has it.
func TestPythonReceivers(t *testing.T) {
	c, err := New().With("f.cat", strings.NewReader(`
python-alias a.Make() for=a.Thing() # docs
python-sink .thaw format=pickle near=a,b.c danger=x # docs
python-sink a.Thing() format=pickle danger=x # docs
python-sink a.Thing().get format=pickle not-near=Local danger=x # docs
python-sink a.Thing().load format=pickle arg=file@0 unsafe-if=kind!:'p' danger=x # docs
`))
	if err != nil {
		t.Fatal(err)
	}
	sink := func(name string) *PythonSink {
		s, ok := c.PythonSink(name)
		if !ok {
			t.Fatalf("no %s", name)
		}
		return s
	}
	if s := sink(".thaw"); !s.Receiver || s.API() != "thaw" || strings.Join(s.Near, " ") != "a b.c" || s.Arg.Position != -1 {
		t.Errorf("%+v", s)
	}
	if s := sink("a.Thing()"); s.Receiver || s.API() != "a.Thing" || s.Arg != (Argument{"", 0}) {
		t.Errorf("%+v", s)
	}
	if s := sink("a.Thing().get"); !s.Receiver || s.API() != "a.Thing.get" || s.NotNear != "Local" {
		t.Errorf("%+v", s)
	}
	if s := sink("a.Thing().load"); s.Receiver || s.Arg != (Argument{"file", 0}) || !s.UnsafeIf[0].Sure {
		t.Errorf("%+v", s)
	}
	if got := c.PythonAlias("a.Make().get"); got != "a.Thing().get" {
		t.Errorf("a.Make().get is %s", got)
	}
	if got := strings.Join(Words("a.Thing().get"), " "); got != "a Thing get" {
		t.Errorf("words %q", got)
	}
	var steps []string
	for name, more := "a.Thing().get", true; more; name, more = Shorter(name) {
		steps = append(steps, name)
	}
	if got := strings.Join(steps, " "); got != "a.Thing().get a.Thing() a.Thing a" {
		t.Errorf("steps %q", got)
	}
}

func TestPythonSettings(t *testing.T) {
	c, err := New().With("my.cat", strings.NewReader(`python-setting lib.mode words=mode,LIB_MODE values='pickle','*Pickler','redis://*',pickle in=keyword,call near=lib beside=secret format=pickle danger="it unpickles" # documentation
python-setting lib.on values=True format=pickle danger="it unpickles" # documentation
`))
	if err != nil {
		t.Fatal(err)
	}
	s := c.PythonSettings()
	if len(s) != 2 || s[0].Name != "lib.mode" || len(s[0].Words) != 2 || s[1].Words[0] != "on" {
		t.Fatalf("settings %+v", s)
	}
	for text, want := range map[string]bool{"pickle": true, "my.Pickler": true, "redis://host": true, "json": false, "pickler": false, "": false} {
		if got := s[0].Unsafe(text); got != want {
			t.Errorf("%q: unsafe %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]bool{"1": true, "TRUE": true, "yes": true, "0": false, "off": false, "pickle": false} {
		if got := s[1].Unsafe(text); got != want {
			t.Errorf("%q: unsafe %v, want %v", text, got, want)
		}
	}
	if !s[0].In(ByKeyword) || !s[0].In(ByCall) || s[0].In(ByName) || !s[1].In(ByName) || s[1].In(ByCall) {
		t.Error("forms")
	}
	if len(c.PythonSinks()) != 0 || s[0].Values[3].String || !s[0].Values[0].String || !s[1].Values[0].Switch {
		t.Errorf("values %+v", s[0].Values)
	}
}

func TestPythonVerifiers(t *testing.T) {
	const facts = `python-verifier own.check does=tells data=blob@1,@0 key=key made-key=secret@2 public=true unless=options.verify@3:False when=ok # own documentation
python-verifier own.*.check does=raises data=self # own documentation
`
	c, err := Builtin().With("own.cat", strings.NewReader(facts))
	if err != nil {
		t.Fatal(err)
	}
	v, ok := c.PythonVerifier("own.check")
	if !ok || v.Does != Tells || len(v.Data) != 2 || v.Data[0] != (Argument{"blob", 1}) || v.Data[1] != (Argument{"", 0}) || *v.Key != (Argument{"key", -1}) ||
		*v.MadeKey != (Argument{"secret", 2}) || !v.Public || v.When != "ok" || len(v.Unless) != 1 || v.Unless[0].Name != "options.verify" || v.Unless[0].Value != "False" {
		t.Errorf("%+v", v)
	}
	if _, ok := c.PythonVerifier("own.*.check"); !ok {
		t.Error("a method of whatever is not known is lost")
	}
	if _, ok := Builtin().PythonVerifier("own.check"); ok {
		t.Error("an overlay changed what it lies over")
	}
	if n := len(Builtin().PythonVerifiers()); n < 200 {
		t.Errorf("only %d verifiers", n)
	}
}
