package data

import (
	"context"
	"encoding/json"
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
// another, newest first, at most limit, of all collections or of those named.
// A record that was deleted and one that was withheld look alike: both are
// deletions, with their id and nothing else.
func (s *Store) Changes(ctx context.Context, after, until time.Time, limit int, collections ...string) ([]PublicChange, error) {
	if len(collections) == 0 {
		collections = storedCollections
	}
	wanted, err := json.Marshal(collections)
	if err != nil {
		return nil, err
	}
	// The second part finds the versions that ended a record's publicity: not
	// public at the end themselves, in the place of one that was. What is done
	// to a record while it is withheld is nobody's to know, nor is a delayed
	// version that was superseded before its time.
	rows, err := s.read.QueryContext(ctx, `
		SELECT seq, public_from AS at, collection, id, version, operation, feature FROM version
		WHERE public_from > ?1 AND public_from <= ?2 AND (public_until IS NULL OR public_until > public_from) AND withdrawn_by IS NULL AND collection IN (SELECT value FROM json_each(?4))
		UNION ALL
		SELECT seq, recorded_at, collection, id, 0, 'delete', NULL FROM version AS v
		WHERE seq >= (SELECT coalesce(min(seq), 0) FROM version WHERE recorded_at > ?1) AND recorded_at > ?1 AND recorded_at <= ?2
			AND (public_from IS NULL OR public_from > ?2 OR public_until <= public_from) AND collection IN (SELECT value FROM json_each(?4))
			AND EXISTS (SELECT 1 FROM version AS e WHERE e.collection = v.collection AND e.id = v.id AND e.version = v.version - 1 AND e.public_from <= v.recorded_at)
		ORDER BY at DESC, seq DESC LIMIT ?3`, formatTime(after), formatTime(s.asOf(until)), limit, string(wanted))
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

// Deleted lists the ids of a collection's records that were public and left
// the public view after one time, and were not in it at another, in order.
func (s *Store) Deleted(ctx context.Context, collection string, after, until time.Time) ([]string, error) {
	rows, err := s.read.QueryContext(ctx, `
		SELECT DISTINCT id FROM version AS v
		WHERE seq >= (SELECT coalesce(min(seq), 0) FROM version WHERE recorded_at > ?1) AND recorded_at > ?1 AND recorded_at <= ?2 AND collection = ?3
			AND (public_from IS NULL OR public_from > ?2 OR public_until <= public_from)
			AND EXISTS (SELECT 1 FROM version AS e WHERE e.collection = ?3 AND e.id = v.id AND e.version = v.version - 1 AND e.public_from <= v.recorded_at)
			AND NOT EXISTS (SELECT 1 FROM version AS p WHERE p.collection = ?3 AND p.id = v.id AND p.withdrawn_by IS NULL
				AND p.public_from <= ?2 AND (p.public_until IS NULL OR p.public_until > ?2))
		ORDER BY id`, formatTime(after), formatTime(s.asOf(until)), collection)
	if err != nil {
		return nil, fmt.Errorf("deleted of %s: %w", collection, err)
	}
	defer rows.Close()
	ids := []string{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
