package geo

import (
	"fmt"

	"github.com/paulmach/orb"
)

// Region is a multipolygon prepared for many questions. Its edges are straight
// in longitude and latitude, as in RFC 7946; what is inside an odd number of
// rings is in the region, and so is every ring itself. It is immutable and safe
// for concurrent use.
type Region struct {
	polygons orb.MultiPolygon
	bound    orb.Bound
	// vertices holds the rings one after the other, each with its first vertex
	// again at the end; polygons points into it.
	vertices []orb.Point
	tree     []level
}

// NewRegion prepares a multipolygon, which should be valid: see Repair. Rings
// may be open and of either direction; MultiPolygon returns them closed, outer
// rings anticlockwise and holes clockwise. It refuses positions off the globe
// and a shape without any ring of three corners.
func NewRegion(polygons orb.MultiPolygon) (*Region, error) {
	count := 0
	for _, polygon := range polygons {
		for _, ring := range polygon {
			for _, p := range ring {
				if err := CheckPosition(p); err != nil {
					return nil, fmt.Errorf("region: %w", err)
				}
			}
			count += len(ring) + 1
		}
	}
	r := &Region{vertices: make([]orb.Point, 0, count)}
	for _, polygon := range polygons {
		var rings orb.Polygon
		for i, ring := range polygon {
			if ring = r.appendRing(ring, i > 0); ring != nil {
				rings = append(rings, ring)
			} else if i == 0 {
				break
			}
		}
		if rings != nil {
			r.polygons = append(r.polygons, rings)
		}
	}
	if r.polygons == nil {
		return nil, fmt.Errorf("region: no ring of at least three corners")
	}
	r.bound = r.polygons.Bound()
	r.plant()
	return r, nil
}

// appendRing adds the ring closed and in its right direction to the vertices
// and returns it there, or nil if it has fewer than three corners.
func (r *Region) appendRing(ring orb.Ring, hole bool) orb.Ring {
	first := len(r.vertices)
	for _, p := range ring {
		if n := len(r.vertices); n == first || r.vertices[n-1] != p {
			r.vertices = append(r.vertices, p)
		}
	}
	if n := len(r.vertices); n > first && r.vertices[first] != r.vertices[n-1] {
		r.vertices = append(r.vertices, r.vertices[first])
	}
	n := len(r.vertices)
	if n-first < 4 {
		r.vertices = r.vertices[:first]
		return nil
	}
	own := orb.Ring(r.vertices[first:n:n])
	if (signedArea(own) < 0) != hole {
		own.Reverse()
	}
	return own
}

// signedArea is the area of a closed ring in square degrees, negative when it
// runs clockwise.
func signedArea(ring orb.Ring) float64 {
	sum := 0.0
	if len(ring) == 0 {
		return 0
	}
	o := ring[0]
	for i := 1; i < len(ring); i++ {
		a, b := ring[i-1], ring[i]
		sum += (a[0]-o[0])*(b[1]-o[1]) - (b[0]-o[0])*(a[1]-o[1])
	}
	return sum / 2
}

// Bound is the smallest box of longitudes and latitudes around the region.
func (r *Region) Bound() orb.Bound { return r.bound }

// MultiPolygon is the shape of the region. It must not be changed.
func (r *Region) MultiPolygon() orb.MultiPolygon { return r.polygons }

// Contains tells whether p is inside; the boundary, that of holes too, counts
// as inside. It is exact.
func (r *Region) Contains(p orb.Point) bool {
	if !r.bound.Contains(p) {
		return false
	}
	c := crossings{p: p}
	top := len(r.tree) - 1
	for i := range r.tree[top] {
		if c.count(r, top, i) {
			return true
		}
	}
	return c.odd
}
