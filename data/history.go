package data

import (
	"context"
	"fmt"
	"time"

	"strikewatch/data/columns"
)

// HistoryEntry is one public version of a record and how it differs from the
// one before.
type HistoryEntry struct {
	Version     int64        `json:"version"`
	RecordedAt  string       `json:"recorded_at"`
	Until       string       `json:"until,omitempty"` // when the next version took its place, or it was taken back
	Operation   string       `json:"operation"`
	Differences []Difference `json:"differences,omitempty"`
}

// Difference is one property that changed; nil was or is not known.
type Difference struct {
	Property string `json:"property"`
	Before   any    `json:"before"`
	After    any    `json:"after"`
}

// History lists the versions of a record that the public may see, newest
// first, or fails with ErrNotFound. Deleted records keep their history.
func (s *Store) History(ctx context.Context, collection, id string) ([]HistoryEntry, error) {
	if !isStored(collection) {
		return nil, fmt.Errorf("history of %s %q: %w", collection, id, ErrNotFound)
	}
	rows, err := s.read.QueryContext(ctx, `SELECT version, recorded_at, coalesce(public_until, ''), operation, feature FROM version
		WHERE collection = ? AND id = ? AND public_from <= ? AND (public_until IS NULL OR public_until > public_from) AND withdrawn_by IS NULL ORDER BY version`, collection, id, formatTime(s.now()))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	schema := schemaOf(collection)
	var entries []HistoryEntry
	var before columns.Record
	for rows.Next() {
		var e HistoryEntry
		var feature []byte
		if err := rows.Scan(&e.Version, &e.RecordedAt, &e.Until, &e.Operation, &feature); err != nil {
			return nil, err
		}
		var after columns.Record
		if err := schema.Decode(feature, &after); err != nil {
			return nil, err
		}
		if len(entries) > 0 {
			e.Differences = differences(schema, &before, &after)
		}
		before = after
		entries = append([]HistoryEntry{e}, entries...)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("history of %s %q: %w", collection, id, ErrNotFound)
	}
	return entries, nil
}

func differences(s *columns.Schema, before, after *columns.Record) []Difference {
	var ds []Difference
	for i, f := range s.Fields {
		if f.Name == "version" || f.Name == "recorded_at" || before.Values[i] == after.Values[i] {
			continue
		}
		ds = append(ds, Difference{f.Name, plain(before.Values[i]), plain(after.Values[i])})
	}
	return ds
}

// plain returns a value as JSON shows it.
func plain(v columns.Value) any {
	switch v.Kind {
	case columns.TextValue:
		return v.Text
	case columns.IntValue:
		return v.Int
	case columns.RealValue:
		return v.Real
	case columns.BoolValue:
		return v.Int != 0
	case columns.DayValue:
		return formatDay(int32(v.Int))
	case columns.TimeValue:
		return formatTime(time.UnixMicro(v.Int))
	}
	return nil
}
