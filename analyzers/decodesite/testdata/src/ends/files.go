package ends

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
)

type Job struct{ Name string }

type Box[T any] struct{ Value T }

const index = "index.gob"

var spool = "spool"

func literal(jobs []Job) error {
	f, err := os.Create("out/jobs.gob")
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewEncoder(f).Encode(jobs) // want `dump gob ends.Job file "out/jobs.gob" literal via os.Create`
}

func constant(dir string) (m map[string]Job, err error) {
	f, err := os.Open(filepath.Join(dir, "cache", index))
	if err != nil {
		return nil, err
	}
	err = gob.NewDecoder(bufio.NewReader(f)).Decode(&m) // want `site gob file "\*/cache/index.gob" format via os.Open`
	return m, err
}

// Everybody may call this.
func Load(dir string) (map[string]Job, error) { return constant(dir) }

func format(day int, box *Box[Job]) error {
	name := fmt.Sprintf("%s/day-%d.gob.gz", spool, day)
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	z := gzip.NewWriter(f)
	defer z.Close()
	enc := gob.NewEncoder(z)
	return enc.Encode(box) // want `dump gob ends.Box,ends.Job file "spool/day-\*.gob.gz" format via os.OpenFile`
}

func whole() (j Job, err error) {
	data, err := os.ReadFile("./state//job.gob")
	if err != nil {
		return j, err
	}
	err = gob.NewDecoder(bytes.NewReader(data)).Decode(&j) // want `site gob file "state/job.gob" literal via os.ReadFile`
	return j, err
}

func buffered(j *Job) error {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(j); err != nil { // want `dump gob ends.Job file "state/job.gob" literal via os.WriteFile`
		return err
	}
	return os.WriteFile("state/job.gob", buf.Bytes(), 0o600)
}

// The writer comes in, and all who call are in sight.
func encode(w io.Writer, v any) error {
	return gob.NewEncoder(w).EncodeValue(reflect.ValueOf(v)) // want `dump gob ends.Job file "one.gob" constant via os.Create`
}

func callsEncode() error {
	const name = "one.gob"
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return encode(f, Job{})
}

// What it is called with is not all in sight.
func Encode(w io.Writer, v any) error {
	return gob.NewEncoder(w).Encode(v) // want `dump gob unknown ""`
}

// Of several names what they have in common is the name.
func several(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return gob.NewEncoder(f).Encode(1) // want `dump gob file "spool/\*.gob" format via os.Create`
}

func callsSeveral() {
	several("spool/users.gob")
	several("spool/orders.gob")
}

func nothingInCommon(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	return gob.NewEncoder(f).Encode(1) // want `dump gob file "\*" via os.Create`
}

func callsNothingInCommon() {
	nothingInCommon("users")
	nothingInCommon("orders")
}

// What never leaves the process goes through nothing.
func clone(src, dst *Job) error {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(src); err != nil { // want `dump gob ends.Job nowhere`
		return err
	}
	return gob.NewDecoder(&buf).Decode(dst) // want `site gob nowhere`
}

type store struct {
	dir string
	enc *gob.Encoder
	buf bytes.Buffer
}

func open(dir string) (*store, error) {
	f, err := os.Create(filepath.Join(dir, "store.gob"))
	if err != nil {
		return nil, err
	}
	return &store{dir: dir, enc: gob.NewEncoder(f)}, nil
}

func callsOpen() (*store, error) { return open("/var/lib/app") }

func (s *store) put(j Job) error {
	return s.enc.Encode(j) // want `dump gob ends.Job file "/var/lib/app/store.gob" constant via os.Create`
}

func (s *store) collect(j Job) error {
	return gob.NewEncoder(&s.buf).Encode(j) // want `dump gob ends.Job file "/var/lib/app/collected" constant via os.WriteFile`
}

func (s *store) flush() error {
	return os.WriteFile(s.dir+"/collected", s.buf.Bytes(), 0o600)
}

func (s *store) load(v any) error {
	f, err := os.Open(s.dir + "/collected")
	if err != nil {
		return err
	}
	defer f.Close()
	return gob.NewDecoder(f).Decode(v) // want `site gob file "/var/lib/app/collected" constant via os.Open`
}

func streams() {
	var v any
	gob.NewDecoder(os.Stdin).Decode(&v)                             // want `site gob process "" via os.Stdin`
	gob.NewEncoder(os.Stdout).Encode(v)                             // want `dump gob process "" via os.Stdout`
	gob.NewEncoder(io.MultiWriter(os.Stdout, io.Discard)).Encode(1) // want `dump gob process "" via os.Stdout`
}

// Nothing shows the file, but that it is one.
func given(f *os.File) error {
	return gob.NewEncoder(f).Encode(Job{}) // want `dump gob ends.Job file "\*" via os.File`
}

// Exported, as if others called it.
var Given = given

// What is written under another name has the one that it is given in the end.
func renamed(j Job) error {
	f, err := os.CreateTemp("", "job")
	if err != nil {
		return err
	}
	if err := gob.NewEncoder(f).Encode(j); err != nil { // want `dump gob ends.Job file "final/job.gob" literal via os.CreateTemp`
		return err
	}
	return os.Rename(f.Name(), "final/job.gob")
}

func renamedBytes(dir string, j Job) error {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(j); err != nil { // want `dump gob ends.Job file "\*/all.gob" format via os.WriteFile`
		return err
	}
	path := filepath.Join(dir, "all.gob")
	if err := os.WriteFile(path+".tmp", buf.Bytes(), 0o600); err != nil {
		return err
	}
	return os.Rename(path+".tmp", path)
}

// Another file is renamed.
func other(j Job) error {
	f, err := os.Create("kept.gob")
	if err != nil {
		return err
	}
	if err := gob.NewEncoder(f).Encode(j); err != nil { // want `dump gob ends.Job file "kept.gob" literal via os.Create`
		return err
	}
	return os.Rename("a", "b")
}
