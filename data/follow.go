package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Follow takes in what other processes wrote to the database, such as an import
// beside a running server. It is to be called every second or so; with nothing
// new it asks one short question.
func (s *Store) Follow(ctx context.Context) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.follow(ctx)
}

// errBehind ends a write that would number its versions like those of another
// process.
var errBehind = errors.New("another process wrote meanwhile")

// record runs one write transaction: all that apply does, and the leaves of the
// change log, or nothing. Then it makes the outcome visible. through, when not
// nil, is what the transaction runs in.
func (s *Store) record(ctx context.Context, author string, apply func(*writing) error, through func(func() error) error) (*writing, Receipt, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if through == nil {
		through = func(f func() error) error { return f() }
	}
	for {
		if err := s.follow(ctx); err != nil {
			return nil, Receipt{}, err
		}
		var w *writing
		err := through(func() error {
			return s.transact(ctx, func(tx *sql.Tx) (err error) {
				if w, err = s.begin(ctx, tx, author); err != nil {
					return err
				}
				if err := apply(w); err != nil {
					return err
				}
				return w.finish()
			})
		})
		if errors.Is(err, errBehind) {
			continue
		}
		if err != nil {
			return nil, Receipt{}, err
		}
		receipt, err := s.publish(ctx, w)
		return w, receipt, err
	}
}

// follow makes visible what others wrote. s.writing is held.
func (s *Store) follow(ctx context.Context) error {
	known := s.last.Load()
	seq, at, err := s.lastWritten(ctx)
	if err != nil || seq == known.seq {
		return err
	}
	w := s.newWriting(ctx, known.seq)
	w.seq, w.at = seq, at
	if err := s.loadDeployment(ctx); err != nil {
		return err
	}
	if w.ref, err = s.loadReference(ctx); err != nil {
		return err
	}
	for _, read := range []func(*writing) error{s.countFollowed, s.endFollowed, s.hearFollowed} {
		if err := read(w); err != nil {
			return fmt.Errorf("follow: %w", err)
		}
	}
	_, err = s.publish(ctx, w)
	return err
}

// lastWritten returns the last version of the database and when it was
// recorded.
func (s *Store) lastWritten(ctx context.Context) (seq int64, at time.Time, err error) {
	var text string
	err = s.read.QueryRowContext(ctx, `SELECT seq, recorded_at FROM version ORDER BY seq DESC LIMIT 1`).Scan(&seq, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, time.Unix(0, 0).UTC(), nil
	}
	if err == nil {
		at, err = parseTime("recorded_at", text)
	}
	return seq, at, err
}

func (s *Store) countFollowed(w *writing) error {
	rows, err := s.read.QueryContext(w.ctx, `SELECT collection, count(*) FROM version WHERE seq > ? GROUP BY collection`, w.first)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var collection string
		var count int
		if err := rows.Scan(&collection, &count); err != nil {
			return err
		}
		w.written[collection] = count
	}
	return rows.Err()
}

// endFollowed finds the versions that those of others superseded or withdrew.
func (s *Store) endFollowed(w *writing) error {
	rows, err := s.read.QueryContext(w.ctx, `
		SELECT p.collection, p.seq, v.recorded_at FROM version AS v JOIN version AS p
			ON p.collection = v.collection AND p.id = v.id AND p.version = v.version - 1 WHERE v.seq > ?1 AND p.seq <= ?1
		UNION ALL SELECT collection, seq, NULL FROM version WHERE withdrawn_by > ?1 AND seq <= ?1`, w.first)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var collection string
		var seq int64
		var recorded sql.NullString
		if err := rows.Scan(&collection, &seq, &recorded); err != nil {
			return err
		}
		e := w.ended[collection]
		if !recorded.Valid {
			e.withdrawn = append(e.withdrawn, seq)
			continue
		}
		at, err := parseTime("recorded_at", recorded.String)
		if err != nil {
			return err
		}
		e.close(seq, at)
	}
	return rows.Err()
}

// mostHeard bounds what listeners hear of others' writes.
const mostHeard = 1000

func (s *Store) hearFollowed(w *writing) error {
	if !w.heard {
		return nil
	}
	rows, err := s.read.QueryContext(w.ctx, `SELECT seq, collection, id, version, operation, public_from <= recorded_at, recorded_at FROM version
		WHERE seq > ? ORDER BY seq LIMIT ?`, w.first, mostHeard)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var c Change
		var public sql.NullBool
		var at string
		if err := rows.Scan(&c.Seq, &c.Collection, &c.ID, &c.Version, &c.Operation, &public, &at); err != nil {
			return err
		}
		if c.RecordedAt, err = parseTime("recorded_at", at); err != nil {
			return err
		}
		c.Public = public.Bool
		w.changes = append(w.changes, c)
	}
	return rows.Err()
}
