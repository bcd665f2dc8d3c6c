package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// Distance is the length in metres of the shortest geodesic from a to b, to
// about 15 nanometres.
func Distance(a, b orb.Point) float64 {
	c := solve(a, b)
	return c.metres
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

// Destination is the position reached from p after metres along the geodesic
// that leaves p at azimuthDeg degrees clockwise from north. Its longitude lies
// in -180..180.
func Destination(p orb.Point, azimuthDeg, metres float64) orb.Point {
	salp1, calp1 := sincosDegrees(roundAngle(math.Remainder(azimuthDeg, 360)))
	l := newPath(p, salp1, calp1)
	return l.at(metres)
}

// between is the position at part t (0 to 1) of the course from p to q.
func (c *course) between(p, q orb.Point, t float64) orb.Point {
	if p == q {
		return p
	}
	salp1, calp1 := c.azimuth()
	l := newPath(p, salp1, calp1)
	return l.at(c.metres * t)
}

// path is the geodesic that leaves a point at an azimuth, prepared for many
// lengths: Karney 2013, section 3.
type path struct {
	lon1                       float64
	salp0, calp0               float64
	ssig1, csig1, somg1, comg1 float64
	stau1, ctau1               float64
	scale, b11, b31, a3c       float64
	c1p                        [order + 1]float64
	c3a                        [order]float64
}

func newPath(p orb.Point, salp1, calp1 float64) path {
	l := path{lon1: p[0]}
	sbet1, cbet1 := reduced(roundAngle(p[1]))
	l.salp0 = salp1 * cbet1
	l.calp0 = math.Hypot(calp1, salp1*sbet1)
	l.ssig1, l.somg1 = sbet1, l.salp0*sbet1
	l.csig1 = 1
	if sbet1 != 0 || calp1 != 0 {
		l.csig1 = cbet1 * calp1
	}
	l.comg1 = l.csig1
	l.ssig1, l.csig1 = unit(l.ssig1, l.csig1)
	eps := expansion(l.calp0)
	l.scale = polarRadius * (1 + a1m1(eps))
	var c1 [order + 1]float64
	evenSeries(seriesC1, eps, &c1)
	l.b11 = sineSeries(l.ssig1, l.csig1, c1[:])
	sin, cos := math.Sincos(l.b11)
	l.stau1 = l.ssig1*cos + l.csig1*sin
	l.ctau1 = l.csig1*cos - l.ssig1*sin
	evenSeries(seriesC1p, eps, &l.c1p)
	c3(eps, &l.c3a)
	l.a3c = -flattening * l.salp0 * a3(eps)
	l.b31 = sineSeries(l.ssig1, l.csig1, l.c3a[:])
	return l
}

// at is the position metres along the path.
func (l *path) at(metres float64) orb.Point {
	tau12 := metres / l.scale
	sin, cos := math.Sincos(tau12)
	b12 := -sineSeries(l.stau1*cos+l.ctau1*sin, l.ctau1*cos-l.stau1*sin, l.c1p[:])
	sig12 := tau12 - (b12 - l.b11)
	ssig12, csig12 := math.Sincos(sig12)
	ssig2 := l.ssig1*csig12 + l.csig1*ssig12
	csig2 := l.csig1*csig12 - l.ssig1*ssig12
	sbet2 := l.calp0 * ssig2
	cbet2 := math.Hypot(l.salp0, l.calp0*csig2)
	if cbet2 == 0 {
		cbet2, csig2 = tiny, tiny
	}
	somg2, comg2 := l.salp0*ssig2, csig2
	omg12 := math.Atan2(somg2*l.comg1-comg2*l.somg1, comg2*l.comg1+somg2*l.somg1)
	lam12 := omg12 + l.a3c*(sig12+(sineSeries(ssig2, csig2, l.c3a[:])-l.b31))
	return orb.Point{
		normalLongitude(normalLongitude(l.lon1) + normalLongitude(lam12/degree)),
		math.Atan2(sbet2, axisRatio*cbet2) / degree,
	}
}
