package api

import (
	"cmp"
	"slices"

	"strikewatch/data"
	"strikewatch/data/columns"
)

// summed are the fields whose sums a summary tells, each with the number of
// incidents where it is not known: a sum over gaps is a least figure.
func summed() []string { return []string{"killed_min", "killed_max", "injured_min", "injured_max"} }

// tally counts incidents and the people harmed in them.
type tally struct {
	keys    []string
	count   int
	sums    []int64
	unknown []int
}

// sum is not known where no incident's figure is, which is not zero.
func (t *tally) sum(i int) (sum int64, known bool) { return t.sums[i], t.unknown[i] < t.count }

func (t *tally) describe(names []string) object {
	unknown := object{}
	o := object{"count": t.count, "unknown": unknown}
	for i, name := range summed() {
		unknown[name] = t.unknown[i]
		o[name] = nil
		if sum, known := t.sum(i); known {
			o[name] = sum
		}
	}
	for i, name := range names {
		o[name] = t.keys[i]
	}
	return o
}

// newTallies turns groups into tallies, and adds all up.
func newTallies(groups []columns.Group) (all []*tally, total *tally) {
	total = &tally{sums: make([]int64, len(summed())), unknown: make([]int, len(summed()))}
	for _, g := range groups {
		t := &tally{count: g.Count}
		for _, key := range g.Keys {
			t.keys = append(t.keys, valueText(key))
		}
		for i, name := range summed() {
			t.sums, t.unknown = append(t.sums, g.Sums[name].Total), append(t.unknown, g.Sums[name].Unknown)
			total.sums[i] += g.Sums[name].Total
			total.unknown[i] += g.Sums[name].Unknown
		}
		total.count += t.count
		all = append(all, t)
	}
	return all, total
}

// checkGroupings refuses names that nothing can be grouped by.
func checkGroupings(schema *columns.Schema, names []string) error {
	known := periods()
	for _, f := range schema.Fields {
		if !f.Long {
			known = append(known, f.Name)
		}
	}
	for i, name := range names {
		if !slices.Contains(known, name) {
			return &data.InvalidError{Field: "by", Problem: "names " + quoted(name), Hint: "did you mean " + cmp.Or(nearest(name, known), "month") + "? Use day, week, month, year or a property"}
		}
		if slices.Contains(names[:i], name) {
			return &data.InvalidError{Field: "by", Problem: "names " + name + " twice", Hint: "give it once"}
		}
	}
	return nil
}

func periods() []string { return []string{"day", "week", "month", "year"} }
