package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"strikewatch/data/proof"
)

// finish adds the leaves of the whole transaction to the Merkle tree.
func (w *writing) finish() error {
	tree, err := proof.Load(w.first, logChunks{w.ctx, w.tx})
	if err != nil {
		return err
	}
	_, chunks := tree.Append(w.leaves)
	for _, c := range chunks {
		if _, err := w.tx.ExecContext(w.ctx, `INSERT INTO log_chunk (n, hashes) VALUES (?, ?)
			ON CONFLICT (n) DO UPDATE SET hashes = excluded.hashes`, c.N, c.Hashes); err != nil {
			return fmt.Errorf("change log: %w", err)
		}
	}
	return nil
}

// logChunks reads the Merkle tree's stored hashes.
type logChunks struct {
	ctx context.Context
	db  interface {
		QueryRowContext(context.Context, string, ...any) *sql.Row
	}
}

// Chunk returns chunk n, or proof.ErrNoChunk.
func (l logChunks) Chunk(n int64) ([]byte, error) {
	var hashes []byte
	err := l.db.QueryRowContext(l.ctx, `SELECT hashes FROM log_chunk WHERE n = ?`, n).Scan(&hashes)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, proof.ErrNoChunk
	}
	return hashes, err
}

func nullText(s string) any {
	if s == "" {
		return nil
	}
	return s
}
