package data

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"strikewatch/data/columns"
)

// referenceChanges are what the rows do to the reference: a document that the
// public may not see, or not yet, is not in it.
func referenceChanges(rows []*pending, now time.Time) []refChange {
	var changes []refChange
	for _, p := range rows {
		if p.collection == Incidents || p.collection == Gates {
			continue
		}
		c := refChange{p.collection, p.id, p.doc}
		if p.doc != nil {
			if at, ok, err := gateOf(p.doc).opens(now); err != nil || !ok || at.After(now) {
				c.doc = nil
			}
		}
		changes = append(changes, c)
	}
	return changes
}

// deriveAnew finds the records that are not edited themselves but derived from
// what is, and writes a version of its own for each whose public view changed,
// so that known_at stays true. before is the reference before the changes.
func (w *writing) deriveAnew(changes []refChange, before *reference) error {
	seqs, err := w.candidates(changes, before)
	if err != nil || len(seqs) == 0 {
		return err
	}
	reason := describeCauses(changes)
	find, err := w.tx.PrepareContext(w.ctx, `SELECT collection, id, version, recorded_at, doc, feature FROM version
		WHERE seq = ? AND recorded_until IS NULL AND doc IS NOT NULL`)
	if err != nil {
		return err
	}
	defer find.Close()
	for part := range slices.Chunk(seqs, importBatch) {
		rows, err := w.readStale(find, part, reason)
		if err != nil {
			return err
		}
		if rows, err = w.changedView(rows); err != nil {
			return err
		}
		if err := w.number(rows); err != nil {
			return err
		}
		err = onAllCores(rows, func(part []*pending) error {
			for _, p := range part {
				w.commit(p)
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := w.record(rows); err != nil {
			return err
		}
	}
	return nil
}

func describeCauses(changes []refChange) string {
	causes := make([]string, 0, len(changes))
	for _, c := range changes {
		causes = append(causes, c.collection+" "+c.id)
	}
	if text := strings.Join(causes, ", "); len(text) <= 200 {
		return text
	}
	return fmt.Sprintf("%d changed records", len(changes))
}

// readStale reads current versions as ones to be derived anew. What this
// transaction edits is not current any more.
func (w *writing) readStale(find *sql.Stmt, seqs []int64, reason string) ([]*pending, error) {
	rows := make([]*pending, 0, len(seqs))
	for _, seq := range seqs {
		p := &pending{operation: derive, reason: reason, previous: seq}
		err := find.QueryRowContext(w.ctx, seq).Scan(&p.collection, &p.id, &p.version, &p.recorded, &p.canonical, &p.feature)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, p)
	}
	return rows, nil
}

// changedView encodes the rows' features anew and returns those that changed.
func (w *writing) changedView(rows []*pending) ([]*pending, error) {
	err := onAllCores(rows, func(part []*pending) error {
		for _, p := range part {
			var err error
			if p.doc, err = ParseDocument(p.collection, p.canonical); err != nil {
				return err
			}
			p.was = p.doc
		}
		shown := w.ref.showAll(part)
		for i, p := range part {
			if err := w.deriveOne(p, shown[i]); err != nil {
				return fmt.Errorf("%s %s: %w", p.collection, p.id, err)
			}
		}
		return nil
	})
	return slices.DeleteFunc(rows, func(p *pending) bool { return !p.changed }), err
}

func (w *writing) deriveOne(p *pending, shown *shownIncident) error {
	at, open, err := gateOf(p.doc).opens(w.at)
	if err != nil || !open {
		return err // when it is not open, nothing of it is public, whatever it is derived from
	}
	after, err := w.ref.feature(p.doc, shown, stamp{p.version, p.recorded})
	if err != nil || bytes.Equal(p.feature, after) && !w.citesClosed(p.doc) {
		return err
	}
	p.version++
	p.changed = true
	if p.feature, err = w.ref.feature(p.doc, shown, stamp{p.version, w.time}); p.feature != nil {
		p.public = &at
	}
	return err
}

// citesClosed reports whether a document cites a source that this transaction
// closes: then its versions so far are withdrawn, also where nothing changes.
func (w *writing) citesClosed(d Document) bool {
	i, ok := d.(*Incident)
	return ok && slices.ContainsFunc(i.Citations, func(c Citation) bool { return w.closed[c.Source] })
}

// candidates are the seqs of current records that the changes may bear on:
// for control, the incidents near in space and time; for a source, those that
// cite it; for borders, areas and places, all.
func (w *writing) candidates(changes []refChange, before *reference) ([]int64, error) {
	var near []columns.Expr
	var citing []string
	all := false
	for _, c := range changes {
		switch c.collection {
		case Controls:
			near = append(near, before.reach(c.id)...)
			near = append(near, w.ref.reach(c.id)...)
		case Sources:
			citing = append(citing, c.id)
		case Borders, Areas, Places:
			all = true
		}
	}
	switch {
	case all:
		return w.seqs(`SELECT seq FROM version WHERE seq <= ? AND recorded_until IS NULL AND doc IS NOT NULL AND collection IN ('control', 'incidents') ORDER BY seq`, w.first)
	case len(citing) > maxCiting:
		return w.seqs(`SELECT seq FROM version WHERE seq <= ? AND recorded_until IS NULL AND doc IS NOT NULL AND collection = 'incidents' ORDER BY seq`, w.first)
	}
	seen := map[int64]bool{}
	var seqs []int64
	add := func(more []int64, err error) error {
		for _, seq := range more {
			if !seen[seq] {
				seen[seq] = true
				seqs = append(seqs, seq)
			}
		}
		return err
	}
	if len(near) > 0 {
		q := columns.Query{Filter: columns.Or(near), AsOf: math.MaxInt64 - 1}
		table, err := w.store.table(w.ctx, Incidents)
		if err != nil {
			return nil, err
		}
		if err := table.Scan(q, func(seq int64) error { return add([]int64{seq}, nil) }); err != nil {
			return nil, err
		}
	}
	for _, id := range citing {
		if err := add(w.seqs(`SELECT seq FROM version WHERE seq <= ? AND recorded_until IS NULL AND collection = 'incidents' AND instr(doc, ?) ORDER BY seq`,
			w.first, citation(id))); err != nil {
			return nil, err
		}
	}
	return seqs, nil
}

// maxCiting sources are looked up one by one; for more, all incidents are.
const maxCiting = 8

// reach describes the incidents that a control record may bear on.
func (r *reference) reach(id string) []columns.Expr {
	var near []columns.Expr
	for i := range r.held.records {
		rec := &r.held.records[i]
		if rec.id != id {
			continue
		}
		during := columns.During{From: rec.from, To: rec.to - 1}
		if rec.place != "" {
			near = append(near, columns.And{during, columns.Compare{Field: "place_code", Op: columns.Equal, Value: textValue(rec.place)}})
		}
		if rec.region != nil {
			b := rec.region.Bound()
			// A disk reaches into the box from as far as the largest uncertainty allows.
			lo, hi := diskBound(b.Min, r.held.accuracy+reachM), diskBound(b.Max, r.held.accuracy+reachM)
			near = append(near, columns.And{during, columns.BBox{West: lo.Min[0], South: lo.Min[1], East: hi.Max[0], North: hi.Max[1]}})
		}
	}
	return near
}

// reachM is the uncertainty of the coarsest precision; incidents that say more
// of themselves are few and found by a filter of their own.
const reachM = 80_000

func (w *writing) seqs(query string, args ...any) ([]int64, error) {
	return seqsOf(w.ctx, w.tx, query, args...)
}

// seqsOf returns the one column of a query.
func seqsOf(ctx context.Context, db interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}, query string, args ...any) ([]int64, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var seqs []int64
	for rows.Next() {
		var seq int64
		if err := rows.Scan(&seq); err != nil {
			return nil, err
		}
		seqs = append(seqs, seq)
	}
	return seqs, rows.Err()
}
