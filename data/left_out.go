package data

import (
	"context"
	"fmt"
	"sync"
)

// leftOutCache keeps the count until anything is written.
type leftOutCache struct {
	mu    sync.Mutex
	known bool
	count int
}

func (c *leftOutCache) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.known = false
}

// LeftOut counts the incidents that stay out of public answers because every
// source of theirs forbids redistribution. It is a total, whatever is asked
// for, and withheld records are not in it: neither tells anything of one.
func (s *Store) LeftOut(ctx context.Context) (int, error) {
	c := &s.leftOut
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known {
		return c.count, nil
	}
	ref := s.ref.Load()
	rows, err := s.read.QueryContext(ctx, `SELECT doc FROM version INDEXED BY version_hidden
		WHERE collection = 'incidents' AND recorded_until IS NULL AND public_from IS NULL AND doc IS NOT NULL`)
	if err != nil {
		return 0, fmt.Errorf("left out: %w", err)
	}
	defer rows.Close()
	count := 0
	for rows.Next() {
		var doc string
		if err := rows.Scan(&doc); err != nil {
			return 0, err
		}
		d, err := ParseDocument(Incidents, []byte(doc))
		if err != nil {
			return 0, err
		}
		if i := d.(*Incident); !gateOf(i).withheld && ref.allForbidden(i.Citations) {
			count++
		}
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	c.known, c.count = true, count
	return count, nil
}
