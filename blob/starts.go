package blob

import "container/heap"

// starts are offsets where a stream may begin, the smallest first.
type starts []int64

func (s starts) Len() int           { return len(s) }
func (s starts) Less(i, j int) bool { return s[i] < s[j] }
func (s starts) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s *starts) Push(x any)        { *s = append(*s, x.(int64)) }
func (s *starts) Pop() any {
	last := len(*s) - 1
	off := (*s)[last]
	*s = (*s)[:last]
	return off
}

func (s *starts) add(off int64) { heap.Push(s, off) }

func (s *starts) next() int64 { return heap.Pop(s).(int64) }
