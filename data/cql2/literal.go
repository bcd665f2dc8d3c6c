package cql2

import (
	"time"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
	"strikewatch/geo"
)

// settle turns DATE, TIMESTAMP and INTERVAL with their arguments into what
// they mean.
func (t *term) settle() error {
	switch t.op {
	case "date", "timestamp":
		if len(t.args) != 1 || t.args[0].kind != literal || t.args[0].value.Kind != columns.TextValue {
			return t.wrong("for example DATE('2024-11-01')", "%s takes one text", t.op)
		}
		text := t.args[0].value.Text
		v, ok := instant(text)
		switch {
		case t.op == "date" && (!ok || v.Kind != columns.DayValue):
			return t.wrong("write YYYY-MM-DD", "'%s' is not a date", text)
		case t.op == "timestamp" && (!ok || v.Kind != columns.TimeValue):
			return t.wrong("write it as 2024-11-01T14:00:00Z", "'%s' is not a timestamp", text)
		}
		t.kind, t.value, t.args = literal, v, nil
	case "interval":
		if len(t.args) != 2 {
			return t.wrong("for example INTERVAL('2024-01-01', '..')", "an interval has a start and an end")
		}
		t.kind = interval
	}
	return nil
}

// instant reads a date or an RFC 3339 timestamp.
func instant(text string) (columns.Value, bool) {
	if day, err := geo.ParseDay(text); err == nil {
		return columns.Value{Kind: columns.DayValue, Int: int64(day)}, true
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return columns.Value{Kind: columns.TimeValue, Int: t.UnixMicro()}, true
	}
	return columns.Value{}, false
}

// setBox makes the term a box of 4 numbers, or 6 with heights, which are
// ignored. A box across the antimeridian has its west above its east.
func (t *term) setBox(n []float64) error {
	t.kind, t.op = shape, "bbox"
	switch len(n) {
	case 4:
		t.geometry = orb.Bound{Min: orb.Point{n[0], n[1]}, Max: orb.Point{n[2], n[3]}}
	case 6:
		t.geometry = orb.Bound{Min: orb.Point{n[0], n[1]}, Max: orb.Point{n[3], n[4]}}
	default:
		return t.wrong("write west, south, east, north", "a box has 4 or 6 numbers, not %d", len(n))
	}
	return nil
}
