package data

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/mattn/go-sqlite3"

	"strikewatch/data/columns"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Options are what a store takes from outside.
type Options struct {
	Now    func() time.Time // the clock; time.Now when nil
	Random io.Reader        // salts; crypto/rand when nil
	Signer Signer           // signs checkpoints; none are made without

	// OnDemand reads a collection into memory when it is first asked for, not
	// at once: for a command that ends soon.
	OnDemand bool
}

// Store keeps all records in one SQLite file. Reads go through a pool of
// read-only connections, writes through a single one, so that readers never
// wait. A Store is safe for concurrent use.
type Store struct {
	read, write *sql.DB
	now         func() time.Time
	random      io.Reader
	signer      Signer

	tables  map[string]*memory        // by collection
	file    *featureFile              // nil: features are read from the database
	readers sync.Pool                 // of *featureReader
	writing sync.Mutex                // held by who writes, and by who takes in what others wrote
	views   sync.RWMutex              // held while a commit changes several tables at once
	ref     atomic.Pointer[reference] // what derivation and territory read
	last    atomic.Pointer[dataVersion]

	deployment atomic.Pointer[Deployment]
	released   atomic.Pointer[time.Time] // up to when Release looked for what is due

	listeners listeners
	territory territoryCache
	texts     textCache
	leftOut   leftOutCache
}

type dataVersion struct {
	seq      int64
	at       time.Time
	openings openings
}

// Open opens the database at path, makes it when it is missing, brings its
// schema forward and reads the public features into memory.
func Open(path string, o Options) (*Store, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	file := "file:" + (&url.URL{Path: path}).EscapedPath()
	if err := layOut(path, file); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	// Settings ride the DSN: a PRAGMA by Exec reaches one pooled connection only.
	common := fmt.Sprintf("%s?_foreign_keys=on&_busy_timeout=%d&_journal_mode=WAL&_synchronous=NORMAL", file, busyMillis)
	write, err := sql.Open("sqlite3", common+"&_txlock=immediate&_cache_size=-65536")
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	write.SetMaxOpenConns(1)
	s := &Store{write: write, now: o.Now, random: o.Random, signer: o.Signer, tables: map[string]*memory{}}
	if err := s.migrate(); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), s.Close())
	}
	if s.read, err = sql.Open("sqlite3", common+"&mode=ro"); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), s.Close())
	}
	s.read.SetMaxOpenConns(readConnections)
	s.read.SetMaxIdleConns(readConnections)
	if !o.OnDemand {
		if s.file, err = newFeatureFile(filepath.Dir(path)); err != nil {
			return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), s.Close())
		}
	}
	if err := s.load(context.Background(), o.OnDemand); err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", path, err), s.Close())
	}
	return s, nil
}

const (
	busyMillis      = 5000 // how long to wait for another process that writes
	readConnections = 16
)

// Close ends all connections, that which may write last: it then takes what
// stands in the WAL over into the database.
func (s *Store) Close() error {
	var err error
	if s.read != nil {
		err = s.read.Close()
	}
	if s.file != nil {
		err = errors.Join(err, s.file.close())
	}
	return errors.Join(err, s.write.Close())
}

// pageSize in bytes lets seven incidents share a page; SQLite's default of
// 4096 holds one and leaves a third of the file empty.
const pageSize = 16384

// layOut gives a new file its page size, which is fixed once the WAL is on.
func layOut(path, dsn string) error {
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		return nil
	}
	db, err := sql.Open("sqlite3", dsn)
	if err != nil {
		return err
	}
	_, err = db.Exec(fmt.Sprintf(`PRAGMA page_size = %d; PRAGMA journal_mode = WAL`, pageSize))
	return errors.Join(err, db.Close())
}

// migrate applies the numbered files that the database has not seen, each in
// a transaction together with its user_version.
func (s *Store) migrate() error {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		return err
	}
	var done int
	if err := s.write.QueryRow(`PRAGMA user_version`).Scan(&done); err != nil {
		return fmt.Errorf("not a Strikewatch database: %w", err)
	}
	if done > len(files) {
		return fmt.Errorf("the database has schema %d, this program knows %d: use a newer program", done, len(files))
	}
	for n, f := range files[done:] {
		text, err := migrations.ReadFile("migrations/" + f.Name())
		if err != nil {
			return err
		}
		err = s.transact(context.Background(), func(tx *sql.Tx) error {
			if _, err := tx.Exec(string(text)); err != nil {
				return err
			}
			_, err := tx.Exec(fmt.Sprintf(`PRAGMA user_version = %d`, done+n+1))
			return err
		})
		if err != nil {
			return fmt.Errorf("migration %s: %w", f.Name(), err)
		}
	}
	return nil
}

// transact runs f in one write transaction: all of it or nothing.
func (s *Store) transact(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// DataVersion names the state of the public view by a number, which grows with
// every version written and with every delayed one that becomes public, and
// says since when it stands.
func (s *Store) DataVersion() (number int64, at time.Time) {
	v := s.last.Load()
	opened, latest := v.openings.passed(s.now(), *s.released.Load())
	if latest.After(v.at) {
		return v.seq + int64(opened), latest
	}
	return v.seq + int64(opened), v.at
}

// storedCollections in the order in which a write applies them: what others
// are derived from comes first.
var storedCollections = []string{Actors, Sources, Places, Areas, Borders, Gates, Controls, Incidents}

func schemaOf(collection string) *columns.Schema {
	switch collection {
	case Incidents:
		return &incidents.schema
	case Controls:
		return &controls.schema
	case Areas:
		return &areas.schema
	case Places:
		return &places.schema
	case Borders:
		return &borders.schema
	case Gates:
		return &gates.schema
	case Actors:
		return &actors.schema
	case Sources:
		return &sources.schema
	case Territory:
		return &territories.schema
	}
	return nil
}

func isStored(collection string) bool { return slices.Contains(storedCollections, collection) }
