package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// NearestEach is NearestAll for several borders: metres[k] gets the distances
// to borders[k].
func NearestEach(borders []*Border, points []orb.Point, metres [][]float64) {
	order := nearby(points)
	searches := make([]search, len(borders))
	// What a batch reads and writes stays in the processor's cache.
	const batch = 1024
	var places [batch]surface
	var found [batch]float64
	for len(order) > 0 {
		n := min(batch, len(order))
		for i, k := range order[:n] {
			places[i] = onSurface(points[k])
		}
		for b, border := range borders {
			for i := 0; i < n; i += largestGroup {
				end := min(i+largestGroup, n)
				searches[b].group(border, places[i:end], found[i:end])
			}
			for i, k := range order[:n] {
				metres[b][k] = found[i]
			}
		}
		order = order[n:]
	}
}

const (
	// largestGroup is how many points are tried together, smallestGroup when
	// they are done one by one.
	largestGroup  = 64
	smallestGroup = 4
)

// group finds the distances of places near each other. What is nearest to any
// of them is among few pieces, found once for all.
func (s *search) group(b *Border, places []surface, metres []float64) {
	if len(places) > smallestGroup {
		if s.shortlist(b, places) {
			for i := range places {
				metres[i] = s.among(b, &places[i])
			}
			return
		}
		if half := len(places) / 2; half >= smallestGroup {
			s.group(b, places[:half], metres[:half])
			s.group(b, places[half:], metres[half:])
			return
		}
	}
	for i := range places {
		metres[i] = s.nearest(b, &places[i])
	}
}

// shortlist collects all pieces that may be nearest to one of the places; false
// if there are too many or they are too far.
//
// Let c be one of the places, h the distance of the others from it at most, and
// q0 the point of the line nearest to c. For another point q, the difference
// |x-q|^2 - |x-q0|^2 is linear in x, so that for any x of the places it is at
// least |c-q|^2 - |c-q0|^2 - 2 h |q-q0|. Points for which that is positive, with
// what straight distances may be wrong by, are out of question.
func (s *search) shortlist(b *Border, places []surface) bool {
	middle := &places[len(places)/2]
	s.nearest(b, middle)
	c, q0 := middle.place, s.foot.place
	away := c.minus(q0).length()
	h := 0.0
	for i := range places {
		h = max(h, places[i].place.minus(c).length())
	}
	if away+h > straightRange {
		return false
	}
	wrong := reaches(away+h) - (away + h)
	most := away*away + 2*wrong*(away+h) + wrong*wrong
	s.list.count = 0
	s.stack[0] = branch{level: int32(len(b.levels) - 1)}
	for top := 0; top >= 0; {
		at := s.stack[top]
		top--
		block := &b.levels[at.level][at.block]
		for i, distance2 := range block.distances2(&c) {
			if distance2 > 1e100 {
				break
			}
			lane := block.get(i)
			near := max(0, math.Sqrt(max(0, distance2))-lane.reach)
			far := max(lane.start.minus(q0).length(), lane.end().minus(q0).length()) + lane.reach
			if near*near > most+2*h*far {
				continue
			}
			n := at.block*fan + int32(i)
			if at.level > 0 {
				top++
				s.stack[top] = branch{level: at.level - 1, block: n}
			} else if !s.list.add(lane, n) {
				return false
			}
		}
	}
	return true
}

// shortlist holds pieces side by side.
type shortlist struct {
	blocks [listBlocks]block
	pieces [listBlocks * fan]int32
	count  int
}

const listBlocks = 6

func (l *shortlist) add(c capsule, piece int32) bool {
	if l.count == len(l.pieces) {
		return false
	}
	if l.count%fan == 0 {
		for i := range fan {
			l.blocks[l.count/fan].set(i, emptyLane())
		}
	}
	l.blocks[l.count/fan].set(l.count%fan, c)
	l.pieces[l.count] = piece
	l.count++
	return true
}

// among is the geodesic distance from a place to the nearest of the listed
// pieces.
func (s *search) among(b *Border, place *surface) float64 {
	s.place, s.metres = *place, math.Inf(1)
	s.best2, s.limit = math.Inf(1), math.Inf(1)
	for i := 0; i*fan < s.list.count; i++ {
		s.gather(b, &s.list.blocks[i], s.list.pieces[i*fan:])
	}
	s.measure(b)
	return s.metres
}

// nearby orders the indices of points so that each is near the one before:
// along the Z-order curve of a grid of some 500 m.
func nearby(points []orb.Point) []int32 {
	type item struct{ key, index uint32 }
	items, sorted := make([]item, len(points)), make([]item, len(points))
	for i, p := range points {
		x := uint32(max(0, min(65535, (p[0]+180)/360*65536)))
		y := uint32(max(0, min(65535, (p[1]+90)/180*65536)))
		items[i] = item{spaced(x) | spaced(y)<<1, uint32(i)}
	}
	const digit = 11
	for shift := 0; shift < 32; shift += digit {
		var starts [1<<digit + 1]uint32
		for _, it := range items {
			starts[it.key>>shift&(1<<digit-1)+1]++
		}
		for d := range 1 << digit {
			starts[d+1] += starts[d]
		}
		for _, it := range items {
			d := it.key >> shift & (1<<digit - 1)
			sorted[starts[d]] = it
			starts[d]++
		}
		items, sorted = sorted, items
	}
	order := make([]int32, len(items))
	for i, it := range items {
		order[i] = int32(it.index)
	}
	return order
}

// spaced puts a zero before each of the low 16 bits.
func spaced(x uint32) uint32 {
	x = (x | x<<8) & 0x00ff00ff
	x = (x | x<<4) & 0x0f0f0f0f
	x = (x | x<<2) & 0x33333333
	return (x | x<<1) & 0x55555555
}
