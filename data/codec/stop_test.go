package codec_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"strikewatch/data/codec"
)

// TestCloseCanBeStopped: what a format does at Close before anything reaches
// the output ends as soon as it is told so.
func TestCloseCanBeStopped(t *testing.T) {
	features, _ := randomPoints(t, 3000)
	for _, name := range []string{"gpkg", "fgb"} {
		for _, last := range []int{1, 20, 2000} {
			m := meta(mixedSchema())
			m.TempDir = t.TempDir()
			asked := 0
			m.Stopped = func() error {
				if asked++; asked >= last {
					return errHungUp
				}
				return nil
			}
			var out strings.Builder
			w, err := codec.NewWriter(name, &out, m)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range features {
				if err := w.Write(f); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); !errors.Is(err, errHungUp) || asked != last || out.Len() > 0 {
				t.Errorf("%s: Close gives %v and %d bytes after asking %d times, want %d", name, err, out.Len(), asked, last)
			}
			if left, err := os.ReadDir(m.TempDir); err != nil || len(left) > 0 {
				t.Errorf("%s leaves behind: %v %v", name, left, err)
			}
		}
	}
}

// TestRoomIsAskedFor: what is built aside asks for what it takes, and ends when
// it is refused that, with nothing sent and nothing left.
func TestRoomIsAskedFor(t *testing.T) {
	features, _ := randomPoints(t, 9000)
	write := func(name string, m codec.Meta, out *strings.Builder) error {
		w, err := codec.NewWriter(name, out, m)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range features {
			if err := w.Write(f); err != nil {
				break
			}
		}
		return w.Close()
	}
	for _, f := range codec.Formats() {
		m := meta(mixedSchema())
		m.TempDir = t.TempDir()
		var asked, most int64
		m.Room = func(n int64) error {
			if asked += n; most > 0 && asked > most {
				return errHungUp
			}
			return nil
		}
		var whole, part strings.Builder
		if err := write(f.Name, m, &whole); err != nil || f.Streams && asked > 0 {
			t.Errorf("%s: %v, %d bytes asked for", f.Name, err, asked)
		}
		if (f.Name == "gpkg" || f.Name == "fgb") && asked < int64(whole.Len())/2 { // the index of fgb is not built aside
			t.Errorf("%s: %d bytes asked for, and %d written", f.Name, asked, whole.Len())
		}
		if asked == 0 {
			continue
		}
		most, asked = asked/2, 0
		if err := write(f.Name, m, &part); !errors.Is(err, errHungUp) || part.Len() > 0 {
			t.Errorf("%s without room: %v, %d bytes", f.Name, err, part.Len())
		}
		if left, err := os.ReadDir(m.TempDir); err != nil || len(left) > 0 {
			t.Errorf("%s leaves behind: %v %v", f.Name, left, err)
		}
	}
}
