package cql2

import (
	"encoding/json"

	"github.com/paulmach/orb"
)

// jsonShape reads a GeoJSON geometry or {"bbox": [...]}.
func jsonShape(v map[string]any, at path) (*term, error) {
	t := &term{where: at.text, kind: shape}
	if box, ok := v["bbox"]; ok && v["type"] == nil {
		numbers, err := jsonNumbers(box, at.member("bbox"))
		if err != nil {
			return nil, err
		}
		return t, t.setBox(numbers)
	}
	var err error
	t.geometry, err = jsonGeometry(v, at)
	return t, err
}

func jsonGeometry(v map[string]any, at path) (orb.Geometry, error) {
	if at.depth > 3*deepest {
		return nil, at.wrong("", "the geometry is nested too deeply")
	}
	inside, coordinates := at.member("coordinates"), v["coordinates"]
	switch v["type"] {
	case "Point":
		return one(jsonPosition(coordinates, inside))
	case "MultiPoint":
		points, err := jsonLine(coordinates, inside)
		return orb.MultiPoint(points), err
	case "LineString":
		points, err := jsonLine(coordinates, inside)
		return orb.LineString(points), err
	case "MultiLineString":
		lines, err := jsonList(coordinates, inside, jsonLine)
		return orb.MultiLineString(asLines(lines)), err
	case "Polygon":
		rings, err := jsonList(coordinates, inside, jsonLine)
		return orb.Polygon(asRings(rings)), err
	case "MultiPolygon":
		polygons, err := jsonList(coordinates, inside, func(v any, at path) (orb.Polygon, error) {
			rings, err := jsonList(v, at, jsonLine)
			return asRings(rings), err
		})
		return orb.MultiPolygon(polygons), err
	case "GeometryCollection":
		parts, err := jsonList(v["geometries"], at.member("geometries"), func(v any, at path) (orb.Geometry, error) {
			object, ok := v.(map[string]any)
			if !ok {
				return nil, at.wrong("", "a geometry is expected")
			}
			return jsonGeometry(object, at)
		})
		return orb.Collection(parts), err
	}
	return nil, at.wrong(`an operation is {"op": "=", "args": [{"property": "kind"}, "airstrike"]}`, "this is neither an operation nor a property, date or geometry")
}

func one(p orb.Point, err error) (orb.Geometry, error) { return p, err }

func jsonList[T any](v any, at path, read func(any, path) (T, error)) ([]T, error) {
	values, ok := v.([]any)
	if !ok || len(values) == 0 {
		return nil, at.wrong("", "a list with something in it is expected")
	}
	all := make([]T, len(values))
	for i, v := range values {
		var err error
		if all[i], err = read(v, at.element(i)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func jsonLine(v any, at path) ([]orb.Point, error) { return jsonList(v, at, jsonPosition) }

func jsonPosition(v any, at path) (orb.Point, error) {
	n, err := jsonNumbers(v, at)
	if err != nil {
		return orb.Point{}, err
	}
	if len(n) < 2 || len(n) > 4 {
		return orb.Point{}, at.wrong("", "a position has 2 to 4 numbers, not %d", len(n))
	}
	return orb.Point{n[0], n[1]}, nil
}

func jsonNumbers(v any, at path) ([]float64, error) {
	return jsonList(v, at, func(v any, at path) (float64, error) {
		n, ok := v.(json.Number)
		if !ok {
			return 0, at.wrong("", "a number is expected")
		}
		r, err := n.Float64()
		if err != nil {
			return 0, at.wrong("", "%s is out of range", n)
		}
		return r, nil
	})
}
