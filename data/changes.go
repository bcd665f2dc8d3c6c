package data

import (
	"context"
	"fmt"
	"time"
)

// PublicChange is one step of the public view: a version that appeared in it,
// or a record that left it.
type PublicChange struct {
	Seq        int64 // orders changes of one instant
	At         time.Time
	Collection string
	ID         string
	Version    int64  // 0 for what left: nothing more is told of it
	Operation  string // create, update, derive or delete
	Feature    []byte // nil for what left
}

// Changes lists what changed in the public view after one time and up to
// another, newest first, at most limit. A record that was deleted and one that
// was withheld look alike: both are deletions, with their id and nothing else.
func (s *Store) Changes(ctx context.Context, after, until time.Time, limit int) ([]PublicChange, error) {
	// The second part finds the versions that ended a record's publicity: not
	// public at the end themselves, with an earlier one that was.
	rows, err := s.read.QueryContext(ctx, `
		SELECT seq, public_from AS at, collection, id, version, operation, feature FROM version
		WHERE public_from > ?1 AND public_from <= ?2 AND withdrawn_by IS NULL
		UNION ALL
		SELECT seq, recorded_at, collection, id, 0, 'delete', NULL FROM version AS v
		WHERE seq >= (SELECT coalesce(min(seq), 0) FROM version WHERE recorded_at > ?1) AND recorded_at > ?1 AND recorded_at <= ?2
			AND (public_from IS NULL OR public_from > ?2)
			AND EXISTS (SELECT 1 FROM version AS e WHERE e.collection = v.collection AND e.id = v.id AND e.version < v.version AND e.public_from <= ?2)
		ORDER BY at DESC, seq DESC LIMIT ?3`, formatTime(after), formatTime(s.asOf(until)), limit)
	if err != nil {
		return nil, fmt.Errorf("changes: %w", err)
	}
	defer rows.Close()
	var all []PublicChange
	for rows.Next() {
		var c PublicChange
		var at string
		if err := rows.Scan(&c.Seq, &at, &c.Collection, &c.ID, &c.Version, &c.Operation, &c.Feature); err != nil {
			return nil, err
		}
		if c.At, err = parseTime("at", at); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, rows.Err()
}
