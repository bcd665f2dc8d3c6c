package data

import (
	"time"

	"strikewatch/geo"
)

// timeLayout writes recorded times: RFC 3339 in UTC with microseconds, of one
// width, so that text order is time order.
const timeLayout = "2006-01-02T15:04:05.000000Z"

func formatTime(t time.Time) string { return t.UTC().Format(timeLayout) }

func parseTime(field, s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return time.Time{}, invalid(field, `is "`+s+`", which is no RFC 3339 time`, "for example 2024-11-04T06:30:00Z")
	}
	return t.UTC(), nil
}

func parseDay(field, s string) (int32, error) {
	d, err := geo.ParseDay(s)
	if err != nil {
		return 0, invalid(field, `is "`+s+`", which is no calendar day`, "write YYYY-MM-DD, for example 2024-11-01")
	}
	return d, nil
}

// widenDay returns the first and last day of the ISO week (Monday to Sunday),
// month or year that holds the day; the day itself for precision day.
func widenDay(day int32, precision string) (first, last int32) {
	t := time.Unix(int64(day)*86400, 0).UTC()
	of := func(t time.Time) int32 { return int32(t.Unix() / 86400) }
	switch precision {
	case "week":
		first = day - int32((int(t.Weekday())+6)%7)
		return first, first + 6
	case "month":
		start := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
		return of(start), of(start.AddDate(0, 1, 0)) - 1
	case "year":
		start := time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		return of(start), of(start.AddDate(1, 0, 0)) - 1
	}
	return day, day
}

func formatDay(day int32) string { return geo.FormatDay(day) }
