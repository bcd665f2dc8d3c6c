package codec

import "strikewatch/data/columns"

// geometryColumns says how a table without a geometry type shows geometry.
type geometryColumns uint8

const (
	noGeometry geometryColumns = iota
	lonLat
	wellKnownText
)

func geometryColumnsOf(s *columns.Schema) geometryColumns {
	switch s.Geometry {
	case "":
		return noGeometry
	case "Point":
		return lonLat
	}
	return wellKnownText
}

func (g geometryColumns) names() []string {
	switch g {
	case lonLat:
		return []string{"lon", "lat"}
	case wellKnownText:
		return []string{"geometry"}
	}
	return nil
}
