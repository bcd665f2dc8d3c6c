package columns_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

// pointSchema has a field of every type, much like incidents.
func pointSchema() columns.Schema {
	return columns.Schema{Collection: "points", Geometry: "Point", Start: "earliest", End: "latest", Fields: []columns.Field{
		{Name: "id", Type: columns.Text},
		{Name: "kind", Type: columns.Text},
		{Name: "earliest", Type: columns.Day},
		{Name: "latest", Type: columns.Day},
		{Name: "held_by", Type: columns.Text, List: true},
		{Name: "killed", Type: columns.Int},
		{Name: "injured", Type: columns.Int},
		{Name: "area", Type: columns.Real},
		{Name: "ratio", Type: columns.Real},
		{Name: "exact", Type: columns.Bool},
		{Name: "uncertainty_m", Type: columns.Real},
		{Name: "border_distances", Type: columns.Text},
		{Name: "summary", Type: columns.Text, Long: true},
		{Name: "recorded_at", Type: columns.Time},
	}}
}

// shapeSchema is much like control: half-open periods, any geometry.
func shapeSchema() columns.Schema {
	s := pointSchema()
	s.Collection, s.Geometry, s.EndOpen = "shapes", "Geometry", true
	return s
}

// world makes random features from small domains, so that filters hit.
type world struct {
	*rand.Rand
	schema columns.Schema
}

func newWorld(s columns.Schema, seed uint64) *world {
	return &world{rand.New(rand.NewPCG(seed, 7)), s}
}

func pick[T any](w *world, of ...T) T { return of[w.IntN(len(of))] }

var (
	kinds     = []string{"airstrike", "shelling", "Airstrike", "drone_strike", "ဗုံး", "", "a,b"}
	holders   = []string{"MNDAA", "TNLA", "MNDAA,TNLA", "TNLA,MNDAA,SAC", "", "mndaa"}
	summaries = []string{"Bombs fell on \"Lashio\"\n", "shelling near the market", "10% \\ under_score", "ရွာသားများ", ""}
)

func text(s string) columns.Value { return columns.Value{Kind: columns.TextValue, Text: s} }
func whole(n int64) columns.Value { return columns.Value{Kind: columns.IntValue, Int: n} }
func real(r float64) columns.Value {
	return columns.Value{Kind: columns.RealValue, Real: r}
}
func day(n int) columns.Value { return columns.Value{Kind: columns.DayValue, Int: int64(n)} }
func moment(us int64) columns.Value {
	return columns.Value{Kind: columns.TimeValue, Int: us}
}
func truthValue(b bool) columns.Value {
	v := columns.Value{Kind: columns.BoolValue}
	if b {
		v.Int = 1
	}
	return v
}

// position is on a grid of a quarter degree, so that points fall on edges.
func (w *world) position() orb.Point {
	return orb.Point{92 + float64(w.IntN(41))/4, 10 + float64(w.IntN(41))/4}
}

func (w *world) polygon() orb.Polygon {
	a, size := w.position(), float64(1+w.IntN(12))/4
	switch w.IntN(3) {
	case 0:
		return orb.Polygon{{a, {a[0] + size, a[1]}, {a[0], a[1] + size}, a}}
	case 1:
		outer := orb.Ring{a, {a[0] + 3*size, a[1]}, {a[0] + 3*size, a[1] + 3*size}, {a[0], a[1] + 3*size}, a}
		hole := orb.Ring{{a[0] + size, a[1] + size}, {a[0] + size, a[1] + 2*size}, {a[0] + 2*size, a[1] + 2*size}, {a[0] + 2*size, a[1] + size}, {a[0] + size, a[1] + size}}
		return orb.Polygon{outer, hole}
	}
	return orb.Bound{Min: a, Max: orb.Point{a[0] + size, a[1] + size}}.ToPolygon()
}

func (w *world) line() orb.LineString {
	line := orb.LineString{w.position()}
	for range 1 + w.IntN(2) {
		if p := w.position(); !slices.Contains(line, p) {
			line = append(line, p)
		}
	}
	if len(line) == 1 {
		line = append(line, orb.Point{line[0][0] + 0.25, line[0][1]})
	}
	return line
}

func (w *world) geometry() orb.Geometry {
	if w.IntN(10) == 0 {
		return nil
	}
	if w.schema.Geometry == "Point" {
		return w.position()
	}
	return w.anyGeometry()
}

func (w *world) anyGeometry() orb.Geometry {
	switch w.IntN(4) {
	case 0:
		return w.position()
	case 1:
		return w.line()
	}
	return w.polygon()
}

func (w *world) value(f *columns.Field) columns.Value {
	if w.IntN(6) == 0 && f.Name != "id" {
		return columns.Value{}
	}
	switch f.Name {
	case "id":
		return text(fmt.Sprintf("mm-%04d", w.IntN(2000)))
	case "kind":
		return text(pick(w, kinds...))
	case "earliest", "latest":
		return day(19_000 + w.IntN(40))
	case "held_by":
		return text(pick(w, holders...))
	case "killed":
		return whole(pick[int64](w, 0, 1, 2, 7, 300, -4, 1<<40))
	case "injured":
		return whole(w.Int64N(12))
	case "area":
		return real(float64(w.IntN(5000)) / 1000)
	case "ratio":
		return real(pick[float64](w, math.Pi, -1e300, 1e-300, 0, math.Sqrt2, -math.E))
	case "exact":
		return truthValue(w.IntN(2) == 0)
	case "uncertainty_m":
		return real(pick(w, 10.0, 250, 1500, 3000, 20000))
	case "border_distances":
		var parts []string
		for _, border := range []string{"mmr-chn", "mmr-tha", "mmr-lao"} {
			if w.IntN(4) > 0 {
				parts = append(parts, fmt.Sprintf("%s:%.3f", border, float64(w.IntN(60000))/1000))
			}
		}
		return text(strings.Join(parts, ","))
	case "summary":
		return text(pick(w, summaries...))
	}
	return moment(1_700_000_000_000_000 + w.Int64N(40)*3_600_000_000)
}

func (w *world) feature() []byte {
	values := make([]columns.Value, len(w.schema.Fields))
	for i := range w.schema.Fields {
		values[i] = w.value(&w.schema.Fields[i])
	}
	return columns.AppendFeature(nil, &w.schema, values[0].Text, w.geometry(), values)
}

const now = 1_000

func (w *world) row(seq int64) columns.Row {
	r := columns.Row{Seq: seq, From: w.Int64N(now), Until: math.MaxInt64, Feature: w.feature()}
	if w.IntN(4) == 0 {
		r.Until = r.From + w.Int64N(2*now)
	}
	return r
}

func (w *world) rows(n int) []columns.Row {
	rows := make([]columns.Row, n)
	for i := range rows {
		rows[i] = w.row(int64(10 + 3*i))
	}
	return rows
}

func decoded(t testing.TB, s *columns.Schema, rows []columns.Row) *reference {
	t.Helper()
	ref := &reference{schema: s}
	for _, r := range rows {
		ref.add(t, r)
	}
	return ref
}

func (ref *reference) add(t testing.TB, r columns.Row) {
	t.Helper()
	row := referenceRow{Row: r}
	if err := ref.schema.Decode(r.Feature, &row.Record); err != nil {
		t.Fatal(err)
	}
	if row.Geometry != nil {
		row.prepared = prepare(row.Geometry)
	}
	ref.rows = slices.DeleteFunc(ref.rows, func(o referenceRow) bool { return o.Seq == r.Seq })
	ref.rows = append(ref.rows, row)
}

// fetch and find stand for the database.
func (ref *reference) fetch(seqs []int64, visit func(i int, feature []byte) error) error {
	for i, seq := range seqs {
		at := slices.IndexFunc(ref.rows, func(r referenceRow) bool { return r.Seq == seq })
		if at < 0 {
			return fmt.Errorf("no row %d", seq)
		}
		if err := visit(i, ref.rows[at].Feature); err != nil {
			return err
		}
	}
	return nil
}

func (ref *reference) find(field, pattern string, fold bool) ([]int64, error) {
	var seqs []int64
	for _, r := range ref.rows {
		filter := columns.Expr(columns.Search{Text: pattern})
		if field != "" {
			filter = columns.Like{Field: field, Pattern: pattern, Fold: true}
		}
		if ref.match(filter, &r) == yes {
			seqs = append(seqs, r.Seq)
		}
	}
	return seqs, nil
}
