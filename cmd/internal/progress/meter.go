package progress

import (
	"sync"
	"time"
)

// Meter counts what a run has done. It is safe for concurrent use.
type Meter struct {
	mu    sync.Mutex
	now   func() time.Time
	begin time.Time
	state State
	// open are the jobs that have begun and not ended, oldest first.
	open []*Job
}

// State is what a meter shows.
type State struct {
	// Files are done; Total of them are known. Listing: there may be more.
	Files, Total int
	Listing      bool
	// Bytes is the size of the files that are done.
	Bytes    int64
	Findings int
	// Since is how long the run has taken.
	Since time.Duration
	// Current is the oldest job that has not ended, or "", and Age is how long
	// it has taken.
	Current string
	Age     time.Duration
}

// Job is one file that is looked at, or something else that takes time.
type Job struct {
	meter *Meter
	name  string
	begin time.Time
}

// NewMeter returns a meter whose time begins now.
func NewMeter() *Meter { return newMeter(time.Now) }

func newMeter(now func() time.Time) *Meter {
	return &Meter{now: now, begin: now(), state: State{Listing: true}}
}

// Found says how many files are known while they are still being listed.
func (m *Meter) Found(files int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.state.Total = files
}

// Listed says how many files there are.
func (m *Meter) Listed(files int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.state.Total, m.state.Listing = files, false
}

// Begin begins a job.
func (m *Meter) Begin(name string) *Job {
	m.mu.Lock()
	defer m.mu.Unlock()
	j := &Job{m, name, m.now()}
	m.open = append(m.open, j)
	return j
}

// Done ends the job of a file of so many bytes, with so many findings.
func (j *Job) Done(bytes int64, findings int) {
	j.end(func(s *State) {
		s.Files++
		s.Bytes += bytes
		s.Findings += findings
	})
}

// End ends a job that is no file.
func (j *Job) End(findings int) {
	j.end(func(s *State) { s.Findings += findings })
}

func (j *Job) end(count func(*State)) {
	m := j.meter
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, o := range m.open {
		if o == j {
			m.open = append(m.open[:i], m.open[i+1:]...)
			count(&m.state)
			return
		}
	}
}

// State returns what there is to show.
func (m *Meter) State() State {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.state
	now := m.now()
	s.Since = now.Sub(m.begin)
	if len(m.open) > 0 {
		s.Current, s.Age = m.open[0].name, now.Sub(m.open[0].begin)
	}
	return s
}
