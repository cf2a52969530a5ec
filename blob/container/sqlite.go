package container

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"
)

// SQLite is the database file format of SQLite 3
// (https://www.sqlite.org/fileformat2.html): caches and object stores keep
// pickles in a column (diskcache, Django's db cache, SQLAlchemy's PickleType,
// dbm.sqlite3). The members are the values of all rows that are bytes or text.
//
// What SQLite would answer from is read: the trees of tables and of indexes,
// since a query may take a value from an index alone, and the literals of the
// schema, since a row that is too short gets its column's default. What a view
// or a generated column computes is not. Freed pages are no part of any answer.
type SQLite struct{}

const sqliteMagic = "SQLite format 3\x00"

// sqliteJournal is the magic of the file beside a database from which SQLite puts
// pages back when it opens it, if a transaction was not finished.
const sqliteJournal = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"

const (
	// sqliteDamaged is how many damaged pages and rows of a database are told
	// before it is given up. An honest database has none.
	sqliteDamaged = 100
	// sqliteSQL is how much of a schema statement is read, in bytes.
	sqliteSQL = 1 << 20
	// sqliteColumns is the most columns that SQLite can be built for.
	sqliteColumns = 32767
	// shortValue: what is shorter cannot be a pickle.
	shortValue = 2
	// shortLiteral: constants of a schema that are shorter run nothing.
	shortLiteral = 8
)

// Name implements [Format].
func (SQLite) Name() string { return "sqlite" }

// Traits implements [Format].
func (SQLite) Traits() Traits { return Traits{} }

// Recognise implements [Format].
func (SQLite) Recognise(head []byte, _ Data) bool {
	return strings.HasPrefix(string(head), sqliteMagic) || strings.HasPrefix(string(head), sqliteJournal)
}

// Members implements [Format].
func (SQLite) Members(data Data, b *Budget) iter.Seq2[Member, error] {
	return func(yield func(Member, error) bool) {
		f, err := openSQLite(data)
		if err != nil {
			yield(problem("sqlite: %w", err))
			return
		}
		w := &sqliteWalk{sqliteFile: f, budget: b, yield: yield}
		f.mark(1)
		w.tree("sqlite_schema", 1, w.schema)
		if m, ok := restOf(data, f.size, f.end, f.size); ok && f.end > 0 {
			w.send(m, nil)
		}
	}
}

// openSQLite reads the header.
func openSQLite(data Data) (*sqliteFile, error) {
	size, err := data.Size()
	if err != nil && size == 0 {
		return nil, err
	}
	var h [100]byte
	err = readAt(data, h[:], 0)
	if strings.HasPrefix(string(h[:]), sqliteJournal) {
		return nil, errors.New("a rollback journal is not read: let SQLite open its database first")
	}
	if err != nil {
		return nil, err
	}
	page := int(binary.BigEndian.Uint16(h[16:]))
	if page == 1 {
		page = 1 << 16
	}
	usable := page - int(h[20])
	if page < 512 || page&(page-1) != 0 || usable < 480 {
		return nil, fmt.Errorf("pages of %d bytes with %d in reserve are none that SQLite reads", page, h[20])
	}
	pages := (size + int64(page) - 1) / int64(page)
	f := &sqliteFile{data: data, size: size, page: page, usable: usable, pages: uint32(min(pages, math.MaxUint32-1)), seen: map[uint32]*[8]uint64{}}
	f.encoding(h[:])
	// The number of pages counts if the one who wrote it was the last to change
	// the database ("In-header database size").
	if string(h[24:28]) == string(h[92:96]) {
		f.end = int64(binary.BigEndian.Uint32(h[28:])) * int64(page)
	}
	return f, nil
}

// encoding reads how text is written from the header of a database.
func (f *sqliteFile) encoding(header []byte) {
	switch binary.BigEndian.Uint32(header[56:]) {
	case 2:
		f.wide = binary.LittleEndian
	case 3:
		f.wide = binary.BigEndian
	}
}

// sqliteWalk walks the trees of one database.
type sqliteWalk struct {
	*sqliteFile
	budget  *Budget
	yield   func(Member, error) bool
	stopped bool // nobody wants more, or a bound is hit
	damaged int
}

func (w *sqliteWalk) send(m Member, err error) {
	if !w.stopped && !w.yield(m, err) {
		w.stopped = true
	}
}

// stop tells why nothing more is read.
func (w *sqliteWalk) stop(err error) {
	w.send(problem("sqlite: %w", err))
	w.stopped = true
}

// bad tells that something cannot be read.
func (w *sqliteWalk) bad(format string, args ...any) {
	if w.damaged++; w.damaged > sqliteDamaged {
		w.stop(fmt.Errorf("%w: more than %d damaged places, and the rest is not read", ErrLimit, sqliteDamaged))
		return
	}
	w.send(problem("sqlite: "+format, args...))
}

// schema takes a row of sqlite_schema: type, name, tbl_name, rootpage, sql.
func (w *sqliteWalk) schema(_ int64, p *sqlitePayload) {
	values, err := p.values()
	if err != nil {
		w.bad("a row of the schema: %w", err)
	}
	if len(values) < 4 {
		return
	}
	name := w.text(p, values[1], maxStoreName)
	var sql string
	if len(values) > 4 {
		if values[4].size > sqliteSQL {
			w.bad("a schema statement of %d bytes is not fully read", values[4].size)
		}
		sql = w.text(p, values[4], sqliteSQL)
	}
	w.literals(name, sql)
	root, ok := w.integer(p, values[3])
	if !ok { // SQLite takes digits, too
		n, err := strconv.ParseInt(w.text(p, values[3], 20), 10, 64)
		root, ok = n, err == nil
	}
	switch {
	case w.stopped || ok && root == 0: // a view, a trigger or a virtual table has no tree
		return
	case !ok || root < 1 || root > int64(w.pages):
		w.bad("the tree of %q begins outside the file", name)
		return
	case !w.mark(uint32(root)):
		w.bad("page %d, where the tree of %q begins, is in another tree, too", root, name)
		return
	}
	// A table WITHOUT ROWID and an index have their columns in another order.
	columns := sqlColumns(sql)
	w.tree(name, uint32(root), func(row int64, p *sqlitePayload) { w.values(name, columns, row, p) })
}

// values hands out the values of a row that are bytes or text.
func (w *sqliteWalk) values(name string, columns []string, row int64, p *sqlitePayload) {
	values, err := p.values()
	if err != nil {
		w.bad("%s, row %d: %w", name, row, err)
	}
	for i := range values {
		v := &values[i]
		if v.size < shortValue || !v.bytes() {
			continue
		}
		if err := w.budget.value(); err != nil {
			w.stop(err)
			return
		}
		column := strconv.Itoa(i)
		if i < len(columns) && p.table {
			column = columns[i]
		}
		m := Member{Name: name + "/" + strconv.FormatInt(row, 10) + "/" + column, Data: section(p, p.size, v.off, v.size), Value: true}
		if v.text() && w.wide != nil {
			m.Data = newSpool(m.Data, v.size, w.narrow, w.budget)
		}
		w.send(m, nil)
		if w.stopped {
			return
		}
	}
}

// tree hands out the rows of the tree whose root is page root. Rows of an index
// tree are counted instead of numbered.
func (w *sqliteWalk) tree(name string, root uint32, row func(id int64, p *sqlitePayload)) {
	todo := []uint32{root}
	var count int64
	for len(todo) > 0 && !w.stopped {
		if err := w.budget.Err(); err != nil {
			w.stop(err)
			return
		}
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		h, err := w.header(n)
		if err != nil {
			w.bad("%s: %w", name, err)
			continue
		}
		used := 0
		below := len(todo)
		for i := 0; i <= h.cells && !w.stopped; i++ {
			c, err := w.cell(n, h, i)
			if err != nil {
				w.bad("%s: page %d, cell %d: %w", name, n, i, err)
				continue
			}
			if c.child != 0 {
				if !w.mark(c.child) {
					w.bad("%s: page %d, below page %d, is in a tree already, or outside the file", name, c.child, n)
				} else {
					todo = append(todo, c.child)
				}
			}
			if c.payload == nil {
				continue
			}
			if used += c.payload.local; used > w.page {
				w.bad("%s: page %d: cells overlap, and the rest of the page is not read", name, n)
				break
			}
			count++
			if !c.payload.table {
				c.row = count
			}
			row(c.row, c.payload)
		}
		// The first child next.
		for i, j := below, len(todo)-1; i < j; i, j = i+1, j-1 {
			todo[i], todo[j] = todo[j], todo[i]
		}
	}
}
