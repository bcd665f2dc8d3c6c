package geo

import (
	"errors"
	"math"

	"github.com/paulmach/orb"
)

// Border answers how far positions are from a fixed line. It is immutable and
// safe for concurrent use.
type Border struct{ lines orb.MultiLineString }

// NewBorder prepares a line of at least one position.
func NewBorder(lines orb.MultiLineString) (*Border, error) {
	count := 0
	for _, line := range lines {
		count += len(line)
		for _, p := range line {
			if err := CheckPosition(p); err != nil {
				return nil, err
			}
		}
	}
	if count == 0 {
		return nil, errors.New("border has no positions")
	}
	return &Border{lines: lines}, nil
}

// Nearest is the geodesic distance from p to the line and the nearest
// position on it.
func (b *Border) Nearest(p orb.Point) (metres float64, at orb.Point) {
	metres = math.Inf(1)
	for _, line := range b.lines {
		for _, q := range line {
			if d := Distance(p, q); d < metres {
				metres, at = d, q
			}
		}
	}
	return metres, at
}

// NearestAll writes the distance of each point to the same index of metres,
// which must be as long as points.
func (b *Border) NearestAll(points []orb.Point, metres []float64) {
	for i, p := range points {
		metres[i], _ = b.Nearest(p)
	}
}
