package codec

import (
	"fmt"

	"github.com/paulmach/orb"
)

// appendKMLStyle writes a colour for points, lines and areas; KML's colours
// are aabbggrr.
func appendKMLStyle(b []byte, id, color string) []byte {
	red, green, blue := rgb(color)
	bgr := fmt.Sprintf("%02x%02x%02x", blue, green, red)
	return fmt.Appendf(b, "<Style%s><IconStyle><color>ff%[2]s</color><scale>0.8</scale></IconStyle>"+
		"<LabelStyle><scale>0.7</scale></LabelStyle><LineStyle><color>ff%[2]s</color><width>2</width></LineStyle>"+
		"<PolyStyle><color>8c%[2]s</color></PolyStyle></Style>\n", id, bgr)
}

// appendKMLGeometry writes g; nil writes nothing.
func appendKMLGeometry(dst []byte, g orb.Geometry) ([]byte, error) {
	switch g := g.(type) {
	case nil:
		return dst, nil
	case orb.Point:
		return append(appendKMLList(append(dst, "<Point>"...), []orb.Point{g}), "</Point>"...), nil
	case orb.LineString:
		return append(appendKMLList(append(dst, "<LineString>"...), g), "</LineString>"...), nil
	case orb.Polygon:
		dst = append(dst, "<Polygon>"...)
		for i, ring := range g {
			side := "outerBoundaryIs>"
			if i > 0 {
				side = "innerBoundaryIs>"
			}
			dst = append(append(append(dst, '<'), side...), "<LinearRing>"...)
			dst = append(appendKMLList(dst, ring), "</LinearRing></"...)
			dst = append(dst, side...)
		}
		return append(dst, "</Polygon>"...), nil
	case orb.MultiPoint:
		return appendKMLParts(dst, g)
	case orb.MultiLineString:
		return appendKMLParts(dst, g)
	case orb.MultiPolygon:
		return appendKMLParts(dst, g)
	case orb.Collection:
		return appendKMLParts(dst, g)
	}
	return dst, fmt.Errorf("geometry %T is not of GeoJSON", g)
}

func appendKMLParts[G orb.Geometry](dst []byte, parts []G) ([]byte, error) {
	dst = append(dst, "<MultiGeometry>"...)
	for _, part := range parts {
		var err error
		if dst, err = appendKMLGeometry(dst, part); err != nil {
			return dst, err
		}
	}
	return append(dst, "</MultiGeometry>"...), nil
}

func appendKMLList(dst []byte, points []orb.Point) []byte {
	dst = append(dst, "<coordinates>"...)
	for i, p := range points {
		if i > 0 {
			dst = append(dst, ' ')
		}
		dst = appendReal(append(appendReal(dst, p[0]), ','), p[1])
	}
	return append(dst, "</coordinates>"...)
}
