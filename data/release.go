package data

import (
	"context"
	"fmt"
	"time"
)

// Release brings into force the control and other reference records whose
// publish_after has come, derives anew what rests on them, and tells listeners
// of every record that became public. It is to be called every minute or so;
// with nothing due it writes nothing.
func (s *Store) Release(ctx context.Context) (Receipt, error) {
	since, now := *s.released.Load(), s.now()
	due, err := s.due(ctx, since, now)
	if err != nil {
		return Receipt{}, err
	}
	var receipt Receipt
	if len(due) > 0 {
		if receipt, err = s.bring(ctx, due); err != nil {
			return receipt, err
		}
	}
	opened, err := s.opened(ctx, since, now)
	if err != nil {
		return receipt, err
	}
	s.released.Store(&now)
	s.listeners.tell(opened)
	return receipt, nil
}

// bring writes what is derived from the records that are due.
func (s *Store) bring(ctx context.Context, due []refChange) (Receipt, error) {
	w, receipt, err := s.record(ctx, "strikewatch", func(w *writing) (err error) {
		before := w.ref
		if w.ref, err = before.with(due); err != nil {
			return err
		}
		return w.deriveAnew(due, before)
	}, nil)
	if err != nil {
		return Receipt{}, fmt.Errorf("release: %w", err)
	}
	if w.seq == w.first { // nothing rests on them, yet they are in force
		s.ref.Store(w.ref)
		s.territory.forget()
	}
	return receipt, nil
}

// due lists the current reference records that the public may see by now and
// that the reference does not hold yet.
func (s *Store) due(ctx context.Context, since, now time.Time) ([]refChange, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT collection, id, doc FROM version
		WHERE public_from > ?1 AND public_from <= ?2 AND public_from > recorded_at AND recorded_until IS NULL
			AND withdrawn_by IS NULL AND doc IS NOT NULL AND collection NOT IN ('incidents', 'gates')`, formatTime(since), formatTime(now))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var due []refChange
	for rows.Next() {
		var c refChange
		var doc string
		if err := rows.Scan(&c.collection, &c.id, &doc); err != nil {
			return nil, err
		}
		if c.doc, err = ParseDocument(c.collection, []byte(doc)); err != nil {
			return nil, err
		}
		due = append(due, c)
	}
	return due, rows.Err()
}
