package geo

import (
	"errors"
	"math"

	"github.com/paulmach/orb"
)

// Disk is a polygon of that many vertices (at least 3) whose corners lie radius
// metres from center. Around the antimeridian its longitudes go on beyond -180
// or 180, so that it stays in one piece.
func Disk(center orb.Point, radius float64, vertices int) orb.Polygon {
	vertices = max(3, vertices)
	ring := make(orb.Ring, 0, vertices+1)
	for i := range vertices {
		p := Destination(center, -360*float64(i)/float64(vertices), radius)
		p[0] = center[0] + math.Remainder(p[0]-center[0], 360)
		ring = append(ring, p)
	}
	return orb.Polygon{append(ring, ring[0])}
}

// mostBandVertices is what Band aims at, for a map that is drawn often.
const mostBandVertices = 3000

// Band is the area within metres of the line, for drawing: its boundary is
// right to 0.5 % of metres (its inner corners to 3 %), unless that would need
// more than 3,000 vertices. It is valid, and cut at the antimeridian.
func Band(line orb.MultiLineString, metres float64) (orb.MultiPolygon, error) {
	if !(metres > 0) || metres > 5e6 {
		return nil, errors.New("the width of a band must be above 0 and at most 5,000 km")
	}
	border, err := NewBorder(line)
	if err != nil {
		return nil, err
	}
	// The contour of the distance, found on a grid. Where it is smooth, it bends
	// no more than a circle of that radius; only its corners are cut off.
	step := max(metres/16, min(metres/3, Length(line)/15_000))
	var segments []gridSegment
	for _, window := range windows(line, metres) {
		f := newField(border, metres, window, step)
		segments = f.contour(segments)
	}
	noded, err := node(segments)
	if err != nil {
		return nil, err
	}
	band := polygonsFrom(boundary(noded, func(w winding) bool { return w[0] > 0 }))
	for tolerance := metres * 0.002; ; tolerance *= 1.5 {
		band = SimplifyCoverage([]orb.MultiPolygon{band}, tolerance)[0]
		if verticesOf(band) <= mostBandVertices || tolerance > metres/10 {
			return band, nil
		}
	}
}

// windows are the boxes that the band may lie in, one for each side of the
// antimeridian that it reaches.
func windows(line orb.MultiLineString, metres float64) []orb.Bound {
	var all orb.Bound
	first := true
	for _, l := range line {
		for i, p := range l {
			// Longitudes go on over the antimeridian where the line does.
			if i > 0 {
				p[0] = l[i-1][0] + math.Remainder(p[0]-l[i-1][0], 360)
			}
			b := DiskBound(p, metres)
			if first {
				all, first = b, false
			}
			all = all.Union(b)
			if i > 0 {
				// An edge bulges towards the pole: by less than half its length.
				b = DiskBound(l[i-1], metres+Distance(l[i-1], p)/2)
				all = all.Union(b)
			}
		}
	}
	globe := orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}
	var boxes []orb.Bound
	for _, turn := range []float64{0, 360, -360} {
		b := all
		b.Min[0], b.Max[0] = max(b.Min[0]+turn, -180), min(b.Max[0]+turn, 180)
		b.Min[1], b.Max[1] = max(b.Min[1], globe.Min[1]), min(b.Max[1], globe.Max[1])
		if b.Min[0] < b.Max[0] {
			boxes = append(boxes, b)
		}
	}
	if all.Min[0] <= -180 && all.Max[0] >= 180 {
		return []orb.Bound{{Min: orb.Point{-180, all.Min[1]}, Max: orb.Point{180, all.Max[1]}}}
	}
	return boxes
}
