package taint

import "strings"

// What functions do with what they are given, by the last word of their name: code
// renames them seldom, and no list of libraries would be long enough.

// stops are functions whose result carries nothing that could be loaded or opened.
var stops = map[string]bool{
	"int": true, "float": true, "bool": true, "len": true, "ord": true, "hash": true, "id": true, "isinstance": true, "round": true,
	"abs": true, "compare_digest": true, "uuid4": true, "uuid1": true, "UUID": true, "mkstemp": true, "mkdtemp": true,
	"dumps": true, "TemporaryDirectory": true, "time": true, "exists": true, "isfile": true, "isdir": true, "getsize": true, "type": true, "range": true,
}

// digests give a name that nobody chooses.
var digests = map[string]bool{
	"hexdigest": true, "digest": true, "md5": true, "sha1": true, "sha224": true, "sha256": true, "sha384": true, "sha512": true, "blake2b": true,
	"blake2s": true, "crc32": true, "adler32": true, "uuid3": true, "uuid5": true,
}

// openers open the file at a path, which is the argument of that number.
var openers = map[string]int{
	"open": 0, "FileIO": 0, "GzipFile": 0, "BZ2File": 0, "LZMAFile": 0, "ZipFile": 0, "TarFile": 0, "memmap": 0, "GFile": 0, "fopen": 0,
	"file": 0, "AIOFile": 0, "async_open": 0, "open_file": 0, "fromfile": 0, "getline": 0, "getlines": 0,
}

// archives are openers that take a file that is open as well.
var archives = map[string]bool{"GzipFile": true, "BZ2File": true, "LZMAFile": true, "ZipFile": true, "TarFile": true, "fromfile": true}

// pathMethods are methods of a path that open it.
var pathMethods = map[string]bool{"open": true, "read_bytes": true, "read_text": true}

// ofPaths make a path or a text of others.
var ofPaths = map[string]bool{
	"join": true, "abspath": true, "realpath": true, "normpath": true, "expanduser": true, "expandvars": true, "fspath": true, "basename": true,
	"dirname": true, "split": true, "splitext": true, "relpath": true, "normcase": true, "Path": true, "PurePath": true, "PosixPath": true,
	"PurePosixPath": true, "WindowsPath": true, "joinpath": true, "safe_join": true, "secure_filename": true, "str": true, "format": true, "quote": true,
	"unquote": true, "unquote_plus": true, "strip": true, "lower": true, "upper": true, "replace": true, "with_suffix": true, "with_name": true, "glob": true, "iglob": true,
	"rglob": true, "listdir": true, "scandir": true, "iterdir": true, "walk": true, "sorted": true, "list": true, "max": true, "min": true, "next": true, "iter": true,
	"reversed": true, "enumerate": true, "zip": true, "tuple": true, "set": true, "filter": true, "fsdecode": true, "fsencode": true, "get_valid_filename": true, "get_valid_name": true,
	"sanitize_filename": true, "move": true, "copy": true, "copyfile": true, "copy2": true, "getattr": true, "repr": true, "sub": true, "urlparse": true, "vars": true,
	"encode": true, "decode": true, "run": true, "main": true, "map": true, "chain": true, "AnyPath": true, "path": true, "to_thread": true,
}

// paths make what is a path and nothing that could be decoded.
var paths = map[string]bool{
	"Path": true, "PurePath": true, "PosixPath": true, "PurePosixPath": true, "WindowsPath": true, "joinpath": true, "with_suffix": true, "with_name": true,
	"abspath": true, "realpath": true, "expanduser": true, "basename": true, "dirname": true, "secure_filename": true, "safe_join": true, "glob": true, "rglob": true,
	"iterdir": true, "listdir": true,
}

// homes are variables of the environment that name the directory of a user, of a program
// or of an environment of Python.
var homes = map[string]bool{
	"HOME": true, "USERPROFILE": true, "APPDATA": true, "LOCALAPPDATA": true, "PWD": true, "USER": true, "LOGNAME": true, "USERNAME": true, "VIRTUAL_ENV": true,
	"CONDA_PREFIX": true, "PATH": true, "PROGRAMDATA": true, "HOMEPATH": true, "HOMEDRIVE": true, "HOSTNAME": true, "TMPDIR": true, "TEMP": true, "TMP": true,
}

// narrows keep a path in its directory, and leave open which file of it.
var narrows = map[string]bool{
	"secure_filename": true, "basename": true, "safe_join": true, "get_valid_filename": true, "sanitize_filename": true,
}

// wraps make an open file, or bytes, of bytes.
var wraps = map[string]bool{
	"BytesIO": true, "StringIO": true, "BufferedReader": true, "b64decode": true, "urlsafe_b64decode": true, "standard_b64decode": true, "b32decode": true, "b16decode": true,
	"b85decode": true, "a85decode": true, "unhexlify": true, "a2b_base64": true, "a2b_hex": true, "fromhex": true, "decompress": true, "decodebytes": true,
	"decodestring": true, "bytes": true, "bytearray": true, "memoryview": true, "read": true, "getvalue": true, "getbuffer": true, "frombuffer": true, "decrypt": true,
	"TextIOWrapper": true, "mmap": true, "get_list": true, "loads": true, "recv": true, "get_data": true, "readline": true, "readexactly": true, "makefile": true, "tobytes": true, "SpooledTemporaryFile": true,
}

// lookUps begin the names of functions that look something up by what they are given.
var lookUps = []string{"get", "fetch", "find", "lookup", "query", "select", "load", "retrieve", "download", "pop", "read", "hget", "mget", "search", "execute", "filter", "open"}

// looksUp reports a function whose result is not made of its arguments.
func looksUp(name string) bool {
	name = strings.ToLower(strings.TrimLeft(name, "_"))
	for _, begin := range lookUps {
		if rest, ok := strings.CutPrefix(name, begin); ok && !strings.HasPrefix(rest, "s") {
			return true
		}
	}
	return false
}
