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

// spool is a temporary file of a format that is built aside. It grows only by
// what Meta.Room grants.
type spool struct {
	*os.File
	room func(n int64) error // may be nil
	size int64               // granted
}

// newSpool makes an empty temporary file.
func newSpool(m *Meta, suffix string) (*spool, error) {
	f, err := os.CreateTemp(m.TempDir, "strikewatch-*"+suffix)
	if err != nil {
		return nil, fmt.Errorf("temporary file: %w", err)
	}
	return &spool{File: f, room: m.Room}, nil
}

func (s *spool) Write(b []byte) (int, error) {
	if err := s.grow(int64(len(b))); err != nil {
		return 0, err
	}
	return s.File.Write(b)
}

func (s *spool) grow(n int64) error {
	if s.room == nil {
		return nil
	}
	s.size += n
	return s.room(n)
}

// measure asks for what others have written to the file since.
func (s *spool) measure() error {
	info, err := s.Stat()
	if err != nil {
		return err
	}
	return s.grow(max(0, info.Size()-s.size))
}

// remove closes and removes the file, which may be nil or gone already.
func (s *spool) remove() error {
	if s == nil {
		return nil
	}
	f := s.File
	if err := f.Close(); err != nil && !errors.Is(err, fs.ErrClosed) {
		return errors.Join(err, os.Remove(f.Name()))
	}
	if err := os.Remove(f.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// copyTo sends the whole file to w.
func (s *spool) copyTo(w io.Writer) error {
	if _, err := s.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := io.CopyBuffer(onlyWriter{w}, onlyReader{s.File}, make([]byte, outputBuffer))
	return err
}

// onlyWriter and onlyReader hide the shortcuts of io.Copy, whose platform
// calls would bypass a writer that counts or limits.
type onlyWriter struct{ io.Writer }
type onlyReader struct{ io.Reader }
