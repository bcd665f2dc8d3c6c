package data_test

import (
	"context"
	crand "crypto/rand"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strikewatch/data"
	"strikewatch/data/proof"
)

// altered is one byte of one stored value, and how the finding must begin.
type altered struct{ table, column, key, want string }

// TestVerifyFindsAnyByteOfTheDatabase alters 1,000 times one random byte of a
// record, of the stored hashes or of a checkpoint, in a real file, and wants it
// found and named; after each the byte is put back and nothing is found.
func TestVerifyFindsAnyByteOfTheDatabase(t *testing.T) {
	rounds := 1000
	if testing.Short() {
		rounds = 100
	}
	path, keys := signedHistory(t)
	db, err := sql.Open("sqlite3", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	verify := func() []string {
		report, err := data.Verify(context.Background(), path, keys, nil)
		if err != nil {
			return []string{err.Error()} // a value that can not even be read
		}
		var all []string
		for _, f := range report.Findings {
			all = append(all, f.String())
		}
		return all
	}
	if found := verify(); len(found) > 0 {
		t.Fatalf("a sound database: %v", found)
	}
	values := storedValues(t, db)
	random := rand.New(rand.NewPCG(11, 12))
	for round := 0; round < rounds; {
		a := values[random.IntN(len(values))]
		var value []byte
		if err := db.QueryRow(fmt.Sprintf(`SELECT CAST(%s AS BLOB) FROM %s WHERE rowid = ?`, a.column, a.table), a.key).Scan(&value); err != nil {
			t.Fatal(err)
		}
		at := random.IntN(len(value))
		put := func(b []byte) error {
			_, err := db.Exec(fmt.Sprintf(`UPDATE %s SET %[2]s = CAST(? AS %[3]s) WHERE rowid = ?`, a.table, a.column, typeOf(a.column)), b, a.key)
			return err
		}
		changed := append([]byte(nil), value...)
		changed[at] ^= byte(1 + random.IntN(255))
		if err := put(changed); err != nil {
			continue // the schema refuses it: an operation that there is not, a number twice
		}
		round++
		found := strings.Join(verify(), "\n")
		if !strings.Contains(found, a.want) {
			t.Fatalf("round %d: byte %d of %s.%s %s: %q\nwant %q", round, at, a.table, a.column, a.key, found, a.want)
		}
		if err := put(value); err != nil {
			t.Fatal(err)
		}
	}
	if found := verify(); len(found) > 0 {
		t.Errorf("after all was put back: %v", found)
	}
}

func typeOf(column string) string {
	switch column {
	case "feature", "seal", "hashes":
		return "BLOB"
	case "version", "withdrawn_by", "seq":
		return "INTEGER"
	}
	return "TEXT"
}

// signedHistory makes a database with a random history and checkpoints.
func signedHistory(t *testing.T) (path string, keys []string) {
	t.Helper()
	key, err := proof.NewKey(crand.Reader, "example.org/test")
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	if err := w.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if w.Store, err = data.Open(w.path, data.Options{Now: w.clock.now, Signer: key}); err != nil {
		t.Fatal(err)
	}
	e := newEditor(w, 3)
	for n := range 60 {
		e.step()
		if n%20 == 19 {
			if _, err := w.Checkpoint(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Store.Close(); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "signed.db")
	content, err := os.ReadFile(w.path)
	if err == nil {
		err = os.WriteFile(path, content, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return path, []string{key.Verifier}
}

// storedValues lists every value that must not change.
func storedValues(t *testing.T, db *sql.DB) (all []altered) {
	t.Helper()
	for _, column := range []string{"collection", "id", "version", "recorded_at", "recorded_until", "public_from", "public_until",
		"author", "operation", "reason", "doc", "feature", "withdrawn_by", "seal"} {
		field := map[string]string{"recorded_at": "time"}[column]
		if field == "" {
			field = column
		}
		for _, key := range keysOf(t, db, `SELECT seq FROM version WHERE length(`+column+`) > 0`) {
			all = append(all, altered{"version", column, key, "row " + key + ", "})
		}
	}
	for _, key := range keysOf(t, db, `SELECT n FROM log_chunk`) {
		all = append(all, altered{"log_chunk", "hashes", key, "chunk " + key + ", position "})
	}
	for _, key := range keysOf(t, db, `SELECT size FROM checkpoint`) {
		all = append(all, altered{"checkpoint", "note", key, "checkpoint of size " + key + ":"})
	}
	return all
}

func keysOf(t *testing.T, db *sql.DB, query string) (keys []string) {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key)
	}
	return keys
}
