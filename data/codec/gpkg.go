package codec

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"syscall"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

const gpkgLimits = "times are kept to the millisecond"

// gpkg writes a GeoPackage 1.3: one layer with typed columns and a spatial
// index, the field dictionary as gpkg_data_columns and enumerations, the
// provenance as gpkg_metadata, and a QGIS style in layer_styles.
//
// It is an SQLite file, so it is built in TempDir and sent at Close. Memory is
// SQLite's page cache (32 MiB) and for the spatial index 24 bytes per feature,
// 28 at Close.
type gpkg struct {
	w      io.Writer
	meta   *Meta
	rows   reader
	file   *spool
	conn   *sqlite3.SQLiteConn
	insert *sqlite3.SQLiteStmt
	index  rtreeBuilder
	args   []driver.Value
	blob   []byte
	text   []byte
}

func openGPKG(w io.Writer, m *Meta) (encoder, error) {
	g := &gpkg{w: w, meta: m, rows: reader{schema: m.Schema}}
	if m.Schema.Geometry != "" {
		g.index.cells = make([]rtreeCell, 0, m.expected(1<<24))
	}
	if err := g.create(); err != nil {
		return nil, errors.Join(err, g.discard())
	}
	return g, nil
}

func (g *gpkg) create() (err error) {
	if g.file, err = newSpool(g.meta, ".gpkg"); err != nil {
		return err
	}
	// The file is private until Close and worthless after a crash: no journal,
	// no sync.
	dsn := "file:" + (&url.URL{Path: g.file.Name()}).EscapedPath() +
		"?_journal_mode=OFF&_synchronous=OFF&_locking_mode=EXCLUSIVE&_cache_size=-32768"
	conn, err := (&sqlite3.SQLiteDriver{}).Open(dsn)
	if err != nil {
		return err
	}
	g.conn = conn.(*sqlite3.SQLiteConn)
	if err := g.exec(gpkgTables); err != nil {
		return err
	}
	if err := g.exec("BEGIN"); err != nil {
		return err
	}
	if err := g.exec(gpkgLayerTable(g.meta)); err != nil {
		return err
	}
	g.insert, err = g.prepare(gpkgInsert(g.meta))
	return err
}

func (g *gpkg) exec(query string, args ...driver.Value) error {
	if _, err := g.conn.Exec(query, args); err != nil {
		return fmt.Errorf("%.60s: %w", query, fullDisk(err))
	}
	return nil
}

// fullDisk gives SQLite's word for a full disk the name that it has elsewhere.
func fullDisk(err error) error {
	var failed sqlite3.Error
	if errors.As(err, &failed) && failed.Code == sqlite3.ErrFull {
		return fmt.Errorf("%w: %w", err, syscall.ENOSPC)
	}
	return err
}

func (g *gpkg) prepare(query string) (*sqlite3.SQLiteStmt, error) {
	statement, err := g.conn.Prepare(query)
	if err != nil {
		return nil, fmt.Errorf("%.60s: %w", query, err)
	}
	return statement.(*sqlite3.SQLiteStmt), nil
}

func (g *gpkg) feature(b []byte) error {
	r, err := g.rows.read(b)
	if err != nil {
		return err
	}
	g.args = g.args[:0]
	if g.meta.Schema.Geometry != "" {
		shape, err := conform(r.Geometry, g.meta.Schema.Geometry)
		if err != nil {
			return err
		}
		if err := g.appendShape(shape); err != nil {
			return badFeature{err}
		}
	} else {
		g.index.count++
	}
	for i := range r.Values {
		g.args = append(g.args, g.value(&r.Values[i]))
	}
	if _, err = g.insert.Exec(g.args); err != nil {
		return fullDisk(err)
	}
	if g.index.count%gpkgMeasured == 0 {
		return g.file.measure()
	}
	return nil
}

// gpkgMeasured is after how many rows the file's size is looked at.
const gpkgMeasured = 4096

// appendShape adds the geometry to the row as a GeoPackage blob: a header
// with the envelope (not for points, which are their own), then WKB.
func (g *gpkg) appendShape(shape orb.Geometry) error {
	if shape == nil {
		g.index.skip()
		g.args = append(g.args, nil)
		return nil
	}
	bound := shape.Bound()
	g.index.add(bound)
	_, isPoint := shape.(orb.Point)
	g.blob = append(g.blob[:0], 'G', 'P', 0, 1, 0xe6, 0x10, 0, 0) // version 1, little-endian, SRS 4326
	if !isPoint {
		g.blob[3] |= 1 << 1
		for _, f := range [4]float64{bound.Min[0], bound.Max[0], bound.Min[1], bound.Max[1]} {
			g.blob = appendFloat(g.blob, f)
		}
	}
	blob, err := appendWKB(g.blob, shape)
	g.blob = blob
	g.args = append(g.args, blob)
	return err
}

func (g *gpkg) value(v *columns.Value) driver.Value {
	switch v.Kind {
	case columns.TextValue:
		return v.Text
	case columns.IntValue, columns.BoolValue:
		return v.Int
	case columns.RealValue:
		return v.Real
	case columns.DayValue:
		g.text = appendDay(g.text[:0], v.Int)
		return string(g.text)
	case columns.TimeValue:
		return gpkgTime(time.UnixMicro(v.Int))
	}
	return nil
}

// gpkgTime writes a DATETIME as the standard fixes it: UTC with milliseconds.
func gpkgTime(t time.Time) string {
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}

func (g *gpkg) end() error {
	if err := g.insert.Close(); err != nil {
		return err
	}
	g.insert = nil
	if g.meta.Schema.Geometry != "" {
		if err := g.writeIndex(); err != nil {
			return err
		}
	}
	if err := g.describe(); err != nil {
		return err
	}
	if err := g.exec("COMMIT"); err != nil {
		return err
	}
	err := g.conn.Close()
	g.conn = nil
	if err != nil {
		return err
	}
	if err := g.file.measure(); err != nil {
		return err
	}
	return g.file.copyTo(g.w)
}

func (g *gpkg) discard() error {
	var err error
	if g.insert != nil {
		err = g.insert.Close()
	}
	if g.conn != nil {
		err = errors.Join(err, g.conn.Close())
	}
	return errors.Join(err, g.file.remove())
}
