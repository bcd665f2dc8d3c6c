package columns

import "time"

// Bucket is a span of the calendar. Weeks are those of ISO 8601, from Monday.
type Bucket uint8

const (
	ByDay Bucket = iota
	ByWeek
	ByMonth
	ByYear
)

// bucketNames are what Group takes besides fields.
var bucketNames = [...]string{ByDay: "day", ByWeek: "week", ByMonth: "month", ByYear: "year"}

// ParseBucket reads day, week, month or year.
func ParseBucket(name string) (b Bucket, ok bool) {
	for i, known := range bucketNames {
		if name == known {
			return Bucket(i), true
		}
	}
	return 0, false
}

// Start is the first day of the bucket that holds day.
func (b Bucket) Start(day int32) int32 {
	switch b {
	case ByWeek:
		sinceMonday := (int64(day)%7 + 7 + 3) % 7 // 1970-01-01 was a Thursday
		return day - int32(sinceMonday)
	case ByMonth, ByYear:
		date := civil(day)
		if b == ByYear {
			return dayAt(date.Year(), time.January)
		}
		return dayAt(date.Year(), date.Month())
	}
	return day
}

func civil(day int32) time.Time { return time.Unix(int64(day)*86400, 0).UTC() }

func dayAt(year int, month time.Month) int32 {
	return int32(time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
