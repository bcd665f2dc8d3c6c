package columns_test

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"strikewatch/data/columns"
)

// ordered sorts rows as a page does: nulls last in either direction, ties by seq.
func (ref *reference) ordered(rows []referenceRow, order []columns.Sort) []referenceRow {
	slices.SortFunc(rows, func(a, b referenceRow) int {
		for _, s := range order {
			x, y := ref.value(&a, s.Field), ref.value(&b, s.Field)
			if x.Kind == columns.Null || y.Kind == columns.Null {
				if x.Kind != y.Kind {
					return cmp.Compare(int(y.Kind), int(x.Kind)) // Null is 0
				}
				continue
			}
			c := cmp.Compare(number(x), number(y))
			if x.Kind == columns.TextValue {
				c = strings.Compare(x.Text, y.Text)
			}
			if s.Descending {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return cmp.Compare(a.Seq, b.Seq)
	})
	return rows
}

func (w *world) order() []columns.Sort {
	var order []columns.Sort
	for range w.IntN(4) {
		order = append(order, columns.Sort{Field: pick(w, "id", "kind", "earliest", "killed", "area", "ratio", "exact", "recorded_at"), Descending: w.IntN(2) == 0})
	}
	return order
}

func TestPagesAgreeWithReference(t *testing.T) {
	w, table, ref := loaded(t, pointSchema(), 11, 9000)
	for range 60 {
		q := columns.Query{Filter: w.simpleFilter(), AsOf: w.Int64N(2 * now), Sort: w.order(), Limit: pick(w, 1, 7, 100, 1000, 0)}
		want := seqsOf(ref.ordered(ref.matching(q), q.Sort))
		var got []int64
		for pages := 0; pages < 20; pages++ {
			seqs, next, err := table.Page(q, nil)
			if err != nil {
				t.Fatal(err)
			}
			if q.Limit > 0 && len(seqs) > q.Limit {
				t.Fatalf("%d rows for limit %d", len(seqs), q.Limit)
			}
			got = append(got, seqs...)
			if q.After = next; next == "" {
				break
			}
			if parsed, err := columns.ParseCursor(string(next)); err != nil || parsed != next {
				t.Fatalf("cursor %q does not come back: %q, %v", next, parsed, err)
			}
		}
		if q.After != "" && len(got) < len(want) {
			want = want[:len(got)]
		}
		sameSeqs(t, q, got, want)
	}
}

// TestPagesWhileWriting follows cursors while rows are added, ended and
// withdrawn: what was public at the start comes exactly once, but for what was
// withdrawn.
func TestPagesWhileWriting(t *testing.T) {
	for seed := range uint64(30) {
		w, table, ref := loaded(t, pointSchema(), 100+seed, 900)
		q := columns.Query{Filter: w.simpleFilter(), AsOf: now + 5, Sort: w.order(), Limit: 50}
		before := ref.ordered(ref.matching(q), q.Sort)
		withdrawn := map[int64]bool{}
		var got []int64
		clock, seq := int64(now+6), int64(100_000)
		for {
			seqs, next, err := table.Page(q, nil)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, seqs...)
			if next == "" {
				break
			}
			q.After, q.AsOf = next, clock
			for range 20 {
				clock++
				i := w.IntN(len(ref.rows))
				switch w.IntN(4) {
				case 0:
					if !slices.Contains(got, ref.rows[i].Seq) {
						withdrawn[ref.rows[i].Seq] = true
						table.Withdraw([]int64{ref.rows[i].Seq})
					}
				case 1:
					table.Close([]int64{ref.rows[i].Seq}, clock)
				default:
					seq++
					if err := table.Append([]columns.Row{{Seq: seq, From: clock, Until: math.MaxInt64, Feature: w.feature()}}); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		var want []int64
		for _, r := range before {
			if !withdrawn[r.Seq] {
				want = append(want, r.Seq)
			}
		}
		sameSeqs(t, q, got, want)
	}
}

// sameSeqs tells where two answers part.
func sameSeqs(t *testing.T, q columns.Query, got, want []int64) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("order %v limit %d, %#v: %d rows, want %d; they part at row %d:\n got %v\nwant %v", q.Sort, q.Limit, q.Filter, len(got), len(want), i,
				got[i:min(i+5, len(got))], want[i:min(i+5, len(want))])
		}
	}
}

func TestCursorOfAnotherOrder(t *testing.T) {
	_, table, _ := loaded(t, pointSchema(), 12, 100)
	byKind := columns.Query{AsOf: now, Limit: 5, Sort: []columns.Sort{{Field: "kind"}}}
	_, next, err := table.Page(byKind, nil)
	if err != nil || next == "" {
		t.Fatal(next, err)
	}
	for _, order := range [][]columns.Sort{nil, {{Field: "kind", Descending: true}}, {{Field: "killed"}}} {
		if _, _, err := table.Page(columns.Query{AsOf: now, Limit: 5, Sort: order, After: next}, nil); !errors.Is(err, columns.ErrCursor) {
			t.Errorf("order %v took the cursor: %v", order, err)
		}
	}
}

func FuzzCursor(f *testing.F) {
	w, table, _ := loaded(f, pointSchema(), 13, 300)
	for range 20 {
		_, next, err := table.Page(columns.Query{AsOf: now, Limit: 5, Sort: w.order()}, nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(next))
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := columns.ParseCursor(text)
		if err != nil {
			return
		}
		for _, order := range [][]columns.Sort{nil, {{Field: "kind"}}, {{Field: "ratio", Descending: true}}, {{Field: "id"}, {Field: "killed"}}} {
			if _, _, err := table.Page(columns.Query{AsOf: now, Limit: 5, Sort: order, After: c}, nil); err != nil && !errors.Is(err, columns.ErrCursor) {
				t.Fatal(err)
			}
		}
	})
}
