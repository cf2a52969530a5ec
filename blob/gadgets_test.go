package blob

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/pickle-lint/pickle-lint/catalog"
	"github.com/pickle-lint/pickle-lint/internal/recipe"
	"github.com/pickle-lint/pickle-lint/lint"
)

// gadgets are functions that published bypasses of pickle scanners called, by the
// advisories of picklescan and fickling and the issues of modelscan, and their
// likes: twins, names of Python 2, re-exports, walks through the interpreter.
const gadgets = `
os:system posix:system nt:system os:popen os:execv os:putenv os:remove subprocess:Popen subprocess:call subprocess:check_output subprocess:getoutput
commands:getoutput popen2:popen3 pty:spawn platform:popen platform:_syscmd_file pip:main pip._internal:main ensurepip:_run_pip venv:create
builtins:eval builtins:exec builtins:compile builtins:open builtins:__import__ builtins:input builtins:breakpoint builtins:getattr builtins:setattr builtins:delattr builtins:vars builtins:globals builtins:locals builtins:dir builtins:map builtins:filter builtins:help
__builtin__:eval __builtin__:execfile __builtin__:apply __builtin__:file __builtin__:reload __builtin__:map
operator:attrgetter operator:methodcaller operator:call _operator:attrgetter _operator:methodcaller _operator:call
importlib:import_module importlib:__import__ importlib:reload importlib.util:spec_from_file_location importlib.machinery:SourceFileLoader importlib.metadata:EntryPoint.load importlib._bootstrap:_call_with_frames_removed imp:load_source
pkgutil:resolve_name pkgutil:get_data pydoc:locate pydoc:pipepager pydoc:tempfilepager logging.config:_resolve logging.config:fileConfig logging.config:dictConfig logging:FileHandler logging.handlers:SocketHandler
xmlrpc.server:resolve_dotted_attribute copy:_reconstruct dill._dill:_import_module dill:loads cloudpickle.cloudpickle:subimport cloudpickle:loads cloudpickle.cloudpickle:_make_function
asyncio.unix_events:_UnixSubprocessTransport._start asyncio:run asyncio.subprocess:create_subprocess_shell
cProfile:run cProfile:runctx profile:run profile:runctx profile:Profile.run profile:Profile.runctx trace:Trace.run trace:Trace.runctx timeit:timeit timeit:repeat bdb:Bdb.run pdb:run doctest:debug_script
code:InteractiveInterpreter.runcode code:interact codeop:compile_command runpy:run_path runpy:run_module runpy:_run_code
idlelib.debugobj:ObjectTreeItem.SetText idlelib.autocomplete:AutoComplete.get_entity idlelib.autocomplete:AutoComplete.fetch_completions idlelib.calltip:Calltip.fetch_tip idlelib.calltip:get_entity idlelib.run:Executive.runcode idlelib.pyshell:ModifiedInterpreter.runcommand idlelib.pyshell:ModifiedInterpreter.runcode
lib2to3.pgen2.grammar:Grammar.loads lib2to3.pgen2.pgen:ParserGenerator.make_label
distutils.file_util:write_file distutils.spawn:spawn ctypes:CDLL ctypes:WinDLL ctypes:cast _ctypes:dlopen
uuid:_get_command_stdout _osx_support:_read_output _osx_support:_find_build_tool _aix_support:_read_cmd_output imaplib:IMAP4_stream _pyrepl.pager:pipe_pager _pyrepl.pager:tempfile_pager test.support.script_helper:assert_python_ok test.support.script_helper:spawn_python test.support:run_code
io:FileIO _io:FileIO io:open _io:open io:open_code codecs:open urllib.request:urlopen urllib.request:urlretrieve urllib:urlopen urllib2:urlopen StringIO:open cStringIO:FileIO
thread:start_new_thread _thread:start_new_thread threading:Thread itertools:imap itertools:starmap SocketServer:TCPServer Tkinter:Tcl tkinter:Tcl _tkinter:create anydbm:open copy_reg:add_extension copyreg:add_extension copyreg:pickle
marshal:loads types:FunctionType types:CodeType pickle:loads pickle:load pickle:_loads _pickle:loads cPickle:loads pickle:Unpickler multiprocessing.reduction:ForkingPickler.loads shelve:open
multiprocessing.util:spawnv_passfds multiprocessing:Process multiprocessing.spawn:_main concurrent.futures:ProcessPoolExecutor
_posixsubprocess:fork_exec _interpreters:run_string _xxsubinterpreters:run_string site:addsitedir site:execsitecustomize atexit:register signal:signal gc:get_objects linecache:getlines difflib:_file_template sys:exit sys:setprofile sys:_getframe
smtplib:SMTP socketserver:TCPServer sqlite3:connect sqlite3.dbapi2:connect ftplib:FTP telnetlib:Telnet poplib:POP3 nntplib:NNTP http.client:HTTPConnection http.server:HTTPServer webbrowser:open antigravity:geohash mailcap:findmatch cgi:test cgitb:enable
functools:partial.__call__ functools:reduce.__call__ functools:singledispatch weakref:finalize
shutil:rmtree shutil:copyfile shutil:move tempfile:mktemp zipfile:ZipFile tarfile:open gzip:open bz2:open lzma:open fileinput:input netrc:netrc zipimport:zipimporter zipapp:create_archive compileall:compile_dir py_compile:compile
dataclasses:make_dataclass collections:namedtuple typing:get_type_hints typing:NamedTuple enum:Enum string:Formatter.vformat inspect:getattr_static inspect:getsource unittest.mock:patch unittest:main
base64:b64decode zlib:decompress binascii:unhexlify codecs:decode bytes:decode urllib.parse:unquote posixpath:basename json:loads operator:concat _operator:concat builtins:str.join builtins:bytes.decode builtins:str.format
xml.sax:parse xml.etree.ElementTree:parse plistlib:load readline:read_init_file rlcompleter:Completer ssl:get_server_certificate select:select selectors:DefaultSelector sched:scheduler queue:Queue mmap:mmap resource:setrlimit syslog:syslog winreg:ConnectRegistry _winapi:CreateProcess msvcrt:open_osfhandle curses:initscr dbm:open dbm.dumb:open optparse:Values.read_file optparse:Values._update configparser:ConfigParser.read mimetypes:init gettext:translation locale:setlocale getpass:getpass textwrap:indent turtle:Screen
glob:os.system random:_os.system codecs:builtins.eval enum:bltns.eval enum:sys.modules.get importlib._bootstrap_external:_os.system pathlib:os.system
builtins:eval.__call__ builtins:print.__self__.eval builtins:__dict__.get collections:__builtins__.get collections:Counter.update.__globals__.get __main__:__builtins__.eval builtins:object.__getattribute__ builtins:object.__reduce_ex__ builtins:type.__call__ builtins:object.__subclasses__
numpy.f2py.crackfortran:getlincoef numpy.f2py.crackfortran:_eval_length numpy.f2py.crackfortran:myeval numpy.f2py.crackfortran:param_eval numpy.f2py.crackfortran:evaluate numpy.testing._private.utils:runstring numpy:load numpy.lib.npyio:load numpy.lib.npyio:os.system numpy:memmap numpy:fromfile numpy:loadtxt numpy:save numpy.__builtins__:eval numpy.ctypeslib:load_library numpy.distutils.exec_command:exec_command numpy.lib.utils:safe_eval numpy:frompyfunc
torch:load torch.serialization:load torch.serialization:pickle.loads torch.hub:load torch.hub:_exec torch.jit:load torch.jit._script:script torch.jit.unsupported_tensor_ops:execWrapper torch.utils.collect_env:run torch.utils.collect_env:run_and_read_all torch.utils.bottleneck.__main__:run_cprofile torch.utils.bottleneck.__main__:run_autograd_prof torch.utils.data.datapipes.utils.decoder:basichandlers torch.utils._config_module:ConfigModule.load_config torch._dynamo.guards:GuardBuilder.get torch.fx.experimental.symbolic_shapes:ShapeEnv.evaluate_guards_expression torch.fx.graph_module:reduce_graph_module torch.fx.graph_module:_exec_with_source torch.storage:_load_from_bytes torch.utils.cpp_extension:load torch.distributed.rpc:rpc_sync torch._C:_jit_decomp torch.package:PackageImporter torch:save
pandas:read_pickle pandas:read_csv pandas.io.parsers.readers:read_csv pandas:eval pandas.core.computation.eval:eval pandas.io.pickle:read_pickle pandas.core.frame:DataFrame.eval pandas.core.frame:DataFrame.to_pickle pandas.io.common:get_handle
joblib:load joblib.numpy_pickle:load joblib.externals.cloudpickle:loads joblib._memmapping_reducer:rebuild_array joblib.parallel:Parallel sklearn.datasets:load_files sklearn.utils._testing:check_subprocess_call sklearn.datasets._base:load_files scipy.io:loadmat scipy.misc:imread scipy.weave:inline
mlflow.projects.backend.local:_run_entry_point keras.models:load_model tensorflow:py_function transformers.utils:import_utils nltk.data:load nltk.app:wordnet sympy:sympify sympy.core.sympify:sympify sympy.utilities.lambdify:lambdify sympy.parsing.sympy_parser:eval_expr statsmodels.iolib.smpickle:load_pickle networkx.readwrite.gpickle:read_gpickle gensim.utils:unpickle gensim.utils:check_output xgboost.core:_load_lib yaml:load yaml:unsafe_load jsonpickle:decode PIL.Image:open PIL.ImageMath:eval requests:get requests.api:request django.core.management:call_command django.template.engine:Engine celery.app.base:Celery.send_task jinja2:Template IPython:start_ipython setuptools:setup cffi:FFI paramiko:SSHClient dask:compute ray:init pyarrow:deserialize
`

func TestGadgets(t *testing.T) {
	cat := catalog.Builtin()
	for gadget := range strings.FieldsSeq(gadgets) {
		module, name, ok := strings.Cut(gadget, ":")
		if !ok {
			t.Fatal(gadget)
		}
		want := lint.Error
		if g := cat.Global(module, name); g.Library == "" && g.Class == catalog.Unknown {
			want = lint.Warning
		}
		for how, code := range map[string]string{
			"called":    lookUp(module, name) + "SHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\n",
			"discarded": lookUp(module, name) + "SHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nPOP\nNONE\n",
			"OBJ":       "MARK\n" + lookUp(module, name) + "SHORT_BINUNICODE 'id'\nOBJ\n",
			"GLOBAL":    fmt.Sprintf("GLOBAL '%s' '%s'\nSHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\n", module, name),
			"INST":      fmt.Sprintf("MARK\nSHORT_BINUNICODE 'id'\nINST '%s' '%s'\n", module, name),
		} {
			_, findings, _ := scanned(recipe.MustAssemble("PROTO 4\n"+code+"STOP\n"), Default)
			if !tells(findings, want, name) {
				t.Errorf("%s %s: no %s that names it: %v", gadget, how, want, ids(findings))
			}
		}
		// Through callables that are allowed.
		for _, by := range []string{"functools partial", "functools reduce", "types GenericAlias"} {
			code := "GLOBAL " + by + "\n" + lookUp(module, name) + "EMPTY_LIST\nTUPLE2\nREDUCE\n"
			if _, findings, _ := scanned(recipe.MustAssemble("PROTO 4\n"+code+"STOP\n"), Default); !tells(findings, lint.Warning, name) {
				t.Errorf("%s through %s: %v", gadget, by, ids(findings))
			}
		}
	}
}

// tells reports whether a finding of that severity or worse names the callable,
// or the walk that leads there.
func tells(findings []*lint.Finding, want lint.Severity, name string) bool {
	for _, f := range findings {
		if f.Severity >= want && (strings.Contains(f.Callable, name) || strings.Contains(f.Message, name)) {
			return true
		}
	}
	return false
}

// stdlibPy lists what can be called in the standard library, module by module,
// without importing what opens windows or browsers.
const stdlibPy = `
import sys, importlib, pkgutil, warnings, io
warnings.simplefilter("ignore")
skip = {"antigravity", "this", "idlelib", "turtledemo", "test", "lib2to3", "tkinter", "turtle", "__main__"}
mods = set(n for n in sys.stdlib_module_names if n not in skip)
for n in sorted(mods):
    try:
        m = importlib.import_module(n)
    except BaseException:
        continue
    for s in pkgutil.iter_modules(getattr(m, "__path__", None) or []):
        if s.name not in ("__main__", "tests") and n not in ("encodings", "ensurepip"):
            mods.add(n + "." + s.name)
for n in sorted(mods):
    try:
        m = importlib.import_module(n)
    except BaseException:
        continue
    for k, v in sorted(vars(m).items()):
        if callable(v):
            sys.stdout.write(n + ":" + k + "\n")
for n in sorted(sys.stdlib_module_names):
    sys.stdout.write(n + ":anything\n")
sys.stdout.flush()
`

// gone are modules that some release had: of 2.7, before 3.11, and later ones.
const gone = `
_osx_support _aix_support _pyrepl _pyrepl.pager test.support test.support.script_helper idlelib.run lib2to3.main distutils.core distutils.command.build_ext turtledemo.clock tkinter.filedialog
asynchat asyncore smtpd imp aifc audioop cgi cgitb chunk crypt imghdr mailcap msilib nis nntplib ossaudiodev pipes sndhdr spwd sunau telnetlib uu xdrlib formatter parser symbol macpath binhex dummy_threading _dummy_thread
__builtin__ commands popen2 cPickle copy_reg StringIO cStringIO urllib2 urlparse httplib Cookie cookielib BaseHTTPServer SimpleHTTPServer CGIHTTPServer SocketServer xmlrpclib SimpleXMLRPCServer DocXMLRPCServer Queue ConfigParser HTMLParser htmlentitydefs robotparser thread dummy_thread anydbm dbhash dumbdbm gdbm whichdb bsddb Tkinter Tix ScrolledText tkMessageBox tkFileDialog exceptions new sets md5 sha rexec user ihooks imputil compiler hotshot dircache fpformat htmllib sgmllib mhlib mimetools MimeWriter mimify multifile mutex posixfile rfc822 stringold stat statvfs toaiff linuxaudiodev sunaudio audiodev UserDict UserList UserString _winreg itertools future_builtins
compression compression.zstd annotationlib concurrent.interpreters string.templatelib pathlib._local pathlib.types _interpreters _interpchannels _interpqueues _pyrepl.console profiling profiling.sampling _remote_debugging _zstd _hmac _colorize _types _py_warnings _pylong _apple_support _android_support _ios_support _opcode_metadata _strptime _sysconfig _py_abc _pydatetime _pydecimal _suggestions _testexternalinspection _testlimitedcapi _testsinglephase _uuid _contextvars _statistics _lzma _asyncio _elementtree _locale _opcode _tokenize _typing _tracemalloc _warnings _weakref _sha2 _blake2 _md5 _crypt _datetime _decimal _json _curses_panel _overlapped _msi _scproxy _queue _zoneinfo _wmi
`

func TestStandardLibraryIsErrors(t *testing.T) {
	cat := catalog.Builtin()
	names := strings.Fields(string(bytes.ToValidUTF8(python(t, stdlibPy), nil)))
	if len(names) < 5000 {
		t.Fatalf("only %d names", len(names))
	}
	for module := range strings.FieldsSeq(gone) {
		names = append(names, module+":anything")
	}
	bad := 0
	for _, n := range names {
		module, name, ok := strings.Cut(n, ":")
		if !ok || cat.Global(module, name).Class == catalog.Allowed {
			continue
		}
		code := "PROTO 4\n" + lookUp(module, name) + "SHORT_BINUNICODE 'id'\nTUPLE1\nREDUCE\nSTOP\n"
		if _, findings, _ := scanned(recipe.MustAssemble(code), Default); !tells(findings, lint.Error, name) {
			if bad++; bad <= 50 {
				t.Errorf("%s: %v", n, ids(findings))
			}
		}
	}
	if bad > 50 {
		t.Errorf("and %d more", bad-50)
	}
}
