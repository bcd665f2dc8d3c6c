package main

import (
	"fmt"
	"io"
	"runtime"
	"text/tabwriter"
	"time"
)

// line is one measurement beside that of a peer.
type line struct {
	what, ours string
	peer       string // who and how much; empty when no peer does this
	ratio      float64
	aim        string // what it should be at least
	met        verdict
}

type verdict int

const (
	noAim verdict = iota
	met
	missed
)

type table struct{ lines []line }

func (t *table) add(l line) {
	t.lines = append(t.lines, l)
	progress("  %s: %s%s", l.what, l.ours, l.againstPeer())
}

func (l line) againstPeer() string {
	if l.peer == "" {
		return ""
	}
	return fmt.Sprintf(" (%s, %s)", l.peer, l.times())
}

func (l line) times() string {
	switch {
	case l.ratio == 0:
		return ""
	case l.ratio >= 10:
		return fmt.Sprintf("%.0fx", l.ratio)
	}
	return fmt.Sprintf("%.1fx", l.ratio)
}

func (l line) verdict() string {
	switch l.met {
	case met:
		return l.aim + ": met"
	case missed:
		return l.aim + ": MISSED"
	}
	return l.aim
}

// print writes the table; a ratio above 1 says how much better we are.
func (t *table) print(w io.Writer, incidents int) error {
	fmt.Fprintf(w, "%d incidents, %d cores, %s\n\n", incidents, runtime.NumCPU(), time.Now().UTC().Format("2006-01-02"))
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "what\tours\tpeer\tratio\taim")
	for _, l := range t.lines {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", l.what, l.ours, l.peer, l.times(), l.verdict())
	}
	return tw.Flush()
}

// check turns a comparison into a verdict.
func check(ok bool) verdict {
	if ok {
		return met
	}
	return missed
}

func seconds(d time.Duration) string {
	switch {
	case d < 10*time.Millisecond:
		return fmt.Sprintf("%.2f ms", d.Seconds()*1000)
	case d < time.Second:
		return fmt.Sprintf("%.0f ms", d.Seconds()*1000)
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
