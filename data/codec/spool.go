package codec

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// expected is for how many rows to make room at once: as many as are told,
// within most.
func (m *Meta) expected(most int) int { return int(max(0, min(m.Rows, int64(most)))) }

// tempFile makes an empty temporary file for a format that is built aside.
func tempFile(m *Meta, suffix string) (*os.File, error) {
	f, err := os.CreateTemp(m.TempDir, "strikewatch-*"+suffix)
	if err != nil {
		return nil, fmt.Errorf("temporary file: %w", err)
	}
	return f, nil
}

// removeTemp closes and removes f, which may be nil or gone already.
func removeTemp(f *os.File) error {
	if f == nil {
		return nil
	}
	if err := f.Close(); err != nil && !errors.Is(err, fs.ErrClosed) {
		return errors.Join(err, os.Remove(f.Name()))
	}
	if err := os.Remove(f.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// copyFrom sends a whole file to w.
func copyFrom(w io.Writer, f *os.File) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.CopyBuffer(onlyWriter{w}, onlyReader{f}, make([]byte, outputBuffer))
	return err
}

// onlyWriter and onlyReader hide the shortcuts of io.Copy, whose platform
// calls would bypass a writer that counts or limits.
type onlyWriter struct{ io.Writer }
type onlyReader struct{ io.Reader }
