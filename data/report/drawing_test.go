package report

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// Distances from the middle of the map are true but for the Earth's flatness.
func TestDistancesAreTrueFromTheMiddle(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 1000 {
		v := &view{center: orb.Point{random.Float64()*360 - 180, random.Float64()*160 - 80}, scale: 2, from: point{0, 0}, to: point{700, 500}}
		far := random.Float64() * 1_000_000
		p := v.at(geo.Destination(v.center, random.Float64()*360, far))
		if got := math.Hypot(p.x-350, p.y-250) / v.scale * 1000; math.Abs(got-far) > 0.006*far+1e-3 {
			t.Fatalf("%.0f m from %v is drawn at %.0f m", far, v.center, got)
		}
	}
	v := &view{center: orb.Point{98, 23}, scale: 1, to: point{100, 100}}
	if north, east := v.at(orb.Point{98, 24}), v.at(orb.Point{99, 23}); north.y >= 50 || math.Abs(north.x-50) > 1e-9 || east.x <= 50 {
		t.Errorf("north is drawn at %v, east at %v", north, east)
	}
}

func TestFitShowsAllSpots(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		var spots []spot
		for range 1 + random.IntN(6) {
			spots = append(spots, spot{orb.Point{92 + random.Float64()*9, 10 + random.Float64()*18}, random.Float64() * 30})
		}
		v := fit(spots, point{0, 0}, point{760, 520}, 90)
		for _, s := range spots {
			p, r := v.at(s.Point), s.km*v.scale
			if p.x-r < 0 || p.x+r > 760 || p.y-r < 0 || p.y+r > 520 {
				t.Fatalf("%v lies at %v, %v around it, outside the frame", s, p, r)
			}
		}
	}
}

func TestDashesCoverTheirShareOfALine(t *testing.T) {
	line := [][]point{{{0, 0}, {50, 0}, {50, 70}, {-30, 70}}}
	var drawn float64
	for _, dash := range dashed(line, []float64{3, 2}) {
		for i := 1; i < len(dash); i++ {
			drawn += math.Hypot(dash[i].x-dash[i-1].x, dash[i].y-dash[i-1].y)
		}
	}
	if math.Abs(drawn-120) > 1e-9 { // 200 pixels, three of every five
		t.Errorf("%v pixels are drawn, want 120", drawn)
	}
}

func TestHatchStaysInsideAndFillsEvenly(t *testing.T) {
	square := rectangle(point{10, 10}, point{110, 110})
	hole := rectangle(point{40, 40}, point{80, 80})
	var drawn float64
	for _, line := range hatch([][]point{square, hole}, 4) {
		a, b := line[0], line[1]
		middle := point{(a.x + b.x) / 2, (a.y + b.y) / 2}
		if !contains([][]point{square, hole}, middle) {
			t.Fatalf("a line runs through %v, outside", middle)
		}
		drawn += math.Hypot(b.x-a.x, b.y-a.y)
	}
	if area := drawn * 4; math.Abs(area-8400) > 250 {
		t.Errorf("the lines stand for %.0f square pixels, want 8400", area)
	}
}

func TestNamesNeverOverlap(t *testing.T) {
	f, err := newFonts()
	if err != nil {
		t.Fatal(err)
	}
	l := &labels{view: &view{to: point{300, 200}}, fonts: f}
	random := rand.New(rand.NewPCG(5, 6))
	c := newRaster(300, 200, 1, f)
	for range 200 {
		l.put(c, point{random.Float64() * 300, random.Float64() * 200}, 5, "Lashio", font{size: 11, color: ink})
	}
	for i, a := range l.taken {
		for _, b := range l.taken[i+1:] {
			if a.overlaps(b) {
				t.Fatalf("%v overlaps %v", a, b)
			}
		}
	}
	if len(l.taken) < 20 {
		t.Errorf("only %d names found room", len(l.taken))
	}
}
