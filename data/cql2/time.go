package cql2

import (
	"strings"

	"strikewatch/data/columns"
)

var temporalRelations = map[string]columns.TemporalRelation{
	"t_after": columns.TAfter, "t_before": columns.TBefore, "t_contains": columns.TContains, "t_disjoint": columns.TDisjoint,
	"t_during": columns.TDuring, "t_equals": columns.TEquals, "t_finishedby": columns.TFinishedBy, "t_finishes": columns.TFinishes,
	"t_intersects": columns.TIntersects, "t_meets": columns.TMeets, "t_metby": columns.TMetBy, "t_overlappedby": columns.TOverlappedBy,
	"t_overlaps": columns.TOverlaps, "t_startedby": columns.TStartedBy, "t_starts": columns.TStarts,
}

// takesInstants tells the relations that instants can have; the others are
// between intervals.
func takesInstants(r columns.TemporalRelation) bool {
	switch r {
	case columns.TAfter, columns.TBefore, columns.TDisjoint, columns.TEquals, columns.TIntersects:
		return true
	}
	return false
}

func (r *Reader) temporal(t *term, relation columns.TemporalRelation) (columns.Expr, error) {
	if err := t.count(2); err != nil {
		return nil, err
	}
	var periods [2]columns.Period
	for i, arg := range t.args {
		p, err := r.period(arg)
		if err != nil {
			return nil, err
		}
		if p.Instant && !takesInstants(relation) {
			return nil, arg.wrong("use T_INTERSECTS, or write INTERVAL(start, end)", "%s is between intervals, and %s is an instant", strings.ToUpper(t.op), arg.noun())
		}
		periods[i] = p
	}
	return columns.Temporal{Relation: relation, Left: periods[0], Right: periods[1]}, nil
}

func (r *Reader) period(t *term) (columns.Period, error) {
	if t.kind != interval {
		at, err := r.moment(t, false)
		return columns.Period{Instant: true, Start: at}, err
	}
	start, err := r.moment(t.args[0], true)
	if err != nil {
		return columns.Period{}, err
	}
	end, err := r.moment(t.args[1], true)
	if err != nil {
		return columns.Period{}, err
	}
	for _, side := range []columns.Value{start.Value, end.Value} {
		if side.Kind == columns.Null {
			return columns.Period{Start: start, End: end}, nil
		}
	}
	if start.Value.Kind == end.Value.Kind && start.Value.Int > end.Value.Int {
		return columns.Period{}, t.wrong("", "the interval ends before it starts")
	}
	return columns.Period{Start: start, End: end}, nil
}

// moment reads a date, a timestamp, a property that is one, or in an interval
// the open end '..'.
func (r *Reader) moment(t *term, open bool) (columns.Moment, error) {
	v, dated := instant(t.name) // some examples of the standard have instants in double quotes
	switch {
	case t.kind == property && dated && r.Schema.Index(t.name) < 0:
		return columns.Moment{Value: v}, nil
	case t.kind == property && open && t.name == "..":
		return columns.Moment{}, nil
	case t.kind == property:
		f, err := r.field(t)
		if err != nil {
			return columns.Moment{}, err
		}
		if f.Type != columns.Day && f.Type != columns.Time {
			return columns.Moment{}, t.wrong("", "%s is %s, not a date or timestamp", f.Name, f.Type.Noun())
		}
		return columns.Moment{Field: f.Name}, nil
	case t.kind == literal && (t.value.Kind == columns.DayValue || t.value.Kind == columns.TimeValue):
		return columns.Moment{Value: t.value}, nil
	case t.kind == literal && t.value.Kind == columns.TextValue:
		if open && (t.value.Text == ".." || t.value.Text == "") {
			return columns.Moment{}, nil
		}
		if v, ok := instant(t.value.Text); ok {
			return columns.Moment{Value: v}, nil
		}
		return columns.Moment{}, t.wrong("write DATE('2024-11-01')", "'%s' is not a date or timestamp", t.value.Text)
	}
	return columns.Moment{}, t.wrong("for example DATE('2024-11-01') or INTERVAL('2024-01-01', '..')", "a date, timestamp or interval is expected, not %s", t.noun())
}
