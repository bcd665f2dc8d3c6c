package columns_test

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

// placed makes a point table's row at a position on a day.
func placed(seq, from, until int64, at orb.Geometry, start, end columns.Value) columns.Row {
	s := pointSchema()
	values := make([]columns.Value, len(s.Fields))
	values[s.Index("id")] = text(fmt.Sprint("mm-", seq))
	values[s.Index("earliest")], values[s.Index("latest")] = start, end
	return columns.Row{Seq: seq, From: from, Until: until, Feature: columns.AppendFeature(nil, &s, "", at, values)}
}

func publicAt(t *testing.T, table *columns.Table, asOf int64) []int64 {
	t.Helper()
	return scanned(t, table, columns.Query{AsOf: asOf})
}

func TestRowsComeAndGo(t *testing.T) {
	const open = math.MaxInt64
	row := func(seq, from, until int64) columns.Row { return placed(seq, from, until, nil, day(1), day(1)) }
	table := columns.NewTable(pointSchema())
	if err := table.Append([]columns.Row{row(5, 10, open), row(3, 20, 30), row(9, 0, open)}); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name   string
		change func() error
		public map[int64][]int64 // by instant
	}{
		{"appended", func() error { return nil }, map[int64][]int64{-1: nil, 0: {9}, 19: {5, 9}, 20: {3, 5, 9}, 29: {3, 5, 9}, 30: {5, 9}, open - 1: {5, 9}}},
		{"closed", func() error { table.Close([]int64{5, 77}, 40); return nil }, map[int64][]int64{39: {5, 9}, 40: {9}}},
		{"closed again, later", func() error { table.Close([]int64{5}, 60); return nil }, map[int64][]int64{39: {5, 9}, 40: {9}}},
		{"withdrawn", func() error { table.Withdraw([]int64{9}); return nil }, map[int64][]int64{0: nil, 25: {3, 5}, 39: {5}}},
		{"closed after withdrawal", func() error { table.Close([]int64{9}, 90); return nil }, map[int64][]int64{0: nil, 25: {3, 5}}},
		{"replaced", func() error { return table.Append([]columns.Row{row(5, 100, open)}) }, map[int64][]int64{25: {3}, 99: nil, 100: {5}}},
		{"between", func() error { return table.Append([]columns.Row{row(4, 100, open), row(1, 100, open)}) }, map[int64][]int64{100: {1, 4, 5}}},
		{"again after withdrawal", func() error { return table.Append([]columns.Row{row(9, 100, open)}) }, map[int64][]int64{25: {3}, 100: {1, 4, 5, 9}}},
		{"twice at once", func() error { return table.Append([]columns.Row{row(20, 0, open), row(20, 200, open)}) }, map[int64][]int64{199: {1, 4, 5, 9}, 200: {1, 4, 5, 9, 20}}},
		{"nothing", func() error { return table.Append(nil) }, map[int64][]int64{200: {1, 4, 5, 9, 20}}},
	} {
		if err := step.change(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		for asOf, want := range step.public {
			if got := publicAt(t, table, asOf); !slices.Equal(got, want) {
				t.Errorf("%s: as of %d got %v, want %v", step.name, asOf, got, want)
			}
		}
	}
}

func TestFailedWritesChangeNothing(t *testing.T) {
	table := columns.NewTable(pointSchema())
	good := placed(1, 0, math.MaxInt64, nil, day(1), day(1))
	bad := columns.Row{Seq: 2, Until: math.MaxInt64, Feature: []byte(`{"type":"Feature","properties":{"killed":"many"}}`)}
	line := placed(3, 0, math.MaxInt64, orb.LineString{{1, 2}, {3, 4}}, day(1), day(1))
	distances := columns.Row{Seq: 4, Until: math.MaxInt64, Feature: []byte(`{"type":"Feature","properties":{"border_distances":"mmr-chn"}}`)}
	if err := table.Append([]columns.Row{good}); err != nil {
		t.Fatal(err)
	}
	for _, row := range []columns.Row{bad, line, distances} {
		if err := table.Append([]columns.Row{placed(7, 0, math.MaxInt64, nil, day(1), day(1)), row}); err == nil || !strings.Contains(err.Error(), fmt.Sprint("row ", row.Seq)) {
			t.Errorf("row %d: %v", row.Seq, err)
		}
	}
	broken := errors.New("the disk is gone")
	for _, rows := range []iter.Seq2[columns.Row, error]{
		sequence([]columns.Row{placed(8, 0, math.MaxInt64, nil, day(1), day(1)), bad}),
		func(yield func(columns.Row, error) bool) {
			_ = yield(placed(9, 0, 5, nil, day(1), day(1)), nil) && yield(columns.Row{}, broken)
		},
	} {
		if err := table.Load(rows); err == nil {
			t.Error("a broken load went well")
		}
	}
	if got := publicAt(t, table, 1); !slices.Equal(got, []int64{1}) {
		t.Errorf("the table holds %v", got)
	}
}

// TestLoadStopsReading: an error in the decoder ends a long load.
func TestLoadStopsReading(t *testing.T) {
	read := 0
	table := columns.NewTable(pointSchema())
	err := table.Load(func(yield func(columns.Row, error) bool) {
		for read < 1_000_000 && yield(columns.Row{Seq: int64(read), Feature: []byte("{}")}, nil) {
			read++
		}
	})
	if err == nil || read == 1_000_000 {
		t.Errorf("read %d rows, %v", read, err)
	}
}

func TestBounds(t *testing.T) {
	null := columns.Value{}
	table := columns.NewTable(pointSchema())
	if x := table.Bounds(1); x.Rows != 0 || x.Located || x.Dated {
		t.Errorf("an empty table has %+v", x)
	}
	rows := []columns.Row{
		placed(1, 0, math.MaxInt64, orb.Point{97.5, 20}, day(100), day(130)),
		placed(2, 0, math.MaxInt64, orb.Point{95, 22.25}, null, day(90)),
		placed(3, 0, math.MaxInt64, nil, day(140), null),
		placed(4, 5, 9, orb.Point{-120, -33}, day(1), day(900)),
	}
	if err := table.Append(rows); err != nil {
		t.Fatal(err)
	}
	box := orb.Bound{Min: orb.Point{95, 20}, Max: orb.Point{97.5, 22.25}}
	if x := table.Bounds(1); x != (columns.Extent{Rows: 3, Bound: box, Located: true, FirstDay: 90, LastDay: 140, Dated: true}) {
		t.Errorf("bounds are %+v", x)
	}
	if x := table.Bounds(5); x.Rows != 4 || x.Bound.Min != (orb.Point{-120, -33}) || x.FirstDay != 1 || x.LastDay != 900 {
		t.Errorf("later bounds are %+v", x)
	}
}

// TestJudge has the strikes on Lashio: 101.873 km off, give or take 3 km.
func TestJudge(t *testing.T) {
	for _, c := range []struct {
		within    float64
		certainty columns.Certainty
		ok        bool
	}{{110, columns.Certain, true}, {104.873, columns.Certain, true}, {104.872, columns.Possible, true}, {102, columns.Possible, true}, {98.873, columns.Possible, true}, {98.872, columns.AnyCertainty, false}, {95, columns.AnyCertainty, false}} {
		certainty, ok := columns.Near{WithinKM: c.within}.Judge(101.873, 3000)
		if certainty != c.certainty || ok != c.ok {
			t.Errorf("within %v km: %v, %v; want %v, %v", c.within, certainty, ok, c.certainty, c.ok)
		}
	}
}

func TestFindCountsAtTheCursorsInstant(t *testing.T) {
	w, table, ref := loaded(t, pointSchema(), 51, 500)
	q := columns.Query{AsOf: now, Limit: 10}
	first, err := table.Find(q)
	if err != nil {
		t.Fatal(err)
	}
	table.Close(first.Seqs[5:], now+1)
	if err := table.Append([]columns.Row{{Seq: 9_999, From: now + 1, Until: math.MaxInt64, Feature: w.feature()}}); err != nil {
		t.Fatal(err)
	}
	q.After, q.AsOf = first.Next, now+2
	second, err := table.Find(q)
	if err != nil {
		t.Fatal(err)
	}
	if want := len(ref.matching(columns.Query{AsOf: now})); first.Matched != want || second.Matched != want || second.AsOf > now {
		t.Errorf("matched %d, then %d as of %d; want %d", first.Matched, second.Matched, second.AsOf, want)
	}
}

func TestUnknownFieldsAreNamed(t *testing.T) {
	table := columns.NewTable(pointSchema())
	var field *columns.FieldError
	for name, ask := range map[string]func() error{
		"kidn is not a property of points; did you mean kind?": func() error {
			_, err := table.Count(columns.Query{Filter: columns.IsNull{Field: "kidn"}})
			return err
		},
		"killed is an integer, not a text": func() error {
			_, err := table.Count(columns.Query{Filter: columns.Not{Expr: columns.Compare{Field: "killed", Value: text("5")}}})
			return err
		},
		"killed is an integer; LIKE is for texts": func() error {
			_, err := table.Count(columns.Query{Filter: columns.Like{Field: "killed", Pattern: "5%"}})
			return err
		},
		"summary can not be sorted by": func() error {
			_, _, err := table.Page(columns.Query{Sort: []columns.Sort{{Field: "summary"}}}, nil)
			return err
		},
		"summary can not be grouped by": func() error {
			_, err := table.Group(columns.Query{}, []string{"summary"}, nil)
			return err
		},
		"kind is not an integer, so it can not be summed up": func() error {
			_, err := table.Group(columns.Query{}, nil, []string{"kind"})
			return err
		},
		"kind is a text, not a date or timestamp": func() error {
			_, err := table.Count(columns.Query{Filter: columns.Temporal{Left: columns.Period{Instant: true, Start: columns.Moment{Field: "kind"}}}})
			return err
		},
	} {
		if err := ask(); !errors.As(err, &field) || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want %s", err, name)
		}
	}
}

func TestFoldCaseMakesLettersOfEveryCaseOne(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		folded := columns.FoldCase(string(r))
		if columns.FoldCase(folded) != folded {
			t.Errorf("%U folds to %q, and that to something else", r, folded)
		}
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			if columns.FoldCase(string(other)) != folded {
				t.Errorf("%U folds to %q, %U does not", r, folded, other)
			}
		}
	}
}

func TestLike(t *testing.T) {
	table := columns.NewTable(pointSchema())
	s := pointSchema()
	count := func(kind, pattern string, fold bool) int {
		values := make([]columns.Value, len(s.Fields))
		values[s.Index("kind")] = text(kind)
		if err := table.Append([]columns.Row{{Seq: 1, Until: 9, Feature: columns.AppendFeature(nil, &s, "", nil, values)}}); err != nil {
			t.Fatal(err)
		}
		n, err := table.Count(columns.Query{Filter: columns.Like{Field: "kind", Pattern: pattern, Fold: fold}})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, c := range []struct {
		text, pattern string
		fold, want    bool
	}{
		{"airstrike", "air%", false, true}, {"airstrike", "%strike", false, true}, {"airstrike", "Air%", false, false}, {"airstrike", "Air%", true, true},
		{"", "%", false, true}, {"", "_", false, false}, {"ab", "_", false, false}, {"é", "_", false, true}, {"ရွာ", "ရွ_", false, true},
		{"50%", `50\%`, false, true}, {"500", `50\%`, false, false}, {`a\b`, `a\\b`, false, true}, {`a\`, `a\`, false, true}, {"a_b", `a\_b`, false, true}, {"axb", `a\_b`, false, false},
		{"mississippi", "m%iss%ip%i", false, true}, {"mississippi", "m%iss%ipi%", false, false}, {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "%a%a%a%a%a%a%a%c", false, false},
		{"ΜΕΓΑ", "μεγ_", true, true}, {"STRASSE", "strasse", true, true}, {"\u212Aelvin", "kelvin", true, true},
		{"Hauptstraße", "%STRASSE", true, true}, {"HAUPTSTRASSE", "%straße", true, true}, {"Hauptstraße", "%STRA_E", true, false}, {"ﬁre", "FI%", true, true}, {"ÉCOLE", "école", true, true}, {"ÉCOLE", "école", false, false},
	} {
		if got := count(c.text, c.pattern, c.fold) == 1; got != c.want {
			t.Errorf("%q like %q, fold %v: %v", c.text, c.pattern, c.fold, got)
		}
	}
}
