package geo_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// Every day of the years 0000 to 9999, against the standard library.
func TestDays(t *testing.T) {
	first := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC)
	for date := first; date.Year() < 10_000; date = date.AddDate(0, 0, 1) {
		text, want := date.Format(time.DateOnly), int32(date.Unix()/86400)
		if got, err := geo.ParseDay(text); err != nil || got != want {
			t.Fatalf("%s: %d %v, want %d", text, got, err, want)
		}
		if got := geo.FormatDay(want); got != text {
			t.Fatalf("%d: %s, want %s", want, got, text)
		}
	}
}

func TestParseDayRefuses(t *testing.T) {
	for text, hint := range map[string]string{
		"": "YYYY-MM-DD", "2024": "YYYY-MM-DD", "2024-1-02": "YYYY-MM-DD", "2024-01-2": "YYYY-MM-DD", " 2024-01-02": "YYYY-MM-DD",
		"2024-01-02T00:00:00Z": "YYYY-MM-DD", "2024/01/02": "YYYY-MM-DD", "2o24-01-02": "YYYY-MM-DD", "-024-01-02": "YYYY-MM-DD",
		"2024-13-01": "no month 13", "2024-00-01": "no month 00", "2024-02-30": "days 01 to 29", "2023-02-29": "days 01 to 28",
		"1900-02-29": "days 01 to 28", "2024-04-31": "days 01 to 30", "2024-01-00": "days 01 to 31", "２０２４-01-02": "YYYY-MM-DD",
	} {
		if day, err := geo.ParseDay(text); err == nil || !strings.Contains(err.Error(), hint) {
			t.Errorf("%q: %d %v, want %q", text, day, err, hint)
		}
	}
	if got := geo.FormatDay(math.MinInt32); !strings.HasPrefix(got, "-58") {
		t.Error(got)
	}
}

func FuzzParseDay(f *testing.F) {
	f.Add("2024-02-29")
	f.Fuzz(func(t *testing.T, text string) {
		if day, err := geo.ParseDay(text); err == nil && geo.FormatDay(day) != text {
			t.Errorf("%q is read as %s", text, geo.FormatDay(day))
		}
	})
}

func TestCheckPosition(t *testing.T) {
	for _, c := range []struct {
		p    orb.Point
		want string // "" for sound
	}{
		{orb.Point{97.7, 22.9}, ""}, {orb.Point{-180, -90}, ""}, {orb.Point{180, 90}, ""}, {orb.Point{0, 0}, ""},
		{orb.Point{22.9, 97.7}, "swapped"}, {orb.Point{97.7, 95}, "lat 95 is outside -90..90"}, {orb.Point{200, 10}, "lon 200 is outside -180..180"},
		{orb.Point{math.NaN(), 1}, "lon NaN"}, {orb.Point{1, math.Inf(-1)}, "lat -Inf"}, {orb.Point{1, 500}, "outside -90..90"},
	} {
		err := geo.CheckPosition(c.p)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v, want %q", c.p, err, c.want)
		}
	}
}
