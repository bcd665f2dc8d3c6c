package api

import "math"

// maxLatitude is where the square of Web Mercator ends.
const maxLatitude = 85.0511287798066

// WGS 84.
const (
	equatorM   = 6378137.0
	flattening = 1 / 298.257223563
)

// toMercator is EPSG:3857, metres.
func toMercator(lon, lat float64) (x, y float64) {
	lat = min(max(lat, -maxLatitude), maxLatitude)
	return equatorM * lon * math.Pi / 180, equatorM * math.Asinh(math.Tan(lat*math.Pi/180))
}

func fromMercator(x, y float64) (lon, lat float64) {
	return x / equatorM * 180 / math.Pi, math.Atan(math.Sinh(y/equatorM)) * 180 / math.Pi
}

// utm is a northern zone of Universal Transverse Mercator, metres, by Krüger's
// series to the sixth order (Karney 2011, "Transverse Mercator with an accuracy
// of a few nanometers", equations 35 and 36).
type utm struct {
	centralLon  float64 // degrees
	radius      float64 // of the rectifying sphere times the scale on the central meridian
	e           float64 // eccentricity
	alpha, beta [6]float64
}

const (
	utmScale   = 0.9996
	utmEasting = 500_000
)

func newUTM(zone int) utm {
	n := flattening / (2 - flattening)
	n2, n3, n4, n5, n6 := n*n, n*n*n, n*n*n*n, n*n*n*n*n, n*n*n*n*n*n
	return utm{
		centralLon: float64(zone)*6 - 183,
		radius:     utmScale * equatorM / (1 + n) * (1 + n2/4 + n4/64 + n6/256),
		e:          math.Sqrt(flattening * (2 - flattening)),
		alpha: [6]float64{
			n/2 - 2*n2/3 + 5*n3/16 + 41*n4/180 - 127*n5/288 + 7891*n6/37800,
			13*n2/48 - 3*n3/5 + 557*n4/1440 + 281*n5/630 - 1983433*n6/1935360,
			61*n3/240 - 103*n4/140 + 15061*n5/26880 + 167603*n6/181440,
			49561*n4/161280 - 179*n5/168 + 6601661*n6/7257600,
			34729*n5/80640 - 3418889*n6/1995840,
			212378941 * n6 / 319334400,
		},
		beta: [6]float64{
			n/2 - 2*n2/3 + 37*n3/96 - n4/360 - 81*n5/512 + 96199*n6/604800,
			n2/48 + n3/15 - 437*n4/1440 + 46*n5/105 - 1118711*n6/3870720,
			17*n3/480 - 37*n4/840 - 209*n5/4480 + 5569*n6/90720,
			4397*n4/161280 - 11*n5/504 - 830251*n6/7257600,
			4583*n5/161280 - 108847*n6/3991680,
			20648693 * n6 / 638668800,
		},
	}
}

func (u utm) forward(lon, lat float64) (easting, northing float64) {
	phi, lambda := lat*math.Pi/180, (lon-u.centralLon)*math.Pi/180
	tau := u.conformal(math.Tan(phi))
	xi0 := math.Atan2(tau, math.Cos(lambda))
	eta0 := math.Asinh(math.Sin(lambda) / math.Hypot(tau, math.Cos(lambda)))
	xi, eta := xi0, eta0
	for j, a := range u.alpha {
		k := float64(2 * (j + 1))
		xi += a * math.Sin(k*xi0) * math.Cosh(k*eta0)
		eta += a * math.Cos(k*xi0) * math.Sinh(k*eta0)
	}
	return utmEasting + u.radius*eta, u.radius * xi
}

func (u utm) inverse(easting, northing float64) (lon, lat float64) {
	xi, eta := northing/u.radius, (easting-utmEasting)/u.radius
	xi0, eta0 := xi, eta
	for j, b := range u.beta {
		k := float64(2 * (j + 1))
		xi0 -= b * math.Sin(k*xi) * math.Cosh(k*eta)
		eta0 -= b * math.Cos(k*xi) * math.Sinh(k*eta)
	}
	target := math.Sin(xi0) / math.Hypot(math.Sinh(eta0), math.Cos(xi0))
	tau := target
	for range 5 { // Newton; two rounds reach double precision, Karney section 3
		now := u.conformal(tau)
		tau += (target - now) / math.Hypot(1, now) * (1 + (1-u.e*u.e)*tau*tau) / ((1 - u.e*u.e) * math.Hypot(1, tau))
	}
	return u.centralLon + math.Atan2(math.Sinh(eta0), math.Cos(xi0))*180/math.Pi, math.Atan(tau) * 180 / math.Pi
}

// conformal turns the tangent of a latitude into that of its conformal one.
func (u utm) conformal(tau float64) float64 {
	sigma := math.Sinh(u.e * math.Atanh(u.e*tau/math.Hypot(1, tau)))
	return tau*math.Hypot(1, sigma) - sigma*math.Hypot(1, tau)
}
