// Package codec writes the features of a collection in the formats that other
// tools read, and reads nothing but the stored GeoJSON bytes to do so. What is
// withheld is not in those bytes, so no format can show it.
//
// Every format has one [Writer]. Coordinates are longitude, latitude in
// degrees on WGS 84 (OGC:CRS84) in all of them. A property that is null in
// the feature is missing in the output, in the format's own way, and never 0;
// where a format can not tell null from an empty text, its writer says so.
package codec

import (
	"errors"
	"fmt"
	"io"

	"strikewatch/data/columns"
)

// Writer encodes features one by one. It is not safe for concurrent use.
type Writer interface {
	// Write encodes one GeoJSON Feature. The bytes are not kept. A
	// feature that can not be encoded gives a *FeatureError; an error of the
	// underlying writer is returned wrapped. After any error the Writer is
	// spent: every later call returns the same error.
	Write(feature []byte) error

	// WriteRecord encodes a record of m.Schema, whose ID is not used, as Write
	// would the feature that it was taken from. Only formats that say so in
	// their Format's Records take records.
	WriteRecord(r *columns.Record) error

	// Abort ends the writing for a reason of the caller's: nothing more reaches
	// the output, not even what would make a part look whole. Close then
	// returns err. It does nothing after an error or Close.
	Abort(err error)

	// Close writes what remains (trailer, indexes, files built aside) and
	// removes temporary files. The underlying io.Writer stays open. After an
	// error it only removes temporary files and returns that error. Callers
	// must Close even after an error. A second Close does nothing.
	Close() error
}

// FeatureError names the feature that could not be encoded.
type FeatureError struct {
	Number int64  // counted from 1
	ID     string // empty when it could not be read
	Err    error
}

func (e *FeatureError) Error() string {
	if e.ID == "" {
		return fmt.Sprintf("feature %d: %v", e.Number, e.Err)
	}
	return fmt.Sprintf("feature %d (%s): %v", e.Number, e.ID, e.Err)
}

func (e *FeatureError) Unwrap() error { return e.Err }

// ErrFormat is wrapped by NewWriter's error for an unknown format.
var ErrFormat = errors.New("unknown format")

// encoder is what each format implements. begin writes what goes before the
// first feature, end what follows the last, discard releases temporary files
// and is called once, whatever happened.
type encoder interface {
	feature(b []byte) error
	end() error
	discard() error
}

// recorder is an encoder of a format that takes records.
type recorder interface{ record(r *record) error }

// badFeature marks an error as the feature's fault, not the output's.
type badFeature struct{ err error }

func (b badFeature) Error() string { return b.err.Error() }
func (b badFeature) Unwrap() error { return b.err }

// NewWriter returns a Writer of the named format (see [Formats]) that writes
// to w. It may write a header to w at once. m.Schema and m.Layer must be set.
func NewWriter(format string, w io.Writer, m Meta) (Writer, error) {
	f, ok := FormatByName(format)
	if !ok {
		return nil, fmt.Errorf("%w %q", ErrFormat, format)
	}
	if m.Schema == nil {
		return nil, fmt.Errorf("%s: no field dictionary given", f.Name)
	}
	if m.Layer == "" {
		m.Layer = m.Schema.Collection
	}
	e, err := f.open(w, &m)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	return &writer{format: f.Name, encoder: e}, nil
}

// writer numbers the features, names the bad one, and stays failed.
type writer struct {
	format  string
	encoder encoder
	count   int64
	err     error
	closed  bool
}

func (w *writer) Write(b []byte) error {
	return w.write(func() error { return w.encoder.feature(b) }, func() string { return featureID(b) })
}

func (w *writer) WriteRecord(r *columns.Record) error {
	return w.write(func() error {
		e, ok := w.encoder.(recorder)
		if !ok {
			return errors.New("takes features only")
		}
		return e.record(r)
	}, func() string { return r.ID })
}

func (w *writer) write(encode func() error, id func() string) error {
	if w.err != nil {
		return w.err
	}
	if w.closed {
		return fmt.Errorf("%s: write after close", w.format)
	}
	w.count++
	err := encode()
	if err == nil {
		return nil
	}
	var bad badFeature
	if errors.As(err, &bad) {
		err = &FeatureError{Number: w.count, ID: id(), Err: bad.err}
	}
	w.err = fmt.Errorf("%s: %w", w.format, err)
	return w.err
}

func (w *writer) Abort(err error) {
	if w.err == nil && !w.closed {
		w.err = fmt.Errorf("%s: %w", w.format, err)
	}
}

func (w *writer) Close() error {
	if w.closed {
		return w.err
	}
	w.closed = true
	if w.err == nil {
		if err := w.encoder.end(); err != nil {
			w.err = fmt.Errorf("%s: %w", w.format, err)
		}
	}
	if err := w.encoder.discard(); err != nil && w.err == nil {
		w.err = fmt.Errorf("%s: %w", w.format, err)
	}
	return w.err
}
