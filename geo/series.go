package geo

// The series of C. F. F. Karney, Algorithms for geodesics, Journal of Geodesy
// 87 (2013) 43-55, https://doi.org/10.1007/s00190-012-0578-z, to order 6,
// which is exact to double precision for the earth. The rational coefficients
// are those of GeographicLib (MIT licence), as in its tables: for each term the
// polynomial's coefficients from the highest power down, then the divisor.
const order = 6

var (
	seriesA1  = []float64{1, 4, 64, 0, 256}
	seriesA2  = []float64{-11, -28, -192, 0, 256}
	seriesC1  = []float64{-1, 6, -16, 32, -9, 64, -128, 2048, 9, -16, 768, 3, -5, 512, -7, 1280, -7, 2048}
	seriesC1p = []float64{205, -432, 768, 1536, 4005, -4736, 3840, 12288, -225, 116, 384, -7173, 2695, 7680, 3467, 7680, 38081, 61440}
	seriesC2  = []float64{1, 2, 16, 32, 35, 64, 384, 2048, 15, 80, 768, 7, 35, 512, 63, 1280, 77, 2048}
	seriesA3  = []float64{-3, 128, -2, -3, 64, -1, -3, -1, 16, 3, -1, -2, 8, 1, -1, 2, 1, 1}
	seriesC3  = []float64{
		3, 128, 2, 5, 128, -1, 3, 3, 64, -1, 0, 1, 8, -1, 1, 4,
		5, 256, 1, 3, 128, -3, -2, 3, 64, 1, -3, 2, 32,
		7, 512, -10, 9, 384, 5, -9, 5, 192,
		7, 512, -14, 7, 512,
		21, 2560,
	}
	seriesC4 = []float64{
		97, 15015, 1088, 156, 45045, -224, -4784, 1573, 45045, -10656, 14144, -4576, -858, 45045,
		64, 624, -4576, 6864, -3003, 15015, 100, 208, 572, 3432, -12012, 30030, 45045,
		1, 9009, -2944, 468, 135135, 5792, 1040, -1287, 135135, 5952, -11648, 9152, -2574, 135135,
		-64, -624, 4576, -6864, 3003, 135135,
		8, 10725, 1856, -936, 225225, -8448, 4992, -1144, 225225, -1440, 4160, -4576, 1716, 225225,
		-136, 63063, 1024, -208, 105105, 3584, -3328, 1144, 315315,
		-128, 135135, -2560, 832, 405405,
		128, 99099,
	}

	polynomialA3 = inThirdFlattening(seriesA3, []int{0, 1, 2, 2, 1, 0})
	polynomialC3 = inThirdFlattening(seriesC3, []int{0, 1, 2, 2, 1, 0, 1, 2, 2, 0, 1, 2, 0, 1, 0})
	polynomialC4 = inThirdFlattening(seriesC4, []int{0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 0, 1, 2, 3, 0, 1, 2, 0, 1, 0})
)

// inThirdFlattening evaluates successive polynomials of the given degrees at
// the ellipsoid's third flattening.
func inThirdFlattening(table []float64, degrees []int) []float64 {
	values := make([]float64, len(degrees))
	for i, d := range degrees {
		values[i] = horner(table[:d+1], thirdFlattening) / table[d+1]
		table = table[d+2:]
	}
	return values
}

// horner evaluates the polynomial whose coefficients are given from the
// highest power down.
func horner(p []float64, x float64) float64 {
	y := 0.0
	for _, c := range p {
		y = y*x + c
	}
	return y
}

// a1m1 is A1 - 1, equation (17).
func a1m1(eps float64) float64 {
	return (horner(seriesA1[:4], eps*eps)/seriesA1[4] + eps) / (1 - eps)
}

// a2m1 is A2 - 1, equation (42).
func a2m1(eps float64) float64 {
	return (horner(seriesA2[:4], eps*eps)/seriesA2[4] - eps) / (1 + eps)
}

// evenSeries fills c[1..order] from a table in powers of eps squared:
// equations (18) for C1, (21) for C1' and (43) for C2.
func evenSeries(table []float64, eps float64, c *[order + 1]float64) {
	power := eps
	for l := 1; l <= order; l++ {
		m := (order - l) / 2
		c[l] = power * horner(table[:m+1], eps*eps) / table[m+1]
		table = table[m+2:]
		power *= eps
	}
}

// a3 is A3, equation (24).
func a3(eps float64) float64 { return horner(polynomialA3, eps) }

// c3 fills c[1..order-1] with C3, equation (25).
func c3(eps float64, c *[order]float64) {
	power, rest := 1.0, polynomialC3
	for l := 1; l < order; l++ {
		power *= eps
		c[l] = power * horner(rest[:order-l], eps)
		rest = rest[order-l:]
	}
}

// c4 fills c[0..order-1] with C4, equation (63).
func c4(eps float64, c *[order]float64) {
	power, rest := 1.0, polynomialC4
	for l := range order {
		c[l] = power * horner(rest[:order-l], eps)
		rest = rest[order-l:]
		power *= eps
	}
}

// sineSeries is the sum of c[l] sin(2 l x) for l from 1, by Clenshaw's rule.
func sineSeries(sin, cos float64, c []float64) float64 {
	twice := 2 * (cos - sin) * (cos + sin)
	y0, y1 := 0.0, 0.0
	for l := len(c) - 1; l > 0; l-- {
		y0, y1 = twice*y0-y1+c[l], y0
	}
	return 2 * sin * cos * y0
}

// cosineSeries is the sum of c[l] cos((2 l + 1) x) for l from 0.
func cosineSeries(sin, cos float64, c []float64) float64 {
	twice := 2 * (cos - sin) * (cos + sin)
	y0, y1 := 0.0, 0.0
	for l := len(c) - 1; l >= 0; l-- {
		y0, y1 = twice*y0-y1+c[l], y0
	}
	return cos * (y0 - y1)
}
