package api_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"strikewatch/data"
)

// TestDenseTile: what is too dense to show one by one is counted, and every
// incident is counted once.
func TestDenseTile(t *testing.T) {
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Skip("GDAL is not installed; scripts/bootstrap does")
	}
	store := newStore(t)
	var strikes []data.Document
	for n := range 2600 {
		strikes = append(strikes, strike(fmt.Sprintf("mm-d%04d", n), "2024-11-05", func(i *data.Incident) {
			i.Lon, i.Lat = some(97.0+float64(n%61)*0.02), some(22.0+float64(n%53)*0.03)
			i.PlaceCode, i.KilledMin = "", some(int64(1))
		}))
	}
	write(t, store, strikes...)
	h := newHandler(t, store)
	tile := body(t, get(t, h, "/api/collections/incidents/tiles/WebMercatorQuad/4/6/12"))
	if len(tile) > 500_000 {
		t.Errorf("%d bytes", len(tile))
	}
	file := filepath.Join(t.TempDir(), "tile.mvt")
	if err := os.WriteFile(file, []byte(tile), 0o600); err != nil {
		t.Fatal(err)
	}
	text := run(t, "ogrinfo", "-q", "-al", file)
	if got := sumOf(t, text, "count"); got != 2612 {
		t.Errorf("cells count %d of 2612: %.500s", got, text)
	}
	if got := sumOf(t, text, "killed_min"); got != 2602 {
		t.Errorf("cells have %d killed, want 2602", got)
	}
	again := newHandler(t, store)
	if body(t, get(t, again, "/api/collections/incidents/tiles/WebMercatorQuad/4/6/12")) != tile {
		t.Error("the same tile has other bytes")
	}
}

// TestHeavyTile: points whose properties would make a tile too large to load
// are counted too.
func TestHeavyTile(t *testing.T) {
	store := newStore(t)
	var strikes []data.Document
	for n := range 1900 {
		strikes = append(strikes, strike(fmt.Sprintf("mm-h%04d", n), "2024-11-05", func(i *data.Incident) {
			i.Lon, i.Lat = some(97.0+float64(n%61)*0.02), some(22.0+float64(n%53)*0.03)
			i.PlaceCode, i.Place = "", fmt.Sprintf("Village %d, %s", n, strings.Repeat("where the river bends ", 15))
		}))
	}
	write(t, store, strikes...)
	tile := body(t, get(t, newHandler(t, store), "/api/collections/incidents/tiles/WebMercatorQuad/4/6/12?datetime=2024-11-05"))
	if len(tile) > 500_000 || !strings.Contains(tile, "count") {
		t.Errorf("%d bytes, counted: %v", len(tile), strings.Contains(tile, "count"))
	}
}

func sumOf(t *testing.T, text, field string) int {
	t.Helper()
	sum := 0
	for _, match := range regexp.MustCompile(field+` \(\w+\) = (\d+)`).FindAllStringSubmatch(text, -1) {
		n, err := strconv.Atoi(match[1])
		if err != nil {
			t.Fatal(err)
		}
		sum += n
	}
	return sum
}
