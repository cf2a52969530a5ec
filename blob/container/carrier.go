package container

import "bytes"

// carriers are formats in which programs keep pickles and that this package does
// not take apart: databases of the dbm family, which shelve uses, stores of keys
// and values, and tables with a column of objects. Their values stand in the file
// as they are, so that whoever looks for pickles there finds them by searching.
// Each magic is long enough, or far enough into the file, to be no accident.
var carriers = []struct {
	name  string
	at    int
	magic string
}{
	// gdbm: src/gdbmconst.h, for 32 and 64 bits, in both orders of bytes.
	{"gdbm", 0, "\xce\x9a\x57\x13"}, {"gdbm", 0, "\x13\x57\x9a\xce"},
	{"gdbm", 0, "\xcd\x9a\x57\x13"}, {"gdbm", 0, "\x13\x57\x9a\xcd"},
	{"gdbm", 0, "\xcf\x9a\x57\x13"}, {"gdbm", 0, "\x13\x57\x9a\xcf"},
	{"gdbm", 0, "\xd0\x9a\x57\x13"}, {"gdbm", 0, "\x13\x57\x9a\xd0"},
	{"gdbm", 0, "\xd1\x9a\x57\x13"}, {"gdbm", 0, "\x13\x57\x9a\xd1"},
	// Hash and btree of Berkeley DB 1.85, which is ndbm on BSD and macOS.
	{"berkeley-db", 0, "\x61\x15\x06\x00"}, {"berkeley-db", 0, "\x00\x06\x15\x61"},
	{"berkeley-db", 0, "\x62\x31\x05\x00"}, {"berkeley-db", 0, "\x00\x05\x31\x62"},
	// LMDB (lmdb.h): the magic stands behind the header of the first page, and
	// behind it is the version of the data.
	{"lmdb", 16, "\xde\xc0\xef\xbe\x01\x00\x00\x00"}, {"lmdb", 12, "\xde\xc0\xef\xbe\x01\x00\x00\x00"},
	{"lmdb", 16, "\xbe\xef\xc0\xde\x00\x00\x00\x01"},
	{"tdb", 0, "TDB file\n"},
	{"tokyocabinet", 0, "ToKyO CaBiNeT\n"},
	{"kyotocabinet", 0, "KC\n\x00"},
	// ZODB's FileStorage is a sequence of pickles with headers between them.
	{"zodb", 0, "FS21"}, {"zodb", 0, "FS30"},
	// PyTables keeps objects in attributes and arrays of HDF5.
	{"hdf5", 0, "\x89HDF\r\n\x1a\n"},
	{"arrow", 0, "ARROW1\x00\x00"}, {"feather", 0, "FEA1"}, {"parquet", 0, "PAR1"}, {"avro", 0, "Obj\x01"},
}

// Carrier returns the word for the format of a file that begins with head, if it
// is one in which pickles are kept as they are and that is none of [Formats].
func Carrier(head []byte) (name string, ok bool) {
	for _, c := range carriers {
		if len(head) >= c.at && bytes.HasPrefix(head[c.at:], []byte(c.magic)) {
			return c.name, true
		}
	}
	return "", false
}
