package data

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// openings are the times at which versions become public that were recorded
// before, in order. They change the public view without a write.
type openings struct {
	records   []time.Time // of incidents and gates: shown from that instant on
	reference []time.Time // of what others are derived from: in force once released
}

// passed is how many opened by now, given what Release has looked at, and when
// the latest of them did.
func (o openings) passed(now, released time.Time) (count int, latest time.Time) {
	for _, one := range []struct {
		times []time.Time
		until time.Time
	}{{o.records, now}, {o.reference, released}} {
		n, found := slices.BinarySearchFunc(one.times, one.until, time.Time.Compare)
		for found && n < len(one.times) && one.times[n].Equal(one.until) {
			n++
		}
		if n > 0 && one.times[n-1].After(latest) {
			latest = one.times[n-1]
		}
		count += n
	}
	return count, latest
}

func (s *Store) readOpenings(ctx context.Context) (openings, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT public_from, collection IN ('incidents', 'gates') FROM version
		WHERE public_from > recorded_at ORDER BY public_from`)
	if err != nil {
		return openings{}, fmt.Errorf("openings: %w", err)
	}
	defer rows.Close()
	var o openings
	for rows.Next() {
		var text string
		var record bool
		if err := rows.Scan(&text, &record); err != nil {
			return o, err
		}
		at, err := parseTime("public_from", text)
		if err != nil {
			return o, err
		}
		if record {
			o.records = append(o.records, at)
		} else {
			o.reference = append(o.reference, at)
		}
	}
	return o, rows.Err()
}

// opened lists what became public after one time and up to another although it
// was recorded before, for the listeners.
func (s *Store) opened(ctx context.Context, after, until time.Time) ([]Change, error) {
	rows, err := s.read.QueryContext(ctx, `SELECT seq, collection, id, version, operation, public_from FROM version
		WHERE public_from > recorded_at AND public_from > ? AND public_from <= ? AND withdrawn_by IS NULL
			AND (public_until IS NULL OR public_until > public_from) ORDER BY public_from, seq`, formatTime(after), formatTime(until))
	if err != nil {
		return nil, fmt.Errorf("opened: %w", err)
	}
	defer rows.Close()
	var all []Change
	for rows.Next() {
		c := Change{Public: true}
		var at string
		if err := rows.Scan(&c.Seq, &c.Collection, &c.ID, &c.Version, &c.Operation, &at); err != nil {
			return nil, err
		}
		if c.RecordedAt, err = parseTime("public_from", at); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, rows.Err()
}
