package geo

import "github.com/paulmach/orb"

// Disk is a polygon of that many vertices whose corners lie radius metres
// from center.
func Disk(center orb.Point, radius float64, vertices int) orb.Polygon {
	ring := make(orb.Ring, 0, vertices+1)
	for i := range vertices {
		ring = append(ring, Destination(center, -360*float64(i)/float64(vertices), radius))
	}
	return orb.Polygon{append(ring, ring[0])}
}

// Band is the area within metres of the line, simplified for drawing.
func Band(line orb.MultiLineString, metres float64) (orb.MultiPolygon, error) {
	var parts []orb.MultiPolygon
	for _, l := range line {
		for i := 0; i < len(l); i += max(1, len(l)/40) {
			parts = append(parts, orb.MultiPolygon{Disk(l[i], metres, 16)})
		}
	}
	return Union(parts...)
}
