package report_test

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"strikewatch/data/report"
)

func TestOnlyTheLatestMissedReportIsDelivered(t *testing.T) {
	d := newDesk(t, "2024-12-01T00:00:30Z", everyMinute("desk@example.org"))
	d.tick("2024-12-01T00:00:30Z")
	d.restart()
	d.tick("2024-12-01T05:17:10Z")
	d.tick("2024-12-01T05:17:15Z")
	letters := d.office.received()
	if len(letters) != 1 {
		t.Fatalf("%d reports after a pause, want the latest one", len(letters))
	}
	if !strings.Contains(string(letters[0].body), "20241201T051700Z") {
		t.Error("the report delivered is not the latest")
	}
}

func TestFailedDeliveriesAreTriedAgain(t *testing.T) {
	s := everyMinute("good@example.org", "bad@example.org")
	s.Cron = "0 7 1 * *" // 00:30 UTC
	d := newDesk(t, "2024-11-30T00:00:00Z", s)
	d.tick("2024-11-30T00:00:00Z")
	d.office.refuse = func(to string) bool { return to == "bad@example.org" }
	for _, at := range []string{
		"2024-12-01T00:30:00Z", "2024-12-01T00:30:59Z", // first; too early to try again
		"2024-12-01T00:31:00Z", "2024-12-01T00:35:59Z", // second, after a minute
		"2024-12-01T00:36:00Z", // third, after five more
	} {
		d.tick(at)
	}
	attempts := func() (all []string) {
		t.Helper()
		deliveries, err := d.store.Deliveries(t.Context(), s.Name)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range deliveries {
			if one.Recipient == "bad@example.org" && one.Attempt > 0 {
				all = append(all, one.At.Format("15:04")+" "+one.Error)
			}
		}
		return all
	}
	got := attempts()
	if len(got) != 3 || !strings.Contains(got[2], "00:36") || !strings.Contains(got[2], "bad@example.org") || !strings.Contains(got[2], "127.0.0.1") {
		t.Errorf("attempts %q; want three that name recipient and server", got)
	}
	d.office.refuse = nil
	d.restart()
	d.tick("2024-12-01T00:51:00Z")
	d.tick("2024-12-01T09:00:00Z")
	to := map[string]int{}
	for _, l := range d.office.received() {
		to[l.to]++
	}
	if to["good@example.org"] != 1 || to["bad@example.org"] != 1 {
		t.Errorf("received %v, want one each", to)
	}
}

func TestDeliveryIsGivenUpInTheEnd(t *testing.T) {
	d := newDesk(t, "2024-11-30T00:00:00Z", report.Schedule{Name: "yearly", Cron: "0 0 1 12 *", TimeZone: "UTC",
		Border: "mmr-chn", WithinKM: 30, Period: "last 3 days", Recipients: []string{"desk@example.org"}})
	d.tick("2024-11-30T00:00:00Z")
	d.office.refuse = func(string) bool { return true }
	at := time.Date(2024, 12, 1, 0, 0, 0, 0, time.UTC)
	for range 60 {
		d.tick(at.Format(time.RFC3339))
		at = at.Add(time.Hour)
	}
	deliveries, err := d.store.Deliveries(t.Context(), "yearly")
	if err != nil || len(deliveries) != 9 { // planned, first and seven again
		t.Errorf("%d deliveries, %v; want 9", len(deliveries), err)
	}
}

func TestADirectoryThatCanNotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := everyMinute()
	s.Directory = filepath.Join(file, "reports")
	d := newDesk(t, "2024-12-01T00:00:30Z", s)
	d.tick("2024-12-01T00:00:30Z")
	d.tick("2024-12-01T00:01:00Z")
	deliveries, err := d.store.Deliveries(t.Context(), s.Name)
	if err != nil || len(deliveries) != 2 || !strings.Contains(deliveries[1].Error, s.Directory) {
		t.Errorf("%+v, %v; want a failure that names the directory", deliveries, err)
	}
}

func TestSchedulesThatCanNotStand(t *testing.T) {
	store := openStore(t, copyStarter(t), nil)
	good := report.SMTP{Host: "127.0.0.1", From: "reports@example.org"}
	for _, c := range []struct {
		field  string
		change func(*report.Schedule, *report.SMTP)
	}{
		{"name", func(s *report.Schedule, _ *report.SMTP) { s.Name = "" }},
		{"cron", func(s *report.Schedule, _ *report.SMTP) { s.Cron = "every day" }},
		{"cron", func(s *report.Schedule, _ *report.SMTP) { s.Cron = "" }},
		{"cron", func(s *report.Schedule, _ *report.SMTP) { s.Cron = "0 0 30 2 *" }},
		{"cron", func(s *report.Schedule, _ *report.SMTP) { s.Cron = "TZ=UTC 0 0 * * *" }},
		{"time_zone", func(s *report.Schedule, _ *report.SMTP) { s.TimeZone = "Yangon" }},
		{"border", func(s *report.Schedule, _ *report.SMTP) { s.Border = "mmr-xyz" }},
		{"within_km", func(s *report.Schedule, _ *report.SMTP) { s.WithinKM = 0 }},
		{"period", func(s *report.Schedule, _ *report.SMTP) { s.Period = "last year" }},
		{"recipients", func(s *report.Schedule, _ *report.SMTP) { s.Recipients = nil }},
		{"recipients", func(s *report.Schedule, _ *report.SMTP) { s.Recipients = []string{"desk"} }},
		{"smtp.host", func(_ *report.Schedule, m *report.SMTP) { m.Host = "" }},
		{"smtp.from", func(_ *report.Schedule, m *report.SMTP) { m.From = "reports" }},
		{"smtp.port", func(_ *report.Schedule, m *report.SMTP) { m.Port = 70000 }},
		{"smtp.tls", func(_ *report.Schedule, m *report.SMTP) { m.TLS = "ssl" }},
		{"smtp.tls", func(_ *report.Schedule, m *report.SMTP) { m.Host, m.User, m.TLS = "mail.example.org", "me", "none" }},
	} {
		s, m := everyMinute("desk@example.org"), good
		c.change(&s, &m)
		_, err := report.NewScheduler(store, []report.Schedule{s}, m, time.Now, slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), c.field) || !strings.Contains(err.Error(), "schedule 1") {
			t.Errorf("%s: %v, want an error that names schedule and field", c.field, err)
		}
	}
	twice := []report.Schedule{everyMinute("a@example.org"), everyMinute("b@example.org")}
	if _, err := report.NewScheduler(store, twice, good, time.Now, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "schedule 2") {
		t.Errorf("two schedules of one name: %v", err)
	}
}
