package cql2

import (
	"strconv"
	"strings"

	"github.com/paulmach/orb"
)

// geometryNames are the words that begin a geometry (OGC 06-103r4, 7) or BBOX.
var geometryNames = map[string]bool{
	"point": true, "linestring": true, "polygon": true, "multipoint": true, "multilinestring": true,
	"multipolygon": true, "geometrycollection": true, "bbox": true,
}

// geometry reads well-known text or a box. A property may bear such a name, so
// it is one unless a parenthesis, EMPTY, Z or M follows.
func (p *textParser) geometry() (*term, error) {
	now := p.now
	name, err := p.named(now)
	if err != nil || !p.is("(") && !p.is("empty") && !p.is("z") && !p.is("m") && !p.is("zm") {
		return name, err
	}
	t := p.term(now.at, shape, strings.ToLower(now.text))
	if t.op == "bbox" {
		numbers, err := p.numbers()
		if err != nil {
			return nil, err
		}
		return t, t.setBox(numbers)
	}
	t.geometry, err = p.wkt(t.op)
	return t, err
}

func (p *textParser) numbers() ([]float64, error) {
	var all []float64
	err := p.each(func() error {
		n, err := p.coordinate()
		all = append(all, n)
		return err
	})
	return all, err
}

// wkt reads what follows the name of a geometry type.
func (p *textParser) wkt(name string) (orb.Geometry, error) {
	if !p.is("(") && !p.is("empty") { // Z, M or ZM
		if err := p.advance(); err != nil {
			return nil, err
		}
	}
	if p.is("empty") {
		return nil, p.wrong(p.now.at, "", "an empty geometry can not be compared")
	}
	switch name {
	case "point":
		points, err := p.points()
		if err == nil && len(points) != 1 {
			err = p.unexpected("one position")
		}
		if err != nil {
			return nil, err
		}
		return points[0], nil
	case "multipoint":
		points, err := p.points()
		return orb.MultiPoint(points), err
	case "linestring":
		points, err := p.points()
		return orb.LineString(points), err
	case "multilinestring":
		lines, err := nested(p, p.points)
		return orb.MultiLineString(asLines(lines)), err
	case "polygon":
		rings, err := nested(p, p.points)
		return orb.Polygon(asRings(rings)), err
	case "multipolygon":
		var polygons orb.MultiPolygon
		err := p.each(func() error {
			rings, err := nested(p, p.points)
			polygons = append(polygons, asRings(rings))
			return err
		})
		return polygons, err
	}
	return p.collection()
}

func (p *textParser) collection() (orb.Geometry, error) {
	if p.depth++; p.depth > deepest {
		return nil, p.wrong(p.now.at, "", "the geometry is nested too deeply")
	}
	defer func() { p.depth-- }()
	var parts orb.Collection
	err := p.each(func() error {
		name := strings.ToLower(p.now.text)
		if p.now.kind != word || !geometryNames[name] || name == "bbox" {
			return p.unexpected("a geometry")
		}
		if err := p.advance(); err != nil {
			return err
		}
		part, err := p.wkt(name)
		parts = append(parts, part)
		return err
	})
	return parts, err
}

// each reads a list in parentheses.
func (p *textParser) each(read func() error) error {
	if err := p.expect("("); err != nil {
		return err
	}
	for {
		if err := read(); err != nil {
			return err
		}
		if more, err := p.take(","); err != nil {
			return err
		} else if !more {
			return p.expect(")")
		}
	}
}

func nested[T any](p *textParser, read func() (T, error)) ([]T, error) {
	var all []T
	err := p.each(func() error {
		one, err := read()
		all = append(all, one)
		return err
	})
	return all, err
}

// points reads positions in parentheses, each possibly in its own.
func (p *textParser) points() ([]orb.Point, error) {
	return nested(p, func() (orb.Point, error) {
		inner, err := p.take("(")
		if err != nil {
			return orb.Point{}, err
		}
		at, err := p.wktPosition()
		if err == nil && inner {
			err = p.expect(")")
		}
		return at, err
	})
}

// wktPosition reads x, y and possibly more numbers, which are ignored.
func (p *textParser) wktPosition() (at orb.Point, err error) {
	for i := 0; i < 2 || p.now.kind == number || p.is("-"); i++ {
		n, err := p.coordinate()
		if err != nil {
			return at, err
		}
		if i > 3 {
			return at, p.unexpected("a comma")
		}
		if i < 2 {
			at[i] = n
		}
	}
	return at, nil
}

func (p *textParser) coordinate() (float64, error) {
	sign := 1.0
	if negative, err := p.take("-"); err != nil {
		return 0, err
	} else if negative {
		sign = -1
	}
	if p.now.kind != number {
		return 0, p.unexpected("a number")
	}
	n, err := strconv.ParseFloat(p.now.text, 64)
	if err != nil {
		return 0, p.wrong(p.now.at, "", "%s is out of range", p.now.text)
	}
	return sign * n, p.advance()
}

func asRings(lines [][]orb.Point) []orb.Ring {
	rings := make([]orb.Ring, len(lines))
	for i, line := range lines {
		rings[i] = line
	}
	return rings
}

func asLines(points [][]orb.Point) []orb.LineString {
	lines := make([]orb.LineString, len(points))
	for i, line := range points {
		lines[i] = line
	}
	return lines
}
