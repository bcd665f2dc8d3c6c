package codec_test

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"strikewatch/data/codec"
)

func TestFormatsAreFound(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range codec.Formats() {
		for _, name := range append([]string{f.Name}, f.Aliases...) {
			if seen[name] {
				t.Errorf("the name %q is taken twice", name)
			}
			seen[name] = true
			if got, ok := codec.FormatByName(name); !ok || got.Name != f.Name {
				t.Errorf("%q finds %q, %v", name, got.Name, ok)
			}
		}
		if got, ok := codec.FormatByMediaType(strings.ToUpper(f.MediaType) + "; q=0.5"); !ok || got.Name != f.Name {
			t.Errorf("%q finds %q, %v", f.MediaType, got.Name, ok)
		}
	}
	if f, ok := codec.FormatByMediaType("application/json"); !ok || f.Name != "geojson" {
		t.Error("application/json is not GeoJSON")
	}
	if _, err := codec.NewWriter("dwg", nil, meta(incidentSchema())); !errors.Is(err, codec.ErrFormat) {
		t.Errorf("unknown format: %v", err)
	}
}

var errHungUp = errors.New("the client hung up")

// limitedWriter fails after so many bytes, and counts what comes after.
type limitedWriter struct {
	left  int
	after int
}

func (w *limitedWriter) Write(b []byte) (int, error) {
	if w.left <= 0 {
		w.after++
		return 0, errHungUp
	}
	n := min(w.left, len(b))
	if w.left -= len(b); w.left <= 0 {
		return n, errHungUp
	}
	return n, nil
}

func TestWriterStopsWhenTheOutputFails(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	noise := make([]byte, 64)
	incompressible := func() []byte {
		for i := 0; i < len(noise); i += 8 {
			binary.LittleEndian.PutUint64(noise[i:], r.Uint64())
		}
		return feature(t, mixedSchema(), point, hex.EncodeToString(noise), nil)
	}
	for _, format := range codec.Formats() {
		t.Run(format.Name, func(t *testing.T) {
			m := meta(mixedSchema())
			m.TempDir = t.TempDir()
			out := &limitedWriter{left: 500}
			w, err := codec.NewWriter(format.Name, out, m)
			rows := 2000
			if format.Streams {
				rows = 70_000 // more than the largest of their buffers
			}
			for i := 0; err == nil && i < rows; i++ {
				err = w.Write(incompressible())
			}
			if err == nil && format.Streams {
				t.Errorf("%d features were written into a broken pipe", rows)
			}
			if w != nil {
				if closed := w.Close(); !errors.Is(closed, errHungUp) {
					t.Errorf("Close gives %v", closed)
				}
				if w.Write(incompressible()) == nil {
					t.Error("Write after Close gives no error")
				}
			}
			if err != nil && !errors.Is(err, errHungUp) {
				t.Errorf("Write gives %v", err)
			}
			if out.after > 1 {
				t.Errorf("%d more writes after the error", out.after)
			}
			left, err := os.ReadDir(m.TempDir)
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v %v", left, err)
			}
		})
	}
}

func TestBadFeatureIsNamed(t *testing.T) {
	good := incidents(t)[0]
	bad := map[string]struct{ feature, id string }{
		"cut short":     {`{"type":"Feature","id":"mm-0009","geometry":{"type":"Point","coordinates":[1,`, "mm-0009"},
		"not a feature": {`{"type":"Point","coordinates":[1,2]}`, ""},
		"empty":         {``, ""},
		"not JSON":      {`hello`, ""},
	}
	for _, format := range codec.Formats() {
		for name, c := range bad {
			t.Run(format.Name+"/"+name, func(t *testing.T) {
				m := meta(incidentSchema())
				m.TempDir = t.TempDir()
				var out strings.Builder
				w, err := codec.NewWriter(format.Name, &out, m)
				if err != nil {
					t.Fatal(err)
				}
				if err := w.Write(good); err != nil {
					t.Fatal(err)
				}
				err = w.Write([]byte(c.feature))
				var named *codec.FeatureError
				if !errors.As(err, &named) {
					t.Fatalf("error is %v", err)
				}
				if named.Number != 2 || named.ID != c.id {
					t.Errorf("names feature %d %q", named.Number, named.ID)
				}
				if again := w.Close(); !errors.As(again, &named) {
					t.Errorf("Close gives %v", again)
				}
			})
		}
	}
}

func TestAbortLeavesNoTrailer(t *testing.T) {
	for _, format := range codec.Formats() {
		t.Run(format.Name, func(t *testing.T) {
			m := meta(incidentSchema())
			m.TempDir = t.TempDir()
			var out strings.Builder
			w, err := codec.NewWriter(format.Name, &out, m)
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Write(incidents(t)[0]); err != nil {
				t.Fatal(err)
			}
			w.Abort(errHungUp)
			before := out.Len()
			if err := w.Close(); !errors.Is(err, errHungUp) || out.Len() != before {
				t.Errorf("Close gives %v and %d more bytes", err, out.Len()-before)
			}
			left, err := os.ReadDir(m.TempDir)
			if err != nil || len(left) > 0 {
				t.Errorf("left behind: %v %v", left, err)
			}
		})
	}
}
