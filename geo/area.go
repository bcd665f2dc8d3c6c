package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// Area is the area in square metres on the ellipsoid, with geodesic edges;
// holes are subtracted. Of the two sides of a ring the smaller counts, so rings
// around a pole or across the antimeridian need no care.
func Area(polygons orb.MultiPolygon) float64 {
	total := 0.0
	for _, polygon := range polygons {
		for i, ring := range polygon {
			if i == 0 {
				total += ringArea(ring)
			} else {
				total -= ringArea(ring)
			}
		}
	}
	return math.Max(0, total)
}

// ringArea follows Karney 2013, section 6: the areas between the edges and the
// equator, less half the earth when the ring goes around a pole.
func ringArea(ring orb.Ring) float64 {
	sum, lost := 0.0, 0.0
	aroundPole := false
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		if a == b {
			continue
		}
		c := solve(a, b)
		var e float64
		sum, e = twoSum(sum, c.areaToEquator())
		lost += e
		if crossesPrimeMeridian(a[0], b[0]) {
			aroundPole = !aroundPole
		}
	}
	earth := 4 * math.Pi * authalicRadius2
	sum = math.Remainder(sum, earth) + lost
	if aroundPole {
		sum -= math.Copysign(earth/2, sum)
	}
	return math.Abs(math.Remainder(sum, earth))
}

// crossesPrimeMeridian counts longitude 0 as east of it.
func crossesPrimeMeridian(lon1, lon2 float64) bool {
	difference, _ := longitudeDifference(lon1, lon2)
	lon1, lon2 = math.Remainder(lon1, 360), math.Remainder(lon2, 360)
	return difference > 0 && (lon1 < 0 && lon2 >= 0 || lon1 > 0 && lon2 == 0) ||
		difference < 0 && lon1 >= 0 && lon2 < 0
}

// areaToEquator is the area between the course and the equator, signed by its
// direction: equations (58) to (64).
func (c *course) areaToEquator() float64 {
	salp0 := c.salp1 * c.cbet1
	calp0 := math.Hypot(c.calp1, c.salp1*c.sbet1)
	area := 0.0
	if calp0 != 0 && salp0 != 0 {
		ssig1, csig1 := unit(c.sbet1, c.calp1*c.cbet1)
		ssig2, csig2 := unit(c.sbet2, c.calp2*c.cbet2)
		var c4a [order]float64
		c4(expansion(calp0), &c4a)
		area = square(equatorialRadius) * eccentricity2 * calp0 * salp0 *
			(cosineSeries(ssig2, csig2, c4a[:]) - cosineSeries(ssig1, csig1, c4a[:]))
	}
	var turn float64
	if !c.meridian && c.comg12 > -0.7071 && c.sbet2-c.sbet1 < 1.75 {
		// Keeps precision for short edges, equation (65).
		domg12, dbet1, dbet2 := 1+c.comg12, 1+c.cbet1, 1+c.cbet2
		turn = 2 * math.Atan2(c.somg12*(c.sbet1*dbet2+c.sbet2*dbet1), domg12*(c.sbet1*c.sbet2+dbet1*dbet2))
	} else {
		salp12 := c.salp2*c.calp1 - c.calp2*c.salp1
		calp12 := c.calp2*c.calp1 + c.salp2*c.salp1
		if salp12 == 0 && calp12 < 0 {
			salp12, calp12 = tiny*c.calp1, -1
		}
		turn = math.Atan2(salp12, calp12)
	}
	return c.lonSign * c.latSign * (area + authalicRadius2*turn)
}
