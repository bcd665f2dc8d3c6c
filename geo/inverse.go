package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// course is a geodesic between two points in the canonical position of
// Karney 2013, section 4: latitude 1 is the southern and larger one, and the
// course runs east. Latitudes are reduced ones (beta).
type course struct {
	sbet1, cbet1, dn1 float64
	sbet2, cbet2, dn2 float64
	lam12             float64
	slam12, clam12    float64
	salp1, calp1      float64
	salp2, calp2      float64
	// somg12, comg12 belong to the difference of spherical longitudes; they
	// are set where meridian is false.
	somg12, comg12 float64
	meridian       bool
	// These undo the canonical position: the points were swapped, longitudes
	// and latitudes mirrored.
	swapped          bool
	lonSign, latSign float64
	// metres is the length of the course.
	metres float64
}

// solve finds the shortest geodesic from a to b.
func solve(a, b orb.Point) course {
	var c course
	lon12, lost := longitudeDifference(a[0], b[0])
	c.lonSign = math.Copysign(1, lon12)
	lon12 *= c.lonSign
	lost *= c.lonSign
	c.lam12 = lon12 * degree
	quadrant := math.Round(lon12 / 90)
	// Near 180 degrees the supplement is exact where lon12 is not.
	c.slam12, c.clam12 = math.Sincos(roundAngle((lon12-90*quadrant)+lost) * degree)
	switch quadrant {
	case 1:
		c.slam12, c.clam12 = c.clam12, -c.slam12
	case 2:
		c.slam12, c.clam12 = -c.slam12, -c.clam12
	}
	c.slam12 = math.Abs(c.slam12)
	supplement := (180 - lon12) - lost

	lat1, lat2 := roundAngle(a[1]), roundAngle(b[1])
	if math.Abs(lat1) < math.Abs(lat2) {
		lat1, lat2 = lat2, lat1
		c.swapped = true
	}
	c.latSign = math.Copysign(1, -lat1)
	c.sbet1, c.cbet1 = reduced(lat1 * c.latSign)
	c.sbet2, c.cbet2 = reduced(lat2 * c.latSign)
	// Force |bet2| = |bet1| where the sensitive measure says so, since
	// lambda12 divides by the difference.
	if c.cbet1 < -c.sbet1 {
		if c.cbet2 == c.cbet1 {
			c.sbet2 = math.Copysign(c.sbet1, c.sbet2)
		}
	} else if math.Abs(c.sbet2) == -c.sbet1 {
		c.cbet2 = c.cbet1
	}
	c.dn1 = math.Sqrt(1 + secondEcc2*square(c.sbet1))
	c.dn2 = math.Sqrt(1 + secondEcc2*square(c.sbet2))

	c.meridian = lat1*c.latSign == -90 || c.slam12 == 0
	if c.meridian && c.alongMeridian() {
		return c
	}
	c.meridian = false
	if c.sbet1 == 0 && supplement >= flattening*180 {
		c.alongEquator()
		return c
	}
	c.general()
	return c
}

// azimuth is the direction in which the course leaves its first point, as sine
// and cosine.
func (c *course) azimuth() (sin, cos float64) {
	if c.swapped {
		return c.salp2 * c.lonSign, -c.calp2 * c.latSign
	}
	return c.salp1 * c.lonSign, c.calp1 * c.latSign
}

// reduced is the sine and cosine of the reduced latitude; the cosine is never
// zero.
func reduced(lat float64) (sin, cos float64) {
	sin, cos = sincosDegrees(lat)
	sin, cos = unit(sin*axisRatio, cos)
	return sin, math.Max(tiny, cos)
}

// alongMeridian tells whether the shortest course follows the meridian.
func (c *course) alongMeridian() bool {
	c.calp1, c.salp1 = c.clam12, c.slam12
	c.calp2, c.salp2 = 1, 0
	ssig1, csig1 := c.sbet1, c.calp1*c.cbet1
	ssig2, csig2 := c.sbet2, c.calp2*c.cbet2
	sig12 := math.Atan2(math.Max(0, csig1*ssig2-ssig1*csig2), csig1*csig2+ssig1*ssig2)
	metres, reduced := c.lengths(thirdFlattening, sig12, ssig1, csig1, ssig2, csig2)
	if sig12 >= math.Sqrt(epsilon) && reduced < 0 {
		return false
	}
	if sig12 < 3*tiny || sig12 < epsilon && (metres < 0 || reduced < 0) {
		metres = 0
	}
	c.metres = metres * polarRadius
	return true
}

func (c *course) alongEquator() {
	c.calp1, c.calp2, c.salp1, c.salp2 = 0, 0, 1, 1
	c.metres = equatorialRadius * c.lam12
	c.somg12, c.comg12 = math.Sincos(c.lam12 / axisRatio)
}

// lengths is the distance and the reduced length, both in units of the polar
// radius: equations (7), (38) and (40).
func (c *course) lengths(eps, sig12, ssig1, csig1, ssig2, csig2 float64) (distance, reduced float64) {
	var c1, c2 [order + 1]float64
	a1, a2 := a1m1(eps), a2m1(eps)
	evenSeries(seriesC1, eps, &c1)
	evenSeries(seriesC2, eps, &c2)
	b1 := sineSeries(ssig2, csig2, c1[:]) - sineSeries(ssig1, csig1, c1[:])
	b2 := sineSeries(ssig2, csig2, c2[:]) - sineSeries(ssig1, csig1, c2[:])
	j12 := (a1-a2)*sig12 + ((1+a1)*b1 - (1+a2)*b2)
	reduced = c.dn2*(csig1*ssig2) - c.dn1*(ssig1*csig2) - csig1*csig2*j12
	return (1 + a1) * (sig12 + b1), reduced
}

// expansion is the parameter of the series for a geodesic that crosses the
// equator at an azimuth with this cosine, equation (16).
func expansion(calp0 float64) float64 {
	k2 := square(calp0) * secondEcc2
	return k2 / (2*(1+math.Sqrt(1+k2)) + k2)
}
