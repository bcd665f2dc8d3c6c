package geo

import (
	"cmp"
	"math"
	"slices"
)

// sweep gives the shares of claims that overlap. It cuts the disk into slabs
// between successive heights at which anything begins, ends or crosses; within
// a slab the pieces of boundaries stand side by side, and the areas between
// them are trapezoids or bounded by the circle.
func (c *claims) sweep() {
	s := slabs{claims: c.partial, full: float64(len(c.full))}
	for _, m := range c.partial {
		s.own = append(s.own, s.holdersOf(m))
	}
	s.count, s.area = make([]int, len(s.holders)), make([]float64, len(s.holders))
	s.heights = append(s.heights, -1, 1)
	for i := range c.partial {
		s.add(c.d, i)
	}
	slices.SortFunc(s.bars, func(a, b bar) int { return cmp.Compare(a.low.y, b.low.y) })
	slices.SortFunc(s.rims, func(a, b leftRim) int { return cmp.Compare(a.y, b.y) })
	s.crossings()
	slices.Sort(s.heights)
	for i := 1; i < len(s.heights); i++ {
		if low, high := s.heights[i-1], s.heights[i]; high-low > 1e-14 {
			s.slab(low, high)
		}
	}
	for i, h := range s.holders {
		c.shares[h] = s.area[i] / math.Pi
	}
	for _, h := range c.full {
		c.shares[h] = s.fullArea / math.Pi
	}
}

type slabs struct {
	claims  []claim
	heights []float64
	bars    []bar
	rims    []leftRim
	left    []bool // claims that have the circle's left side at the slab
	inside  []bool // claims that have the place at hand

	holders []int   // that have a claim
	own     [][]int // of each claim: its holders, as places in holders
	count   []int   // of each holder: how many claims have the place at hand
	present int     // how many holders have a claim there
	area    []float64
	// full holders are everywhere; each has fullArea.
	full, fullArea float64

	active     []bar
	nextBar    int
	nextRim    int
	halfAt     float64 // halfCircle of the last slab's upper height
	halfHeight float64
}

// holdersOf lists the claim's holders.
func (s *slabs) holdersOf(m claim) []int {
	own := make([]int, 0, 1+len(m.others))
	for i := -1; i < len(m.others); i++ {
		h := m.holder
		if i >= 0 {
			h = m.others[i]
		}
		k := slices.Index(s.holders, h)
		if k < 0 {
			k = len(s.holders)
			s.holders = append(s.holders, h)
		}
		own = append(own, k)
	}
	return own
}

// bar is a piece of a claim's boundary, from its lower to its upper end.
type bar struct {
	low, high spot
	slope     float64 // of x by y
	claim     int
	middle    float64 // x at the slab's middle
}

func (b *bar) at(y float64) float64 { return b.low.x + (y-b.low.y)*b.slope }

// leftRim is a height at which a claim's boundary crosses the left half of the
// circle.
type leftRim struct {
	y     float64
	claim int
}

// add cuts the claim out anew, with its pieces.
func (s *slabs) add(d *disk, i int) {
	var pieces []segment
	c := clip{kept: &pieces}
	c.cut(d, s.claims[i].region)
	for _, p := range pieces {
		if p.a.y > p.b.y {
			p.a, p.b = p.b, p.a
		}
		if p.a.y == p.b.y {
			continue
		}
		s.bars = append(s.bars, bar{low: p.a, high: p.b, slope: (p.b.x - p.a.x) / (p.b.y - p.a.y), claim: i})
		s.heights = append(s.heights, p.a.y, p.b.y)
	}
	// At the bottom the claim has the circle if the last crossing before, going
	// anticlockwise, left the disk.
	sortRims(c.rims)
	bottom := false
	if n := len(c.rims); n > 0 {
		before := c.rims[n-1]
		for _, m := range c.rims {
			if m.angle <= -math.Pi/2 {
				before = m
			}
		}
		bottom = !before.in
	} else {
		bottom = s.claims[i].region.Contains(c.quiet(d))
	}
	s.left = append(s.left, bottom)
	for _, m := range c.rims {
		if m.angle <= -math.Pi/2 || m.angle > math.Pi/2 {
			s.rims = append(s.rims, leftRim{math.Sin(m.angle), i})
			s.heights = append(s.heights, math.Sin(m.angle))
		}
	}
}

// crossings adds the heights at which bars of different claims cross.
func (s *slabs) crossings() {
	var active []int
	for i := range s.bars {
		b := &s.bars[i]
		active = slices.DeleteFunc(active, func(k int) bool { return s.bars[k].high.y <= b.low.y })
		for _, k := range active {
			if o := &s.bars[k]; o.claim != b.claim {
				if y, ok := b.crosses(o); ok {
					s.heights = append(s.heights, y)
				}
			}
		}
		active = append(active, i)
	}
}

// crosses is the height at which two bars that overlap in height change sides.
func (b *bar) crosses(o *bar) (y float64, ok bool) {
	low, high := max(b.low.y, o.low.y), min(b.high.y, o.high.y)
	before, after := b.at(low)-o.at(low), b.at(high)-o.at(high)
	if before*after >= 0 {
		return 0, false
	}
	return low + (high-low)*before/(before-after), true
}

// slab adds the areas between two heights.
func (s *slabs) slab(low, high float64) {
	middle, tall := (low+high)/2, high-low
	for ; s.nextRim < len(s.rims) && s.rims[s.nextRim].y <= low; s.nextRim++ {
		c := s.rims[s.nextRim].claim
		s.left[c] = !s.left[c]
	}
	s.active = slices.DeleteFunc(s.active, func(b bar) bool { return b.high.y <= middle })
	for ; s.nextBar < len(s.bars) && s.bars[s.nextBar].low.y < middle; s.nextBar++ {
		if b := s.bars[s.nextBar]; b.high.y > middle {
			s.active = append(s.active, b)
		}
	}
	for i := range s.active {
		s.active[i].middle = s.active[i].at(middle)
		for k := i; k > 0 && s.active[k].middle < s.active[k-1].middle; k-- {
			s.active[k], s.active[k-1] = s.active[k-1], s.active[k]
		}
	}
	below := s.halfAt
	if s.halfHeight != low || s.halfAt == 0 {
		below = halfCircle(low)
	}
	s.halfAt, s.halfHeight = halfCircle(high), high
	half := s.halfAt - below
	s.begin()
	x := -half
	for i := range s.active {
		next := s.active[i].middle * tall
		s.give(next - x)
		s.toggle(s.active[i].claim)
		x = next
	}
	s.give(half - x)
}

// halfCircle is the area right of the y axis in the unit circle from the
// x axis up to y.
func halfCircle(y float64) float64 {
	y = max(-1, min(1, y))
	return (y*math.Sqrt(1-y*y) + math.Asin(y)) / 2
}

// begin stands at the circle's left side.
func (s *slabs) begin() {
	clear(s.count)
	s.present = 0
	s.inside = append(s.inside[:0], s.left...)
	for c, in := range s.left {
		if in {
			s.enter(c)
		}
	}
}

// toggle passes a claim's boundary.
func (s *slabs) toggle(c int) {
	s.inside[c] = !s.inside[c]
	if s.inside[c] {
		s.enter(c)
		return
	}
	for _, h := range s.own[c] {
		if s.count[h]--; s.count[h] == 0 {
			s.present--
		}
	}
}

func (s *slabs) enter(c int) {
	for _, h := range s.own[c] {
		if s.count[h]++; s.count[h] == 1 {
			s.present++
		}
	}
}

// give divides an area among those who have the place at hand.
func (s *slabs) give(area float64) {
	n := s.full + float64(s.present)
	if n == 0 || area <= 0 {
		return
	}
	area /= n
	s.fullArea += area
	if s.present == 0 {
		return
	}
	for h, claims := range s.count {
		if claims > 0 {
			s.area[h] += area
		}
	}
}
