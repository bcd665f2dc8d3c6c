package columns

import "math"

// The ends of an unbounded range of values; null lies below.
const (
	lowest  = math.MinInt64 + 1
	highest = math.MaxInt64
)

// rangeLeaf keeps the rows whose value lies from low to high or, negated,
// outside. Bounds of reals are as orderReal maps them.
type rangeLeaf struct {
	lane      int
	reals     bool
	low, high int64
	outside   bool
	orNull    bool // nulls match too; otherwise they never do
}

// codes is the range of codes of one lane whose values are within bounds.
func (f *rangeLeaf) codes(l *lane) (low, high uint64, any bool) {
	from, to := f.low, f.high
	if f.reals && l.digits != rawReals {
		from, to = l.atLeast(realOfOrder(from)), l.atMost(realOfOrder(to))
	}
	return l.span(from, to)
}

// atLeast is the least scaled integer that stands for r or more.
func (l *lane) atLeast(r float64) int64 {
	scaled := math.Ceil(r * tens[l.digits])
	if !(math.Abs(scaled) < 1<<53) {
		if r < 0 {
			return lowest
		}
		return highest
	}
	v := int64(scaled)
	for l.real(v-1) >= r {
		v--
	}
	for l.real(v) < r {
		v++
	}
	return v
}

// atMost is the greatest scaled integer that stands for r or less.
func (l *lane) atMost(r float64) int64 {
	scaled := math.Floor(r * tens[l.digits])
	if !(math.Abs(scaled) < 1<<53) {
		if r < 0 {
			return lowest
		}
		return highest
	}
	v := int64(scaled)
	for l.real(v+1) <= r {
		v++
	}
	for l.real(v) > r {
		v--
	}
	return v
}

func (f *rangeLeaf) zone(b *block) verdict {
	l := b.lane(f.lane)
	if l.empty() {
		return verdictOf(f.orNull, f.orNull)
	}
	low, high, any := f.codes(l)
	every := any && low == l.first() && high == l.top
	if f.outside {
		any, every = !every, !any
	}
	return verdictOf(any || l.nulls && f.orNull, every && (!l.nulls || f.orNull))
}

func verdictOf(any, every bool) verdict {
	switch {
	case every:
		return all
	case any:
		return some
	}
	return none
}

func (f *rangeLeaf) keep(b *block, sel *bitmap) {
	l := b.lane(f.lane)
	values := *sel
	low, high, any := uint64(0), uint64(0), false
	if !l.empty() {
		low, high, any = f.codes(l)
	}
	switch {
	case f.outside && any:
		l.keepOutside(&values, low, high)
		fallthrough
	case f.outside:
		if l.nulls {
			l.keepOutside(&values, 0, 0)
		}
	case any:
		l.keepRange(&values, low, high)
	default:
		values = bitmap{}
	}
	if l.nulls && f.orNull {
		l.keepRange(sel, 0, 0)
		sel.or(&values)
		return
	}
	*sel = values
}

func (f *rangeLeaf) cost() int  { return 1 }
func (f *rangeLeaf) reads() int { return f.lane }

// nullLeaf keeps the rows that have no value, or those that have one.
type nullLeaf struct {
	lane    int
	present bool
}

func (f nullLeaf) zone(b *block) verdict {
	l := b.lane(f.lane)
	switch {
	case l.empty():
		return verdictOf(!f.present, !f.present)
	case !l.nulls:
		return verdictOf(f.present, f.present)
	}
	return some
}

func (f nullLeaf) keep(b *block, sel *bitmap) {
	l := b.lane(f.lane)
	switch {
	case f.present && l.nulls:
		l.keepOutside(sel, 0, 0)
	case !f.present && l.nulls:
		l.keepRange(sel, 0, 0)
	case !f.present:
		*sel = bitmap{}
	}
}

func (f nullLeaf) cost() int  { return 1 }
func (f nullLeaf) reads() int { return f.lane }
