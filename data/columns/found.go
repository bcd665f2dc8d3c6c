package columns

import (
	"math"
	"math/bits"
	"slices"
)

// found is the matches among the rows of a run.
type found struct {
	run   *run
	rows  []bitmap // of each block
	total int
}

// search evaluates the filter on a whole run.
func (p *plan) search(r *run) *found {
	f := &found{run: r, rows: make([]bitmap, len(r.blocks))}
	for i, b := range r.blocks {
		if p.block(b, &f.rows[i]) {
			f.total += f.rows[i].count()
		} else {
			f.rows[i] = bitmap{}
		}
	}
	if p.totals == nil {
		p.totals = map[*run]int{}
	}
	p.totals[r] = f.total
	return f
}

// first gives up to n of the least seqs greater than after, in order. When
// matches are dense it goes along the run's order; when they are sparse it
// gathers them all.
func (f *found) first(after int64, n int) []int64 {
	if f.total == 0 || n <= 0 {
		return nil
	}
	const stepCost, gatherCost, sortCost = 4, 12, 3 // ns per row, roughly
	wanted := min(n, f.total)
	steps := wanted * len(f.run.order) / f.total
	if steps*stepCost < f.total*gatherCost+wanted*bits.Len(uint(wanted))*sortCost {
		return f.along(after, n)
	}
	seqs := f.gather(after)
	if len(seqs) > n {
		lowestFirst(seqs, n)
		seqs = seqs[:n]
	}
	slices.Sort(seqs)
	return seqs
}

func (f *found) along(after int64, n int) []int64 {
	from := 0
	if after >= f.run.first {
		from = f.run.after(after)
	}
	seqs := make([]int64, 0, min(n, f.total))
	for _, at := range f.run.order[from:] {
		b, row := placed(at)
		if f.rows[b].has(row) {
			if seqs = append(seqs, f.run.blocks[b].seq(row)); len(seqs) == cap(seqs) {
				break
			}
		}
	}
	return seqs
}

func (f *found) gather(after int64) []int64 {
	seqs := make([]int64, 0, f.total)
	var list [blockRows]uint16
	for i, b := range f.run.blocks {
		lane := &b.lanes[laneSeq]
		if lane.most <= after {
			continue
		}
		for _, row := range f.rows[i].rows(&list) {
			if seq := lane.value(int(row)); seq > after {
				seqs = append(seqs, seq)
			}
		}
	}
	return seqs
}

// lowestFirst moves the n least values to the front (selection with three-way
// partition).
func lowestFirst(values []int64, n int) {
	for len(values) > 1 && n > 0 && n < len(values) {
		a, b, c := values[0], values[len(values)/2], values[len(values)-1]
		pivot := max(min(a, b), min(max(a, b), c))
		less, more := 0, len(values)
		for i := 0; i < more; {
			switch v := values[i]; {
			case v < pivot:
				values[i], values[less] = values[less], v
				less++
				i++
			case v > pivot:
				more--
				values[i], values[more] = values[more], v
			default:
				i++
			}
		}
		switch {
		case n < less:
			values = values[:less]
		case n > more:
			values, n = values[more:], n-more
		default:
			return
		}
	}
}

// unlimited is the limit of a page without one.
const unlimited = math.MaxInt32
