package columns

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// dwithin keeps what is near a geometry.
func (c *compiler) dwithin(e DWithin, negated bool) (node, error) {
	if e.Geometry == nil || math.IsNaN(e.Metres) {
		return constantNode(false), nil
	}
	r, err := newReach(e)
	if err != nil {
		return nil, fmt.Errorf("distance to a geometry: %w", err)
	}
	if !c.points {
		return c.reachNode(r, negated), nil
	}
	return newPointLeaf(r.bound, r.reaches, r.uniform, negated), nil
}

// reach tells whether positions are within a geodesic distance of a geometry.
type reach struct {
	DWithin
	shape  *shape
	single *orb.Point  // set when the geometry is one point
	spots  []orb.Point // points among other parts
	edges  *geo.Border // lines and rings, nil when there are none
	bound  box         // encloses all positions within reach
}

func newReach(e DWithin) (*reach, error) {
	r := &reach{DWithin: e, shape: newShape(e.Geometry)}
	lines := r.collect(e.Geometry, nil)
	if len(lines) > 0 {
		edges, err := geo.NewBorder(lines)
		if err != nil {
			return nil, err
		}
		r.edges = edges
	}
	if len(r.spots) == 1 && len(lines) == 0 {
		r.single = &r.spots[0]
	}
	r.bound = widen(r.shape.bound, e.Metres)
	return r, nil
}

func (r *reach) collect(g orb.Geometry, lines orb.MultiLineString) orb.MultiLineString {
	switch g := g.(type) {
	case orb.Point:
		r.spots = append(r.spots, g)
	case orb.MultiPoint:
		r.spots = append(r.spots, g...)
	case orb.LineString:
		lines = append(lines, g)
	case orb.MultiLineString:
		lines = append(lines, g...)
	case orb.Ring:
		lines = append(lines, orb.LineString(g))
	case orb.Bound:
		lines = r.collect(g.ToPolygon(), lines)
	case orb.Polygon:
		for _, ring := range g {
			lines = append(lines, orb.LineString(ring))
		}
	case orb.MultiPolygon:
		for _, polygon := range g {
			lines = r.collect(polygon, lines)
		}
	case orb.Collection:
		for _, part := range g {
			lines = r.collect(part, lines)
		}
	}
	return lines
}

// widen encloses all positions within metres of a box.
func widen(b box, metres float64) box {
	const metresPerDegree = 110_000 // less than any degree of latitude has
	lat := max(0, metres) / metresPerDegree
	south, north := float64(b.south)/unitsPerDegree-lat, float64(b.north)/unitsPerDegree+lat
	wide := box{-180 * unitsPerDegree, units(max(south, -90)), 180 * unitsPerDegree, units(min(north, 90))}
	if south < -89 || north > 89 {
		return wide
	}
	lon := lat / math.Cos(max(-south, north, 0)*math.Pi/180)
	west, east := float64(b.west)/unitsPerDegree-lon, float64(b.east)/unitsPerDegree+lon
	if west < -180 || east > 180 {
		return wide
	}
	wide.west, wide.east = units(west)-1, units(east)+1
	return wide
}

func (r *reach) uniform(b box) (yes, uniform bool) { return false, !b.meets(r.bound) }

func (r *reach) reaches(m mark) bool {
	return r.near(orb.Point{float64(m.x) / unitsPerDegree, float64(m.y) / unitsPerDegree})
}

func (r *reach) near(p orb.Point) bool {
	if r.Metres < 0 {
		return false
	}
	if r.single != nil {
		return near(p, *r.single, r.Metres)
	}
	if r.shape.locate(mark{units(p[0]), units(p[1])}) != outside {
		return true
	}
	for _, s := range r.spots {
		if near(p, s, r.Metres) {
			return true
		}
	}
	if r.edges == nil {
		return false
	}
	metres, _ := r.edges.Nearest(p)
	return metres <= r.Metres
}

// near measures on the ellipsoid only when a sphere leaves it open: the two
// differ by less than 0.6 %.
func near(p, q orb.Point, metres float64) bool {
	const radius, margin = 6371008.8, 0.006
	sinLat := math.Sin((q[1] - p[1]) * math.Pi / 360)
	sinLon := math.Sin((q[0] - p[0]) * math.Pi / 360)
	a := sinLat*sinLat + math.Cos(p[1]*math.Pi/180)*math.Cos(q[1]*math.Pi/180)*sinLon*sinLon
	d := 2 * radius * math.Asin(math.Sqrt(min(1, a)))
	switch {
	case d*(1+margin) <= metres:
		return true
	case d*(1-margin) > metres:
		return false
	}
	return geo.Distance(p, q) <= metres
}
