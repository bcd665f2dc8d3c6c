package data_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"strikewatch/data"
)

func TestDeliveriesAreRemembered(t *testing.T) {
	ctx := t.Context()
	now := time.Date(2024, 12, 1, 0, 0, 0, 0, time.UTC)
	file := filepath.Join(t.TempDir(), "d.db")
	open := func() *data.Store {
		s, err := data.Open(file, data.Options{Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	if _, err := s.LastDue(ctx, "monthly"); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("a schedule never seen: %v, want ErrNotFound", err)
	}
	if err := s.PlanDelivery(ctx, "monthly", now, nil); err != nil {
		t.Fatal(err)
	}
	due := now.Add(time.Hour)
	if err := s.PlanDelivery(ctx, "monthly", due, []string{"a@example.org", "b@example.org", "/srv/reports"}); err != nil {
		t.Fatal(err)
	}
	for _, d := range []data.Delivery{
		{Schedule: "monthly", Due: due, Recipient: "a@example.org", Attempt: 1, At: due},
		{Schedule: "monthly", Due: due, Recipient: "b@example.org", Attempt: 1, At: due, Error: "refused"},
		{Schedule: "monthly", Due: due, Recipient: "b@example.org", Attempt: 2, At: due.Add(time.Minute), Error: "refused again"},
	} {
		if err := s.RecordDelivery(ctx, d); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	s = open()
	defer s.Close()
	last, err := s.LastDue(ctx, "monthly")
	if err != nil || !last.Equal(due) {
		t.Errorf("last due %v, %v; want %v", last, err, due)
	}
	left, err := s.OpenDeliveries(ctx, "monthly")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, d := range left {
		got[d.Recipient] = d.Attempt
	}
	if len(left) != 2 || got["b@example.org"] != 2 || got["/srv/reports"] != 0 {
		t.Errorf("open: %+v", left)
	}
	all, err := s.Deliveries(ctx, "monthly")
	if err != nil || len(all) != 6 {
		t.Errorf("%d deliveries, %v; want 6", len(all), err)
	}
}
