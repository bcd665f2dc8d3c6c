package geo

import (
	"math"

	"github.com/paulmach/orb"
	orbgeo "github.com/paulmach/orb/geo"
)

// Distance is the length in metres of the shortest geodesic from a to b.
func Distance(a, b orb.Point) float64 { return orbgeo.Distance(a, b) }

// Destination is the position reached from p after metres along the geodesic
// that leaves p at azimuthDeg degrees clockwise from north.
func Destination(p orb.Point, azimuthDeg, metres float64) orb.Point {
	return orbgeo.PointAtBearingAndDistance(p, azimuthDeg, metres)
}

// Length is the geodesic length of all lines together.
func Length(lines orb.MultiLineString) float64 {
	total := 0.0
	for _, line := range lines {
		for i := 1; i < len(line); i++ {
			total += Distance(line[i-1], line[i])
		}
	}
	return total
}

// Area is the area in square metres, holes subtracted.
func Area(polygons orb.MultiPolygon) float64 { return math.Abs(orbgeo.Area(polygons)) }
