package report

import (
	"strings"
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"strikewatch/geo"
)

func planOf(t *testing.T, spec, zone, period string) *plan {
	t.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	times, err := cron.ParseStandard(spec)
	if err != nil {
		t.Fatal(err)
	}
	return &plan{Schedule: Schedule{Period: period}, location: location, times: times, everyHour: strings.Fields(spec)[1] == "*"}
}

func TestPeriodsEndBeforeTheDueDay(t *testing.T) {
	for _, c := range []struct{ period, due, from, to string }{
		{"previous day", "2024-03-01T00:10:00+06:30", "2024-02-29", "2024-02-29"},
		{"Previous  Week", "2024-11-04T07:00:00+06:30", "2024-10-28", "2024-11-03"}, // a Monday
		{"previous week", "2024-11-10T07:00:00+06:30", "2024-10-28", "2024-11-03"},  // the Sunday after
		{"previous month", "2024-03-31T07:00:00+06:30", "2024-02-01", "2024-02-29"},
		{"previous month", "2025-01-01T07:00:00+06:30", "2024-12-01", "2024-12-31"},
		{"previous month", "2024-12-31T20:00:00Z", "2024-12-01", "2024-12-31"}, // already January in Yangon
		{"last 30 days", "2024-12-01T07:00:00+06:30", "2024-11-01", "2024-11-30"},
		{"last 1 day", "2024-12-01T07:00:00+06:30", "2024-11-30", "2024-11-30"},
	} {
		due, err := time.Parse(time.RFC3339, c.due)
		if err != nil {
			t.Fatal(err)
		}
		days, err := planOf(t, "0 7 1 * *", "Asia/Yangon", c.period).period(due)
		if err != nil || geo.FormatDay(days[0]) != c.from || geo.FormatDay(days[1]) != c.to {
			t.Errorf("%s due %s: %s to %s, %v; want %s to %s", c.period, c.due, geo.FormatDay(days[0]), geo.FormatDay(days[1]), err, c.from, c.to)
		}
	}
}

// Clocks in Berlin go forward on 2024-03-31 at 02:00 and back on 2024-10-27 at 03:00.
func TestDueTimesWhereClocksChange(t *testing.T) {
	for _, c := range []struct {
		spec, from, to string
		want           int
	}{
		{"30 2 * * *", "2024-03-30T12:00:00Z", "2024-04-02T12:00:00Z", 3},
		{"30 2 * * *", "2024-10-26T12:00:00Z", "2024-10-29T12:00:00Z", 3},
		{"0 7 * * *", "2024-10-26T12:00:00Z", "2024-10-29T12:00:00Z", 3},
		{"0 * * * *", "2024-10-26T12:30:00Z", "2024-10-27T12:30:00Z", 24},
		{"0 * * * *", "2024-03-30T12:30:00Z", "2024-03-31T12:30:00Z", 24},
	} {
		at, err := time.Parse(time.RFC3339, c.from)
		if err != nil {
			t.Fatal(err)
		}
		end, err := time.Parse(time.RFC3339, c.to)
		if err != nil {
			t.Fatal(err)
		}
		p := planOf(t, c.spec, "Europe/Berlin", "previous day")
		got := 0
		for at = p.next(at); !at.After(end); at = p.next(at) {
			got++
		}
		if got != c.want {
			t.Errorf("%s from %s: due %d times, want %d", c.spec, c.from, got, c.want)
		}
	}
}
