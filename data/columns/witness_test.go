package columns

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
)

// jagged is a polygon with positions on a coarse grid, so that two share edges
// and vertices often; a line is its outline left open.
func jagged(r *rand.Rand) orb.Geometry {
	center := orb.Point{float64(r.IntN(9)), float64(r.IntN(9))}
	if r.IntN(4) == 0 {
		return orb.Bound{Min: center, Max: orb.Point{center[0] + float64(1+r.IntN(4)), center[1] + float64(1+r.IntN(4))}}.ToPolygon()
	}
	var ring orb.Ring
	for n := 3 + r.IntN(12); len(ring) < n; {
		a := 2 * math.Pi * float64(len(ring)) / float64(n)
		far := float64(1+r.IntN(6)) / 2
		ring = append(ring, orb.Point{math.Round((center[0]+far*math.Cos(a))*8) / 8, math.Round((center[1]+far*math.Sin(a))*8) / 8})
	}
	if r.IntN(3) == 0 {
		return orb.LineString(ring)
	}
	return orb.Polygon{append(ring, ring[0])}
}

// TestWitnesses: what witnesses decide is what the whole arrangement says, and
// they decide most.
func TestWitnesses(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	decided, asked := 0, 0
	for asked < 20_000 {
		a, b := jagged(r), jagged(r)
		for relation := Intersects; relation <= Equals; relation++ {
			if relation == Disjoint {
				continue
			}
			want, err := Related(a, relation, b)
			if err != nil {
				continue // one that crosses itself
			}
			asked++
			got, sure := judge(relation, plainShape(a), newShape(b), dimension(a), dimension(b))
			if sure {
				decided++
			}
			if sure && got != want {
				t.Fatalf("%v: %v %v %v, want %v", relation, a, got, b, want)
			}
		}
	}
	if share := float64(decided) / float64(asked); share < 0.6 {
		t.Errorf("witnesses decided %.0f %% of %d", 100*share, asked)
	}
}
