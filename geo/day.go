package geo

import (
	"fmt"
	"time"
)

// ParseDay reads a civil date in the form YYYY-MM-DD as days since
// 1970-01-01. It refuses dates that the calendar does not have.
func ParseDay(text string) (int32, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || len(text) != len(time.DateOnly) {
		return 0, fmt.Errorf("%q is not a date in the form YYYY-MM-DD", text)
	}
	return int32(t.Unix() / 86400), nil
}

// FormatDay writes days since 1970-01-01 as YYYY-MM-DD.
func FormatDay(day int32) string {
	return time.Unix(int64(day)*86400, 0).UTC().Format(time.DateOnly)
}
