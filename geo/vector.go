package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// vector is a place or a direction in earth-centred coordinates: x to
// (lon 0, lat 0), y to (lon 90, lat 0), z to the north pole, in metres.
type vector struct{ x, y, z float64 }

func (v vector) minus(w vector) vector            { return vector{v.x - w.x, v.y - w.y, v.z - w.z} }
func (v vector) plus(w vector) vector             { return vector{v.x + w.x, v.y + w.y, v.z + w.z} }
func (v vector) times(k float64) vector           { return vector{v.x * k, v.y * k, v.z * k} }
func (v vector) dot(w vector) float64             { return v.x*w.x + v.y*w.y + v.z*w.z }
func (v vector) length() float64                  { return math.Sqrt(v.dot(v)) }
func (v vector) along(w vector, t float64) vector { return v.plus(w.times(t)) }

// surface is a place on the ellipsoid with the unit normal there.
type surface struct{ place, normal vector }

// onSurface finds the place of a position.
func onSurface(p orb.Point) surface {
	sinLon, cosLon := math.Sincos(p[0] * degree)
	sinLat, cosLat := math.Sincos(p[1] * degree)
	normal := vector{cosLat * cosLon, cosLat * sinLon, sinLat}
	r := equatorialRadius / math.Sqrt(1-eccentricity2*sinLat*sinLat)
	return surface{vector{r * normal.x, r * normal.y, r * normal.z * (1 - eccentricity2)}, normal}
}

// drop is the place of the ellipsoid under or over v, which must be within
// some centimetres of it.
func drop(v vector) surface {
	// The gradient of (x^2 + y^2) / a^2 + z^2 / b^2 lies along the normal; its
	// length there, by the binomial series, depends on z alone.
	const ratio2 = 1 / (axisRatio * axisRatio)
	n := vector{v.x / equatorialRadius, v.y / equatorialRadius, v.z * (ratio2 / equatorialRadius)}
	u := v.z * v.z * (ratio2 * (ratio2 - 1) / (equatorialRadius * equatorialRadius))
	height := (v.dot(n) - equatorialRadius) / 2
	return surface{v.along(n, -height), n.times(1 - u*(1.0/2-u*(3.0/8-u*(5.0/16-u*35.0/128))))}
}

// position is the longitude and latitude of a place on the ellipsoid.
func (s surface) position() orb.Point {
	return orb.Point{
		math.Atan2(s.normal.y, s.normal.x) / degree,
		math.Atan2(s.normal.z, math.Hypot(s.normal.x, s.normal.y)) / degree,
	}
}

// surfaceDistance is the geodesic distance between two places from the
// straight chord and the normals at its ends: the mean curvature along the
// course is (a - b).(na - nb) / chord^2, and an arc of that curvature has the
// course's length. Against Karney's solution the error grows with the fifth
// power of the distance: 0.0006 m at 500 km, 0.02 m at 1,000 km, 0.14 m at
// 1,500 km, 0.6 m at 2,000 km (TestSurfaceDistance).
func surfaceDistance(a, b surface) float64 {
	d := a.place.minus(b.place)
	chord2 := d.dot(d)
	if chord2 == 0 {
		return 0
	}
	curvature := d.dot(a.normal.minus(b.normal)) / chord2
	// x is the sine of half the arc's angle; asin x to the 11th power.
	x2 := curvature * curvature * chord2 / 4
	return math.Sqrt(chord2) * (1 + x2*(1.0/6+x2*(3.0/40+x2*(15.0/336+x2*(105.0/3456+x2*945.0/42240)))))
}
