package main

import (
	"context"
	"log/slog"
	"net/url"
	"sync"
	"time"

	"strikewatch/data"
	reports "strikewatch/data/report"
)

// jobs is what runs beside the server.
type jobs struct {
	store *data.Store
	done  sync.WaitGroup
}

// startJobs starts the schedules of the TOML file, until ctx is done.
func startJobs(ctx context.Context, o *options, store *data.Store, log *slog.Logger) (*jobs, error) {
	j := &jobs{store: store}
	j.done.Go(func() { j.release(ctx, log) })
	if len(o.config.Schedules) == 0 {
		return j, nil
	}
	scheduler, err := reports.NewScheduler(store, o.config.Schedules, o.config.SMTP, o.program.now, log)
	if err != nil {
		return nil, err
	}
	j.done.Go(func() { scheduler.Run(ctx) })
	return j, nil
}

// release brings delayed records into force when their time has come.
func (j *jobs) release(ctx context.Context, log *slog.Logger) {
	tick := time.NewTicker(30 * time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if _, err := j.store.Release(ctx); err != nil && ctx.Err() == nil {
				log.Error("release of delayed records", "error", err)
			}
		}
	}
}

func (j *jobs) wait() { j.done.Wait() }

func (j *jobs) borderReport(ctx context.Context, query url.Values) (contentType string, body []byte, err error) {
	format := query.Get("f")
	query.Del("f")
	return reports.Render(ctx, j.store, query, format)
}
