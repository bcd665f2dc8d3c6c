package geo

import (
	"errors"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Region is a multipolygon prepared for many questions. It is immutable and
// safe for concurrent use.
type Region struct {
	polygons orb.MultiPolygon
	bound    orb.Bound
}

// NewRegion prepares a valid multipolygon (see Repair).
func NewRegion(polygons orb.MultiPolygon) (*Region, error) {
	count := 0
	for _, polygon := range polygons {
		for _, ring := range polygon {
			count += len(ring)
			for _, p := range ring {
				if err := CheckPosition(p); err != nil {
					return nil, err
				}
			}
		}
	}
	if count == 0 {
		return nil, errors.New("region has no positions")
	}
	return &Region{polygons: polygons, bound: polygons.Bound()}, nil
}

// Bound is the smallest box of longitudes and latitudes around the region.
func (r *Region) Bound() orb.Bound { return r.bound }

// MultiPolygon is the shape the region was made of. It must not be changed.
func (r *Region) MultiPolygon() orb.MultiPolygon { return r.polygons }

// Contains tells whether p is inside; the boundary counts as inside.
func (r *Region) Contains(p orb.Point) bool {
	for _, polygon := range r.polygons {
		if len(polygon) > 0 && planar.PolygonContains(polygon, p) {
			return true
		}
	}
	return false
}

// Share is the part (0 to 1) of the geodesic disk that lies in the region.
// A radius of 0 asks for the centre alone.
func (r *Region) Share(center orb.Point, radius float64) float64 {
	if radius <= 0 {
		if r.Contains(center) {
			return 1
		}
		return 0
	}
	const n = 1000
	in := 0
	for i := range n {
		p := Destination(center, float64(i)*137.50776405, radius*math.Sqrt((float64(i)+0.5)/n))
		if r.Contains(p) {
			in++
		}
	}
	return float64(in) / n
}

// DiskShares is the share of the disk of each holder. The regions of one
// holder count once where they overlap; where several holders overlap, that
// part is divided equally among them. The sum is at most 1.
func DiskShares(center orb.Point, radius float64, holders [][]*Region) []float64 {
	shares := make([]float64, len(holders))
	n := 1000
	if radius <= 0 {
		n = 1
	}
	in := make([]int, 0, len(holders))
	for i := range n {
		p := center
		if radius > 0 {
			p = Destination(center, float64(i)*137.50776405, radius*math.Sqrt((float64(i)+0.5)/float64(n)))
		}
		in = in[:0]
		for h, regions := range holders {
			for _, r := range regions {
				if r.Contains(p) {
					in = append(in, h)
					break
				}
			}
		}
		for _, h := range in {
			shares[h] += 1 / float64(len(in)) / float64(n)
		}
	}
	return shares
}
