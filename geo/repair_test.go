package geo_test

import (
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

func TestRepair(t *testing.T) {
	square := orb.Ring{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}
	hole := orb.Ring{{1, 1}, {1, 3}, {3, 3}, {3, 1}, {1, 1}}
	backwards := func(r orb.Ring) orb.Ring {
		c := r.Clone()
		c.Reverse()
		return c
	}
	for _, c := range []struct {
		name    string
		shape   orb.Geometry
		want    orb.MultiPolygon
		changes []string // what each must hold
	}{
		{"sound", orb.Polygon{square, hole}, orb.MultiPolygon{{square, hole}}, nil},
		{"many decimals stay", orb.Polygon{{{0, 0}, {1.0 / 3, 0}, {0, 1.0 / 7}, {0, 0}}},
			orb.MultiPolygon{{{{0, 0}, {1.0 / 3, 0}, {0, 1.0 / 7}, {0, 0}}}}, nil},
		{"open", orb.Polygon{square[:4]}, orb.MultiPolygon{{square}}, []string{"outer ring was open: closed"}},
		{"turned", orb.Polygon{backwards(square), backwards(hole)}, orb.MultiPolygon{{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}}, hole}},
			[]string{"outer ring ran clockwise", "hole 1 ran anticlockwise"}},
		{"repeated", orb.Polygon{{{0, 0}, {4, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}, {0, 0}}}, orb.MultiPolygon{{square}}, []string{"repeats 2 position"}},
		{"degenerate hole", orb.Polygon{square, {{1, 1}, {2, 2}, {1, 1}}}, orb.MultiPolygon{{square}}, []string{"hole 1 has fewer than three corners"}},
		// A bow tie becomes two triangles.
		{"bow tie", orb.Polygon{{{0, 0}, {4, 4}, {4, 0}, {0, 4}, {0, 0}}},
			orb.MultiPolygon{{{{0, 0}, {2, 2}, {0, 4}, {0, 0}}}, {{{2, 2}, {4, 0}, {4, 4}, {2, 2}}}}, []string{"cross or touch at 2, 2: made 2 polygons"}},
		{"spike", orb.Polygon{{{0, 0}, {4, 0}, {4, 4}, {9, 9}, {4, 4}, {0, 4}, {0, 0}}}, orb.MultiPolygon{{square}}, []string{"made 1 polygon"}},
		{"hole on the edge", orb.Polygon{square, {{0, 1}, {0, 3}, {3, 3}, {3, 1}, {0, 1}}},
			orb.MultiPolygon{{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 3}, {3, 3}, {3, 1}, {0, 1}, {0, 0}}}}, []string{"touch"}},
		{"hole outside", orb.Polygon{square, {{5, 5}, {5, 6}, {6, 6}, {6, 5}, {5, 5}}},
			orb.MultiPolygon{{square}, {{{5, 5}, {6, 5}, {6, 6}, {5, 6}, {5, 5}}}}, []string{"made 2 polygons"}},
		{"ring that touches itself", orb.Polygon{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {2, 2}, {0, 0}}}, orb.MultiPolygon{{{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {2, 2}, {0, 0}}}}, nil},
		{"overlap", orb.MultiPolygon{{square}, {{{2, 2}, {6, 2}, {6, 6}, {2, 6}, {2, 2}}}},
			orb.MultiPolygon{{{{0, 0}, {4, 0}, {4, 2}, {6, 2}, {6, 6}, {2, 6}, {2, 4}, {0, 4}, {0, 0}}}}, []string{"polygons: overlap or share edges: made 1 polygon of 2"}},
		{"neighbours", orb.MultiPolygon{{square}, {{{4, 0}, {8, 0}, {8, 4}, {4, 4}, {4, 0}}}},
			orb.MultiPolygon{{{{0, 0}, {4, 0}, {8, 0}, {8, 4}, {4, 4}, {0, 4}, {0, 0}}}}, []string{"share edges"}},
		{"collection", orb.Collection{orb.Point{1, 2}, orb.Polygon{square}}, orb.MultiPolygon{{square}}, nil},
	} {
		got, changes, err := geo.Repair(c.shape)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		mustBeValid(t, got)
		if !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if len(changes) != len(c.changes) {
			t.Errorf("%s: told %q, want %q", c.name, changes, c.changes)
			continue
		}
		for i := range changes {
			if !strings.Contains(changes[i], c.changes[i]) {
				t.Errorf("%s: told %q, want %q", c.name, changes[i], c.changes[i])
			}
		}
		again, changes, err := geo.Repair(got)
		if err != nil || !again.Equal(got) || len(changes) > 0 {
			t.Errorf("%s: a second repair changes %v to %v: %q %v", c.name, got, again, changes, err)
		}
	}
}

func TestRepairRefuses(t *testing.T) {
	for _, shape := range []orb.Geometry{
		nil, orb.Point{1, 2}, orb.Polygon{}, orb.MultiPolygon{}, orb.Polygon{{}}, orb.Polygon{{{1, 1}, {2, 2}}},
		orb.Polygon{{{0, 0}, {4, 0}, {2, 0}, {0, 0}}}, orb.Polygon{{{0, 0}, {1, 95}, {1, 1}}}, orb.Polygon{{{0, 0}, {math.NaN(), 5}, {1, 1}}},
	} {
		if got, _, err := geo.Repair(shape); err == nil {
			t.Errorf("%v was repaired to %v", shape, got)
		}
	}
}

func TestRepairIsOddEven(t *testing.T) {
	r := seeded("repair")
	for range 500 {
		shape := scribble(r, 0.25)
		for _, ring := range shape {
			for k := range ring {
				ring[k][0] += 0.1 * r.Float64()
				ring[k][1] += 0.1 * r.Float64()
			}
		}
		got, _, err := geo.Repair(shape)
		if err != nil {
			t.Fatal(err)
		}
		mustBeValid(t, got)
		for range 50 {
			p := orb.Point{2.2 * r.Float64(), 2.2 * r.Float64()}
			if want := oddEven(orb.MultiPolygon{shape}, p); oddEven(got, p) != want && fromEdges(orb.MultiPolygon{shape}, p) > 1e-6 {
				t.Errorf("%v of %v: %v, want %v", p, shape, !want, want)
			}
		}
	}
}

// shapeOf reads any bytes as rings of positions, most of them on the globe.
func shapeOf(data []byte) orb.MultiPolygon {
	var shape orb.MultiPolygon
	var polygon orb.Polygon
	var ring orb.Ring
	for len(data) >= 5 {
		kind := data[0]
		x, y := int16(binary.LittleEndian.Uint16(data[1:])), int16(binary.LittleEndian.Uint16(data[3:]))
		p := orb.Point{float64(x) / 182, float64(y) / 364}
		data = data[5:]
		switch {
		case kind < 32: // on a coarse grid, so that much coincides
			p = orb.Point{float64(x % 8), float64(y % 8)}
		case kind == 255 && len(data) >= 8:
			p[0] = math.Float64frombits(binary.LittleEndian.Uint64(data))
			data = data[8:]
		}
		ring = append(ring, p)
		if kind&15 == 1 {
			polygon, ring = append(polygon, ring), nil
		}
		if kind&63 == 1 {
			shape, polygon = append(shape, polygon), nil
		}
	}
	return append(shape, append(polygon, ring))
}

func FuzzRepair(f *testing.F) {
	f.Add([]byte("00000111112222233333"))
	r := seeded("corpus")
	for range 20 {
		data := make([]byte, 5*(3+r.IntN(40)))
		for i := range data {
			data[i] = byte(r.IntN(256))
			if i%5 == 0 {
				data[i] = byte(r.IntN(32))
			}
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 2000 {
			return
		}
		shape := shapeOf(data)
		whole, _, err := geo.Repair(shape)
		if err != nil {
			if region, err := geo.NewRegion(shape); err == nil {
				region.Share(orb.Point{1, 1}, 1e5)
			}
			return
		}
		mustBeValid(t, whole)
		if _, err := geo.Difference(whole, orb.MultiPolygon{{{{0, 0}, {5, 0}, {5, 5}, {0, 0}}}}); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzRegion(f *testing.F) {
	f.Add([]byte("00000111112222233333"), 1.0, 2.0, 1000.0)
	f.Add([]byte("\x00\x01\x00\x01\x00\x00\x05\x00\x01\x00\x00\x05\x00\x05\x00"), 2.0, 2.0, 1e6)
	f.Add([]byte("\x00\x01\x00\x01\x00\x00\x05\x00\x01\x00\x00\x05\x00\x05\x00"), 179.0, 89.0, 1e7)
	f.Fuzz(func(t *testing.T, data []byte, lon, lat, radius float64) {
		p := orb.Point{lon, lat}
		if len(data) > 300 || geo.CheckPosition(p) != nil {
			return
		}
		region, err := geo.NewRegion(shapeOf(data))
		if err != nil {
			return
		}
		region.Contains(p)
		if share := region.Share(p, radius); !(share >= 0 && share <= 1) {
			t.Fatalf("share %v", share)
		}
		sum := 0.0
		for _, s := range geo.DiskShares(p, radius, [][]*geo.Region{{region}, {region, region}}) {
			sum += s
		}
		if !(sum >= 0 && sum <= 1+1e-9) {
			t.Fatalf("sum %v", sum)
		}
	})
}
