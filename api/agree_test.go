package api_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/paulmach/orb/geojson"
)

// TestEveryDoorAgrees: under random filters, pages, counts, the timeline,
// summaries, tiles and exports speak of the same incidents.
func TestEveryDoorAgrees(t *testing.T) {
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Skip("GDAL is not installed; scripts/bootstrap does")
	}
	h := newStarterHandler(t)
	random := rand.New(rand.NewPCG(8, 9))
	rounds := 120
	if testing.Short() {
		rounds = 20
	}
	some := 0
	for range rounds {
		query := randomFilters(random)
		ids := pagedIDs(t, h, query)
		if len(ids) > 0 {
			some++
		}
		for door, got := range map[string][]string{"geojson file": exportedGeoJSON(t, h, query), "csv file": exportedCSV(t, h, query)} {
			if slices.Sort(got); !slices.Equal(got, ids) {
				t.Errorf("%s of %s: %d incidents, %d on the pages", door, query.Encode(), len(got), len(ids))
			}
		}
		for door, got := range map[string]int{
			"timeline": counted(t, h, "/api/timeline?bucket=week&", query), "summary by kind": counted(t, h, "/api/summary?by=kind&", query),
			"summary by holder and month": counted(t, h, "/api/summary?by=month,held_by&", query),
		} {
			if got != len(ids) {
				t.Errorf("%s of %s: %d incidents, %d on the pages", door, query.Encode(), got, len(ids))
			}
		}
		if got, want := tiled(t, h, query), located(t, h, query); got != want {
			t.Errorf("tile of %s: %d incidents, %d of the pages have a place", query.Encode(), got, want)
		}
	}
	if some < rounds/3 {
		t.Errorf("only %d of %d filters found anything", some, rounds)
	}
}

// randomFilters are up to four of those that people combine.
func randomFilters(random *rand.Rand) url.Values {
	query := url.Values{}
	for range random.IntN(5) {
		switch random.IntN(11) {
		case 0:
			query.Set("kind", pick(random, "airstrike", "airstrike,drone_strike", "shelling,explosion", "paramotor_attack"))
		case 1:
			west, south := 92+8*random.Float64(), 14+12*random.Float64()
			query.Set("bbox", fmt.Sprintf("%.3f,%.3f,%.3f,%.3f", west, south, west+6*random.Float64(), south+6*random.Float64()))
		case 2:
			year := 2021 + random.IntN(5)
			query.Set("datetime", pick(random, fmt.Sprintf("%d-03-01/%d-11-15", year, year+1), fmt.Sprintf("%d-01-01/..", year), fmt.Sprintf("../%d-06-30", year)))
		case 3:
			query.Set("held_by", pick(random, "MNDAA", "SAC,TNLA", "KIA", ""))
		case 4:
			query.Set("held_certainty", pick(random, "certain", "ambiguous,unknown"))
		case 5:
			query.Set("border", pick(random, "mmr-chn", "mmr-tha"))
			query.Set("within_km", fmt.Sprint(1+random.IntN(200)))
			query.Set("certainty", pick(random, "certain", "possible"))
		case 6:
			query.Set("killed_min", fmt.Sprint(random.IntN(8)))
		case 7:
			query.Set("q", pick(random, "school", "monastery hospital", "bombs,jet", "market", "လားရှိုး"))
		case 8:
			query.Set("status", pick(random, "reported", "corroborated,verified"))
		case 9:
			query.Set("filter", pick(random, "injured_max IS NULL", "killed_max BETWEEN 1 AND 9 OR kind = 'explosion'", "NOT (state_region LIKE 'Shan%')",
				"S_INTERSECTS(geometry, POLYGON((96 22,99 22,98 25,96 22)))", "place LIKE 'L%' AND border_km < 150"))
		case 10:
			query.Set("location_precision", pick(random, "locality", "exact,vicinity", "township"))
		}
	}
	return query
}

func pick(random *rand.Rand, of ...string) string { return of[random.IntN(len(of))] }

const itemsOf = "/api/collections/incidents/items?"

// pagedIDs follows the next links over small pages.
func pagedIDs(t *testing.T, h http.Handler, query url.Values) []string {
	t.Helper()
	ids := []string{}
	target := itemsOf + "limit=37&" + query.Encode()
	for target != "" {
		page := decode[struct {
			Type, Detail  string
			Features      []struct{ ID string }
			NumberMatched int
			Links         []struct{ Rel, Href string }
		}](t, get(t, h, target))
		if page.Type != "FeatureCollection" {
			t.Fatalf("%s: %s", query.Encode(), page.Detail)
		}
		for _, f := range page.Features {
			ids = append(ids, f.ID)
		}
		target = ""
		for _, l := range page.Links {
			if l.Rel == "next" {
				target = strings.TrimPrefix(l.Href, "http://test")
			}
		}
		if target == "" && page.NumberMatched != len(ids) {
			t.Errorf("%s: numberMatched is %d, the pages have %d", query.Encode(), page.NumberMatched, len(ids))
		}
	}
	slices.Sort(ids)
	return ids
}

func exportedGeoJSON(t *testing.T, h http.Handler, query url.Values) (ids []string) {
	t.Helper()
	for _, f := range exported(t, h, query).Features {
		ids = append(ids, fmt.Sprint(f.ID))
	}
	return ids
}

func exported(t *testing.T, h http.Handler, query url.Values) *geojson.FeatureCollection {
	t.Helper()
	text := body(t, get(t, h, itemsOf+"f=geojson&"+query.Encode()))
	all, err := geojson.UnmarshalFeatureCollection([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v: %.500s", query.Encode(), err, text)
	}
	return all
}

func exportedCSV(t *testing.T, h http.Handler, query url.Values) (ids []string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(body(t, get(t, h, itemsOf+"f=csv&"+query.Encode())))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := slices.Index(rows[0], "id")
	for _, row := range rows[1:] {
		ids = append(ids, row[column])
	}
	return ids
}

// counted sums the counts of a timeline or a summary.
func counted(t *testing.T, h http.Handler, path string, query url.Values) (sum int) {
	t.Helper()
	answer := decode[struct {
		Groups, Buckets []struct{ Count int }
	}](t, get(t, h, path+query.Encode()))
	for _, row := range append(answer.Groups, answer.Buckets...) {
		sum += row.Count
	}
	return sum
}

func located(t *testing.T, h http.Handler, query url.Values) (n int) {
	t.Helper()
	for _, f := range exported(t, h, query).Features {
		if f.Geometry != nil {
			n++
		}
	}
	return n
}

// tiled counts what the tile of the whole world shows: GDAL reads it.
func tiled(t *testing.T, h http.Handler, query url.Values) int {
	t.Helper()
	tile := body(t, get(t, h, "/api/collections/incidents/tiles/WebMercatorQuad/0/0/0?"+query.Encode()))
	if tile == "" {
		return 0
	}
	file := filepath.Join(t.TempDir(), "tile.mvt")
	if err := os.WriteFile(file, []byte(tile), 0o600); err != nil {
		t.Fatal(err)
	}
	return strings.Count(run(t, "ogrinfo", "-q", "-al", file), "OGRFeature(")
}
