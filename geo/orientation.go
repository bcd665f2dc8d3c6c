package geo

import (
	"math"
	"math/big"

	"github.com/paulmach/orb"
)

// orientation is positive where c lies left of the line from a to b, negative
// where right, zero on it. It is exact: where floats cannot tell, it computes
// with rational numbers. The bound is that of J. R. Shewchuk, Adaptive
// precision floating-point arithmetic and fast robust geometric predicates
// (1997), ccwerrboundA.
func orientation(a, b, c orb.Point) int {
	left := (a[0] - c[0]) * (b[1] - c[1])
	right := (a[1] - c[1]) * (b[0] - c[0])
	det := left - right
	bound := (3 + 8*epsilon) * epsilon / 2 * (math.Abs(left) + math.Abs(right))
	switch {
	case det > bound:
		return 1
	case -det > bound:
		return -1
	case (a[0] == c[0] || b[1] == c[1]) && (a[1] == c[1] || b[0] == c[0]):
		return 0
	}
	return exactOrientation(a, b, c)
}

func exactOrientation(a, b, c orb.Point) int {
	difference := func(x, y float64) *big.Rat {
		return new(big.Rat).Sub(new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(y))
	}
	left := difference(a[0], c[0])
	left.Mul(left, difference(b[1], c[1]))
	right := difference(a[1], c[1])
	right.Mul(right, difference(b[0], c[0]))
	return left.Cmp(right)
}
