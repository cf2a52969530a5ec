// Package catalog owns names as data: which globals a pickle may ask for and
// what each of them means; which Python calls and which Go calls turn bytes into
// objects, and which settings make a library do so; where such bytes come from
// outside of a program, and which calls prove who wrote them; which Python calls
// write pickles, what pickle refuses, and what a call does besides. The facts stand
// in *.cat files, one a line, with the reason at its end; this package parses them
// strictly and answers typed look-ups.
//
// It holds no behaviour: what follows from a class or a sink is decided by blob,
// pyscan and analyzers. A fact belongs here when a user might want one more of
// its kind without recompiling.
//
// # Grammar
//
//	line    = blank | comment | fact
//	comment = "#" text                         ; on a line of its own
//	fact    = keyword subject *( key "=" value ) "#" reason
//	value   = bare word | Go-quoted string
//
// The keywords, each with its subject:
//
//	allowed       MODULE:NAME            honest pickles need it, and it does no harm
//	suspicious    MODULE:NAME|MODULE:*   runs nothing by itself, and helps what does
//	dangerous     MODULE:NAME|MODULE:*   runs code, or reaches what does
//	library       MODULE                 a known library: a call of it that is not allowed is
//	                                     an error; kind=known, or kind=stdlib
//	weights-only  MODULE:NAME|MODULE:*   see below
//	python-sink   DOTTED.NAME            see python.cat and [PythonSink]; () in it stands for a call,
//	                                     a dot before it for whatever has the attribute
//	python-alias  DOTTED.NAME            another name of the module that for= gives, or of an object
//	python-library DISTRIBUTION          a library that is declared under the names in also=, too
//	python-setting LIBRARY.SETTING       see settings.cat and [PythonSetting]
//	python-source WHERE                  see sources.cat and [PythonSource]
//	python-verifier DOTTED.NAME          see verifiers.cat and [PythonVerifier]
//	python-verb   WORD                   what is done by whatever is called so, see verifiers.cat and [Verb]
//	python-effect DOTTED.NAME            see effects.cat and [Effect]
//	python-dump   DOTTED.NAME            what writes pickles, see dumps.cat and [PythonDump]
//	python-dump-setting LIBRARY.SETTING  a setting that is a protocol, see [DumpSetting]
//	python-protocol DOTTED.NAME          a constant that is a protocol
//	python-channel WORD                  where bytes go that it has to do with, see [Channel]
//	python-through NAME                  through what they go there, see channels.cat and [PythonThrough]
//	channel-scheme SCHEME                the same of an address, see [ChannelScheme]
//	python-unpicklable DOTTED.NAME       pickle refuses it, see unpicklable.cat and [PythonUnpicklable]
//	python-pickles DOTTED.NAME           what it is given is pickled, see [PythonPickles]
//	python-keeps  DOTTED.NAME            what it returns is pickled with what it was given
//	python-travels MODULE                it hands objects to processes that run, of one release
//	go-sink       FULL.NAME              see golang.cat and [GoSink]
//	go-verifier   FULL.NAME              see goverifiers.cat and [GoVerifier]
//	go-exec, go-pickler, go-plugin, go-serves, go-template
//	              FULL.NAME              see gocalls.cat and [GoCall]
//	go-flow       FULL.NAME              which argument comes out where, see goflows.cat and [GoFlow]
//	go-quiet      PACKAGE                its functions write into no argument
//	go-source     WHERE                  see gosources.cat and [GoSource]
//	go-dump       FULL.NAME              what turns values into bytes, see dumps-go.cat and [GoDump]
//	go-through    WHERE                  through what bytes go, see channels-go.cat and [GoThrough]
//
// A global is judged as it is written and as it resolves, and the worse counts:
// protocols below 3 write __builtin__:eval, which is builtins:eval. So a dangerous
// one has a line for each name, and an allowed one for what it resolves to. A
// function has the module that pickles name (posix:system), and where it is
// re-exported that one, too (os:system). NAME may be dotted:
// datetime:datetime.strptime. An exact line wins over one with *, and that speaks
// for the modules below MODULE, too, unless they have one of their own.
//
// Most globals need no attribute. An enum, for example, is
//
//	allowed examplepkg:Colour args=literal returns=shared # an enum: pickled as its class and value
//
// a class that is rebuilt by NEWOBJ and BUILD
//
//	allowed examplepkg:Model use=value # rebuilt from its state (examplepkg/models.py)
//
// and one whose __setstate__ calls what is in its state as "on_load", a key that
// no pickler writes
//
//	allowed examplepkg:Model hooks=on_load use=value # rebuilt from its state (examplepkg/models.py)
//
// A reason of an allowed global that no harvest saw cites what was read. A line on an allowed global can narrow the use that is allowed, see [Use].
// Whatever is outside of that use is an error of rule unlisted-call. Arguments
// are counted from 0, and N is at most 2. A suspicious one may have calls, makes
// and keeps.
//
//	items=list,set,dict  a pickler fills what it returns, in these ways
//	calls=N              it calls argument N, counted from 0
//	makes=N              it makes an instance of argument N
//	keeps=N              it keeps argument N, a function, for a later call
//	args=literal         its arguments are plain values and look-ups
//	args=flat            as literal, and no argument is a list, tuple, set or dict of such
//	args=results         its arguments are what calls of its own package returned
//	first=none           its first argument is None
//	free=N               with args=literal: argument N may be anything
//	most=N               no pickler calls it with more than N arguments, 1 to 3
//	text=KEY:FORM        __setstate__ runs the text under that key of its state, which
//	                     has the form argparser (scipy) or formula (patsy)
//	hooks=KEY,…          __setstate__ calls what stands under those keys of its state,
//	                     which no pickler writes
//	called=instance      picklers call an instance of it, with one global
//	use=value            no pickler calls it with arguments
//	returns=shared       what it returns belongs to the process
//	returns=data         what it returns is filled by the stream: no argument of args=results
//
// and one on a dangerous global what makes it harmless:
//
//	loads=torch          it only loads its argument, bytes, as a file of torch.save
//	names=0,1            it imports a module by its name, and takes something by its name from
//	                     there, which is judged
//
// A weights-only line says that torch.load(weights_only=True) takes a global, with
// state=none that it does not set the state of what that returns; with never=true
// and the name *, that it takes none of a module.
//
// A python-source line has origin= and called=, and may have gives=, near= and arg=. Its
// subject is a dotted name, .ATTRIBUTE, FUNCTION(PARAMETER,...), @.DECORATOR or 'TEXT':
//
//	python-source acme.bus.Listener() called="the bus" origin=queue # acme documentation
//	python-source *(frame,meta) called="the bus" near=acme origin=queue # handlers of acme
//
// The facts of a file are sorted by keyword and subject. An unknown keyword, an
// unknown or repeated attribute, a bad value, a missing reason, a line out of
// order and a duplicate are errors that name file and line. A user's overlay has
// the same grammar (in any order) and wins over what is built in: also over a
// dangerous line, if it names the same subject.
package catalog
