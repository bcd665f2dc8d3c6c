package columns

import (
	"github.com/paulmach/orb"
)

// location is where a point lies with respect to a shape.
type location uint8

const (
	outside location = 1 << iota
	onBoundary
	inside
)

// shape is a geometry prepared for telling where many points lie, exactly, on
// the plane of longitude and latitude in units of 10^-7 degrees. Areas follow
// the even-odd rule; the ends of a line are its boundary (mod-2 rule).
type shape struct {
	bound  box
	points map[mark]location // points, and ends of lines
	lines  strips
	areas  []strips // one per polygon
	grid   *raster  // of what is certain, or nil
}

func newShape(g orb.Geometry) *shape {
	s := plainShape(g)
	s.grid = newRaster(s)
	return s
}

// plainShape is a shape that is asked for few points only.
func plainShape(g orb.Geometry) *shape {
	s := &shape{bound: nowhere, points: map[mark]location{}}
	var lines []edge
	s.add(g, &lines)
	s.lines = newStrips(lines)
	return s
}

func (s *shape) add(g orb.Geometry, lines *[]edge) {
	switch g := g.(type) {
	case orb.Point:
		s.points[s.mark(g)] = inside
	case orb.MultiPoint:
		for _, p := range g {
			s.points[s.mark(p)] = inside
		}
	case orb.LineString:
		s.addLine(g, lines)
	case orb.MultiLineString:
		for _, line := range g {
			s.addLine(line, lines)
		}
	case orb.Ring:
		s.add(orb.Polygon{g}, lines)
	case orb.Bound:
		s.add(g.ToPolygon(), lines)
	case orb.Polygon:
		var edges []edge
		for _, ring := range g {
			edges = append(edges, s.path(ring, true)...)
		}
		s.areas = append(s.areas, newStrips(edges))
	case orb.MultiPolygon:
		for _, p := range g {
			s.add(p, lines)
		}
	case orb.Collection:
		for _, part := range g {
			s.add(part, lines)
		}
	}
}

func (s *shape) mark(p orb.Point) mark {
	m := mark{units(p[0]), units(p[1])}
	s.bound = s.bound.with(m)
	return m
}

// path makes the edges between successive positions; a closed one returns to
// the first.
func (s *shape) path(points []orb.Point, closed bool) []edge {
	edges := make([]edge, 0, len(points))
	for i, p := range points {
		next := i + 1
		if next == len(points) {
			if !closed {
				break
			}
			next = 0
		}
		edges = append(edges, edge{s.mark(p), s.mark(points[next])})
	}
	return edges
}

func (s *shape) addLine(line orb.LineString, lines *[]edge) {
	if len(line) == 0 {
		return
	}
	*lines = append(*lines, s.path(line, false)...)
	for _, end := range []orb.Point{line[0], line[len(line)-1]} {
		m := s.mark(end)
		if s.points[m] == onBoundary {
			delete(s.points, m)
		} else if s.points[m] == 0 {
			s.points[m] = onBoundary
		}
	}
}

// locate tells where a point lies; inside any part wins over on a boundary.
func (s *shape) locate(m mark) location {
	if s.grid != nil {
		if at := s.grid.at(m); at != unsure {
			return at
		}
	}
	return s.locateExactly(m)
}

func (s *shape) locateExactly(m mark) location {
	at := outside
	if p, ok := s.points[m]; ok {
		at = p
	} else if on, _ := s.lines.crossed(m); on {
		at = inside
	}
	for i := range s.areas {
		if at == inside {
			return inside
		}
		switch on, odd := s.areas[i].crossed(m); {
		case on:
			at = onBoundary
		case odd:
			at = inside
		}
	}
	return at
}

// uniform tells whether all points of a box have the same location, and which.
func (s *shape) uniform(b box) (location, bool) {
	if !s.bound.meets(b) {
		return outside, true
	}
	if s.lines.reaches(b) {
		return 0, false
	}
	for m := range s.points {
		if b.meets(nowhere.with(m)) {
			return 0, false
		}
	}
	for i := range s.areas {
		if s.areas[i].reaches(b) {
			return 0, false
		}
	}
	return s.locate(mark{b.west, b.south}), true
}
