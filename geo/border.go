package geo

import (
	"errors"
	"math"

	"github.com/paulmach/orb"
)

// Border answers how far positions are from a fixed line, to better than a
// metre of the geodesic distance anywhere. Its edges are geodesics, so neither
// the antimeridian nor a pole is special. It is immutable and safe for
// concurrent use.
type Border struct {
	// levels[0] holds the pieces of the line in order, block by block; lane i
	// of each further level covers block i of the level before.
	levels [][]block
}

// longestPiece keeps the chord of a piece within 2 cm of the ellipsoid.
const longestPiece = 1000.0

// NewBorder prepares a line of at least one position.
func NewBorder(lines orb.MultiLineString) (*Border, error) {
	var pieces []capsule
	for _, line := range lines {
		for i, p := range line {
			if err := CheckPosition(p); err != nil {
				return nil, err
			}
			if i > 0 {
				pieces = appendPieces(pieces, line[i-1], p)
			} else if len(line) == 1 {
				pieces = append(pieces, newCapsule(onSurface(p).place, onSurface(p).place))
			}
		}
	}
	if len(pieces) == 0 {
		return nil, errors.New("border has no positions")
	}
	return &Border{levels: grow(pieces)}, nil
}

// appendPieces cuts the geodesic from p to q into pieces no longer than
// longestPiece.
func appendPieces(pieces []capsule, p, q orb.Point) []capsule {
	c := solve(p, q)
	n := max(1, int(math.Ceil(c.metres/longestPiece)))
	from := onSurface(p).place
	for i := 1; i < n; i++ {
		to := onSurface(c.between(p, q, float64(i)/float64(n))).place
		pieces = append(pieces, newCapsule(from, to))
		from = to
	}
	return append(pieces, newCapsule(from, onSurface(q).place))
}

// Nearest is the geodesic distance from p to the line and the nearest
// position on it.
func (b *Border) Nearest(p orb.Point) (metres float64, at orb.Point) {
	var s search
	place := onSurface(p)
	metres = s.nearest(b, &place)
	return metres, s.foot.position()
}

// NearestAll writes the distance of each point to the same index of metres,
// which must be as long as points. It is faster than Nearest point by point.
func (b *Border) NearestAll(points []orb.Point, metres []float64) {
	NearestEach([]*Border{b}, points, [][]float64{metres})
}

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
			for i := range n {
				found[i] = searches[b].nearest(border, &places[i])
			}
			for i, k := range order[:n] {
				metres[b][k] = found[i]
			}
		}
		order = order[n:]
	}
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
