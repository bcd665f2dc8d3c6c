package geo_test

import (
	"math"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

func TestBand(t *testing.T) {
	for k, line := range landBorders(t) {
		border := mustBorder(t, line)
		for _, metres := range []float64{1000, 5000, 30_000, 110_000} {
			if metres < 30_000 && len(line[0]) > 5000 {
				continue // long to test, and no different from the short borders
			}
			start := time.Now()
			band, err := geo.Band(line, metres)
			if err != nil {
				t.Fatal(err)
			}
			took := time.Since(start)
			mustBeValid(t, band)
			vertices, worst := 0, 0.0
			count, off := 0, 0
			for _, polygon := range band {
				for _, ring := range polygon {
					vertices += len(ring)
					for i := 1; i < len(ring); i++ {
						for _, f := range []float64{0, 0.5} {
							p := orb.Point{ring[i-1][0]*(1-f) + ring[i][0]*f, ring[i-1][1]*(1-f) + ring[i][1]*f}
							d, _ := border.Nearest(p)
							worst = math.Max(worst, math.Abs(d-metres)/metres)
							if count++; math.Abs(d-metres)/metres > 0.005 {
								off++
							}
						}
					}
				}
			}
			t.Logf("border %d, %.0f km: %d polygons, %d vertices, boundary within %.2f %%, %d of %d places more than 0.5 %% off, %v", k, metres/1000, len(band), vertices, worst*100, off, count, took.Round(time.Millisecond))
			if vertices > 4000 {
				t.Errorf("border %d, %.0f m: %d vertices", k, metres, vertices)
			}
			if metres >= 30_000 && (worst > 0.03 || off > count/20) {
				t.Errorf("border %d, %.0f m: the boundary is off by %.2f %%", k, metres, worst*100)
			}
			r := seeded("band")
			wrong := 0
			for _, p := range inMyanmar(r, 2000) {
				d, _ := border.Nearest(p)
				if oddEven(band, p) != (d <= metres) && math.Abs(d-metres) > 0.01*metres+200 {
					wrong++
				}
			}
			if wrong > 0 {
				t.Errorf("border %d, %.0f m: %d of 2000 places on the wrong side", k, metres, wrong)
			}
		}
	}
}

func TestBandAnywhere(t *testing.T) {
	for name, line := range map[string]orb.MultiLineString{
		"point":        {{{97, 22}}},
		"antimeridian": {{{179.5, -16}, {-179.5, -17}}},
		"high north":   {{{20, 78}, {40, 80}}},
		"pole":         {{{20, 89.5}, {-150, 89.5}}},
		"ring":         {{{96, 21}, {98, 21}, {98, 23}, {96, 23}, {96, 21}}},
	} {
		border := mustBorder(t, line)
		band, err := geo.Band(line, 50_000)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		mustBeValid(t, band)
		r := seeded(name)
		for range 2000 {
			p := geo.Destination(line[0][r.IntN(len(line[0]))], r.Float64()*360, 150_000*r.Float64())
			d, _ := border.Nearest(p)
			if oddEven(band, p) != (d <= 50_000) && math.Abs(d-50_000) > 600 {
				t.Errorf("%s: %v, %.0f m from the line, is on the wrong side", name, p, d)
				break
			}
		}
	}
	for _, metres := range []float64{0, -1, math.NaN(), math.Inf(1), 1e7} {
		if _, err := geo.Band(orb.MultiLineString{{{97, 22}}}, metres); err == nil {
			t.Errorf("a band of %g m", metres)
		}
	}
	if _, err := geo.Band(nil, 1000); err == nil {
		t.Error("a band of nothing")
	}
}

func TestDisk(t *testing.T) {
	for _, c := range []orb.Point{{97.75, 22.94}, {180, 10}, {-179.99, -40}} {
		disk := geo.Disk(c, 80_000, 64)
		mustBeValid(t, orb.MultiPolygon{disk})
		if len(disk) != 1 || len(disk[0]) != 65 {
			t.Fatalf("%v", disk)
		}
		for _, p := range disk[0] {
			if d := geo.Distance(c, p); math.Abs(d-80_000) > 1e-3 {
				t.Errorf("a corner lies %.3f m off", d)
			}
		}
	}
}

func BenchmarkBand30km(b *testing.B) {
	line := landBorders(b)[1]
	for range b.N {
		if _, err := geo.Band(line, 30_000); err != nil {
			b.Fatal(err)
		}
	}
}
