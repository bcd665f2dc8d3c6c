package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"math"
	"sync"
	"time"

	"github.com/mattn/go-sqlite3"

	"strikewatch/data/columns"
)

// Change is one entry of the change log, as its listeners hear of it.
type Change struct {
	Seq        int64
	Collection string
	ID         string
	Version    int64
	Operation  string
	Public     bool // false: withheld or deleted; then nothing of it may be told
	RecordedAt time.Time

	previous int64
	stricter bool
}

// publish makes a committed write visible: the tables first, all at once, then
// the listeners.
func (s *Store) publish(ctx context.Context, w *writing) (Receipt, error) {
	receipt := Receipt{Seq: w.seq, RecordedAt: w.at, Written: len(w.log)}
	if len(w.log) == 0 {
		return receipt, nil
	}
	s.views.Lock()
	err := s.refresh(ctx, w)
	s.ref.Store(w.ref)
	s.last.Store(&dataVersion{w.seq, w.at})
	s.territory.forget()
	s.texts.forget()
	s.leftOut.forget()
	s.views.Unlock()
	if err != nil {
		return receipt, fmt.Errorf("recorded, but not yet visible: %w", err)
	}
	for i := range w.log {
		w.log[i].RecordedAt = w.at
	}
	s.listeners.tell(w.log)
	return receipt, nil
}

func (s *Store) refresh(ctx context.Context, w *writing) error {
	closed, withdrawn := map[string][]int64{}, map[string][]int64{}
	for _, c := range w.log {
		if c.previous == 0 {
			continue
		}
		closed[c.Collection] = append(closed[c.Collection], c.previous)
		if c.stricter {
			earlier, err := s.versionsBefore(ctx, c)
			if err != nil {
				return err
			}
			withdrawn[c.Collection] = append(withdrawn[c.Collection], earlier...)
		}
	}
	for collection, seqs := range closed {
		s.tables[collection].Close(seqs, w.at.UnixMicro())
	}
	for collection, seqs := range withdrawn {
		s.tables[collection].Withdraw(seqs)
	}
	for _, collection := range storedCollections {
		if err := s.appendRows(ctx, collection, w.first); err != nil {
			return err
		}
	}
	return nil
}

// appendRows reads what was written after seq into the collection's table.
func (s *Store) appendRows(ctx context.Context, collection string, after int64) error {
	rows := s.publicRows(ctx, collection, after)
	if after == 0 {
		return s.tables[collection].Load(rows)
	}
	var add []columns.Row
	for row, err := range rows {
		if err != nil {
			return err
		}
		if add = append(add, row); len(add) == appendBatch {
			if err := s.tables[collection].Append(add); err != nil {
				return err
			}
			add = nil
		}
	}
	return s.tables[collection].Append(add)
}

// appendBatch bounds the features held in memory while a large import is made
// visible.
const appendBatch = 16384

// publicRows reads the versions that the public may see, now or at some time.
func (s *Store) publicRows(ctx context.Context, collection string, after int64) iter.Seq2[columns.Row, error] {
	return func(yield func(columns.Row, error) bool) {
		rows, err := s.read.QueryContext(ctx, `SELECT seq, public_from, public_until, feature FROM version
			WHERE collection = ? AND seq > ? AND public_from IS NOT NULL AND withdrawn_by IS NULL ORDER BY seq`, collection, after)
		if err != nil {
			yield(columns.Row{}, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			row, err := scanRow(rows)
			if !yield(row, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(columns.Row{}, err)
		}
	}
}

func scanRow(rows *sql.Rows) (columns.Row, error) {
	row := columns.Row{Until: math.MaxInt64}
	var from string
	var until sql.NullString
	if err := rows.Scan(&row.Seq, &from, &until, &row.Feature); err != nil {
		return row, err
	}
	t, err := parseTime("public_from", from)
	if err != nil {
		return row, err
	}
	row.From = t.UnixMicro()
	if until.Valid {
		if t, err = parseTime("public_until", until.String); err != nil {
			return row, err
		}
		row.Until = t.UnixMicro()
	}
	return row, nil
}

// load reads the whole database into memory: tables, reference, last version.
func (s *Store) load(ctx context.Context) error {
	v := &dataVersion{at: time.Unix(0, 0).UTC()}
	var at sql.NullString
	if err := s.read.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0), max(recorded_at) FROM version`).Scan(&v.seq, &at); err != nil {
		return err
	}
	if at.Valid {
		t, err := parseTime("recorded_at", at.String)
		if err != nil {
			return err
		}
		v.at = t
	}
	s.last.Store(v)
	if err := s.loadDeployment(ctx); err != nil {
		return err
	}
	for _, collection := range storedCollections {
		s.tables[collection] = columns.NewTable(*schemaOf(collection))
		if err := s.appendRows(ctx, collection, 0); err != nil {
			return fmt.Errorf("%s: %w", collection, err)
		}
	}
	now := formatTime(s.now())
	s.released.Store(&now)
	ref, err := s.loadReference(ctx)
	if err != nil {
		return err
	}
	s.ref.Store(ref)
	return nil
}

// loadReference reads the present reference; referenceAt the one that the
// public view stood on at a time.
func (s *Store) loadReference(ctx context.Context) (*reference, error) {
	return s.readReference(ctx, `SELECT collection, id, doc FROM version
		WHERE recorded_until IS NULL AND doc IS NOT NULL AND collection NOT IN ('incidents', 'gates') AND public_from <= ?
		ORDER BY seq`, formatTime(s.now()))
}

func (s *Store) referenceAt(ctx context.Context, knownAt time.Time) (*reference, error) {
	return s.readReference(ctx, `SELECT collection, id, doc FROM version
		WHERE public_from <= ?1 AND (public_until IS NULL OR public_until > ?1) AND withdrawn_by IS NULL
			AND doc IS NOT NULL AND collection NOT IN ('incidents', 'gates')
		ORDER BY seq`, formatTime(s.asOf(knownAt)))
}

func (s *Store) readReference(ctx context.Context, query string, at string) (*reference, error) {
	rows, err := s.read.QueryContext(ctx, query, at)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var changes []refChange
	for rows.Next() {
		var c refChange
		var doc string
		if err := rows.Scan(&c.collection, &c.id, &doc); err != nil {
			return nil, err
		}
		if c.doc, err = ParseDocument(c.collection, []byte(doc)); err != nil {
			return nil, fmt.Errorf("%s %s: %w", c.collection, c.id, err)
		}
		changes = append(changes, c)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return newReference().with(changes)
}

// withdrawStricter takes the earlier versions out of the public view when the
// new one's gate lets less through: who learns that a place is dangerous to
// tell must not be able to ask for yesterday's answer.
func (w *writing) withdrawStricter(p *pending) error {
	if p.was == nil || p.doc == nil || !gateOf(p.doc).stricterThan(gateOf(p.was)) {
		return nil
	}
	p.stricter = true
	_, err := w.tx.ExecContext(w.ctx, `UPDATE version SET withdrawn_by = ?
		WHERE collection = ? AND id = ? AND withdrawn_by IS NULL AND public_from IS NOT NULL`, p.entry.Seq, p.collection, p.id)
	return err
}

func (s *Store) versionsBefore(ctx context.Context, c Change) ([]int64, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT seq FROM version WHERE collection = ? AND id = ? AND seq < ?`, c.Collection, c.ID, c.Seq)
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

// duplicate names the record that an insert found already there.
func duplicate(err error, p *pending) error {
	var e sqlite3.Error
	if errors.As(err, &e) && e.ExtendedCode == sqlite3.ErrConstraintUnique {
		return fmt.Errorf("%s %s comes twice: %w", p.collection, p.id, ErrConflict)
	}
	return err
}

// listeners are told of each commit, in order.
type listeners struct {
	mu   sync.Mutex
	next int
	fs   map[int]func([]Change)
}

// Subscribe calls f after each commit with what was written, until cancel is
// called. f must not block and must not write to the store.
func (s *Store) Subscribe(f func([]Change)) (cancel func()) { return s.listeners.add(f) }

func (l *listeners) add(f func([]Change)) (cancel func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.fs == nil {
		l.fs = map[int]func([]Change){}
	}
	id := l.next
	l.next++
	l.fs[id] = f
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.fs, id)
	}
}

func (l *listeners) tell(changes []Change) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range l.fs {
		f(changes)
	}
}
