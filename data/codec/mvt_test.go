package codec_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"

	"strikewatch/data/codec"
	"strikewatch/data/columns"
)

func text(s string) columns.Value { return columns.Value{Kind: columns.TextValue, Text: s} }

func tileLayer(tile codec.Tile) *codec.TileLayer {
	l := codec.NewTileLayer("incidents")
	tag := func(key string, v columns.Value) codec.TileTag {
		return codec.TileTag{Key: l.Key(key), Value: l.Value(v)}
	}
	l.AddPoint(7, 100, 3, tag("kind", text("airstrike")), tag("killed", columns.Value{Kind: columns.IntValue, Int: 5}),
		tag("delta", columns.Value{Kind: columns.IntValue, Int: -5}))
	l.Add(tile, 8, orb.Polygon{{{96, 22}, {97, 22}, {97, 23}, {96, 23}, {96, 22}}, {{96.25, 22.25}, {96.25, 22.75}, {96.75, 22.75}, {96.75, 22.25}, {96.25, 22.25}}},
		tag("kind", text("airstrike")), tag("km", columns.Value{Kind: columns.RealValue, Real: 1.5}),
		tag("day", columns.Value{Kind: columns.DayValue, Int: 20028}), tag("yes", columns.Value{Kind: columns.BoolValue, Int: 1}))
	l.Add(tile, 9, orb.MultiLineString{{{96, 22}, {97, 23}}, {{0, 0}, {1, 1}}})
	return l
}

var lashio = codec.Tile{Z: 6, X: 49, Y: 27}

// readTile reads a tile with GDAL, positions in units of the tile.
func readTile(t *testing.T, tile codec.Tile, data []byte, layer string) []row {
	t.Helper()
	dir := filepath.Join(t.TempDir(), fmt.Sprint(tile.Z), fmt.Sprint(tile.X))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, fmt.Sprint(tile.Y)+".pbf") // the path tells GDAL which tile it is
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return parseRows(t, run(t, "ogr2ogr", "-f", "GeoJSON", "/vsistdout/", "MVT:"+path, layer, "-lco", "COORDINATE_PRECISION=15"))
}

// tileUnits turns Web Mercator coordinates of any depth into tile units.
func tileUnits(t *testing.T, tile codec.Tile, coordinates any) any {
	list, ok := coordinates.([]any)
	if !ok {
		t.Fatalf("coordinates are %v", coordinates)
	}
	if _, isNumber := list[0].(json.Number); isNumber {
		const half = math.Pi * orb.EarthRadius
		size := math.Exp2(float64(tile.Z)) * codec.TileExtent
		x, _ := list[0].(json.Number).Float64()
		y, _ := list[1].(json.Number).Float64()
		return orb.Point{
			math.Round((x+half)/(2*half)*size - float64(tile.X)*codec.TileExtent),
			math.Round((half-y)/(2*half)*size - float64(tile.Y)*codec.TileExtent),
		}
	}
	out := make([]any, len(list))
	for i, item := range list {
		out[i] = tileUnits(t, tile, item)
	}
	return out
}

func tileShape(t *testing.T, tile codec.Tile, r row) (string, any) {
	t.Helper()
	g := r.Geometry.(map[string]any)
	return g["type"].(string), tileUnits(t, tile, g["coordinates"])
}

// TestTileReadBackByGDAL compares properties and positions.
func TestTileReadBackByGDAL(t *testing.T) {
	rows := readTile(t, lashio, tileLayer(lashio).AppendTile(nil), "incidents")
	if len(rows) != 3 {
		t.Fatalf("%d features", len(rows))
	}
	for i, want := range []map[string]any{
		{"mvt_id": json.Number("7"), "kind": "airstrike", "killed": json.Number("5"), "delta": json.Number("-5"), "km": nil},
		{"mvt_id": json.Number("8"), "kind": "airstrike", "km": json.Number("1.5"), "day": "2024-11-01", "yes": true},
		{"mvt_id": json.Number("9"), "kind": nil},
	} {
		for name, value := range want {
			if got := rows[i].Properties[name]; !same(value, got) {
				t.Errorf("feature %d: %s is %#v, want %#v", i, name, got, value)
			}
		}
	}
	at := func(lon, lat float64) orb.Point {
		x, y := lashio.Project(orb.Point{lon, lat})
		return orb.Point{math.Round(x), math.Round(y)}
	}
	for i, want := range []any{
		orb.Point{100, 3},
		[]any{
			[]any{at(96, 22), at(96, 23), at(97, 23), at(97, 22), at(96, 22)}, // clockwise on the screen
			[]any{at(96.25, 22.25), at(96.75, 22.25), at(96.75, 22.75), at(96.25, 22.75), at(96.25, 22.25)},
		},
		[]any{at(96, 22), at(97, 23)},
	} {
		_, got := tileShape(t, lashio, rows[i])
		if rings, ok := got.([]any); ok && i == 1 {
			for j, ring := range rings {
				rings[j] = fromFirst(ring.([]any), want.([]any)[j].([]any)[0])
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("feature %d lies at\n%v, want\n%v", i, got, want)
		}
	}
}

// fromFirst turns a closed ring so that it starts at a corner.
func fromFirst(ring []any, first any) []any {
	open := ring[:len(ring)-1]
	i := max(slices.Index(open, first), 0)
	return append(append(append([]any{}, open[i:]...), open[:i]...), open[i])
}

func TestTileIsDeterministic(t *testing.T) {
	want := tileLayer(lashio).AppendTile(nil)
	for range 20 {
		if !bytes.Equal(want, tileLayer(lashio).AppendTile(nil)) {
			t.Fatal("the same features gave other bytes")
		}
	}
	if out := codec.NewTileLayer("empty").AppendTile([]byte("x")); string(out) != "x" {
		t.Errorf("an empty layer wrote %q", out)
	}
}

func TestTileLeavesOutWhatIsNotSeen(t *testing.T) {
	l := codec.NewTileLayer("x")
	for name, g := range map[string]orb.Geometry{
		"null":        nil,
		"elsewhere":   orb.Point{0, 0},
		"far polygon": orb.Polygon{{{10, 10}, {11, 10}, {11, 11}, {10, 10}}},
		"tiny":        orb.Polygon{{{96, 22}, {96.0001, 22}, {96.0001, 22.0001}, {96, 22}}},
		"empty":       orb.MultiPolygon{},
	} {
		if l.Add(lashio, 1, g) {
			t.Errorf("%s was drawn", name)
		}
	}
	if l.Len() != 0 {
		t.Errorf("%d features", l.Len())
	}
}

// TestTileProjection compares with orb's Mercator.
func TestTileProjection(t *testing.T) {
	for _, p := range []orb.Point{{97.7498, 22.9359}, {-180, 85}, {180, -85}, {0, 0}, {0, 89}} {
		clamped := orb.Point{p[0], min(p[1], 85.0511287798066)}
		m := project.Point(clamped, project.WGS84.ToMercator)
		const half = math.Pi * orb.EarthRadius
		x, y := lashio.Project(p)
		wantX := (m[0]+half)/(2*half)*64*4096 - 49*4096
		wantY := (half-m[1])/(2*half)*64*4096 - 27*4096
		if math.Abs(x-wantX) > 1e-3 || math.Abs(y-wantY) > 1e-3 {
			t.Errorf("%v lies at %v %v, want %v %v", p, x, y, wantX, wantY)
		}
	}
}

// TestTileKeepsSharedBorders draws two neighbours, whose common edge must have
// the same corners in both.
func TestTileKeepsSharedBorders(t *testing.T) {
	edge := []orb.Point{{97, 22}, {97.001, 22.2}, {97.002, 22.4}, {97.3, 22.41}, {97.003, 22.6}, {97, 23}}
	left, right := orb.Ring{{96, 22}}, orb.Ring{{98, 22}, {98, 23}}
	left = append(append(left, edge...), orb.Point{96, 23}, orb.Point{96, 22})
	for i := len(edge) - 1; i >= 0; i-- {
		right = append(right, edge[i])
	}
	right = append(right, orb.Point{98, 22})
	corners := func(r orb.Ring) map[orb.Point]bool {
		l := codec.NewTileLayer("x")
		l.Add(lashio, 0, orb.Polygon{r})
		_, shape := tileShape(t, lashio, readTile(t, lashio, l.AppendTile(nil), "x")[0])
		out := map[orb.Point]bool{}
		for _, p := range shape.([]any)[0].([]any) {
			out[p.(orb.Point)] = true
		}
		return out
	}
	a, b := corners(left), corners(right)
	for _, p := range edge {
		x, y := lashio.Project(p)
		at := orb.Point{math.Round(x), math.Round(y)}
		if a[at] != b[at] {
			t.Errorf("corner %v: %v on the left, %v on the right", at, a[at], b[at])
		}
	}
}
