package columns

import (
	"errors"
	"fmt"

	"github.com/paulmach/orb"
)

// readGeometry reads a GeoJSON geometry or null.
func (p *parser) readGeometry() error {
	p.located, p.geometry = false, nil
	if p.peek() == 'n' {
		return p.word("null")
	}
	g, err := p.shape(0)
	if err != nil {
		return fmt.Errorf("geometry: %w", err)
	}
	p.geometry = g
	return nil
}

// shape reads one geometry object. A point on the outermost level goes to
// p.point, so that it costs no allocation; nil is an empty geometry.
func (p *parser) shape(depth int) (orb.Geometry, error) {
	if depth > deepest {
		return nil, errDepth
	}
	kind, coordinates, parts := "", -1, orb.Collection(nil)
	err := p.object(func(name span) error {
		switch string(p.data[name.from:name.to]) {
		case "type":
			if p.peek() != '"' {
				return p.wrong("a type")
			}
			s, err := p.string()
			if err != nil {
				return err
			}
			kind = shapeName(p.data[s.from:s.to])
			return nil
		case "coordinates":
			coordinates = p.at
			return p.skip(0)
		case "geometries":
			parts = orb.Collection{}
			return p.array(func() error {
				part, err := p.part(depth)
				if part != nil {
					parts = append(parts, part)
				}
				return err
			})
		}
		return p.skip(0)
	})
	switch {
	case err != nil:
		return nil, err
	case kind == "GeometryCollection":
		if len(parts) == 0 {
			return nil, nil
		}
		return parts, nil
	case kind == "":
		return nil, errors.New("the type is not one of GeoJSON's")
	case coordinates < 0:
		return nil, errors.New("coordinates are missing")
	}
	end := p.at
	p.at = coordinates
	g, err := p.coordinates(kind, depth == 0)
	p.at = end
	return g, err
}

func (p *parser) part(depth int) (orb.Geometry, error) {
	if p.peek() == 'n' {
		return nil, p.word("null")
	}
	return p.shape(depth + 1)
}

// shapeName returns a constant, so that the name needs no copy.
func shapeName(name []byte) string {
	for _, known := range [...]string{"Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection"} {
		if string(name) == known {
			return known
		}
	}
	return ""
}

func (p *parser) coordinates(kind string, outermost bool) (orb.Geometry, error) {
	switch kind {
	case "Point":
		at, ok, err := p.position()
		if err != nil || !ok {
			return nil, err
		}
		if outermost {
			p.located, p.point = true, at
			return nil, nil
		}
		return at, nil
	case "MultiPoint":
		line, err := p.line()
		return nonEmpty(orb.MultiPoint(line), len(line)), err
	case "LineString":
		line, err := p.line()
		return nonEmpty(line, len(line)), err
	case "MultiLineString":
		lines, err := list(p, p.line)
		return nonEmpty(orb.MultiLineString(lines), len(lines)), err
	case "Polygon":
		rings, err := list(p, p.ring)
		return nonEmpty(orb.Polygon(rings), len(rings)), err
	}
	polygons, err := list(p, func() (orb.Polygon, error) { return list(p, p.ring) })
	return nonEmpty(orb.MultiPolygon(polygons), len(polygons)), err
}

// nonEmpty is nil for what is empty.
func nonEmpty(g orb.Geometry, size int) orb.Geometry {
	if size == 0 {
		return nil
	}
	return g
}

// list reads an array of parts, leaving out the empty ones.
func list[T ~[]E, E any](p *parser, read func() (T, error)) ([]T, error) {
	var all []T
	err := p.array(func() error {
		one, err := read()
		if len(one) > 0 {
			all = append(all, one)
		}
		return err
	})
	return all, err
}

func (p *parser) ring() (orb.Ring, error) {
	line, err := p.line()
	return orb.Ring(line), err
}

func (p *parser) line() (orb.LineString, error) {
	var line orb.LineString
	err := p.array(func() error {
		at, ok, err := p.position()
		if err == nil && !ok {
			err = p.wrong("a position")
		}
		line = append(line, at)
		return err
	})
	return line, err
}

// position reads [lon, lat] in degrees; further numbers are ignored. An empty
// array is not ok.
func (p *parser) position() (at orb.Point, ok bool, err error) {
	count := 0
	err = p.array(func() error {
		n, err := p.number()
		if count < 2 {
			at[count] = n.real
		}
		count++
		return err
	})
	switch {
	case err != nil || count == 0:
		return at, false, err
	case count == 1:
		return at, false, p.wrong("longitude and latitude")
	case at[0] < -180 || at[0] > 180 || at[1] < -90 || at[1] > 90:
		return at, false, fmt.Errorf("[%v, %v] is not a longitude and latitude", at[0], at[1])
	}
	return at, true, nil
}
