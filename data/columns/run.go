package columns

import (
	"cmp"
	"slices"
	"sort"
)

// run is a set of blocks close in space and time, with the order of their rows
// by seq. The runs of a table follow each other in seq without overlap.
type run struct {
	blocks      []*block
	order       []uint32 // places in order of seq
	first, last int64    // least and greatest seq
}

// placed takes a place apart: the number of the block and the row within.
func placed(place uint32) (block, row int) { return int(place / blockRows), int(place % blockRows) }

func (r *run) seq(place uint32) int64 {
	b, row := placed(place)
	return r.blocks[b].seq(row)
}

// find returns where a seq is.
func (r *run) find(seq int64) (place uint32, ok bool) {
	i := r.after(seq - 1)
	if i == len(r.order) || r.seq(r.order[i]) != seq {
		return 0, false
	}
	return r.order[i], true
}

// after is the first index in order whose seq is greater than seq.
func (r *run) after(seq int64) int {
	return sort.Search(len(r.order), func(i int) bool { return r.seq(r.order[i]) > seq })
}

// withUntil is the run with the public intervals of some rows ended.
func (r *run) withUntil(places []uint32, until int64) *run {
	slices.Sort(places)
	changed := &run{blocks: slices.Clone(r.blocks), order: r.order, first: r.first, last: r.last}
	for len(places) > 0 {
		b, _ := placed(places[0])
		var rows []int
		for len(places) > 0 {
			same, row := placed(places[0])
			if same != b {
				break
			}
			rows, places = append(rows, row), places[1:]
		}
		changed.blocks[b] = r.blocks[b].withUntil(rows, until)
	}
	return changed
}

// findRun returns the index of the run that may hold a seq, or -1.
func findRun(runs []*run, seq int64) int {
	i, ok := slices.BinarySearchFunc(runs, seq, func(r *run, seq int64) int {
		switch {
		case r.last < seq:
			return -1
		case r.first > seq:
			return 1
		}
		return 0
	})
	if !ok {
		return -1
	}
	return i
}

// newest keeps of rows in order of seq those that are not withdrawn, and of
// several with one seq the last.
func newest(seqs, untils []int64) []uint32 {
	order := make([]uint32, len(seqs))
	for i := range order {
		order[i] = uint32(i)
	}
	if !slices.IsSorted(seqs) {
		slices.SortStableFunc(order, func(a, b uint32) int { return cmp.Compare(seqs[a], seqs[b]) })
	}
	kept := order[:0]
	for i, row := range order {
		superseded := i+1 < len(order) && seqs[order[i+1]] == seqs[row]
		if untils[row] != null && !superseded {
			kept = append(kept, row)
		}
	}
	return kept
}
