package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"strikewatch/data/columns"
)

// fetchRows are read at once: so few that they are still in the processor's
// cache when they are passed on.
const fetchRows = 128

// fetcher reads features by seq, in the order asked for.
func (s *Store) fetcher(ctx context.Context) columns.Fetch {
	return func(seqs []int64, visit func(i int, feature []byte) error) error {
		r, ok := s.readers.Get().(*featureReader)
		if !ok {
			r = &featureReader{store: s}
		}
		r.ctx = ctx
		defer s.readers.Put(r)
		for start := 0; start < len(seqs); start += fetchRows {
			features, err := r.read(seqs[start:min(start+fetchRows, len(seqs))])
			if err != nil {
				return err
			}
			for i, feature := range features {
				if err := visit(start+i, feature); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

// featureReader reads features and uses its memory again.
type featureReader struct {
	store    *Store
	ctx      context.Context
	features [][]byte
	buffer   []byte
}

// read returns the features of seqs, which are valid until the next call.
func (r *featureReader) read(seqs []int64) ([][]byte, error) {
	r.features = slices.Grow(r.features[:0], len(seqs))[:len(seqs)]
	clear(r.features)
	r.buffer = r.buffer[:0]
	missing := len(seqs)
	if f := r.store.file; f != nil {
		var err error
		if r.buffer, err = f.take(seqs, r.features, r.buffer); err != nil {
			return nil, fmt.Errorf("read features: %w", err)
		}
		missing = 0
		for _, feature := range r.features {
			if feature == nil {
				missing++
			}
		}
	}
	if missing == 0 {
		return r.features, nil
	}
	return r.features, r.query(seqs)
}

// query reads from the database what is not read yet.
func (r *featureReader) query(seqs []int64) error {
	wanted := map[int64]int{}
	for i, seq := range seqs {
		if r.features[i] == nil {
			wanted[seq] = i
		}
	}
	rows, err := r.store.queryFeatures(r.ctx, seqs, wanted)
	if err != nil {
		return err
	}
	defer rows.Close()
	var feature sql.RawBytes
	for rows.Next() {
		var seq int64
		if err := rows.Scan(&seq, &feature); err != nil {
			return err
		}
		if i, ok := wanted[seq]; ok {
			from := len(r.buffer)
			r.buffer = append(r.buffer, feature...)
			r.features[i] = r.buffer[from:len(r.buffer):len(r.buffer)]
		}
	}
	return rows.Err()
}

// queryFeatures asks for the rows wanted, and maybe others. Where the seqs lie
// close together, one walk along the table costs least; elsewhere the database
// gets the keys as one JSON array, so that there is one statement to prepare.
func (s *Store) queryFeatures(ctx context.Context, seqs []int64, wanted map[int64]int) (*sql.Rows, error) {
	first, last := slices.Min(seqs), slices.Max(seqs)
	if last-first < 2*int64(len(wanted)) {
		return s.read.QueryContext(ctx, `SELECT seq, feature FROM version WHERE seq BETWEEN ? AND ? AND feature IS NOT NULL`, first, last)
	}
	keys := make([]int64, 0, len(wanted))
	for seq := range wanted {
		keys = append(keys, seq)
	}
	slices.Sort(keys)
	text, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	return s.read.QueryContext(ctx, `SELECT v.seq, v.feature FROM json_each(?) AS j CROSS JOIN version AS v ON v.seq = j.value`, string(text))
}
