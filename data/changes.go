package data

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
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
	first, err := s.firstAfter(ctx, after)
	if err != nil {
		return nil, fmt.Errorf("changes: %w", err)
	}
	// The second part finds the versions that ended a record's publicity: not
	// public at the end themselves, in the place of one that was. What is done
	// to a record while it is withheld is nobody's to know, nor is a delayed
	// version that was superseded before its time. Each part walks its index
	// backwards and ends early.
	rows, err := s.read.QueryContext(ctx, `
		SELECT * FROM (
			SELECT seq, public_from AS at, collection, id, version, operation, feature FROM version
			WHERE public_from > ?1 AND public_from <= ?2 AND (public_until IS NULL OR public_until > public_from) AND withdrawn_by IS NULL AND +collection IN (SELECT value FROM json_each(?4))
			ORDER BY public_from DESC, seq DESC LIMIT ?3)
		UNION ALL
		SELECT * FROM (
			SELECT seq, recorded_at, collection, id, 0, 'delete', NULL FROM version AS v
			WHERE seq IN (`+hiddenSince+`) AND recorded_at <= ?2 AND +collection IN (SELECT value FROM json_each(?4)) AND `+wasPublic+`
			ORDER BY seq DESC LIMIT ?3)
		ORDER BY at DESC, seq DESC LIMIT ?3`, formatTime(after), formatTime(s.asOf(until)), limit, string(wanted), first)
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

const (
	// hiddenSince are the versions from seq ?5 on that the public does not see at ?2.
	hiddenSince = `SELECT seq FROM version INDEXED BY version_hidden WHERE public_from IS NULL AND +seq >= ?5
		UNION ALL SELECT seq FROM version INDEXED BY version_unseen WHERE public_until <= public_from AND +seq >= ?5
		UNION ALL SELECT seq FROM version WHERE public_from > ?2 AND +seq >= ?5`
	// wasPublic tells whether the version before v was seen when v was recorded.
	wasPublic = `EXISTS (SELECT 1 FROM version AS e
		WHERE e.collection = v.collection AND e.id = v.id AND e.version = v.version - 1 AND e.public_from <= v.recorded_at)`
)

// firstAfter returns the seq of the first version recorded after a time, or
// the one after the last. Times grow with seq.
func (s *Store) firstAfter(ctx context.Context, t time.Time) (int64, error) {
	var last int
	if err := s.read.QueryRowContext(ctx, `SELECT coalesce(max(seq), 0) FROM version`).Scan(&last); err != nil {
		return 0, err
	}
	text := formatTime(t)
	var failed error
	n := sort.Search(last, func(i int) bool {
		var recorded string
		if failed == nil {
			failed = s.read.QueryRowContext(ctx, `SELECT recorded_at FROM version WHERE seq = ?`, i+1).Scan(&recorded)
		}
		return recorded > text
	})
	return int64(n) + 1, failed
}

// Deleted lists the ids of a collection's records that were public and left
// the public view after one time, and were not in it at another, in order.
func (s *Store) Deleted(ctx context.Context, collection string, after, until time.Time) ([]string, error) {
	first, err := s.firstAfter(ctx, after)
	if err != nil {
		return nil, fmt.Errorf("deleted of %s: %w", collection, err)
	}
	rows, err := s.read.QueryContext(ctx, `
		SELECT DISTINCT id FROM version AS v
		WHERE seq IN (`+hiddenSince+`) AND recorded_at <= ?2 AND +collection = ?3 AND `+wasPublic+`
			AND NOT EXISTS (SELECT 1 FROM version AS p WHERE p.collection = ?3 AND p.id = v.id AND p.withdrawn_by IS NULL
				AND p.public_from <= ?2 AND (p.public_until IS NULL OR p.public_until > ?2))
		ORDER BY id`, nil, formatTime(s.asOf(until)), collection, nil, first)
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
