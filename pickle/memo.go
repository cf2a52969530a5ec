package pickle

// memo maps indices to values. CPython grows an array to twice the index, so
// that one LONG_BINPUT asks for 32 GiB; this one is an array only as far as it
// is filled, and a map beyond.
type memo struct {
	dense  []ref // absent where the entry is empty
	sparse map[memoKey]ref
	filled int
}

const absent = ref(1<<32 - 1)

// denseSlack is how far an index may lie beyond twice the filled entries and
// still go to the array.
const denseSlack = 1024

func (t *memo) reset() {
	t.dense, t.sparse, t.filled = t.dense[:0], nil, 0
}

func (t *memo) put(i int64, v ref) {
	if i < int64(len(t.dense)) {
		if t.dense[i] == absent {
			t.filled++
		}
		t.dense[i] = v
		return
	}
	if i == int64(len(t.dense)) && t.sparse == nil {
		if len(t.dense) == cap(t.dense) {
			t.dense = enlarge(t.dense, max(256, len(t.dense)))
		}
		t.dense = append(t.dense, v)
		t.filled++
		return
	}
	t.putFar(memoKey{index: i}, v)
}

func (t *memo) putFar(key memoKey, v ref) {
	if key.index >= 0 && key.index < int64(2*t.filled+denseSlack) {
		if _, ok := t.sparse[key]; !ok {
			for int64(len(t.dense)) <= key.index {
				// An index that was far once may be near now.
				next := absent
				if len(t.sparse) > 0 {
					k := memoKey{index: int64(len(t.dense))}
					if old, ok := t.sparse[k]; ok {
						next = old
						delete(t.sparse, k)
					}
				}
				t.dense = append(t.dense, next)
			}
			t.filled++
			t.dense[key.index] = v
			return
		}
	}
	if t.sparse == nil {
		t.sparse = make(map[memoKey]ref)
	}
	if _, ok := t.sparse[key]; !ok {
		t.filled++
	}
	t.sparse[key] = v
}

func (t *memo) get(i int64) (ref, bool) {
	if i < int64(len(t.dense)) {
		v := t.dense[i]
		return v, v != absent
	}
	return t.getFar(memoKey{index: i})
}

func (t *memo) getFar(key memoKey) (ref, bool) {
	v, ok := t.sparse[key]
	return v, ok
}
