package columns_test

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

// incidentSchema has the fields of incidents, for benchmarks of the real width.
func incidentSchema() columns.Schema {
	s := columns.Schema{Collection: "incidents", Geometry: "Point", Start: "date_earliest", End: "date_latest"}
	add := func(t columns.Type, names ...string) {
		for _, name := range names {
			s.Fields = append(s.Fields, columns.Field{Name: name, Type: t,
				Long: name == "summary" || name == "notes" || name == "sources",
				List: name == "held_by" || name == "attacker" || name == "held_records"})
		}
	}
	add(columns.Text, "id", "kind")
	add(columns.Day, "date_start", "date_end")
	add(columns.Text, "date_precision")
	add(columns.Day, "date_earliest", "date_latest")
	add(columns.Text, "time_local", "place", "place_code", "township", "township_code", "state_region", "location_precision")
	add(columns.Real, "uncertainty_m")
	add(columns.Text, "attacker", "target")
	add(columns.Int, "munitions_count")
	add(columns.Text, "munitions")
	add(columns.Int, "killed_min", "killed_max", "injured_min", "injured_max", "civilians_killed_min", "civilians_killed_max",
		"children_killed_min", "children_killed_max", "women_killed_min", "women_killed_max", "combatants_killed_min", "combatants_killed_max")
	add(columns.Text, "response", "status", "held_by", "held_certainty", "held_shares", "held_records", "said_held_by", "border")
	add(columns.Real, "border_km", "border_km_min", "border_km_max")
	add(columns.Text, "border_distances", "summary", "notes", "sources")
	add(columns.Int, "version")
	add(columns.Time, "recorded_at")
	return s
}

// towns are about as spread as the real ones.
var towns = func() []orb.Point {
	r := rand.New(rand.NewPCG(3, 3))
	all := make([]orb.Point, 60)
	for i := range all {
		all[i] = orb.Point{92.5 + 7*r.Float64(), 10 + 16*r.Float64()}
	}
	all[0] = orb.Point{97.75, 22.93}
	return all
}()

// incident makes a synthetic incident like those of the measured peers: 60
// towns, 2021 to 2026, harm mostly none.
func incident(r *rand.Rand, s *columns.Schema, dst []byte, n int) []byte {
	town := r.IntN(len(towns))
	sigma := []float64{0.03, 0.1, 0.3}[r.IntN(3)]
	at := orb.Point{towns[town][0] + sigma*r.NormFloat64(), towns[town][1] + sigma*r.NormFloat64()}
	start := 18_659 + int(2098*math.Sqrt(r.Float64()))
	killed := 0
	if r.IntN(4) == 0 {
		killed = r.IntN(8)
	}
	one := func(names ...string) columns.Value { return text(names[r.IntN(len(names))]) }
	maybe := func(share float64, v columns.Value) columns.Value {
		if r.Float64() < share {
			return v
		}
		return columns.Value{}
	}
	km := math.Round(1000*math.Abs(at[0]-98.7)*102) / 1000
	u := []float64{10, 250, 1500, 3000, 20000}[r.IntN(5)]
	holders := []string{"MNDAA", "TNLA", "KIA", "AA", "KNLA", "SAC", "PDF", "MNDAA,TNLA", "SAC,PDF"}
	holder := holders[r.IntN(len(holders))]
	values := map[string]columns.Value{
		"id": text(fmt.Sprintf("mm-%07d", n)), "kind": one("airstrike", "shelling", "drone_strike", "battle", "explosion", "helicopter_attack", "paramotor_attack", "other"),
		"date_start": day(start), "date_end": day(start), "date_precision": one("day", "day", "day", "week"), "date_earliest": day(start), "date_latest": day(start + 6*(r.IntN(8)/7)),
		"time_local": maybe(.2, text(fmt.Sprintf("%02d:%02d", r.IntN(24), 5*r.IntN(12)))), "place": text(fmt.Sprintf("Place %d", town*20+r.IntN(20))),
		"place_code": text(fmt.Sprintf("MMR%06d", town*20+r.IntN(20))), "township": text(fmt.Sprintf("Township %d", town)), "township_code": text(fmt.Sprintf("MMR01%04d", town)),
		"state_region": text(fmt.Sprintf("State %d", town/4)), "location_precision": one("exact", "vicinity", "locality", "township"), "uncertainty_m": real(u),
		"attacker": one("SAC", "SAC", "SAC", "AA"), "target": maybe(.5, one("school", "monastery", "village", "hospital", "outpost", "market")),
		"munitions_count": maybe(.3, whole(int64(r.IntN(9)))), "munitions": maybe(.2, one("500 lb bombs", "rockets", "120 mm mortar")),
		"killed_min": maybe(.8, whole(int64(killed))), "killed_max": maybe(.8, whole(int64(killed+r.IntN(2)))),
		"injured_min": maybe(.5, whole(int64(killed))), "injured_max": maybe(.5, whole(int64(killed*2))),
		"civilians_killed_min": maybe(.3, whole(int64(killed))), "civilians_killed_max": maybe(.3, whole(int64(killed))),
		"response": maybe(.1, one("claimed", "denied", "silent")), "status": one("reported", "corroborated", "verified", "disputed"),
		"held_by": maybe(.7, text(holder)), "held_certainty": one("certain", "ambiguous", "unknown"), "held_shares": maybe(.7, text(fmt.Sprintf("%s:0.%02d", holder, r.IntN(100)))),
		"held_records": maybe(.7, text(fmt.Sprintf("ctl-%03d", r.IntN(400)))), "border": text("mmr-chn"), "border_km": real(km),
		"border_km_min": real(max(0, math.Round(km*1000-u)/1000)), "border_km_max": real(math.Round(km*1000+u) / 1000),
		"border_distances": text(fmt.Sprintf("mmr-chn:%.3f,mmr-lao:%.3f,mmr-tha:%.3f,mmr-ind:%.3f,mmr-bgd:%.3f", km, km+50.5, km+90.25, km+200, km+300)),
		"summary":          text("Forces shelled the village near the market; residents fled to the monastery, houses were damaged, local sources said."),
		"sources":          text("The Irrawaddy (2024-11-03) https://www.irrawaddy.com/news/burma/an-article-about-this.html"),
		"version":          whole(1), "recorded_at": moment(1_760_000_000_000_000),
	}
	row := make([]columns.Value, len(s.Fields))
	for i, f := range s.Fields {
		row[i] = values[f.Name]
	}
	return columns.AppendFeature(dst, s, row[0].Text, at, row)
}

const distinct = 100_000

// millionFeatures are generated once, ids patched in when they are read.
var millionFeatures = sync.OnceValue(func() [][]byte {
	s := incidentSchema()
	r := rand.New(rand.NewPCG(1, 2))
	features := make([][]byte, distinct)
	for i := range features {
		features[i] = incident(r, &s, nil, 0)
	}
	return features
})

func millionRows(n int) iter.Seq2[columns.Row, error] {
	features := millionFeatures()
	const first, second = len(`{"type":"Feature","id":"mm-`), len(`"properties":{"id":"mm-`)
	return func(yield func(columns.Row, error) bool) {
		for i := range n {
			f := features[(i*7919)%distinct]
			id := fmt.Appendf(nil, "%07d", i)
			copy(f[first:], id)
			for at := first; ; at++ {
				if string(f[at:at+second]) == `"properties":{"id":"mm-` {
					copy(f[at+second:], id)
					break
				}
			}
			if !yield(columns.Row{Seq: int64(i + 1), From: 0, Until: math.MaxInt64, Feature: f}, nil) {
				return
			}
		}
	}
}

var million = sync.OnceValue(func() *columns.Table {
	table := columns.NewTable(incidentSchema())
	if err := table.Load(millionRows(1_000_000)); err != nil {
		panic(err)
	}
	return table
})

func BenchmarkLoadMillion(b *testing.B) {
	millionFeatures()
	spent(b, func() {
		table := columns.NewTable(incidentSchema())
		if err := table.Load(millionRows(1_000_000)); err != nil {
			b.Fatal(err)
		}
		size := table.Size()
		b.ReportMetric(float64(size.Bytes)/float64(size.Rows), "bytes/row")
	})
}

func BenchmarkDecode(b *testing.B) {
	s := incidentSchema()
	f := millionFeatures()[0]
	b.SetBytes(int64(len(f)))
	var r columns.Record
	b.ReportAllocs()
	spent(b, func() {
		if err := s.Decode(f, &r); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkAppendFeature(b *testing.B) {
	s := incidentSchema()
	var r columns.Record
	if err := s.Decode(millionFeatures()[0], &r); err != nil {
		b.Fatal(err)
	}
	var dst []byte
	b.ReportAllocs()
	spent(b, func() {
		dst = columns.AppendFeature(dst[:0], &s, r.ID, r.Geometry, r.Values)
	})
	b.SetBytes(int64(len(dst)))
}

// benchFilters are what users ask.
var benchFilters = map[string]columns.Expr{
	"all":   nil,
	"kind":  columns.Compare{Field: "kind", Value: text("airstrike")},
	"town":  columns.BBox{West: 97.74, South: 22.90, East: 97.78, North: 22.96},
	"month": columns.During{From: 20_000, To: 20_030},
	"mixed": columns.And{columns.In{Field: "kind", Values: []columns.Value{text("airstrike"), text("shelling"), text("drone_strike")}},
		columns.During{From: 19_500, To: 20_300}, columns.Compare{Field: "held_by", Value: text("MNDAA")}, columns.Compare{Field: "killed_min", Op: columns.GreaterEqual, Value: whole(1)}},
	"near":    columns.Near{Border: "mmr-chn", WithinKM: 50},
	"polygon": columns.Spatial{Geometry: circle(orb.Point{97, 21}, 2.5, 1000)},
	"radius":  columns.DWithin{Geometry: orb.Point{97.75, 22.93}, Metres: 50_000},
	"or":      columns.Or{columns.Compare{Field: "status", Value: text("verified")}, columns.Compare{Field: "killed_min", Op: columns.Greater, Value: whole(4)}},
}

func circle(center orb.Point, radius float64, vertices int) orb.Polygon {
	ring := make(orb.Ring, vertices+1)
	for i := range vertices {
		a := 2 * math.Pi * float64(i) / float64(vertices)
		ring[i] = orb.Point{center[0] + radius*math.Cos(a)*(1+.1*math.Sin(40*a)), center[1] + radius*math.Sin(a)*(1+.1*math.Sin(40*a))}
	}
	ring[vertices] = ring[0]
	return orb.Polygon{ring}
}

// spent adds the processor time per run, which other work on the machine
// disturbs less than the clock's.
func spent(b *testing.B, run func()) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	used := func() int64 {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_THREAD, &u); err != nil {
			b.Fatal(err)
		}
		return u.Utime.Nano() + u.Stime.Nano()
	}
	before, n := used(), 0
	for b.Loop() {
		run()
		n++
	}
	b.ReportMetric(float64(used()-before)/float64(n)/1e6, "cpu-ms/op")
}

func eachFilter(b *testing.B, run func(b *testing.B, q columns.Query)) {
	million()
	for _, name := range []string{"all", "kind", "town", "month", "mixed", "near", "polygon", "radius", "or"} {
		b.Run(name, func(b *testing.B) { run(b, columns.Query{Filter: benchFilters[name], AsOf: 1}) })
	}
}

func BenchmarkCount(b *testing.B) {
	eachFilter(b, func(b *testing.B, q columns.Query) {
		n := 0
		spent(b, func() {
			var err error
			if n, err = million().Count(q); err != nil {
				b.Fatal(err)
			}
		})
		b.ReportMetric(float64(n), "rows")
	})
}

func BenchmarkPage(b *testing.B) {
	eachFilter(b, func(b *testing.B, q columns.Query) {
		q.Limit = 1000
		spent(b, func() {
			if _, _, err := million().Page(q, nil); err != nil {
				b.Fatal(err)
			}
		})
	})
}

func BenchmarkPageNewestFirst(b *testing.B) {
	eachFilter(b, func(b *testing.B, q columns.Query) {
		q.Limit, q.Sort = 1000, []columns.Sort{{Field: "date_start", Descending: true}}
		spent(b, func() {
			if _, _, err := million().Page(q, nil); err != nil {
				b.Fatal(err)
			}
		})
	})
}

func BenchmarkGroup(b *testing.B) {
	eachFilter(b, func(b *testing.B, q columns.Query) {
		spent(b, func() {
			if _, err := million().Group(q, []string{"month", "held_by"}, []string{"killed_min", "killed_max", "injured_min", "injured_max"}); err != nil {
				b.Fatal(err)
			}
		})
	})
}

func BenchmarkTile(b *testing.B) {
	million()
	for _, z := range []uint32{0, 4, 6, 8, 10, 12} {
		b.Run(fmt.Sprint("z", z), func(b *testing.B) {
			x, y := tileOf(97.75, 22.93, z)
			request := columns.TileRequest{Z: z, X: x, Y: y, Extent: 4096, Buffer: 64, MaxPoints: 3000,
				Grid: 256, MaxCells: 8000, Sums: []string{"killed_min", "killed_max"}, Dominant: "kind"}
			for _, f := range incidentSchema().Fields {
				if !f.Long && f.Name != "border_distances" {
					request.Fields = append(request.Fields, f.Name)
				}
			}
			var tile columns.Tile
			spent(b, func() {
				var err error
				if tile, err = million().Tile(columns.Query{AsOf: 1}, request); err != nil {
					b.Fatal(err)
				}
			})
			b.ReportMetric(float64(tile.Count), "rows")
		})
	}
}

func tileOf(lon, lat float64, z uint32) (x, y uint32) {
	n := math.Exp2(float64(z))
	return uint32((lon + 180) / 360 * n), uint32((1 - math.Asinh(math.Tan(lat*math.Pi/180))/math.Pi) / 2 * n)
}

func BenchmarkAppendOne(b *testing.B) {
	table := million()
	seq := int64(10_000_000)
	r := rand.New(rand.NewPCG(5, 5))
	s := incidentSchema()
	features := make([][]byte, 1000)
	for i := range features {
		features[i] = incident(r, &s, nil, i)
	}
	spent(b, func() {
		seq++
		if err := table.Append([]columns.Row{{Seq: seq, From: 2, Until: math.MaxInt64, Feature: features[seq%1000]}}); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkCloseOne(b *testing.B) {
	table := million()
	seq := int64(1)
	spent(b, func() {
		seq = seq*48271%999_983 + 1
		table.Close([]int64{seq}, math.MaxInt64-1)
	})
}

// BenchmarkAppendMany is an import: a million rows in batches.
func BenchmarkAppendMany(b *testing.B) {
	millionFeatures()
	spent(b, func() {
		table := columns.NewTable(incidentSchema())
		var batch []columns.Row
		for r := range millionRows(1_000_000) {
			r.Feature = slices.Clone(r.Feature)
			if batch = append(batch, r); len(batch) == 16384 {
				if err := table.Append(batch); err != nil {
					b.Fatal(err)
				}
				batch = batch[:0]
			}
		}
		if err := table.Append(batch); err != nil {
			b.Fatal(err)
		}
		size := table.Size()
		b.ReportMetric(float64(size.Bytes)/float64(size.Rows), "bytes/row")
	})
}
