package data

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Delivery is one attempt to hand a scheduled report to somebody.
type Delivery struct {
	Schedule  string
	Due       time.Time
	Recipient string // address or directory
	Attempt   int    // from 1; 0: planned, not tried yet
	At        time.Time
	Error     string // empty: delivered
}

// notTried is the error of a delivery that is planned: it has not arrived.
const notTried = "not tried yet"

// PlanDelivery records that a schedule's report is due to the recipients,
// before anything is sent, so that a restart can neither lose nor repeat it.
// Without recipients it records that the schedule counts from this time on.
func (s *Store) PlanDelivery(ctx context.Context, schedule string, due time.Time, recipients []string) error {
	err := s.transact(ctx, func(tx *sql.Tx) error {
		d := Delivery{Schedule: schedule, Due: due, At: s.now()}
		if len(recipients) == 0 {
			return insertDelivery(ctx, tx, d)
		}
		for _, d.Recipient = range recipients {
			d.Error = notTried
			if err := insertDelivery(ctx, tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("plan delivery of %q: %w", schedule, err)
	}
	return nil
}

// RecordDelivery records one attempt and how it ended.
func (s *Store) RecordDelivery(ctx context.Context, d Delivery) error {
	err := s.transact(ctx, func(tx *sql.Tx) error { return insertDelivery(ctx, tx, d) })
	if err != nil {
		return fmt.Errorf("record delivery of %q to %s: %w", d.Schedule, d.Recipient, err)
	}
	return nil
}

func insertDelivery(ctx context.Context, tx *sql.Tx, d Delivery) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO delivery (schedule, due, recipient, attempt, at, error) VALUES (?, ?, ?, ?, ?, ?)`,
		d.Schedule, formatTime(d.Due), d.Recipient, d.Attempt, formatTime(d.At), d.Error)
	return err
}

// LastDue returns the latest due time that was planned for a schedule, or when
// it began to count. It fails with ErrNotFound for one never seen.
func (s *Store) LastDue(ctx context.Context, schedule string) (time.Time, error) {
	var due sql.NullString
	err := s.read.QueryRowContext(ctx, `SELECT max(due) FROM delivery WHERE schedule = ?`, schedule).Scan(&due)
	if err != nil {
		return time.Time{}, fmt.Errorf("last due time of %q: %w", schedule, err)
	}
	if !due.Valid {
		return time.Time{}, fmt.Errorf("schedule %q: %w", schedule, ErrNotFound)
	}
	return parseTime("due", due.String)
}

// Deliveries lists all attempts of a schedule in the order in which they were
// made, the planned ones included.
func (s *Store) Deliveries(ctx context.Context, schedule string) ([]Delivery, error) {
	return s.deliveries(ctx, `SELECT schedule, due, recipient, attempt, at, error FROM delivery
		WHERE schedule = ? AND recipient != '' ORDER BY id`, schedule)
}

// OpenDeliveries lists, for each due time and recipient of a schedule that the
// report has not reached, the last attempt; the earliest due time comes first.
func (s *Store) OpenDeliveries(ctx context.Context, schedule string) ([]Delivery, error) {
	return s.deliveries(ctx, `SELECT schedule, due, recipient, attempt, at, error FROM delivery AS d
		WHERE schedule = ?1 AND recipient != '' AND error != ''
		AND NOT EXISTS (SELECT 1 FROM delivery AS later WHERE later.schedule = ?1 AND later.due = d.due
			AND later.recipient = d.recipient AND (later.error = '' OR later.attempt > d.attempt))
		ORDER BY due, id`, schedule)
}

func (s *Store) deliveries(ctx context.Context, query, schedule string) ([]Delivery, error) {
	rows, err := s.read.QueryContext(ctx, query, schedule)
	if err != nil {
		return nil, fmt.Errorf("deliveries of %q: %w", schedule, err)
	}
	defer rows.Close()
	var all []Delivery
	for rows.Next() {
		var d Delivery
		var due, at string
		if err := rows.Scan(&d.Schedule, &due, &d.Recipient, &d.Attempt, &at, &d.Error); err != nil {
			return nil, fmt.Errorf("deliveries of %q: %w", schedule, err)
		}
		if d.Due, err = parseTime("due", due); err != nil {
			return nil, err
		}
		if d.At, err = parseTime("at", at); err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, rows.Err()
}
