package columns_test

import (
	"math/big"

	"strikewatch/data/columns"
)

// interval is a period in half microseconds, so that open ends have room.
type interval struct{ start, end *big.Int }

// temporal follows the table of Allen's relations (OGC 21-065r2, 7.9) on
// closed intervals; a date among timestamps is its whole day.
func (ref *reference) temporal(e columns.Temporal, r *referenceRow) truth {
	days := ref.onlyDays(e.Left, e.Right)
	left, ok := ref.interval(e.Left, r, days)
	if !ok {
		return unknown
	}
	right, ok := ref.interval(e.Right, r, days)
	if !ok {
		return unknown
	}
	starts, ends := left.start.Cmp(right.start), left.end.Cmp(right.end)
	startEnd, endStart := left.start.Cmp(right.end), left.end.Cmp(right.start)
	switch e.Relation {
	case columns.TIntersects:
		return is(startEnd <= 0 && endStart >= 0)
	case columns.TDisjoint:
		return is(startEnd > 0 || endStart < 0)
	case columns.TEquals:
		return is(starts == 0 && ends == 0)
	case columns.TBefore:
		return is(endStart < 0)
	case columns.TAfter:
		return is(startEnd > 0)
	case columns.TMeets:
		return is(endStart == 0)
	case columns.TMetBy:
		return is(startEnd == 0)
	case columns.TOverlaps:
		return is(starts < 0 && endStart > 0 && ends < 0)
	case columns.TOverlappedBy:
		return is(starts > 0 && startEnd < 0 && ends > 0)
	case columns.TDuring:
		return is(starts > 0 && ends < 0)
	case columns.TContains:
		return is(starts < 0 && ends > 0)
	case columns.TStarts:
		return is(starts == 0 && ends < 0)
	case columns.TStartedBy:
		return is(starts == 0 && ends > 0)
	case columns.TFinishes:
		return is(starts > 0 && ends == 0)
	}
	return is(starts < 0 && ends == 0)
}

// onlyDays tells whether a relation can be told in days: when fields are days
// (a timestamp beside them means its UTC day), or nothing is a timestamp.
func (ref *reference) onlyDays(periods ...columns.Period) bool {
	fields, times := 0, 0
	literalTime := false
	for _, p := range periods {
		for _, m := range []columns.Moment{p.Start, p.End} {
			if m.Field != "" {
				fields++
				if ref.field(m.Field).Type == columns.Time {
					times++
				}
			} else if m.Value.Kind == columns.TimeValue {
				literalTime = true
			}
		}
	}
	return times == 0 && (fields > 0 || !literalTime)
}

func (ref *reference) interval(p columns.Period, r *referenceRow, days bool) (interval, bool) {
	if p.Instant {
		v := ref.moment(p.Start, r)
		if p.Start.Field != "" && v.Kind == columns.Null {
			return interval{}, false
		}
		return interval{end(v, false, days), end(v, true, days)}, true
	}
	return interval{end(ref.moment(p.Start, r), false, days), end(ref.moment(p.End, r), true, days)}, true
}

func (ref *reference) moment(m columns.Moment, r *referenceRow) columns.Value {
	if m.Field != "" {
		return ref.value(r, m.Field)
	}
	return m.Value
}

func end(v columns.Value, ending, days bool) *big.Int {
	far := new(big.Int).Lsh(big.NewInt(1), 100)
	perDay := big.NewInt(86_400_000_000)
	n := big.NewInt(v.Int)
	switch {
	case v.Kind == columns.Null && ending:
		return far
	case v.Kind == columns.Null:
		return far.Neg(far)
	case v.Kind == columns.TimeValue && days:
		return n.Div(n, perDay) // floors
	case v.Kind == columns.TimeValue || days:
		return n
	case ending:
		return n.Sub(n.Mul(n.Add(n, big.NewInt(1)), perDay), big.NewInt(1))
	}
	return n.Mul(n, perDay)
}
