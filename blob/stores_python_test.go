package blob

import (
	"encoding/hex"
	"strings"
	"testing"
)

// storesPy writes databases as Python's own libraries do: for each the rule that
// is expected or nothing, the name, and the file.
const storesPy = `
import sys, sqlite3, pickle, base64, os, tempfile, shelve, dbm.dumb, struct, zlib
evil = bytes.fromhex("EVIL")
out = sys.stdout.buffer
dir = tempfile.mkdtemp()
def record(*fields):
    for x in fields:
        if isinstance(x, str): x = x.encode()
        out.write(struct.pack("<I", len(x)) + x)
def database(name, want, *statements, page=4096, encoding="UTF-8", reserve=None, wal=False):
    path = os.path.join(dir, "db")
    for f in (path, path + "-wal", path + "-shm"):
        if os.path.exists(f): os.remove(f)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma page_size=%d" % page)
    db.execute("pragma encoding='%s'" % encoding)
    if wal:
        db.execute("pragma journal_mode=wal")
        db.execute("pragma wal_autocheckpoint=0")
    db.execute("begin")
    for s in statements:
        if isinstance(s, str): db.execute(s)
        elif isinstance(s[1], list): db.executemany(*s)
        else: db.execute(*s)
    db.execute("commit")
    if wal:
        record("", name, open(path, "rb").read())
        record(want, name + ", the log", open(path + "-wal", "rb").read())
        return
    db.close()
    record(want, name, open(path, "rb").read())
good = pickle.dumps({"a": [1, 2, 3]}, 4)
big = pickle.dumps(["x" * 50000], 4)[:-1] + b"0" + evil[2:]
nested = pickle.dumps([os.urandom(300000), "end"], 5)
for page in (512, 1024, 4096, 65536):
    for n in (1, 400, 473, 474, 475, 476, 477, 500, 986, 4000, 4053, 4054, 4057, 4058, 4060, 4061, 4062, 8150, 65400, 65497, 65501, 65502, 70000):
        p = pickle.dumps(b"y" * n, 4)[:-1] + b"0" + evil[2:]
        database("payload of %d in pages of %d" % (n, page), "PKL101", "create table t(v)", ("insert into t values(?)", (p,)), page=page)
        database("without rowid, %d in pages of %d" % (n, page), "PKL101", "create table t(k primary key, v) without rowid", ("insert into t values(1,?)", (p,)), page=page)
database("many rows", "PKL101", "create table t(id integer primary key, a text, v blob)", ("insert into t values(?,?,?)", [(i, "text %d" % i, evil if i == 11000 else good) for i in range(12000)]), page=512)
database("many rows, honest", "", "create table t(id integer primary key, a text, v blob)", ("insert into t values(?,?,?)", [(i, "text %d" % i, good) for i in range(12000)]), page=512)
database("honest", "", "create table t(v)", "create index i on t(v)", "create view w as select v from t", ("insert into t values(?)", [(good,), (nested,), (None,), (1.5,), (2**62,), ("text",), ("",), (b"",), (base64.b64encode(good).decode(),), (zlib.compress(nested),)]))
for enc in ("UTF-16le", "UTF-16be"):
    database("text in " + enc, "PKL101", "create table t(k, v text)", ("insert into t values('\U0001f600', ?)", (base64.encodebytes(evil).decode(),)), encoding=enc)
    database("bytes in " + enc, "PKL101", "create table \"a table\"(k, v text)", ("insert into \"a table\" values('k', ?)", (evil,)), encoding=enc)
database("only in the index", "PKL101", "create table t(k, v)", "create index i on t(k, v)", ("insert into t values(1, ?)", (evil,)), "pragma writable_schema=1", "update sqlite_schema set rootpage=0, sql='create view t as select 1', type='view' where name='t'")
database("root as text", "PKL101", "create table t(k, v)", ("insert into t values(1, ?)", (evil,)), "pragma writable_schema=1", "update sqlite_schema set rootpage=cast('2' as text)")
database("default", "PKL101", "create table t(k)", "insert into t values(1)", "alter table t add column v default x'" + evil.hex() + "'")
database("default, text", "PKL101", "create table t(k)", "insert into t values(1)", "alter table t add column v default '" + base64.b64encode(evil).decode() + "'")
database("view", "PKL101", "create view t as select X'" + evil.hex() + "' as v")
database("deleted", "", "create table t(v)", ("insert into t values(?)", [(good * 200,)] * 100), "delete from t where rowid > 3")
database("empty", "")
database("a log", "", "create table t(v)", ("insert into t values(?)", [(good,)] * 300), wal=True)
database("a log with a payload", "PKL101", "create table t(v)", ("insert into t values(?)", [(good,), (evil,)]), wal=True)
database("a log with a long payload", "PKL101", "create table t(v)", ("insert into t values(?)", [(nested,), (big,)]), wal=True)
database("a log with payloads in many transactions", "PKL101", "create table t(k integer primary key, v)", *[s for i in range(50) for s in (("insert into t values(?, ?)", (i, nested if i % 2 else pickle.dumps("x" * i * 99))), "commit", "begin")], ("update t set v = ? where k = 7", (big,)), wal=True, page=1024)
database("a log in many transactions", "", "create table t(k integer primary key, v)", *[s for i in range(50) for s in (("insert into t values(?, ?)", (i, pickle.dumps("x" * i * 99))), ("update t set v = ? where k = ?", (nested, i // 2)), "commit", "begin")], wal=True)
database("a log of text in UTF-16", "PKL101", "create table t(v text)", ("insert into t values(?)", (base64.encodebytes(evil).decode(),)), encoding="UTF-16le", wal=True)
database("a log of an index", "PKL101", "create table t(k primary key, v) without rowid", ("insert into t values(?, ?)", [(i, evil if i == 150 else good) for i in range(300)]), wal=True, page=512)
database("a log of rows that go on in the database", "skip", "create table t(v)", ("insert into t values(?)", (nested,)), "commit", "pragma wal_checkpoint(restart)", "begin", ("insert into t values(?)", (good,)), wal=True)
database("a log after a payload was moved", "", "create table t(v)", ("insert into t values(?)", [(evil,)] * 100), "delete from t", "commit", "pragma wal_checkpoint(restart)", "begin", ("insert into t values(?)", (good,)), wal=True)
database("dbm.sqlite3", "PKL101", "CREATE TABLE IF NOT EXISTS Dict (key BLOB UNIQUE NOT NULL, value BLOB NOT NULL)", ("INSERT INTO Dict VALUES(?,?)", [(b"k", good), (b"l", evil)]))
database("diskcache", "PKL101", "CREATE TABLE Cache (rowid INTEGER PRIMARY KEY, key BLOB, raw INTEGER, store_time REAL, expire_time REAL, access_time REAL, access_count INTEGER DEFAULT 0, tag BLOB, size INTEGER DEFAULT 0, mode INTEGER DEFAULT 0, filename TEXT, value BLOB)",
    "CREATE UNIQUE INDEX Cache_key_raw ON Cache(key, raw)", ("insert into Cache(key, raw, value) values(?,?,?)", [("k", 1, good), ("l", 1, evil)]))
database("django", "PKL101", "CREATE TABLE cache (cache_key varchar(255) NOT NULL PRIMARY KEY, value text NOT NULL, expires datetime NOT NULL)", ("insert into cache values(?,?,'2026-01-01')", [(":1:a", base64.b64encode(good).decode()), (":1:b", base64.b64encode(evil).decode())]))
for hostile in (False, True):
    path = os.path.join(dir, "shelf%d" % hostile)
    d = dbm.dumb.open(path, "n"); s = shelve.Shelf(d)
    for i in range(50): s["k%d" % i] = list(range(i * 20))
    for i in range(0, 50, 3): s["k%d" % i] = i
    if hostile: d["evil"] = evil
    for i in range(0, 50, 7): s["k%d" % i] = list(range(i * 40))
    s.close()
    record("PKL101" if hostile else "", "dbm.dumb", open(path + ".dat", "rb").read())
    record("", "dbm.dumb index", open(path + ".dir", "rb").read())
`

func TestStoresOfPython(t *testing.T) {
	//picklelint:trust boundary=process reason="the shelves are written by the script itself, and are stores for this test"
	recs := records(t, python(t, strings.ReplaceAll(storesPy, "EVIL", hex.EncodeToString(evil))))
	if len(recs) < 600 {
		t.Fatalf("only %d records", len(recs))
	}
	for i := 0; i < len(recs); i += 3 {
		_, findings, skips := unnamed(recs[i+2])
		var got string
		switch {
		case len(skips) > 0 && string(recs[i]) == "skip":
			got = "skip"
		case len(skips) > 0:
			got = skips[0].Reason
		case len(findings) > 0:
			got = findings[0].Rule
		}
		if want := string(recs[i]); got != want {
			t.Errorf("%s: %q, want %q", recs[i+1], got, want)
		}
	}
}
