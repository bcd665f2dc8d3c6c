package report

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"strikewatch/data"
)

// Scheduler builds and delivers the reports that are due.
//
// A schedule counts from when it is first seen. Of the due times that passed
// while nothing ran, the latest is delivered once and the older ones are
// skipped, which the log says. What is due is written down before it is sent,
// and each attempt after it, so that a restart repeats nothing that arrived;
// a crash between sending and writing down may repeat one mail, which then
// carries the same Message-ID. What failed is tried again at growing
// intervals, as often as retryAfter says.
type Scheduler struct {
	store *data.Store
	plans []plan
	smtp  SMTP
	now   func() time.Time
	log   *slog.Logger
}

// tickEvery is how long Run waits between passes; due times are whole minutes.
const tickEvery = 5 * time.Second

// retryAfter are the waits after each failed attempt; after one more, a
// delivery is given up.
var retryAfter = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour}

// NewScheduler checks the schedules; an error names the schedule, the field
// and the fix.
func NewScheduler(s *data.Store, schedules []Schedule, smtp SMTP, now func() time.Time, log *slog.Logger) (*Scheduler, error) {
	scheduler := &Scheduler{store: s, smtp: smtp, now: now, log: log}
	for i, c := range schedules {
		p, err := c.plan(s, smtp, now())
		if err == nil && slices.ContainsFunc(scheduler.plans, func(o plan) bool { return o.Name == c.Name }) {
			err = invalid("name", fmt.Sprintf("is %q, as another schedule's", c.Name), "give each schedule a name of its own")
		}
		if err != nil {
			return nil, fmt.Errorf("schedule %d (%q): %w", i+1, c.Name, err)
		}
		scheduler.plans = append(scheduler.plans, p)
	}
	return scheduler, nil
}

// Run delivers what is due until ctx is done.
func (s *Scheduler) Run(ctx context.Context) {
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	for {
		if err := s.Tick(ctx); err != nil && ctx.Err() == nil {
			s.log.Error("reports", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// Tick makes one pass at the clock's time: it plans what has become due and
// delivers what has not arrived. Deliveries that fail are recorded and logged,
// and are no error of the pass.
func (s *Scheduler) Tick(ctx context.Context) error {
	var failed error
	for i := range s.plans {
		p := &s.plans[i]
		err := s.planDue(ctx, p)
		if err == nil {
			err = s.deliverOpen(ctx, p)
		}
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("schedule %q: %w", p.Name, err))
		}
	}
	return failed
}

// planDue writes down the latest due time since the last one.
func (s *Scheduler) planDue(ctx context.Context, p *plan) error {
	now := s.now()
	last, err := s.store.LastDue(ctx, p.Name)
	if errors.Is(err, data.ErrNotFound) {
		s.log.Info("schedule starts", "schedule", p.Name, "first_due", p.next(now))
		return s.store.PlanDelivery(ctx, p.Name, now, nil)
	}
	if err != nil {
		return err
	}
	var due time.Time
	skipped := -1
	for next := p.next(last); !next.IsZero() && !next.After(now); next = p.next(next) {
		due = next
		skipped++
	}
	if skipped < 0 {
		return nil
	}
	if skipped > 0 {
		s.log.Warn("reports skipped: nothing ran when they were due", "schedule", p.Name, "skipped", skipped, "delivering", due)
	}
	return s.store.PlanDelivery(ctx, p.Name, due, p.recipients)
}

// deliverOpen tries what has not arrived and whose time to try has come. The
// report of one due time is built once for all its recipients.
func (s *Scheduler) deliverOpen(ctx context.Context, p *plan) error {
	open, err := s.store.OpenDeliveries(ctx, p.Name)
	if err != nil {
		return err
	}
	var parcel *Parcel
	var due time.Time
	for _, d := range open {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !slices.Contains(p.recipients, d.Recipient) || !s.isTime(d) {
			continue
		}
		var failed error
		if parcel == nil || !d.Due.Equal(due) {
			due = d.Due
			parcel, failed = s.build(ctx, p, due)
		}
		if failed == nil {
			failed = s.deliver(ctx, p, parcel, d.Recipient)
		}
		if err := s.record(ctx, d, failed); err != nil {
			return err
		}
	}
	return nil
}

func (s *Scheduler) isTime(d data.Delivery) bool {
	if d.Attempt == 0 {
		return true
	}
	return d.Attempt <= len(retryAfter) && !s.now().Before(d.At.Add(retryAfter[d.Attempt-1]))
}

func (s *Scheduler) build(ctx context.Context, p *plan, due time.Time) (*Parcel, error) {
	b, err := BuildBorder(ctx, s.store, p.request(due))
	if err != nil {
		return nil, err
	}
	return pack(ctx, s.store, b, p.Name, due)
}

func (s *Scheduler) deliver(ctx context.Context, p *plan, parcel *Parcel, recipient string) error {
	if recipient == p.Directory {
		return parcel.Write(recipient)
	}
	return s.smtp.Mail(ctx, parcel, recipient, s.now())
}

// record writes an attempt down, also when the program is being stopped:
// what arrived must not be sent again.
func (s *Scheduler) record(ctx context.Context, d data.Delivery, failed error) error {
	d.Attempt++
	d.At, d.Error = s.now(), ""
	switch {
	case failed == nil:
		s.log.Info("report delivered", "schedule", d.Schedule, "due", d.Due, "to", d.Recipient, "attempt", d.Attempt)
	case ctx.Err() != nil:
		return failed // cut off by the stop: no attempt
	case d.Attempt > len(retryAfter):
		d.Error = failed.Error()
		s.log.Error("report given up", "schedule", d.Schedule, "due", d.Due, "to", d.Recipient, "attempt", d.Attempt, "error", failed)
	default:
		d.Error = failed.Error()
		s.log.Warn("report not delivered", "schedule", d.Schedule, "due", d.Due, "to", d.Recipient, "attempt", d.Attempt,
			"again_after", retryAfter[d.Attempt-1], "error", failed)
	}
	return s.store.RecordDelivery(context.WithoutCancel(ctx), d)
}
