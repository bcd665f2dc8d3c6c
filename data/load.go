package data

import (
	"context"
	"fmt"
	"time"
)

// load reads what the store keeps in memory: the last version, the deployment,
// the reference, and, unless each is to wait until it is asked for, the tables.
func (s *Store) load(ctx context.Context, onDemand bool) error {
	v := &dataVersion{}
	var err error
	if v.seq, v.at, err = s.lastWritten(ctx); err != nil {
		return err
	}
	if v.openings, err = s.readOpenings(ctx); err != nil {
		return err
	}
	s.last.Store(v)
	if err := s.loadDeployment(ctx); err != nil {
		return err
	}
	now := s.now()
	s.released.Store(&now)
	ref, err := s.loadReference(ctx)
	if err != nil {
		return err
	}
	s.ref.Store(ref)
	for _, collection := range storedCollections {
		s.tables[collection] = &memory{}
	}
	if onDemand {
		return nil
	}
	for _, collection := range storedCollections {
		if _, err := s.table(ctx, collection); err != nil {
			return err
		}
	}
	return nil
}

// loadReference reads the present reference; referenceAt the one that the
// public view stood on at a time.
func (s *Store) loadReference(ctx context.Context) (*reference, error) {
	return s.readReference(ctx, `SELECT collection, id, doc FROM version
		WHERE collection IN ('actors', 'sources', 'places', 'areas', 'borders', 'control')
			AND recorded_until IS NULL AND doc IS NOT NULL AND +public_from <= ?
		ORDER BY seq`, formatTime(s.now()))
}

func (s *Store) referenceAt(ctx context.Context, knownAt time.Time) (*reference, error) {
	return s.readReference(ctx, `SELECT collection, id, doc FROM version
		WHERE collection IN ('actors', 'sources', 'places', 'areas', 'borders', 'control')
			AND +public_from <= ?1 AND (public_until IS NULL OR public_until > ?1) AND withdrawn_by IS NULL AND doc IS NOT NULL
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
