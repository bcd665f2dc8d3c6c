package data

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"iter"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"strikewatch/data/columns"
)

// ended are the versions of a collection that a write superseded.
type ended struct {
	closed    map[int64][]int64 // by when, in Unix microseconds
	withdrawn []int64           // hidden for the past too: the new gate lets less through
}

func (e *ended) close(seq int64, at time.Time) {
	e.closed[at.UnixMicro()] = append(e.closed[at.UnixMicro()], seq)
}

// refresh takes a write into the tables that are in memory.
func (s *Store) refresh(ctx context.Context, w *writing) error {
	for _, collection := range storedCollections {
		m := s.tables[collection]
		m.mu.Lock()
		err := m.refresh(ctx, s, w, collection, w.written[collection])
		m.mu.Unlock()
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) refresh(ctx context.Context, s *Store, w *writing, collection string, count int) error {
	t := m.table.Load()
	if t == nil {
		return nil // it will be read with this in it
	}
	e := w.ended[collection]
	for at, seqs := range e.closed {
		t.Close(seqs, at)
	}
	t.Withdraw(e.withdrawn)
	if count == 0 {
		return nil
	}
	rows := s.publicRows(ctx, collection, w.first)
	if count > appendRows {
		return t.Load(rows)
	}
	var add []columns.Row
	for row, err := range rows {
		if err != nil {
			return err
		}
		row.Feature = slices.Clone(row.Feature)
		add = append(add, row)
	}
	return t.Append(add)
}

// appendRows is how many rows a table appends; more are arranged like those
// that are read at the start.
const appendRows = 16384

// memory is a collection's public features in columns.
type memory struct {
	mu    sync.Mutex // held while it is read or refreshed
	table atomic.Pointer[columns.Table]
}

// table returns a collection in memory, which is read from the database the
// first time.
func (s *Store) table(ctx context.Context, collection string) (*columns.Table, error) {
	m := s.tables[collection]
	if m == nil {
		return nil, fmt.Errorf("collection %q: %w", collection, ErrNotFound)
	}
	if t := m.table.Load(); t != nil {
		return t, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if t := m.table.Load(); t != nil {
		return t, nil
	}
	t := columns.NewTable(*schemaOf(collection))
	if err := t.Load(s.publicRows(ctx, collection, 0)); err != nil {
		return nil, fmt.Errorf("%s: %w", collection, err)
	}
	m.table.Store(t)
	return t, nil
}

// Prepare reads into memory what questions are answered from, so that the first
// who asks does not wait for it.
func (s *Store) Prepare(ctx context.Context) error {
	for _, collection := range storedCollections {
		if _, err := s.table(ctx, collection); err != nil {
			return err
		}
	}
	_, err := s.territoryAt(ctx, time.Time{}) // last: what it takes, all else would wait for
	return err
}

// publicRows reads the versions that the public may see, now or at some time,
// written after seq. A row's feature is valid until the next row.
func (s *Store) publicRows(ctx context.Context, collection string, after int64) iter.Seq2[columns.Row, error] {
	const list = `SELECT seq, public_from, public_until, feature FROM version
		WHERE seq > ?2 AND public_from IS NOT NULL AND withdrawn_by IS NULL AND `
	query := list + `+collection = ?1 ORDER BY seq` // + walks along the table: an index would scatter and sort a million
	if after == 0 && collection != Incidents {
		query = list + `collection = ?1 ORDER BY seq`
	}
	return func(yield func(columns.Row, error) bool) {
		rows, err := s.read.QueryContext(ctx, query, collection, after)
		if err != nil {
			yield(columns.Row{}, err)
			return
		}
		defer rows.Close()
		var batch featureBatch
		defer func() { s.keep(&batch) }()
		var scan rowScan
		for rows.Next() {
			row, err := scan.next(rows)
			if err == nil {
				batch.add(row.Seq, row.Feature)
			}
			if batch.large() {
				s.keep(&batch)
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(columns.Row{}, err)
		}
	}
}

// rowScan scans rows. Most were published when the one before was, so that
// its time is not parsed again.
type rowScan struct{ from, until lastTime }

func (r *rowScan) next(rows *sql.Rows) (row columns.Row, err error) {
	var from, until, feature sql.RawBytes
	if err := rows.Scan(&row.Seq, &from, &until, &feature); err != nil {
		return row, err
	}
	row.Feature = feature
	if row.From, err = r.from.parse("public_from", from); err != nil {
		return row, err
	}
	if row.Until = math.MaxInt64; until != nil {
		row.Until, err = r.until.parse("public_until", until)
	}
	return row, err
}

// lastTime is a text that was parsed, in Unix microseconds.
type lastTime struct {
	text   []byte
	micros int64
}

func (l *lastTime) parse(field string, text []byte) (int64, error) {
	if !bytes.Equal(l.text, text) {
		t, err := parseTime(field, string(text))
		if err != nil {
			return 0, err
		}
		l.text, l.micros = append(l.text[:0], text...), t.UnixMicro()
	}
	return l.micros, nil
}

// keep puts features into the file, where there is one.
func (s *Store) keep(b *featureBatch) {
	if s.file != nil {
		s.file.put(b)
	}
}
