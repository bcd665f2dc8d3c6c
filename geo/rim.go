package geo

import (
	"cmp"
	"math"
	"slices"
)

// sortRims orders crossings anticlockwise from -pi.
func sortRims(rims []rim) {
	slices.SortFunc(rims, func(a, b rim) int { return cmp.Compare(a.angle, b.angle) })
}

// widest sorts the crossings and returns the middle of the widest arc between
// two of them, as an angle from -pi to pi.
func widest(rims []rim) float64 {
	sortRims(rims)
	last := rims[len(rims)-1].angle
	gap, from := rims[0].angle+2*math.Pi-last, last
	for i := 1; i < len(rims); i++ {
		if g := rims[i].angle - rims[i-1].angle; g > gap {
			gap, from = g, rims[i-1].angle
		}
	}
	return math.Remainder(from+gap/2, 2*math.Pi)
}
