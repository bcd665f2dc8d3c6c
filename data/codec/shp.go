package codec

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/paulmach/orb"
)

const shpLimits = "field names of 10 characters (mapped in a file inside), texts cut after 254 bytes and without trailing spaces, " +
	"empty texts are null, times are texts, 2 GB per file, one file per kind of geometry"

// shpLimit is the size that readers trust a .shp or .dbf up to.
const shpLimit = 1<<31 - 1

// shapefile writes a zip of ESRI shapefiles: .shp, .shx, .dbf, .prj, .cpg,
// <layer>_fields.csv that maps the short names to the full ones, and a
// README.txt with the provenance and with what was cut. A collection of any
// geometry becomes one shapefile per kind (<layer>_points, _lines,
// _polygons, _multipoints); one without geometry a .dbf alone. Rows whose
// geometry is null become null shapes (among the points, where kinds differ).
//
// Lengths stand in the headers, so all is spooled in TempDir and written at
// Close; memory is a few buffers. A file above 2 GB gives ErrTooLarge before
// anything is written.
type shapefile struct {
	w     io.Writer
	meta  *Meta
	rows  reader
	names []string
	parts []*shpPart
}

func openShapefile(w io.Writer, m *Meta) (encoder, error) {
	s := &shapefile{w: w, meta: m, rows: reader{schema: m.Schema}, names: shortNames(m.Schema)}
	if m.Schema.Geometry != "Geometry" {
		if _, err := s.part(shpKindOf(m.Schema.Geometry)); err != nil {
			return nil, errors.Join(err, s.discard())
		}
	}
	return s, nil
}

// Shape types of the ESRI whitepaper of July 1998.
const (
	shpNull       = 0
	shpPoint      = 1
	shpPolyLine   = 3
	shpPolygon    = 5
	shpMultiPoint = 8
)

func shpKindOf(geometry string) int32 {
	switch geometry {
	case "Point":
		return shpPoint
	case "MultiPoint":
		return shpMultiPoint
	case "LineString", "MultiLineString":
		return shpPolyLine
	case "Polygon", "MultiPolygon":
		return shpPolygon
	}
	return shpNull
}

func shpSuffix(kind int32) string {
	switch kind {
	case shpPoint:
		return "_points"
	case shpPolyLine:
		return "_lines"
	case shpPolygon:
		return "_polygons"
	}
	return "_multipoints"
}

// shpPart is one shapefile in the making.
type shpPart struct {
	name     string
	kind     int32
	shp, shx *spool // nil without geometry
	shpOut   *bufio.Writer
	shxOut   *bufio.Writer
	size     int64 // of the .shp so far
	bound    orb.Bound
	some     bool
	table    dbfSpool
	record   []byte
}

// part returns the shapefile of a kind, made when it is first needed.
func (s *shapefile) part(kind int32) (*shpPart, error) {
	for _, p := range s.parts {
		if p.kind == kind {
			return p, nil
		}
	}
	p := &shpPart{name: s.meta.Layer, kind: kind, size: 100}
	if s.meta.Schema.Geometry == "Geometry" {
		p.name += shpSuffix(kind)
	}
	s.parts = append(s.parts, p)
	if err := p.table.open(s.meta); err != nil || kind == shpNull {
		return p, err
	}
	var err error
	if p.shp, err = newSpool(s.meta, ".shp"); err != nil {
		return p, err
	}
	if p.shx, err = newSpool(s.meta, ".shx"); err != nil {
		return p, err
	}
	p.shpOut, p.shxOut = bufio.NewWriterSize(p.shp, outputBuffer), bufio.NewWriter(p.shx)
	var space [100]byte
	p.shpOut.Write(space[:])
	_, err = p.shxOut.Write(space[:])
	return p, err
}

func (s *shapefile) feature(b []byte) error {
	r, err := s.rows.read(b)
	if err != nil {
		return err
	}
	g, err := conform(r.Geometry, s.meta.Schema.Geometry)
	if err != nil {
		return err
	}
	kind := shpKindOf(s.meta.Schema.Geometry)
	if s.meta.Schema.Geometry == "Geometry" {
		kind = shpPoint
		if g != nil {
			kind = shpKindOf(g.GeoJSONType())
		}
		if kind == shpNull {
			return badFeature{fmt.Errorf("a shapefile can not hold a %s", g.GeoJSONType())}
		}
	}
	p, err := s.part(kind)
	if err != nil {
		return err
	}
	if kind != shpNull {
		if err := p.addShape(g); err != nil {
			return err
		}
	}
	return p.table.add(r.Values)
}

// addShape appends a record to .shp and its place to .shx.
func (p *shpPart) addShape(g orb.Geometry) error {
	p.record = appendShape(p.record[:0], g)
	if g != nil {
		if b := g.Bound(); p.some {
			p.bound = p.bound.Union(b)
		} else {
			p.bound, p.some = b, true
		}
	}
	var head [8]byte
	binary.BigEndian.PutUint32(head[:], uint32(p.size/2))
	binary.BigEndian.PutUint32(head[4:], uint32(len(p.record)/2))
	p.shxOut.Write(head[:])
	binary.BigEndian.PutUint32(head[:], uint32(p.table.count+1))
	p.shpOut.Write(head[:])
	if _, err := p.shpOut.Write(p.record); err != nil {
		return err
	}
	if p.size += 8 + int64(len(p.record)); p.size > shpLimit {
		return fmt.Errorf("%s.shp has more than 2 GB: %w", p.name, ErrTooLarge)
	}
	return nil
}

func (s *shapefile) discard() error {
	var err error
	for _, p := range s.parts {
		err = errors.Join(err, p.shp.remove(), p.shx.remove(), p.table.file.remove())
	}
	return err
}
