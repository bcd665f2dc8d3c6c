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
