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
