package api

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// plainPeriod writes a datetime parameter with days only. It takes off the T
// that GDAL 3.6 leaves behind a day without a time when it hands on a filter
// on a Date field, and turns a duration (ISO 8601, of days or more) into the
// day that it reaches: 2024-05-25/P2D is that day and the next. What it can
// not read it leaves as it is.
func plainPeriod(datetime string) string {
	from, to, interval := strings.Cut(datetime, "/")
	if from = strings.TrimSuffix(from, "T"); !interval {
		return from
	}
	to = strings.TrimSuffix(to, "T")
	if end, ok := shift(from, to, 1); ok {
		to = end
	} else if start, ok := shift(to, from, -1); ok {
		from = start
	}
	return from + "/" + to
}

// shift returns the last day of a duration that begins with a day, or, with
// sign -1, the first of one that ends with it.
func shift(day, duration string, sign int) (string, bool) {
	const layout = "2006-01-02"
	if !strings.HasPrefix(duration, "P") {
		return "", false
	}
	parts := regexp.MustCompile(`^P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})W)?(?:(\d{1,6})D)?$`).FindStringSubmatch(duration)
	if parts == nil || duration == "P" || len(day) < len(layout) {
		return "", false
	}
	start, err := time.Parse(layout, day[:len(layout)])
	if err != nil {
		return "", false
	}
	var n [4]int
	for i := range n {
		n[i], _ = strconv.Atoi(parts[i+1]) // none is 0
	}
	days := 7*n[2] + n[3]
	end := start.AddDate(sign*n[0], sign*n[1], sign*days)
	if !end.Equal(start) {
		end = end.AddDate(0, 0, -sign)
	}
	if end.Year() < 0 || end.Year() > 9999 {
		return "", false
	}
	return end.Format(layout), true
}
