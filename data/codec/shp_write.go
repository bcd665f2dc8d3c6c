package codec

import (
	"archive/zip"
	"bufio"
	"encoding/binary"
	"errors"
	"io"

	"github.com/klauspost/compress/flate"
)

// finish completes the headers of .shp and .shx.
func (p *shpPart) finish() error {
	if err := errors.Join(p.shpOut.Flush(), p.shxOut.Flush()); err != nil {
		return err
	}
	if _, err := p.shp.WriteAt(p.header(p.size), 0); err != nil {
		return err
	}
	_, err := p.shx.WriteAt(p.header(100+8*int64(p.table.count)), 0)
	return err
}

func (p *shpPart) header(size int64) []byte {
	b := binary.BigEndian.AppendUint32(nil, 9994)
	b = append(b, make([]byte, 20)...)
	b = binary.BigEndian.AppendUint32(b, uint32(size/2))
	b = binary.LittleEndian.AppendUint32(b, 1000)
	b = binary.LittleEndian.AppendUint32(b, uint32(p.kind))
	var box [4]float64
	if p.some {
		box = [4]float64{p.bound.Min[0], p.bound.Min[1], p.bound.Max[0], p.bound.Max[1]}
	}
	for _, f := range box {
		b = appendFloat(b, f)
	}
	return append(b, make([]byte, 32)...)
}

func (s *shapefile) end() error {
	if len(s.parts) == 0 {
		if _, err := s.part(shpPoint); err != nil {
			return err
		}
	}
	for _, p := range s.parts {
		if err := p.table.check(p.name); err != nil {
			return err
		}
	}
	out := bufio.NewWriterSize(s.w, outputBuffer)
	archive := zip.NewWriter(out)
	archive.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, p := range s.parts {
		if err := s.writePart(archive, p); err != nil {
			return err
		}
	}
	if err := writeEntry(archive, s.meta.Layer+"_fields.csv", s.fieldMap()); err != nil {
		return err
	}
	if err := writeEntry(archive, "README.txt", s.readme()); err != nil {
		return err
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return out.Flush()
}

func (s *shapefile) writePart(archive *zip.Writer, p *shpPart) error {
	if p.kind != shpNull {
		if err := p.finish(); err != nil {
			return err
		}
		for _, f := range []struct {
			suffix string
			file   *spool
		}{{".shp", p.shp}, {".shx", p.shx}} {
			w, err := archive.Create(p.name + f.suffix)
			if err != nil {
				return err
			}
			if err := f.file.copyTo(w); err != nil {
				return err
			}
		}
		if err := writeEntry(archive, p.name+".prj", shpWGS84); err != nil {
			return err
		}
	}
	if err := writeEntry(archive, p.name+".cpg", "UTF-8"); err != nil {
		return err
	}
	w, err := archive.Create(p.name + ".dbf")
	if err != nil {
		return err
	}
	return p.table.writeTo(w, s.meta, s.names)
}

const shpWGS84 = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
