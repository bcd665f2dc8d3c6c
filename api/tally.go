package api

import (
	"cmp"
	"slices"
	"strconv"

	"strikewatch/data"
	"strikewatch/data/columns"
)

// summed are the fields whose sums a summary tells, each with the number of
// incidents where it is not known: a sum over gaps is a least figure.
func summed() []string { return []string{"killed_min", "killed_max", "injured_min", "injured_max"} }

// tally counts incidents and the people harmed in them.
type tally struct {
	keys []string
	columns.Group
}

// sum is not known where no incident's figure is, which is not zero.
func (t *tally) sum(i int) (sum int64, known bool) {
	return t.Sums[i].Total, t.Sums[i].Unknown < t.Count
}

// appendJSON writes an object with the keys by their names, the count, the
// sums and how many incidents each sum misses.
func (t *tally) appendJSON(dst []byte, names []string) []byte {
	dst = append(dst, '{')
	for i, name := range names {
		dst = append(columns.AppendString(dst, name), ':')
		dst = append(columns.AppendString(dst, t.keys[i]), ',')
	}
	dst = strconv.AppendInt(append(dst, `"count":`...), int64(t.Count), 10)
	for i, name := range summed() {
		dst = append(append(append(dst, `,"`...), name...), `":`...)
		if sum, known := t.sum(i); known {
			dst = strconv.AppendInt(dst, sum, 10)
		} else {
			dst = append(dst, "null"...)
		}
	}
	dst = append(dst, `,"unknown":{`...)
	for i, name := range summed() {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(append(append(dst, '"'), name...), `":`...)
		dst = strconv.AppendInt(dst, int64(t.Sums[i].Unknown), 10)
	}
	return append(dst, "}}"...)
}

// row is a table's.
func (t *tally) row() []string {
	row := append(slices.Clone(t.keys), strconv.Itoa(t.Count))
	for i := range t.Sums {
		text := ""
		if sum, known := t.sum(i); known {
			text = strconv.FormatInt(sum, 10)
		}
		row = append(row, text)
	}
	return row
}

// tallies are those of all groups, by names.
type tallies struct {
	names  []string
	groups []tally
	total  tally
}

func newTallies(names []string, groups []columns.Group) *tallies {
	t := &tallies{names: names, groups: make([]tally, len(groups))}
	t.total.Sums = make([]columns.Sum, len(summed()))
	for i, g := range groups {
		keys := make([]string, len(g.Keys))
		for j, key := range g.Keys {
			keys[j] = valueText(key)
		}
		t.groups[i] = tally{keys, g}
		t.total.Count += g.Count
		for j, sum := range g.Sums {
			t.total.Sums[j].Total += sum.Total
			t.total.Sums[j].Unknown += sum.Unknown
		}
	}
	return t
}

// appendGroups adds an array of all tallies to a JSON object that has members.
// It may be long, and encoding/json would go through it once more.
func (t *tallies) appendGroups(object []byte, name string) []byte {
	object = append(columns.AppendString(append(object[:len(object)-1], ','), name), ":["...)
	for i := range t.groups {
		if i > 0 {
			object = append(object, ',')
		}
		object = t.groups[i].appendJSON(object, t.names)
	}
	return append(object, "]}\n"...)
}

func (t *tallies) rows() [][]string {
	rows := make([][]string, len(t.groups))
	for i := range rows {
		rows[i] = t.groups[i].row()
	}
	return rows
}

// checkGroupings refuses names that nothing can be grouped by.
func checkGroupings(schema *columns.Schema, names []string) error {
	known := append(periods(), schema.Sortable()...)
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
