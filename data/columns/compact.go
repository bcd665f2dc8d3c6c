package columns

import (
	"math/bits"
	"slices"
)

// tailRows bounds how many rows are arranged anew while rows are appended, and
// so for how long a writer may be held up (about 0.3 s).
const tailRows = 64 * blockRows

// fewRuns of about the same size at the end are merged into one. So a row
// appended alone is packed anew once for each power of four that its run grows
// through, and some thirty short runs exist at most.
const fewRuns = 4

// place puts a new run among the others, in order of seq. A run that overlaps
// others is merged with them; after a bulk load nothing else is.
func (l *layout) place(runs []*run, added *run, bulk bool) []*run {
	from, _ := slices.BinarySearchFunc(runs, added.first, func(r *run, first int64) int {
		if r.last < first {
			return -1
		}
		return 1
	})
	to := from
	for to < len(runs) && runs[to].first <= added.last {
		to++
	}
	if from < to {
		if added = l.join(append(runs[from:to:to], added)); added == nil {
			return slices.Delete(runs, from, to)
		}
	}
	runs = slices.Replace(runs, from, to, added)
	for !bulk {
		short := alike(runs)
		if short < fewRuns {
			break
		}
		start := len(runs) - short
		joined := l.join(runs[start:])
		runs = runs[:start]
		if joined != nil {
			runs = append(runs, joined)
		}
	}
	return runs
}

// alike is how many runs at the end are no larger than the last one's power of
// four, and together not too large.
func alike(runs []*run) int {
	n, rows := 0, 0
	for n < len(runs) {
		r := runs[len(runs)-1-n]
		rows += len(r.order)
		if r.size() > runs[len(runs)-1].size() || rows > tailRows {
			break
		}
		n++
	}
	return n
}

// size is the power of four of the number of rows.
func (r *run) size() int { return bits.Len(uint(len(r.order))) / 2 }

func (l *layout) join(runs []*run) *run {
	var blocks []*block
	for _, r := range runs {
		blocks = append(blocks, r.blocks...)
	}
	return l.merge(blocks, true)
}
