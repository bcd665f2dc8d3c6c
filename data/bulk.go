package data

import (
	"context"
	"errors"
	"fmt"
)

// pastWAL runs f with a rollback journal in place of the WAL when this process
// alone has the database open, so that a million new rows are written to the
// disk once, not twice. A crash within f leaves the database as it was before.
// While anybody else reads, it stays with the WAL and nobody waits.
func (s *Store) pastWAL(ctx context.Context, f func() error) error {
	s.read.SetMaxIdleConns(0) // the journal can change only for the last connection
	defer s.read.SetMaxIdleConns(readConnections)
	var mode string
	_, err := s.write.ExecContext(ctx, `PRAGMA busy_timeout = 0`)
	if err == nil {
		err = s.write.QueryRowContext(ctx, `PRAGMA journal_mode = TRUNCATE`).Scan(&mode)
	}
	if _, failed := s.write.ExecContext(ctx, fmt.Sprintf(`PRAGMA busy_timeout = %d`, busyMillis)); failed != nil {
		return errors.Join(err, failed)
	}
	if err != nil || mode != "truncate" {
		return f() // somebody reads
	}
	if _, err := s.write.ExecContext(ctx, `PRAGMA synchronous = FULL`); err != nil {
		return err
	}
	err = f()
	// Without ctx: also after an interruption the database goes back to its mode.
	_, back := s.write.Exec(`PRAGMA synchronous = NORMAL; PRAGMA journal_mode = WAL`)
	return errors.Join(err, back)
}
