package columns

import (
	"cmp"
	"fmt"
)

// Group is the rows that share keys.
type Group struct {
	Keys  []Value // one per grouping; of day, week, month and year the first day
	Count int
	Sums  []Sum // of the fields asked for
}

// Sum adds up a field's values.
type Sum struct {
	Total   int64
	Unknown int // rows in which the field is null, which adds nothing
}

// Group counts the matches by the values of fields, and by day, week, month or
// year in which their windows start (null when that is open), and sums up
// integer fields. With nothing to group by it is one group, if any row
// matches. Groups are in order of their keys, nulls last.
func (t *Table) Group(q Query, by, sums []string) ([]Group, error) {
	p, err := t.plan(q)
	if err != nil {
		return nil, err
	}
	g := &grouper{}
	for _, name := range by {
		k, err := p.keyer(name, p.content.rows())
		if err != nil {
			return nil, err
		}
		g.keyers = append(g.keyers, k)
		g.pairs = append(g.pairs, &pairing{})
	}
	if g.sums, err = p.summers(sums); err != nil {
		return nil, err
	}
	f := &folding{name: fmt.Sprintf("%q of %q", sums, by), keyers: g.keyers, sums: g.sums}
	if err := p.eachFolded(f, constantNode(true), g.add); err != nil {
		return nil, err
	}
	return g.groups(), nil
}

// compareKeys orders keys, nulls last.
func compareKeys(a, b Value) int {
	switch {
	case a.Kind == Null || b.Kind == Null:
		return cmp.Compare(bit(a.Kind == Null), bit(b.Kind == Null))
	case a.Kind == TextValue:
		return cmp.Compare(a.Text, b.Text)
	}
	return compareValues(a, b)
}
