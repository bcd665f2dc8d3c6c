package columns_test

import (
	"iter"
	"slices"
	"testing"

	"strikewatch/data/columns"
)

func sequence(rows []columns.Row) iter.Seq2[columns.Row, error] {
	return func(yield func(columns.Row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func seqsOf(rows []referenceRow) []int64 {
	var seqs []int64
	for _, r := range rows {
		seqs = append(seqs, r.Seq)
	}
	return seqs
}

func scanned(t testing.TB, table *columns.Table, q columns.Query) []int64 {
	t.Helper()
	var seqs []int64
	if err := table.Scan(q, func(seq int64) error { seqs = append(seqs, seq); return nil }); err != nil {
		t.Fatalf("%#v: %v", q.Filter, err)
	}
	return seqs
}

func TestRandomFiltersAgreeWithReference(t *testing.T) {
	filters := 200
	if testing.Short() {
		filters = 20
	}
	for _, schema := range []columns.Schema{pointSchema(), shapeSchema()} {
		t.Run(schema.Collection, func(t *testing.T) {
			w := newWorld(schema, 1)
			rows := w.rows(400)
			table := columns.NewTable(schema)
			if err := table.Load(sequence(rows[:200])); err != nil {
				t.Fatal(err)
			}
			for chunk := range slices.Chunk(rows[200:], 37) {
				if err := table.Append(chunk); err != nil {
					t.Fatal(err)
				}
			}
			ref := decoded(t, &schema, rows)
			matched := 0
			for range filters {
				q := columns.Query{Filter: w.filter(2), AsOf: w.Int64N(2 * now), Fetch: ref.fetch, Text: ref.find}
				want := seqsOf(ref.matching(q))
				got := scanned(t, table, q)
				if !slices.Equal(got, want) {
					t.Fatalf("%#v\nas of %d\n got %v\nwant %v", q.Filter, q.AsOf, got, want)
				}
				if n, err := table.Count(q); n != len(want) || err != nil {
					t.Fatalf("%#v: count %d, %v; want %d", q.Filter, n, err, len(want))
				}
				matched += len(want)
			}
			t.Logf("%d matches", matched)
		})
	}
}
