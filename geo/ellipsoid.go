package geo

import "math"

// WGS 84, NIMA TR8350.2: semi-axes in metres and what follows from them.
const (
	equatorialRadius = 6378137.0
	flattening       = 1 / 298.257223563
	polarRadius      = equatorialRadius * (1 - flattening)
	axisRatio        = 1 - flattening
	eccentricity2    = flattening * (2 - flattening)
	secondEcc2       = eccentricity2 / (axisRatio * axisRatio)
	thirdFlattening  = flattening / (2 - flattening)
)

// authalicRadius2 is the square of the radius of the sphere of the same area.
var authalicRadius2 = (equatorialRadius*equatorialRadius +
	polarRadius*polarRadius*math.Atanh(math.Sqrt(eccentricity2))/math.Sqrt(eccentricity2)) / 2

const (
	degree = math.Pi / 180
	// tiny keeps divisions finite where the true value is zero.
	tiny = 0x1p-511
	// epsilon is the spacing of floats at 1.
	epsilon = 0x1p-52
)

func square(x float64) float64 { return x * x }

// unit scales (x, y) to length 1.
func unit(x, y float64) (float64, float64) {
	r := math.Sqrt(x*x + y*y)
	return x / r, y / r
}

// sincosDegrees is exact at multiples of 90 degrees.
func sincosDegrees(x float64) (sin, cos float64) {
	r := math.Mod(x, 360)
	quadrant := math.Round(r / 90)
	sin, cos = math.Sincos((r - 90*quadrant) * degree)
	switch int(quadrant) & 3 {
	case 1:
		sin, cos = cos, -sin
	case 2:
		sin, cos = -sin, -cos
	case 3:
		sin, cos = -cos, sin
	}
	return sin, cos + 0
}

// normalLongitude reduces degrees to [-180, 180].
func normalLongitude(x float64) float64 {
	if x >= -180 && x <= 180 {
		return x
	}
	return math.Remainder(x, 360)
}

// longitudeDifference is b - a reduced to [-180, 180], and what rounding lost.
func longitudeDifference(a, b float64) (difference, lost float64) {
	difference, lost = twoSum(math.Remainder(-a, 360), math.Remainder(b, 360))
	difference, lost = twoSum(math.Remainder(difference, 360), lost)
	return difference, lost
}

// twoSum is the rounded sum of a and b, and its rounding error.
func twoSum(a, b float64) (sum, lost float64) {
	sum = a + b
	bb := sum - a
	return sum, (a - (sum - bb)) + (b - bb)
}

// roundAngle lets angles below about 1e-17 degrees vanish, so that the
// singular cases are met exactly or not at all.
func roundAngle(x float64) float64 {
	const z = 1.0 / 16
	y := math.Abs(x)
	if y < z {
		y = z - (z - y)
	}
	return math.Copysign(y, x)
}
