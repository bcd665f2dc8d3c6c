package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

const (
	connections = 8
	requests    = 1000 // of one measurement
	runs        = 3    // of which the median counts
	longest     = 20 * time.Second
)

// load is what a series of requests took.
type load struct {
	took      time.Duration
	latencies []time.Duration // sorted
	bytes     int64           // of bodies
	largest   int64
	busy      time.Duration // processor time of the server; 0 when not known
}

func (l *load) rate() float64 { return float64(len(l.latencies)) / l.took.Seconds() }

// percentile returns the latency that p of a hundred requests do not exceed.
func (l *load) percentile(p float64) time.Duration {
	return l.latencies[min(len(l.latencies)-1, int(p/100*float64(len(l.latencies))))]
}

func (l *load) String() string {
	n := len(l.latencies)
	return fmt.Sprintf("%.0f/s, p50 %s, p99 %s, %s of a core, %.0f kB each", l.rate(), seconds(l.percentile(50)), seconds(l.percentile(99)),
		seconds(l.busy/time.Duration(n)), float64(l.bytes)/float64(n)/1000)
}

// median returns of several loads that with the median p99.
func median(loads []*load) *load {
	slices.SortFunc(loads, func(a, b *load) int { return int(a.percentile(99) - b.percentile(99)) })
	return loads[len(loads)/2]
}

// measure asks for runs series of varied paths and returns the median. A series
// before them is not counted: memory that nothing touched for some seconds is
// slow the first time, on a virtual machine by tens of milliseconds.
func (b *bench) measure(make func(run int) []string) (*load, error) {
	s, err := b.serve()
	if err != nil {
		return nil, err
	}
	var loads []*load
	if _, err := closedLoop(b.ctx, s.address, make(runs)); err != nil {
		return nil, err
	}
	for run := range runs {
		before, err := s.busy()
		if err != nil {
			return nil, err
		}
		l, err := closedLoop(b.ctx, s.address, make(run))
		if err != nil {
			return nil, err
		}
		after, err := s.busy()
		if err != nil {
			return nil, err
		}
		l.busy = after - before
		loads = append(loads, l)
	}
	return median(loads), nil
}

// closedLoop asks for each path once, over a fixed number of connections each
// of which sends its next request when the last is answered, and ends early
// after the longest time.
func closedLoop(ctx context.Context, address string, paths []string) (*load, error) {
	all := &load{latencies: make([]time.Duration, len(paths))}
	var next, total, largest atomic.Int64
	var failed [connections]error
	var running sync.WaitGroup
	start := time.Now()
	for c := range connections {
		running.Go(func() {
			failed[c] = ask(ctx, address, func() (string, *time.Duration) {
				n := next.Add(1) - 1
				if n >= int64(len(paths)) || time.Since(start) > longest {
					return "", nil
				}
				return paths[n], &all.latencies[n]
			}, func(n int64) {
				total.Add(n)
				for was := largest.Load(); n > was && !largest.CompareAndSwap(was, n); was = largest.Load() {
				}
			})
		})
	}
	running.Wait()
	all.latencies = slices.DeleteFunc(all.latencies, func(d time.Duration) bool { return d == 0 })
	all.took, all.bytes, all.largest = time.Since(start), total.Load(), largest.Load()
	slices.Sort(all.latencies)
	return all, errors.Join(failed[:]...)
}

// ask sends requests over one connection until there are none.
func ask(ctx context.Context, address string, next func() (string, *time.Duration), read func(int64)) error {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 64<<10)
	buffer := make([]byte, 256<<10)
	for path, latency := next(); latency != nil; path, latency = next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		start := time.Now()
		if _, err := io.WriteString(conn, "GET "+path+" HTTP/1.1\r\nHost: "+address+"\r\n\r\n"); err != nil {
			return err
		}
		response, err := http.ReadResponse(in, nil)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		n, head, err := drain(response.Body, buffer)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		*latency = time.Since(start)
		if response.StatusCode >= 300 {
			return fmt.Errorf("%s: %s: %s", path, response.Status, head)
		}
		read(n)
	}
	return nil
}

// drain reads all through one buffer and returns how much, and the beginning.
func drain(body io.ReadCloser, buffer []byte) (n int64, head []byte, err error) {
	defer body.Close()
	for {
		got, err := body.Read(buffer)
		if n == 0 {
			head = slices.Clone(buffer[:min(got, 500)])
		}
		n += int64(got)
		if err == io.EOF {
			return n, head, nil
		}
		if err != nil {
			return n, head, err
		}
	}
}
