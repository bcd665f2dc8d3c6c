package geo

import (
	"fmt"
	"slices"

	"github.com/paulmach/orb"
)

// Repair makes a polygon, a multipolygon or a collection of them valid by OGC
// and RFC 7946 and tells each change in a line. Rings are closed, repeated
// positions and rings without an area dropped, outer rings turned
// anticlockwise and holes clockwise. Where rings of a polygon cross or overlap,
// what an odd number of them surrounds is its area; polygons that overlap or
// share an edge are merged. Only what was crossed is rounded, to 1e-7 degrees.
//
// It fails on positions off the globe and where no area remains.
func Repair(g orb.Geometry) (orb.MultiPolygon, []string, error) {
	polygons := polygonsOf(g)
	if len(polygons) == 0 {
		return nil, nil, fmt.Errorf("no polygon in %s", kindOf(g))
	}
	if err := checkShape(polygons); err != nil {
		return nil, nil, err
	}
	var r repairer
	for i, polygon := range polygons {
		r.name = "polygon"
		if len(polygons) > 1 {
			r.name = fmt.Sprintf("polygon %d", i+1)
		}
		r.polygon(polygon)
	}
	if len(r.whole) == 0 {
		return nil, r.changes, fmt.Errorf("no polygon with an area remains")
	}
	if len(r.whole) > 1 {
		if err := r.merge(); err != nil {
			return nil, r.changes, err
		}
	}
	if r.err != nil {
		return nil, r.changes, r.err
	}
	return r.whole, r.changes, nil
}

func kindOf(g orb.Geometry) string {
	if g == nil {
		return "nothing"
	}
	return "a " + g.GeoJSONType()
}

type repairer struct {
	name    string // of the polygon at hand
	whole   orb.MultiPolygon
	changes []string
	err     error
}

func (r *repairer) tell(format string, values ...any) {
	r.changes = append(r.changes, r.name+": "+fmt.Sprintf(format, values...))
}

func (r *repairer) polygon(polygon orb.Polygon) {
	var rings orb.Polygon
	for i, ring := range polygon {
		name := "outer ring"
		if i > 0 {
			name = fmt.Sprintf("hole %d", i)
		}
		if ring = r.ring(name, ring); ring != nil {
			rings = append(rings, ring)
		} else if i == 0 {
			if len(polygon) > 1 {
				r.tell("its holes went with it")
			}
			return
		}
	}
	var segments []gridSegment
	vertices := 0
	for _, ring := range rings {
		segments = appendRingEdges(segments, ring, 0, 1)
		vertices += len(ring)
	}
	cuts, edges := findCuts(segments, pixel), len(segments)
	noded, err := node(segments)
	if err != nil {
		r.err = fmt.Errorf("%s: %w", r.name, err)
		return
	}
	parts := polygonsFrom(boundary(noded, func(w winding) bool { return w[0]&1 == 1 }))
	if len(cuts) == 0 && len(noded) == edges && len(parts) == 1 && len(parts[0]) == len(rings) && verticesOf(parts) == vertices && passes(parts[0][0], rings[0][0]) {
		r.whole = append(r.whole, r.turned(rings))
		return
	}
	switch {
	case len(parts) == 0:
		r.tell("has no area: dropped")
	case len(cuts) > 0:
		at := cuts[0].at.position()
		places := map[gridPoint]bool{}
		for _, c := range cuts {
			places[c.at] = true
		}
		r.tell("edges cross or touch at %g, %g%s: made %s", at[0], at[1], andMore(len(places)-1), countOf(parts))
	default:
		r.tell("rings touch or overlap: made %s", countOf(parts))
	}
	r.whole = append(r.whole, parts...)
}

// ring closes a ring and drops what repeats; nil if no area can remain.
func (r *repairer) ring(name string, ring orb.Ring) orb.Ring {
	clean := make(orb.Ring, 0, len(ring)+1)
	for _, p := range ring {
		if n := len(clean); n == 0 || toGrid(clean[n-1]) != toGrid(p) {
			clean = append(clean, p)
		}
	}
	if len(clean) > 1 && toGrid(clean[0]) == toGrid(clean[len(clean)-1]) {
		clean = clean[:len(clean)-1]
	} else if len(ring) > 0 {
		r.tell("%s was open: closed", name)
		ring = closed(ring)
	}
	if len(clean) < 3 {
		r.tell("%s has fewer than three corners: dropped", name)
		return nil
	}
	if repeated := len(ring) - 1 - len(clean); repeated > 0 {
		r.tell("%s repeats %d position(s): dropped", name, repeated)
	}
	return append(clean, clean[0])
}

// turned gives each ring its direction.
func (r *repairer) turned(rings orb.Polygon) orb.Polygon {
	for i, ring := range rings {
		if (signedArea(ring) < 0) == (i > 0) {
			continue
		}
		ring.Reverse()
		if i == 0 {
			r.tell("outer ring ran clockwise: turned")
		} else {
			r.tell("hole %d ran anticlockwise: turned", i)
		}
	}
	return rings
}

// merge joins polygons that overlap or share edges.
func (r *repairer) merge() error {
	segments := appendEdges(nil, r.whole, 0)
	noded, err := node(segments)
	if err != nil {
		return err
	}
	merged := polygonsFrom(boundary(noded, func(w winding) bool { return w[0] > 0 }))
	if len(merged) != len(r.whole) || verticesOf(merged) != verticesOf(r.whole) {
		r.name = "polygons"
		r.tell("overlap or share edges: made %s of %d", countOf(merged), len(r.whole))
		r.whole = merged
	}
	return nil
}

// passes tells whether a ring from the grid has the corner p.
func passes(ring orb.Ring, p orb.Point) bool {
	return slices.Contains(ring, toGrid(p).position())
}

func verticesOf(polygons orb.MultiPolygon) int {
	n := 0
	for _, polygon := range polygons {
		for _, ring := range polygon {
			n += len(ring)
		}
	}
	return n
}

func andMore(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return " and 1 more place"
	}
	return fmt.Sprintf(" and %d more places", n)
}

func countOf(polygons orb.MultiPolygon) string {
	holes := 0
	for _, polygon := range polygons {
		holes += len(polygon) - 1
	}
	text := "1 polygon"
	if len(polygons) != 1 {
		text = fmt.Sprintf("%d polygons", len(polygons))
	}
	switch holes {
	case 0:
		return text
	case 1:
		return text + " with 1 hole"
	}
	return fmt.Sprintf("%s with %d holes", text, holes)
}
