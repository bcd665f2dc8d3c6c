package columns_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"strikewatch/data/columns"
)

// loaded makes a table in several runs, some rows ended and withdrawn, and the
// reference beside it.
func loaded(t testing.TB, schema columns.Schema, seed uint64, n int) (*world, *columns.Table, *reference) {
	t.Helper()
	w := newWorld(schema, seed)
	rows := w.rows(n)
	table := columns.NewTable(schema)
	if err := table.Load(sequence(rows[:n/2])); err != nil {
		t.Fatal(err)
	}
	if err := table.Append(rows[n/2:]); err != nil {
		t.Fatal(err)
	}
	ref := decoded(t, &schema, rows)
	for range n / 20 {
		i := w.IntN(len(ref.rows))
		if w.IntN(2) == 0 {
			table.Withdraw([]int64{ref.rows[i].Seq})
			ref.rows = slices.Delete(ref.rows, i, i+1)
		} else {
			ref.rows[i].Until = min(ref.rows[i].Until, now)
			table.Close([]int64{ref.rows[i].Seq}, now)
		}
	}
	return w, table, ref
}

func bucketStart(bucket string, day int64) int64 {
	date := time.Unix(day*86400, 0).UTC()
	switch bucket {
	case "week":
		for date.Weekday() != time.Monday {
			date = date.AddDate(0, 0, -1)
		}
	case "month":
		date = time.Date(date.Year(), date.Month(), 1, 0, 0, 0, 0, time.UTC)
	case "year":
		date = time.Date(date.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return date.Unix() / 86400
}

func (ref *reference) key(by string, r *referenceRow) columns.Value {
	if ref.schema.Index(by) >= 0 {
		return ref.value(r, by)
	}
	v := ref.value(r, ref.schema.Start)
	if v.Kind != columns.Null {
		v.Int = bucketStart(by, v.Int)
	}
	return v
}

// asOf is mostly the latest, as in questions that are asked again and again.
func (w *world) asOf() int64 { return pick(w, w.Int64N(2*now), 2*now, 2*now) }

func TestGroupsAgreeWithReference(t *testing.T) {
	w, table, ref := loaded(t, pointSchema(), 2, 12000)
	for range 120 {
		summed := pick(w, "killed", "injured")
		by := [][]string{{}, {"kind"}, {"week"}, {"month", "held_by"}, {"kind", "exact"}, {"kind", "exact", "killed"}, {"area"}, {"id"}, {"recorded_at", "day"}, {"ratio"}}[w.IntN(10)]
		q := columns.Query{Filter: w.simpleFilter(), AsOf: w.asOf(), Fetch: ref.fetch, Text: ref.find}
		want := map[string]columns.Group{}
		for _, r := range ref.matching(q) {
			g := columns.Group{Keys: []columns.Value{}, Sums: make([]columns.Sum, 1)}
			for _, name := range by {
				g.Keys = append(g.Keys, ref.key(name, &r))
			}
			id := fmt.Sprint(g.Keys)
			if old, ok := want[id]; ok {
				g = old
			}
			g.Count++
			sum := g.Sums[0]
			if v := ref.value(&r, summed); v.Kind == columns.Null {
				sum.Unknown++
			} else {
				sum.Total += v.Int
			}
			g.Sums = []columns.Sum{sum}
			want[id] = g
		}
		got, err := table.Group(q, by, []string{summed})
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Fatalf("by %v: %d groups, want %d", by, len(got), len(want))
		}
		for _, g := range got {
			if !reflect.DeepEqual(g, want[fmt.Sprint(g.Keys)]) {
				t.Fatalf("by %v: got %v, want %v", by, g, want[fmt.Sprint(g.Keys)])
			}
		}
	}
}

// simpleFilter needs nothing fetched.
func (w *world) simpleFilter() columns.Expr {
	f := &w.schema.Fields[w.IntN(6)]
	return pick[columns.Expr](w, nil, columns.Compare{Field: f.Name, Op: w.op(), Value: w.literal(f)},
		columns.During{From: 19_010, To: 19_020}, columns.BBox{West: 93, South: 11, East: 98, North: 18})
}

func TestTilesHoldEveryPointOnce(t *testing.T) {
	w, table, ref := loaded(t, pointSchema(), 5, 8000)
	request := columns.TileRequest{Extent: 4096, MaxPoints: 100_000, Fields: []string{"kind", "killed"}, Grid: 64, MaxCells: 4096, Dominant: "kind"}
	for round := range 16 {
		z := maptile.Zoom(round / 2)
		q := columns.Query{Filter: w.simpleFilter(), AsOf: w.asOf(), Fetch: ref.fetch}
		want := map[maptile.Tile]map[int64]bool{}
		rows := map[int64]referenceRow{}
		for _, r := range ref.matching(q) {
			if r.Geometry == nil {
				continue
			}
			at := maptile.At(r.Geometry.(orb.Point), z)
			if want[at] == nil {
				want[at] = map[int64]bool{}
			}
			want[at][r.Seq] = true
			rows[r.Seq] = r
		}
		for at, seqs := range want {
			request.Z, request.X, request.Y, request.MaxPoints = uint32(z), at.X, at.Y, 100_000
			tile, err := table.Tile(q, request)
			if err != nil {
				t.Fatal(err)
			}
			if tile.Count != len(seqs) || len(tile.Points.Seqs) != len(seqs) {
				t.Fatalf("tile %v has %d points, want %d", at, tile.Count, len(seqs))
			}
			for i, seq := range tile.Points.Seqs {
				if !seqs[seq] {
					t.Fatalf("tile %v has row %d", at, seq)
				}
				if x, y := tile.Points.X[i], tile.Points.Y[i]; x < 0 || x >= 4096 || y < 0 || y >= 4096 {
					t.Fatalf("tile %v has a point at %d,%d", at, x, y)
				}
				row := rows[seq]
				for j, name := range request.Fields {
					v := columns.Value{}
					if k := tile.Points.Fields[j].Index[i]; k >= 0 {
						v = tile.Points.Fields[j].Values[k]
					}
					if v != ref.value(&row, name) {
						t.Fatalf("row %d has %s %v, want %v", seq, name, v, ref.value(&row, name))
					}
				}
			}
			request.Sums = []string{pick(w, "killed", "injured")}
			checkCells(t, table, q, request, ref, seqs, rows)
		}
	}
}

func checkCells(t *testing.T, table *columns.Table, q columns.Query, request columns.TileRequest, ref *reference, seqs map[int64]bool, rows map[int64]referenceRow) {
	t.Helper()
	request.MaxPoints, request.MaxCells = 0, 20
	tile, err := table.Tile(q, request)
	if err != nil {
		t.Fatal(err)
	}
	if len(tile.Cells.X) > 20 {
		t.Errorf("%d cells", len(tile.Cells.X))
	}
	cell := int32(4096 / tile.Cells.Grid)
	type sums struct {
		count int
		sum   columns.Sum
		kinds map[columns.Value]int
	}
	want := map[[2]int32]*sums{}
	for seq := range seqs {
		row := rows[seq]
		point := row.Geometry.(orb.Point)
		fraction := maptile.Fraction(point, maptile.Zoom(request.Z))
		x, y := int32((fraction[0]-float64(request.X))*4096), int32((fraction[1]-float64(request.Y))*4096)
		at := [2]int32{x/cell*cell + cell/2, y/cell*cell + cell/2}
		if want[at] == nil {
			want[at] = &sums{kinds: map[columns.Value]int{}}
		}
		s := want[at]
		s.count++
		s.kinds[ref.value(&row, "kind")]++
		if v := ref.value(&row, request.Sums[0]); v.Kind == columns.Null {
			s.sum.Unknown++
		} else {
			s.sum.Total += v.Int
		}
	}
	if len(want) != len(tile.Cells.X) {
		t.Fatalf("%d cells, want %d", len(tile.Cells.X), len(want))
	}
	for i, x := range tile.Cells.X {
		s := want[[2]int32{x, tile.Cells.Y[i]}]
		if s == nil || s.count != tile.Cells.Counts[i] || s.sum != tile.Cells.Sums[0][i] {
			t.Fatalf("cell at %d,%d has %d rows and %v harmed, want %v", x, tile.Cells.Y[i], tile.Cells.Counts[i], tile.Cells.Sums[0][i], s)
		}
		kind := columns.Value{}
		if k := tile.Cells.Dominant.Index[i]; k >= 0 {
			kind = tile.Cells.Dominant.Values[k]
		}
		for _, n := range s.kinds {
			if n > s.kinds[kind] {
				t.Fatalf("cell at %d,%d is said to have mostly %v of %v", x, tile.Cells.Y[i], kind, s.kinds)
			}
		}
	}
}
