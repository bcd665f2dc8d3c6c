package codec_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strikewatch/data/codec"
)

func TestFlatGeobufIndex(t *testing.T) {
	for _, n := range []int{1, 15, 16, 17, 256, 257, 5000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			features, at := randomPoints(t, n)
			features = append(features, feature(t, mixedSchema(), "null", "nowhere", nil))
			path := file(t, "fgb", meta(mixedSchema()), features)
			want := map[any]bool{}
			for i, p := range at {
				if p[0] >= 97 && p[0] <= 98 && p[1] >= 22 && p[1] <= 23 {
					want[fmt.Sprintf("p%d", i)] = true
				}
			}
			got := readOGR(t, path, "control", "-spat", "97", "22", "98", "23")
			for _, r := range got {
				if !want[r.Properties["id"]] {
					t.Errorf("%v is not in the box", r.Properties["id"])
				}
			}
			if len(got) != len(want) {
				t.Errorf("%d in the box, want %d", len(got), len(want))
			}
			if all := readOGR(t, path, "control"); len(all) != n+1 {
				t.Errorf("%d rows in all", len(all))
			}
		})
	}
}

func TestFlatGeobufStreamsAboveItsBound(t *testing.T) {
	features, _ := randomPoints(t, 100)
	m := meta(mixedSchema())
	m.TempDir = t.TempDir()
	var out bytes.Buffer
	w, err := codec.NewFGBWriter(&out, m, 60)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range features {
		if err := w.Write(f); err != nil {
			t.Fatal(err)
		}
		left, err := os.ReadDir(m.TempDir)
		if err != nil || len(left) > 0 && i >= 60 {
			t.Fatalf("feature %d: temporary files %v %v", i, left, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "control.fgb")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	sameRows(t, mixedSchema(), stored(t, features), readOGR(t, path, "control"), losses{})
}

func TestFlatGeobufHeaderTells(t *testing.T) {
	out := string(encode(t, "fgb", meta(incidentSchema()), incidents(t)))
	for _, want := range []string{"fgb\x03fgb", "Made by a test.", "ODbL-1.0", "2024-11-05T06:07:08Z", "unit: km", "Killed, at least"} {
		if !strings.Contains(out, want) {
			t.Errorf("header lacks %q", want)
		}
	}
}

// TestHilbertCurve walks the corner of the curve: each step goes to the next
// cell, and no cell is met twice.
func TestHilbertCurve(t *testing.T) {
	const side = 256
	cells := make(map[uint32][2]int, side*side)
	for x := range side {
		for y := range side {
			cells[codec.HilbertIndex(uint32(x), uint32(y))] = [2]int{x, y}
		}
	}
	for i := uint32(1); i < side*side; i++ {
		a, before := cells[i-1]
		b, here := cells[i]
		dx, dy := a[0]-b[0], a[1]-b[1]
		if !before || !here || dx*dx+dy*dy != 1 {
			t.Fatalf("step %d goes from %v to %v", i, a, b)
		}
	}
}
