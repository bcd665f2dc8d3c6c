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

// startJobs starts what runs beside the server until ctx is done: preparing its
// memory, taking in what others write, releasing what was delayed and the
// schedules of the TOML file.
func startJobs(ctx context.Context, o *options, store *data.Store, log *slog.Logger) (*jobs, error) {
	j := &jobs{store: store}
	j.done.Go(func() {
		if err := store.Prepare(ctx); err != nil && ctx.Err() == nil {
			log.Error("preparing memory", "error", err)
		}
	})
	j.done.Go(func() {
		j.every(ctx, followEvery, func() {
			if err := store.Follow(ctx); err != nil && ctx.Err() == nil {
				log.Error("taking in what other processes wrote", "error", err)
			}
		})
	})
	j.done.Go(func() {
		j.every(ctx, releaseEvery, func() {
			if _, err := store.Release(ctx); err != nil && ctx.Err() == nil {
				log.Error("release of delayed records", "error", err)
			}
		})
	})
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

const (
	followEvery  = 2 * time.Second  // what the command wrote beside the server
	releaseEvery = 30 * time.Second // delayed records whose time has come
)

// every does something again and again until ctx is done.
func (j *jobs) every(ctx context.Context, pause time.Duration, do func()) {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			do()
		}
	}
}

func (j *jobs) wait() { j.done.Wait() }

func (j *jobs) borderReport(ctx context.Context, query url.Values) (contentType string, body []byte, err error) {
	format := query.Get("f")
	query.Del("f")
	return reports.Render(ctx, j.store, query, format)
}
