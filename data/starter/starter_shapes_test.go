package starter_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
)

func TestBorders(t *testing.T) {
	lines := map[string]orb.LineString{}
	for _, f := range shapes(t, "borders.geojson") {
		code := f.Properties.MustString("code")
		lines[code] = f.Geometry.(orb.LineString)
		measured, stated := geo.LengthHaversine(lines[code])/1000, f.Properties.MustFloat64("length_km")
		if math.Abs(measured/stated-1) > 0.005 {
			t.Errorf("%s measures %.1f km, stated are %.1f", code, measured, stated)
		}
	}
	for _, c := range []struct {
		code     string
		km       float64
		vertices int
	}{
		{"mmr-chn", 2192, 11202}, {"mmr-tha", 2482, 13500}, {"mmr-ind", 1485, 3328}, {"mmr-bgd", 264, 817}, {"mmr-lao", 238, 324},
	} {
		line := lines[c.code]
		if km := geo.LengthHaversine(line) / 1000; math.Abs(km/c.km-1) > 0.005 || len(line) != c.vertices {
			t.Errorf("%s: %.1f km in %d vertices, want %v in %d", c.code, km, len(line), c.km, c.vertices)
		}
	}
	for _, meet := range [][2]string{{"mmr-bgd", "mmr-ind"}, {"mmr-ind", "mmr-chn"}, {"mmr-chn", "mmr-lao"}, {"mmr-lao", "mmr-tha"}} {
		if a, b := lines[meet[0]], lines[meet[1]]; len(a) == 0 || len(b) == 0 || a[len(a)-1] != b[0] {
			t.Errorf("%s does not end where %s begins", meet[0], meet[1])
		}
	}
	// The digest of a line that was extracted from the same source by other means.
	const independent = "b00ff1685a23c200ee12fe5bfb2477f9580633acb147eae4af2ddb0ccad8e446"
	h := sha256.New()
	for _, p := range lines["mmr-chn"] {
		fmt.Fprintf(h, "%.5f %.5f\n", p.Lon(), p.Lat())
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != independent {
		t.Errorf("the vertices of mmr-chn have changed: digest %s", got)
	}
}

// land is Myanmar on the basemap.
func land(t *testing.T) orb.MultiPolygon {
	t.Helper()
	for _, f := range shapes(t, "basemap.geojson") {
		if f.Properties.MustString("code") == "MMR" {
			return polygons(f)
		}
	}
	t.Fatal("basemap.geojson lacks MMR")
	return nil
}

func polygons(f *geojson.Feature) orb.MultiPolygon {
	if p, ok := f.Geometry.(orb.Polygon); ok {
		return orb.MultiPolygon{p}
	}
	return f.Geometry.(orb.MultiPolygon)
}

// metres is the planar distance on the plane that touches the globe at a.
func metres(a, b orb.Point) float64 {
	return math.Hypot((a[0]-b[0])*111_320*math.Cos(a[1]*math.Pi/180), (a[1]-b[1])*110_700)
}

func metresToOutline(m orb.MultiPolygon, p orb.Point) float64 {
	least := math.Inf(1)
	k := math.Cos(p[1] * math.Pi / 180)
	flat := func(q orb.Point) orb.Point { return orb.Point{(q[0] - p[0]) * 111_320 * k, (q[1] - p[1]) * 110_700} }
	for _, polygon := range m {
		for _, ring := range polygon {
			for i := 1; i < len(ring); i++ {
				least = min(least, planar.DistanceFromSegment(flat(ring[i-1]), flat(ring[i]), orb.Point{}))
			}
		}
	}
	return least
}

func TestBasemapFollowsTheBorders(t *testing.T) {
	outline := land(t)
	for _, f := range shapes(t, "borders.geojson") {
		switch code := f.Properties.MustString("code"); code {
		case "mmr-chn", "mmr-lao", "mmr-ind": // the others end in estuaries, where the coast is the outline
			for i := 0; i < len(f.Geometry.(orb.LineString)); i += 25 {
				if off := metresToOutline(outline, f.Geometry.(orb.LineString)[i]); off > 160 {
					t.Errorf("%s vertex %d lies %.0f m off the basemap", code, i, off)
				}
			}
		}
	}
}
