package columns

import (
	"fmt"
	"math"
	"slices"
)

// Timeline counts rows by spans of the calendar.
type Timeline struct {
	Starts []int32 // first day of each bucket, without gaps
	Keys   []Value // in order, nulls last; one null when nothing was to tell apart
	Counts [][]int // of each key, by bucket
}

// maxBuckets bounds a timeline.
const maxBuckets = 50_000

// Histogram counts the matches whose window meets the days from to to, both
// included, each once: in the first bucket that its window meets. So the counts
// add up to that of the matches During these days. math.MinInt32 and
// math.MaxInt32 stand for the first and last day of what is public. by is the
// name of a field whose values are told apart, or empty.
func (t *Table) Histogram(q Query, from, to int32, bucket Bucket, by string) (Timeline, error) {
	q.Filter = And{q.Filter, During{from, to}}
	p, err := t.plan(q)
	if err != nil {
		return Timeline{}, err
	}
	if p.start < 0 {
		return Timeline{}, fmt.Errorf("%s have no time", p.schema.Collection)
	}
	if from == math.MinInt32 || to == math.MaxInt32 {
		x := p.unfiltered().extent()
		if !x.Dated {
			return Timeline{}, nil
		}
		if from == math.MinInt32 {
			from = min(x.FirstDay, to)
		}
		if to == math.MaxInt32 {
			to = max(x.LastDay, from)
		}
	}
	h := &histogram{start: p.lane(p.start), from: int64(from)}
	if h.starts, err = bucketStarts(from, to, bucket); err != nil {
		return Timeline{}, err
	}
	h.bucketOf = bucketsOf(from, to, h.starts)
	if by != "" {
		if h.keys, err = p.keyer(by, p.content.rows()); err != nil {
			return Timeline{}, err
		}
	}
	if err := p.each(h.add); err != nil {
		return Timeline{}, err
	}
	return h.timeline(), nil
}

func bucketStarts(from, to int32, bucket Bucket) ([]int32, error) {
	var starts []int32
	for day := bucket.Start(from); day <= to; day = bucket.Next(day) {
		if starts = append(starts, day); len(starts) > maxBuckets {
			return nil, fmt.Errorf("more than %d buckets; ask for a shorter period or a coarser bucket", maxBuckets)
		}
	}
	return starts, nil
}

// bucketsOf gives the bucket of each day from from to to.
func bucketsOf(from, to int32, starts []int32) []uint32 {
	if from > to {
		return nil
	}
	buckets := make([]uint32, int(to)-int(from)+1)
	at := uint32(0)
	for i := range buckets {
		for int(at)+1 < len(starts) && int(starts[at+1]) <= int(from)+i {
			at++
		}
		buckets[i] = at
	}
	return buckets
}

// histogram adds up blocks.
type histogram struct {
	start    int // lane
	from     int64
	starts   []int32
	bucketOf []uint32
	keys     *keyer
	counts   [][]int // of each key's number

	slots slots
	list  [blockRows]uint16
	days  [blockRows]int64
}

func (h *histogram) add(b *block, selection *bitmap) error {
	rows := selection.list(b.rows, &h.list)
	b.lane(h.start).unpack(h.days[:b.rows], false)
	if h.keys == nil {
		h.grow(1)
		h.count(h.counts[0], rows)
		return nil
	}
	if err := h.keys.number(b, rows, &h.slots); err != nil {
		return err
	}
	h.grow(len(h.keys.values))
	for i, row := range rows {
		day := max(h.days[row&(blockRows-1)], h.from) // null is below every day
		h.counts[h.slots[i]][h.bucketOf[day-h.from]]++
	}
	return nil
}

func (h *histogram) count(counts []int, rows []uint16) {
	for _, row := range rows {
		day := max(h.days[row&(blockRows-1)], h.from)
		counts[h.bucketOf[day-h.from]]++
	}
}

func (h *histogram) grow(keys int) {
	for len(h.counts) < keys {
		h.counts = append(h.counts, make([]int, len(h.starts)))
	}
}

func (h *histogram) timeline() Timeline {
	t := Timeline{Starts: h.starts}
	if h.keys == nil {
		h.grow(1)
		t.Keys, t.Counts = []Value{{}}, h.counts
		return t
	}
	order := make([]int, len(h.keys.values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compareKeys(h.keys.values[a], h.keys.values[b]) })
	for _, n := range order {
		t.Keys = append(t.Keys, h.keys.values[n])
		t.Counts = append(t.Counts, h.counts[n])
	}
	return t
}
