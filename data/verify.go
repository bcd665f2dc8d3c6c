package data

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"net/url"
	"strconv"

	"strikewatch/data/proof"
)

// Verify recomputes the whole change log of the database at path from its
// records, offline and without trusting anything that the store keeps in
// memory, and compares it with the stored tree and the checkpoints. keys are
// the verifier keys to accept; published are checkpoints kept elsewhere, the
// only ones that show whether a key's owner rewrote the log.
func Verify(ctx context.Context, path string, keys []string, published [][]byte) (*proof.Report, error) {
	db, err := sql.Open("sqlite3", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=ro&_busy_timeout=5000")
	if err != nil {
		return nil, fmt.Errorf("verify %s: %w", path, err)
	}
	defer db.Close()
	want, err := derivedColumns(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("verify %s: %w", path, err)
	}
	log := proof.Log{Rows: entries(ctx, db, want), Chunks: logChunks{ctx, db}, Keys: keys}
	if log.Checkpoints, err = checkpoints(ctx, db); err != nil {
		return nil, fmt.Errorf("verify %s: %w", path, err)
	}
	for _, note := range published {
		view, err := proof.ViewCheckpoint(note, "")
		if err != nil {
			return nil, fmt.Errorf("published checkpoint: %w", err)
		}
		log.Checkpoints = append(log.Checkpoints, proof.SignedCheckpoint{Size: view.Size, Note: note})
	}
	report, err := proof.Verify(log)
	if err != nil {
		return nil, fmt.Errorf("verify %s: %w", path, err)
	}
	return report, nil
}

// derived is what the columns that no leaf commits to must hold.
type derived struct {
	recordedUntil string // time of the record's next version
	withdrawnBy   int64  // the first later version whose gate lets less through, or that closes a source
}

// derivedColumns works out, from the rows themselves, what later versions must
// have done to earlier ones.
func derivedColumns(ctx context.Context, db *sql.DB) (map[int64]derived, error) {
	rows, err := db.QueryContext(ctx, `SELECT seq, collection, id, recorded_at, doc FROM version WHERE (collection, id) IN
		(SELECT collection, id FROM version GROUP BY collection, id HAVING count(*) > 1) ORDER BY collection, id, version`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	type earlier struct {
		seqs []int64
		doc  Document // nil: deleted, or can not be parsed: then it is found, and named, as altered
	}
	closed := map[int64]string{} // sources, by the seq of the version that closed them
	want := map[int64]derived{}
	var record [2]string
	var before earlier
	for rows.Next() {
		var seq int64
		var key [2]string
		var recorded string
		var doc sql.NullString
		if err := rows.Scan(&seq, &key[0], &key[1], &recorded, &doc); err != nil {
			return nil, err
		}
		if key != record {
			record, before = key, earlier{}
		}
		now := earlier{seqs: append(before.seqs, seq)}
		if d, err := ParseDocument(key[0], []byte(doc.String)); err == nil {
			now.doc = d
		}
		if n := len(before.seqs); n > 0 {
			d := want[before.seqs[n-1]]
			d.recordedUntil = recorded
			want[before.seqs[n-1]] = d
			if now.doc != nil && before.doc != nil && gateOf(now.doc).stricterThan(gateOf(before.doc)) {
				withdrawn(want, before.seqs, seq)
			}
			if closes(before.doc, now.doc) {
				closed[seq] = key[1]
			}
		}
		before = now
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for seq, source := range closed {
		citing, err := seqsOf(ctx, db, citingQuery, seq, citation(source))
		if err != nil {
			return nil, err
		}
		withdrawn(want, citing, seq)
	}
	return want, nil
}

// withdrawn notes that a version took others out of the public view, unless an
// earlier one did.
func withdrawn(want map[int64]derived, seqs []int64, by int64) {
	for _, seq := range seqs {
		if d := want[seq]; d.withdrawnBy == 0 || by < d.withdrawnBy {
			d.withdrawnBy = by
			want[seq] = d
		}
	}
}

func entries(ctx context.Context, db *sql.DB, want map[int64]derived) iter.Seq2[*proof.Row, error] {
	return func(yield func(*proof.Row, error) bool) {
		rows, err := db.QueryContext(ctx, entryQuery+` ORDER BY seq`)
		if err != nil {
			yield(nil, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			e, err := scanEntry(rows)
			if err != nil {
				yield(nil, err)
				return
			}
			e.Derived = e.derivedFrom(want[e.Seq])
			if !yield(&e.Row, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, err)
		}
	}
}

func (e *storedEntry) derivedFrom(w derived) []proof.Derived {
	publicUntil := ""
	if e.PublicFrom != "" && w.recordedUntil != "" {
		publicUntil = max(e.PublicFrom, w.recordedUntil)
	}
	withdrawn := w.withdrawnBy
	if e.PublicFrom == "" {
		withdrawn = 0
	}
	return []proof.Derived{
		{Field: "recorded_until", Stored: e.recordedUntil, Want: w.recordedUntil},
		{Field: "public_until", Stored: e.publicUntil, Want: publicUntil},
		{Field: "withdrawn_by", Stored: strconv.FormatInt(e.withdrawnBy, 10), Want: strconv.FormatInt(withdrawn, 10)},
	}
}

func checkpoints(ctx context.Context, db *sql.DB) ([]proof.SignedCheckpoint, error) {
	rows, err := db.QueryContext(ctx, `SELECT size, note FROM checkpoint ORDER BY size`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []proof.SignedCheckpoint
	for rows.Next() {
		var c proof.SignedCheckpoint
		var note string
		if err := rows.Scan(&c.Size, &note); err != nil {
			return nil, err
		}
		c.Note = []byte(note)
		all = append(all, c)
	}
	return all, rows.Err()
}
