package geo

import "math"

const (
	newtonSteps = 20
	// bisectionSteps ends the search even if floats conspire.
	bisectionSteps = newtonSteps + 53 + 10
)

// general solves for the azimuth at point 1 by Newton's method on the
// longitude difference, Karney 2013 sections 4 and 5.
func (c *course) general() {
	if sig12, dnm, short := c.start(); short {
		c.metres = sig12 * polarRadius * dnm
		c.somg12, c.comg12 = math.Sincos(c.lam12 / (axisRatio * dnm))
		return
	}
	lowSin, lowCos, highSin, highCos := tiny, 1.0, tiny, -1.0
	tripped, close := false, false
	for step := 0; ; step++ {
		h := c.lambda12()
		limit := epsilon
		if close {
			limit = 8 * epsilon
		}
		// The comparison is negated so that a NaN ends the loop.
		if tripped || !(math.Abs(h.excess) >= limit) || step == bisectionSteps {
			c.finish(h)
			return
		}
		if h.excess > 0 && (step > newtonSteps || c.calp1/c.salp1 > highCos/highSin) {
			highSin, highCos = c.salp1, c.calp1
		} else if h.excess < 0 && (step > newtonSteps || c.calp1/c.salp1 < lowCos/lowSin) {
			lowSin, lowCos = c.salp1, c.calp1
		}
		if step < newtonSteps {
			if slope := c.slope(h); slope > 0 {
				turn := -h.excess / slope
				sin, cos := math.Sincos(turn)
				next := c.salp1*cos + c.calp1*sin
				if math.Abs(turn) < math.Pi && next > 0 {
					c.salp1, c.calp1 = unit(next, c.calp1*cos-c.salp1*sin)
					close = math.Abs(h.excess) <= 16*epsilon
					continue
				}
			}
		}
		c.salp1, c.calp1 = unit((lowSin+highSin)/2, (lowCos+highCos)/2)
		close = false
		tripped = math.Abs(lowSin-c.salp1)+(lowCos-c.calp1) < epsilon ||
			math.Abs(c.salp1-highSin)+(c.calp1-highCos) < epsilon
	}
}

// hybrid is the geodesic from point 1 at the tried azimuth to the latitude of
// point 2.
type hybrid struct {
	// excess is its longitude difference less the wanted one.
	excess                     float64
	eps, sig12, domg12         float64
	ssig1, csig1, ssig2, csig2 float64
}

// lambda12 solves the hybrid problem, equation (45).
func (c *course) lambda12() hybrid {
	var h hybrid
	calp1 := c.calp1
	if c.sbet1 == 0 && calp1 == 0 {
		calp1 = -tiny
	}
	salp0 := c.salp1 * c.cbet1
	calp0 := math.Sqrt(square(calp1) + square(c.salp1*c.sbet1))
	somg1, comg1 := salp0*c.sbet1, calp1*c.cbet1
	h.ssig1, h.csig1 = unit(c.sbet1, comg1)
	c.salp2 = c.salp1
	if c.cbet2 != c.cbet1 {
		c.salp2 = salp0 / c.cbet2
	}
	c.calp2 = math.Abs(calp1)
	if c.cbet2 != c.cbet1 || math.Abs(c.sbet2) != -c.sbet1 {
		gap := (c.sbet1 - c.sbet2) * (c.sbet1 + c.sbet2)
		if c.cbet1 < -c.sbet1 {
			gap = (c.cbet2 - c.cbet1) * (c.cbet1 + c.cbet2)
		}
		c.calp2 = math.Sqrt(square(calp1*c.cbet1)+gap) / c.cbet2
	}
	somg2, comg2 := salp0*c.sbet2, c.calp2*c.cbet2
	h.ssig2, h.csig2 = unit(c.sbet2, comg2)
	h.sig12 = math.Atan2(math.Max(0, h.csig1*h.ssig2-h.ssig1*h.csig2), h.csig1*h.csig2+h.ssig1*h.ssig2)
	somg12 := math.Max(0, comg1*somg2-somg1*comg2)
	comg12 := comg1*comg2 + somg1*somg2
	eta := math.Atan2(somg12*c.clam12-comg12*c.slam12, comg12*c.clam12+somg12*c.slam12)

	h.eps = expansion(calp0)
	var c3a [order]float64
	c3(h.eps, &c3a)
	b3 := sineSeries(h.ssig2, h.csig2, c3a[:]) - sineSeries(h.ssig1, h.csig1, c3a[:])
	h.domg12 = -flattening * a3(h.eps) * salp0 * (h.sig12 + b3)
	h.excess = eta + h.domg12
	return h
}

// slope is the derivative of the longitude by the azimuth at point 1.
func (c *course) slope(h hybrid) float64 {
	if c.calp2 == 0 {
		return -2 * axisRatio * c.dn1 / c.sbet1
	}
	_, reduced := c.lengths(h.eps, h.sig12, h.ssig1, h.csig1, h.ssig2, h.csig2)
	return reduced * axisRatio / (c.calp2 * c.cbet2)
}

func (c *course) finish(h hybrid) {
	metres, _ := c.lengths(h.eps, h.sig12, h.ssig1, h.csig1, h.ssig2, h.csig2)
	c.metres = metres * polarRadius
	sin, cos := math.Sincos(h.domg12)
	c.somg12 = c.slam12*cos - c.clam12*sin
	c.comg12 = c.clam12*cos + c.slam12*sin
}

// start sets a first azimuth for Newton's method. For very short courses the
// auxiliary sphere is exact: then short is true, sig12 is the arc and
// sig12 * dnm * polarRadius the length.
func (c *course) start() (sig12, dnm float64, short bool) {
	sbet12 := c.sbet2*c.cbet1 - c.cbet2*c.sbet1
	cbet12 := c.cbet2*c.cbet1 + c.sbet2*c.sbet1
	sbet12a := c.sbet2*c.cbet1 + c.cbet2*c.sbet1
	somg12, comg12 := c.slam12, c.clam12
	nearby := cbet12 >= 0 && sbet12 < 0.5 && c.cbet2*c.lam12 < 0.5
	if nearby {
		middle := square(c.sbet1 + c.sbet2)
		middle /= middle + square(c.cbet1+c.cbet2)
		dnm = math.Sqrt(1 + secondEcc2*middle)
		somg12, comg12 = math.Sincos(c.lam12 / (axisRatio * dnm))
	}
	c.salp1 = c.cbet2 * somg12
	if comg12 >= 0 {
		c.calp1 = sbet12 + c.cbet2*c.sbet1*square(somg12)/(1+comg12)
	} else {
		c.calp1 = sbet12a - c.cbet2*c.sbet1*square(somg12)/(1-comg12)
	}
	ssig12 := math.Sqrt(square(c.salp1) + square(c.calp1))
	csig12 := c.sbet1*c.sbet2 + c.cbet1*c.cbet2*comg12
	// The azimuth's error is then below epsilon: Karney 2013, section 4.
	const veryShort = 0.1 * 0x1p-26 / 0.0409096
	switch {
	case nearby && ssig12 < veryShort:
		c.salp2 = c.cbet1 * somg12
		turn := 1 - comg12
		if comg12 >= 0 {
			turn = square(somg12) / (1 + comg12)
		}
		c.calp2 = sbet12 - c.cbet1*c.sbet2*turn
		c.salp2, c.calp2 = unit(c.salp2, c.calp2)
		sig12, short = math.Atan2(ssig12, csig12), true
	case csig12 >= 0 || ssig12 >= 6*thirdFlattening*math.Pi*square(c.cbet1):
	default:
		c.startAntipodal(sbet12a)
	}
	if c.salp1 > 0 || math.IsNaN(c.salp1) {
		c.salp1, c.calp1 = unit(c.salp1, c.calp1)
	} else {
		c.salp1, c.calp1 = 1, 0
	}
	return sig12, dnm, short
}

// startAntipodal estimates the azimuth of a course to nearly the opposite
// point by the astroid, Karney 2013 section 5.
func (c *course) startAntipodal(sbet12a float64) {
	eps := expansion(c.sbet1)
	lambdaScale := flattening * c.cbet1 * a3(eps) * math.Pi
	x := math.Atan2(-c.slam12, -c.clam12) / lambdaScale
	y := sbet12a / (lambdaScale * c.cbet1)
	if y > -200*epsilon && x > -1-1000*0x1p-26 {
		c.salp1 = math.Min(1, -x)
		c.calp1 = -math.Sqrt(1 - square(c.salp1))
		return
	}
	k := astroid(x, y)
	somg12, comg12 := math.Sincos(lambdaScale * -x * k / (1 + k))
	c.salp1 = c.cbet2 * somg12
	c.calp1 = sbet12a - c.cbet2*c.sbet1*square(somg12)/(1+comg12)
}

// astroid is the positive root k of
// k^4 + 2 k^3 - (x^2 + y^2 - 1) k^2 - 2 y^2 k - y^2 = 0, equation (55).
func astroid(x, y float64) float64 {
	p, q := x*x, y*y
	r := (p + q - 1) / 6
	if q == 0 && r <= 0 {
		return 0
	}
	s, r2 := p*q/4, r*r
	r3 := r * r2
	discriminant := s * (s + 2*r3)
	u := r
	if discriminant >= 0 {
		t := s + r3
		t = math.Cbrt(t + math.Copysign(math.Sqrt(discriminant), t))
		u += t
		if t != 0 {
			u += r2 / t
		}
	} else {
		u += 2 * r * math.Cos(math.Atan2(math.Sqrt(-discriminant), -(s+r3))/3)
	}
	v := math.Sqrt(u*u + q)
	uv := u + v
	if u < 0 {
		uv = q / (v - u)
	}
	w := (uv - q) / (2 * v)
	return uv / (math.Sqrt(uv+w*w) + w)
}
