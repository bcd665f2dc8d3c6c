package data

import (
	"bytes"
	"database/sql"
	"fmt"
	"math"
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

// touched encodes anew the records that are not edited themselves but derived
// from what is, and returns those whose public view changed: each becomes a
// version of its own, so that known_at stays true.
func (w *writing) touched(rows []*pending, changes []refChange, next *reference) ([]*pending, error) {
	edited := map[[2]string]bool{}
	causes := []string{}
	for _, p := range rows {
		edited[[2]string{p.collection, p.id}] = true
	}
	for _, c := range changes {
		causes = append(causes, c.collection+" "+c.id)
	}
	seqs, err := w.candidates(changes, next)
	if err != nil {
		return nil, err
	}
	if len(seqs) == 0 {
		return nil, nil
	}
	reason := strings.Join(causes, ", ")
	if len(reason) > 200 {
		reason = fmt.Sprintf("%d changed records", len(causes))
	}
	find, err := w.tx.PrepareContext(w.ctx, `SELECT collection, id, version, recorded_at, doc, feature FROM version
		WHERE seq = ? AND recorded_until IS NULL AND doc IS NOT NULL`)
	if err != nil {
		return nil, err
	}
	defer find.Close()
	var changed []*pending
	for _, seq := range seqs {
		p := &pending{operation: derive, reason: reason, previous: seq}
		var recorded, doc string
		var before []byte
		err := find.QueryRowContext(w.ctx, seq).Scan(&p.collection, &p.id, &p.version, &recorded, &doc, &before)
		if err == sql.ErrNoRows || err == nil && edited[[2]string{p.collection, p.id}] {
			continue
		}
		if err != nil {
			return nil, err
		}
		if p.doc, err = ParseDocument(p.collection, []byte(doc)); err != nil {
			return nil, err
		}
		at, open, err := gateOf(p.doc).opens(w.at)
		if err != nil {
			return nil, err
		}
		if !open {
			continue // nothing of it is public, whatever it is derived from
		}
		after, err := next.feature(p.doc, stamp{p.version, recorded})
		if err != nil {
			return nil, err
		}
		if bytes.Equal(before, after) {
			continue
		}
		p.was, p.canonical = p.doc, []byte(doc)
		p.version++
		if p.feature, err = next.feature(p.doc, stamp{p.version, formatTime(w.at)}); err != nil {
			return nil, err
		}
		if p.feature != nil {
			p.public = &at
		}
		changed = append(changed, p)
	}
	return changed, nil
}

// candidates are the seqs of current records that the changes may bear on:
// for control, the incidents near in space and time; for a source, those that
// cite it; for borders, areas and places, all.
func (w *writing) candidates(changes []refChange, next *reference) ([]int64, error) {
	var near []columns.Expr
	var citing []string
	all := false
	for _, c := range changes {
		switch c.collection {
		case Controls:
			near = append(near, w.ref.reach(c.id)...)
			near = append(near, next.reach(c.id)...)
		case Sources:
			citing = append(citing, c.id)
		case Borders, Areas, Places:
			all = true
		}
	}
	switch {
	case all:
		return w.seqs(`SELECT seq FROM version WHERE recorded_until IS NULL AND doc IS NOT NULL AND collection IN ('control', 'incidents') ORDER BY seq`)
	case len(citing) > maxCiting:
		return w.seqs(`SELECT seq FROM version WHERE recorded_until IS NULL AND doc IS NOT NULL AND collection = 'incidents' ORDER BY seq`)
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
		err := w.store.tables[Incidents].Scan(q, func(seq int64) error { return add([]int64{seq}, nil) })
		if err != nil {
			return nil, err
		}
	}
	for _, id := range citing {
		if err := add(w.seqs(`SELECT seq FROM version WHERE recorded_until IS NULL AND collection = 'incidents' AND instr(doc, ?) ORDER BY seq`,
			`"source":"`+id+`"`)); err != nil {
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
	rows, err := w.tx.QueryContext(w.ctx, query, args...)
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
