package api

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"strikewatch/data"
	"strikewatch/data/columns"
	"strikewatch/geo"
)

// summed are the fields whose sums a summary tells, each with the number of
// incidents where it is not known: a sum over gaps is a least figure.
func summed() []string { return []string{"killed_min", "killed_max", "injured_min", "injured_max"} }

// tally counts incidents and the people harmed in them.
type tally struct {
	keys    []string
	count   int
	wide    int // whose window is wider than the period that they are counted in
	sums    [4]int64
	unknown [4]int
}

func (t *tally) add(record *columns.Record, fields [4]int) {
	t.count++
	for i, field := range fields {
		if v := record.Values[field]; v.Kind == columns.IntValue {
			t.sums[i] += v.Int
		} else {
			t.unknown[i]++
		}
	}
}

func (t *tally) describe() object {
	unknown := object{}
	o := object{"count": t.count, "wide": t.wide, "unknown": unknown}
	for i, name := range summed() {
		unknown[name] = t.unknown[i]
		o[name] = nil
		if sum, known := t.sum(i); known {
			o[name] = sum
		}
	}
	return o
}

// sum is not known where no incident's figure is, which is not zero.
func (t *tally) sum(i int) (sum int64, known bool) { return t.sums[i], t.unknown[i] < t.count }

// grouping makes a group's key of a record; wide tells that the record's days
// do not fit one period.
type grouping func(record *columns.Record) (key string, wide bool)

// groupings reads names of fields and periods.
func groupings(schema *columns.Schema, names []string) ([]grouping, error) {
	var all []grouping
	for _, name := range names {
		if slices.Contains(periods(), name) {
			all = append(all, byPeriod(schema, name))
			continue
		}
		i := schema.Index(name)
		if i < 0 || schema.Fields[i].Long {
			known := slices.Clone(periods())
			for _, f := range schema.Fields {
				if !f.Long {
					known = append(known, f.Name)
				}
			}
			return nil, &data.InvalidError{Field: "by", Problem: "names " + quoted(name), Hint: "did you mean " + cmp.Or(nearest(name, known), "month") + "? Use day, week, month, year or a property"}
		}
		all = append(all, func(r *columns.Record) (string, bool) { return valueText(r.Values[i]), false })
	}
	return all, nil
}

func periods() []string { return []string{"day", "week", "month", "year"} }

// byPeriod counts a record in the period in which its window begins.
func byPeriod(schema *columns.Schema, period string) grouping {
	start, end := schema.Index(schema.Start), schema.Index(schema.End)
	return func(r *columns.Record) (string, bool) {
		if r.Values[start].Kind != columns.DayValue {
			return "", false
		}
		first := periodStart(int32(r.Values[start].Int), period)
		last := first
		if r.Values[end].Kind == columns.DayValue {
			last = periodStart(int32(r.Values[end].Int), period)
		}
		return geo.FormatDay(first), first != last
	}
}

// periodStart returns the first day of the period that holds a day. Weeks
// begin on Monday.
func periodStart(day int32, period string) int32 {
	t := time.Unix(int64(day)*86400, 0).UTC()
	switch period {
	case "week":
		return day - int32((int(t.Weekday())+6)%7)
	case "month":
		return day - int32(t.Day()-1)
	case "year":
		return day - int32(t.YearDay()-1)
	}
	return day
}

// tallyBy groups what matches a query. The last tally has no keys and holds
// all.
func (s *server) tallyBy(ctx context.Context, query data.Query, by []grouping) ([]*tally, *tally, error) {
	schema := query.Schema()
	var fields [4]int
	for i, name := range summed() {
		fields[i] = schema.Index(name)
	}
	groups, total := map[string]*tally{}, &tally{}
	var record columns.Record
	err := s.store.Stream(ctx, query, func(feature []byte) error {
		if err := schema.Decode(feature, &record); err != nil {
			return fmt.Errorf("count %s: %w", query.Collection, err)
		}
		keys, wide := make([]string, len(by)), false
		for i, group := range by {
			key, w := group(&record)
			keys[i], wide = key, wide || w
		}
		id := strings.Join(keys, "\x00")
		g := groups[id]
		if g == nil {
			g = &tally{keys: keys}
			groups[id] = g
		}
		for _, t := range []*tally{g, total} {
			t.add(&record, fields)
			if wide {
				t.wide++
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	all := make([]*tally, 0, len(groups))
	for _, g := range groups {
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b *tally) int { return slices.Compare(a.keys, b.keys) })
	return all, total, nil
}
