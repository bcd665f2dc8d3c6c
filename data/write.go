package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Operations of an edit.
const (
	Create = "create"
	Update = "update"
	Delete = "delete"
	derive = "derive" // the store's own: what is derived from a record changed
)

// Edit is one change that somebody asks for.
type Edit struct {
	Operation  string
	Document   Document // nil for Delete
	Collection string   // of a Delete
	ID         string   // of a Delete
	Version    int64    // the version that the writer saw; 0: do not care
	Reason     string
}

// Receipt says what a write recorded.
type Receipt struct {
	Seq        int64     // of the last version written
	RecordedAt time.Time // one for the whole transaction
	Written    int       // versions, those derived included
}

// Write records the edits in one transaction: all of them, everything that is
// derived anew because of them, and their leaves in the change log, or
// nothing. It fails with ErrNotFound, ErrConflict or *InvalidError, whose Row
// is the edit's position from 1.
func (s *Store) Write(ctx context.Context, author string, edits []Edit) (Receipt, error) {
	_, receipt, err := s.record(ctx, author, func(w *writing) error { return w.apply(edits) }, nil)
	return receipt, err
}

// writing is a write transaction under way.
type writing struct {
	store   *Store
	ctx     context.Context
	tx      *sql.Tx
	author  string
	at      time.Time
	time    string // at, as it is stored
	ref     *reference
	seq     int64 // of the last version numbered
	first   int64 // seq before this transaction
	leaves  []tlog.Hash
	insert  *sql.Stmt
	close   *sql.Stmt
	current *sql.Stmt
	known   map[string]bool // whether a collection has any record
	closed  map[string]bool // sources that must not be told any more

	written map[string]int    // versions, by collection
	ended   map[string]*ended // what they superseded
	heard   bool              // somebody listens
	changes []Change          // for them
}

// newWriting begins after a version.
func (s *Store) newWriting(ctx context.Context, first int64) *writing {
	w := &writing{store: s, ctx: ctx, first: first, seq: first, known: map[string]bool{}, closed: map[string]bool{},
		written: map[string]int{}, ended: map[string]*ended{}, heard: s.listeners.any()}
	for _, collection := range storedCollections {
		w.ended[collection] = &ended{closed: map[int64][]int64{}}
	}
	return w
}

// begin starts a write transaction, or fails with errBehind.
func (s *Store) begin(ctx context.Context, tx *sql.Tx, author string) (*writing, error) {
	last := s.last.Load()
	var written int64
	if err := tx.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM version`).Scan(&written); err != nil {
		return nil, err
	}
	if written != last.seq {
		return nil, errBehind
	}
	w := s.newWriting(ctx, last.seq)
	w.tx, w.author, w.ref = tx, author, s.ref.Load()
	// Recorded times only ever grow, also when the clock is set back.
	w.at = s.now().UTC().Truncate(time.Microsecond)
	if !w.at.After(last.at) {
		w.at = last.at.Add(time.Microsecond)
	}
	w.time = formatTime(w.at)
	for _, p := range []struct {
		stmt **sql.Stmt
		text string
	}{
		{&w.insert, `INSERT INTO version (seq, collection, id, version, recorded_at, public_from, author, operation, reason, doc, feature, seal)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`},
		{&w.close, `UPDATE version SET recorded_until = ?1,
			public_until = CASE WHEN public_from IS NULL THEN NULL WHEN public_from > ?1 THEN public_from ELSE ?1 END
			WHERE seq = ?2`},
		{&w.current, `SELECT seq, version, doc FROM version WHERE collection = ? AND id = ? ORDER BY version DESC LIMIT 1`},
	} {
		var err error
		if *p.stmt, err = tx.PrepareContext(ctx, p.text); err != nil {
			return nil, err
		}
	}
	return w, nil
}

// apply writes the edits, reference collections first, since the others are
// derived from them.
func (w *writing) apply(edits []Edit) error {
	rows := make([]*pending, 0, len(edits))
	for n, e := range edits {
		p, err := w.check(e)
		if err != nil {
			return atRow(err, n+1)
		}
		rows = append(rows, p)
	}
	slices.SortStableFunc(rows, func(a, b *pending) int {
		return slices.Index(storedCollections, a.collection) - slices.Index(storedCollections, b.collection)
	})
	changes := referenceChanges(rows, w.at)
	before := w.ref
	var err error
	if w.ref, err = before.with(changes); err != nil {
		return err
	}
	if err := w.number(rows); err != nil {
		return err
	}
	if err := w.encode(rows); err != nil {
		return err
	}
	if err := w.record(rows); err != nil {
		return err
	}
	return w.deriveAnew(changes, before)
}

// check holds an edit against the record's current version.
func (w *writing) check(e Edit) (*pending, error) {
	p := &pending{collection: e.Collection, id: e.ID, operation: e.Operation, reason: e.Reason, doc: e.Document}
	if e.Document != nil {
		p.collection, p.id = e.Document.Collection(), e.Document.Key()
		if err := e.Document.Check(); err != nil {
			return nil, err
		}
	}
	if !isStored(p.collection) {
		return nil, fmt.Errorf("collection %q: %w", p.collection, ErrNotFound)
	}
	if err := w.findCurrent(p); err != nil {
		return nil, err
	}
	exists := p.previous != 0 && p.was != nil
	switch {
	case e.Operation == Create && exists:
		return nil, fmt.Errorf("%s %s exists already: %w", p.collection, p.id, ErrConflict)
	case e.Operation != Create && !exists:
		return nil, fmt.Errorf("%s %s: %w", p.collection, p.id, ErrNotFound)
	case e.Version != 0 && e.Version != p.version:
		return nil, fmt.Errorf("%s %s is at version %d, not %d: %w", p.collection, p.id, p.version, e.Version, ErrConflict)
	case (e.Operation == Delete) != (e.Document == nil):
		return nil, invalid("operation", `is "`+e.Operation+`"`, "create and update bring a document, delete does not")
	}
	p.version++
	return p, nil
}

func (w *writing) findCurrent(p *pending) error {
	known, asked := w.known[p.collection]
	if !asked {
		if err := w.tx.QueryRowContext(w.ctx, `SELECT EXISTS (SELECT 1 FROM version WHERE collection = ?)`, p.collection).Scan(&known); err != nil {
			return err
		}
		w.known[p.collection] = known
	}
	if !known {
		return nil // a bulk load into an empty collection: the UNIQUE key finds what comes twice
	}
	var doc sql.NullString
	err := w.current.QueryRowContext(w.ctx, p.collection, p.id).Scan(&p.previous, &p.version, &doc)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil && doc.Valid {
		p.was, err = ParseDocument(p.collection, []byte(doc.String))
	}
	return err
}

// record writes the rows and ends the versions before them.
func (w *writing) record(rows []*pending) error {
	for _, p := range rows {
		if p.previous != 0 {
			if _, err := w.close.ExecContext(w.ctx, w.time, p.previous); err != nil {
				return err
			}
			e := w.ended[p.collection]
			e.close(p.previous, w.at)
			if err := w.withdrawStricter(p); err != nil {
				return err
			}
			if err := w.withdrawCiting(p); err != nil {
				return err
			}
		}
		e := &p.entry
		if _, err := w.insert.ExecContext(w.ctx, e.Seq, e.Collection, e.ID, e.Version, e.Time, nullText(e.PublicFrom), e.Author, e.Operation, e.Reason,
			nullText(string(e.Doc)), e.Feature, p.seal); err != nil {
			return duplicate(err, p)
		}
		w.leaves = append(w.leaves, p.leaf)
		w.written[p.collection]++
		if w.heard {
			w.changes = append(w.changes, Change{e.Seq, p.collection, p.id, p.version, p.operation, p.public != nil, w.at})
		}
	}
	return nil
}

func atRow(err error, row int) error {
	var i *InvalidError
	if errors.As(err, &i) && i.Row == 0 {
		c := *i
		c.Row = row
		return &c
	}
	return err
}
