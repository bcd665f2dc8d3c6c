package columns

import "math"

// worldSize is the side of the Web Mercator square (EPSG:3857) in the units of
// worldX and worldY: x runs east from 180° W, y runs south from 85.05113° N.
const worldSize = 1 << 32

// worldX places a longitude in units of 10^-7 degrees, exactly: the factor is
// worldSize / 3.6e9 = 2^22 / 3515625.
func worldX(lon int64) int64 {
	x := int64(uint64(lon+180*unitsPerDegree) << 22 / 3515625)
	return min(x, worldSize-1)
}

// lonFrom is the least longitude whose worldX is at least x.
func lonFrom(x int64) int64 {
	if x >= worldSize {
		return 180*unitsPerDegree + 1
	}
	lon := int64(float64(x)*(360*unitsPerDegree/float64(worldSize))) - 180*unitsPerDegree - 2
	for worldX(max(lon, -180*unitsPerDegree)) < x {
		lon++
	}
	return lon
}

// worldY places a latitude in degrees; beyond the square it is on the edge.
func worldY(lat float64) int64 {
	y := (1 - math.Asinh(math.Tan(lat*math.Pi/180))/math.Pi) / 2
	if math.IsNaN(y) {
		y = 0
	}
	return max(0, min(int64(math.Max(-1, math.Min(y, 2))*worldSize), worldSize-1))
}
