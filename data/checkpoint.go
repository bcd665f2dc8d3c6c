package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"strikewatch/data/proof"
)

// Signer is the operator's key for the change log, as texts.
type Signer = proof.Key

// Checkpoint returns the signed tree head over all that is recorded. It signs
// one when there is none yet for this size, and fails with ErrNotFound when the
// store has no key.
func (s *Store) Checkpoint(ctx context.Context) (proof.CheckpointView, error) {
	if s.signer.Signer == "" {
		return proof.CheckpointView{}, fmt.Errorf("checkpoint: the change log has no key: %w", ErrNotFound)
	}
	size := s.last.Load().seq
	signed, err := s.storedCheckpoint(ctx, size)
	if errors.Is(err, sql.ErrNoRows) {
		signed, err = s.sign(ctx, size)
	}
	if err != nil {
		return proof.CheckpointView{}, fmt.Errorf("checkpoint: %w", err)
	}
	return proof.ViewCheckpoint(signed, s.signer.Verifier)
}

func (s *Store) storedCheckpoint(ctx context.Context, size int64) ([]byte, error) {
	var text string
	err := s.read.QueryRowContext(ctx, `SELECT note FROM checkpoint WHERE size = ?`, size).Scan(&text)
	return []byte(text), err
}

func (s *Store) sign(ctx context.Context, size int64) (signed []byte, err error) {
	signer, err := proof.ParseSigner(s.signer.Signer)
	if err != nil {
		return nil, err
	}
	err = s.transact(ctx, func(tx *sql.Tx) error {
		tree, err := proof.Load(size, logChunks{ctx, tx})
		if err != nil {
			return err
		}
		at := s.now()
		if signed, err = proof.Sign(proof.NewCheckpoint(signer.Name(), tree, at), signer); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO checkpoint (size, signed_at, note) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
			size, formatTime(at), string(signed))
		return err
	})
	return signed, err
}

// Proof proves that the log holds the present public version of a record,
// against a fresh checkpoint.
func (s *Store) Proof(ctx context.Context, collection, id string) (*proof.Inclusion, error) {
	checkpoint, err := s.Checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	var seq int64
	err = s.read.QueryRowContext(ctx, `SELECT seq FROM version WHERE collection = ?1 AND id = ?2
		AND public_from <= ?3 AND (public_until IS NULL OR public_until > ?3) AND withdrawn_by IS NULL
		ORDER BY version DESC LIMIT 1`, collection, id, formatTime(s.now())).Scan(&seq)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("proof of %s %q: %w", collection, id, ErrNotFound)
	}
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, entryQuery+` WHERE seq = ?`, seq)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, errors.Join(rows.Err(), ErrNotFound)
	}
	row, err := scanEntry(rows)
	if err != nil {
		return nil, err
	}
	if err := row.Unseal(row.Seal); err != nil {
		return nil, err
	}
	return proof.Prove(row.Leaf(), []byte(checkpoint.Note), proof.NewReader(logChunks{ctx, s.read}))
}

// entryQuery reads what a leaf commits to; scanEntry scans it.
const entryQuery = `SELECT seq, recorded_at, author, operation, reason, collection, id, version, coalesce(public_from, ''),
	doc, feature, seal, coalesce(recorded_until, ''), coalesce(public_until, ''), coalesce(withdrawn_by, 0) FROM version`

type storedEntry struct {
	proof.Row
	recordedUntil, publicUntil string
	withdrawnBy                int64
}

func scanEntry(rows *sql.Rows) (*storedEntry, error) {
	var e storedEntry
	var doc sql.NullString
	if err := rows.Scan(&e.Seq, &e.Time, &e.Author, &e.Operation, &e.Reason, &e.Collection, &e.ID, &e.Version, &e.PublicFrom,
		&doc, &e.Feature, &e.Seal, &e.recordedUntil, &e.publicUntil, &e.withdrawnBy); err != nil {
		return nil, err
	}
	if doc.Valid {
		e.Doc = []byte(doc.String)
	}
	return &e, nil
}
