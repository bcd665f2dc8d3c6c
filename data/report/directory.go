package report

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Write puts a parcel's files into a directory, which is made when missing.
// Each file appears whole or not at all; writing the same parcel again changes
// nothing. An error names the directory.
func (p *Parcel) Write(directory string) error {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return fmt.Errorf("report directory %s: %w", directory, err)
	}
	for _, f := range []struct {
		extension string
		body      []byte
	}{{".json", p.JSON}, {".geojson", p.GeoJSON}, {".csv", p.CSV}, {".txt", []byte(p.Text)}, {".png", p.Map}, {".html", p.HTML}} {
		if err := writeWhole(filepath.Join(directory, p.Name+f.extension), f.body); err != nil {
			return fmt.Errorf("report directory %s: %w", directory, err)
		}
	}
	return nil
}

func writeWhole(file string, body []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(file), ".report-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(body)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}
