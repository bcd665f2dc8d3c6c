package columns

import (
	"cmp"
	"math"
	"strings"
)

// compareValues orders two values of comparable types.
func compareValues(a, b Value) int {
	switch {
	case a.Kind == TextValue:
		return strings.Compare(a.Text, b.Text)
	case a.Kind == RealValue || b.Kind == RealValue:
		return cmp.Compare(a.float(), b.float())
	}
	return cmp.Compare(a.Int, b.Int)
}

func (v Value) float() float64 {
	if v.Kind == RealValue {
		return v.Real
	}
	return float64(v.Int)
}

// Holds tells what an operator makes of the outcome of a comparison.
func (op Op) Holds(order int) bool {
	switch op {
	case Equal:
		return order == 0
	case NotEqual:
		return order != 0
	case Less:
		return order < 0
	case LessEqual:
		return order <= 0
	case Greater:
		return order > 0
	}
	return order >= 0
}

// kind is the kind of a field's values.
func (t Type) kind() ValueKind {
	return [...]ValueKind{Text: TextValue, Int: IntValue, Real: RealValue, Bool: BoolValue, Day: DayValue, Time: TimeValue}[t]
}

const (
	microsecondsPerDay = 86_400_000_000
	// Beyond these days a day in microseconds would not fit.
	firstMeasuredDay, lastMeasuredDay = math.MinInt64/microsecondsPerDay + 1, math.MaxInt64/microsecondsPerDay - 1
)

// startOfDay and endOfDay are the first and last microsecond of a day in UTC.
func startOfDay(day int64) int64 {
	return max(firstMeasuredDay, min(day, lastMeasuredDay)) * microsecondsPerDay
}

func endOfDay(day int64) int64 { return startOfDay(day) + microsecondsPerDay - 1 }

// dayOf is the UTC day of an instant.
func dayOf(microseconds int64) int64 {
	day := microseconds / microsecondsPerDay
	if microseconds < day*microsecondsPerDay {
		day--
	}
	return day
}
