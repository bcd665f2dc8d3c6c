package columns

import (
	"bytes"
	"slices"
	"sync"
)

// ranking is the order of a dictionary's texts by their bytes, which for UTF-8
// is by code point. It is made when first asked for and extended when the
// dictionary has grown.
type ranking struct {
	mu     sync.Mutex
	sorted []uint32 // codes in order of their texts
	ranks  []uint32 // of each code: its place in sorted
}

// rank gives the codes of all texts in order, each code's place among them, and
// the texts.
func (d *dictionary) rank() (sorted, ranks []uint32, t texts) {
	r := &d.ranks
	r.mu.Lock()
	defer r.mu.Unlock()
	t = d.texts()
	if len(r.ranks) == t.len() {
		return r.sorted, r.ranks, t
	}
	compare := func(a, b uint32) int { return bytes.Compare(t.at(int(a)), t.at(int(b))) }
	var added []uint32
	for code := len(r.ranks); code < t.len(); code++ {
		added = append(added, uint32(code))
	}
	slices.SortFunc(added, compare)
	r.sorted = mergeSorted(r.sorted, added, compare)
	r.ranks = make([]uint32, len(r.sorted))
	for place, code := range r.sorted {
		r.ranks[code] = uint32(place)
	}
	return r.sorted, r.ranks, t
}

func mergeSorted(a, b []uint32, compare func(a, b uint32) int) []uint32 {
	if len(a) == 0 {
		return b
	}
	merged := make([]uint32, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if compare(a[0], b[0]) <= 0 {
			merged, a = append(merged, a[0]), a[1:]
		} else {
			merged, b = append(merged, b[0]), b[1:]
		}
	}
	return append(append(merged, a...), b...)
}

func (r *ranking) size() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return 4 * (cap(r.sorted) + cap(r.ranks))
}
