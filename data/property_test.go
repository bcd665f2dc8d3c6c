package data_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"strikewatch/data"
	"strikewatch/geo"
)

// TestSharesSumToAtMostOne: over random histories no place is held more than
// once, and certainty says what the shares say.
func TestSharesSumToAtMostOne(t *testing.T) {
	w := newWorld(t)
	e := newEditor(w, 21)
	seen := map[string]int{}
	for range 60 {
		e.step()
		for key, feature := range w.view(time.Time{}, data.Incidents) {
			var f struct {
				Properties struct {
					HeldBy        string `json:"held_by"`
					HeldCertainty string `json:"held_certainty"`
					HeldShares    string `json:"held_shares"`
				}
			}
			if err := json.Unmarshal([]byte(feature), &f); err != nil {
				t.Fatal(err)
			}
			p := f.Properties
			sum, holders := 0.0, 0
			for part := range strings.SplitSeq(p.HeldShares, ",") {
				if part == "" {
					continue
				}
				_, text, _ := strings.Cut(part, ":")
				share, err := strconv.ParseFloat(text, 64)
				if err != nil || share <= 0 {
					t.Fatalf("%s: held_shares %q", key, p.HeldShares)
				}
				sum, holders = sum+share, holders+1
			}
			// Each share is rounded to a thousandth.
			if sum > 1+0.0005*float64(holders) {
				t.Errorf("%s: shares %s sum to %v", key, p.HeldShares, sum)
			}
			if (p.HeldCertainty == "unknown") != (holders == 0) || p.HeldCertainty == "certain" && (holders != 1 || sum < 0.999) || (p.HeldBy == "") != (holders == 0) {
				t.Errorf("%s: held_by %q, %s, shares %q", key, p.HeldBy, p.HeldCertainty, p.HeldShares)
			}
			seen[p.HeldCertainty]++
		}
	}
	if len(seen) != 3 {
		t.Errorf("not random enough: %v", seen)
	}
}

// TestTerritoryOfADayNeverOverlapsItself: whatever overlapping shapes control
// was drawn with, on each day an actor has in one status one polygon, which
// covers no ground twice, and its square kilometres are those of the union.
func TestTerritoryOfADayNeverOverlapsItself(t *testing.T) {
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 31))
		w := newWorld(t)
		var edits []data.Edit
		for n := range 14 {
			from := 1 + random.IntN(20)
			edits = append(edits, create(&data.Control{ID: fmt.Sprint("drawn", n), Place: fmt.Sprint("place ", n), Actor: pick(random, "RED", "BLUE"),
				Status: pick(random, "controlled", "contested", "claimed"), Geometry: star(random), AccuracyM: ptr(500.0), DatePrecision: "day",
				ValidFrom: fmt.Sprintf("2024-11-%02d", from), ValidTo: fmt.Sprintf("2024-11-%02d", from+1+random.IntN(8))}))
		}
		w.mustWrite(edits...)
		for day := 1; day <= 30; day += 3 {
			w.checkTerritory(fmt.Sprintf("2024-11-%02d", day))
		}
	}
}

func (w *world) checkTerritory(day string) {
	w.Helper()
	q, err := w.Parse(data.Territory, map[string][]string{"datetime": {day}})
	if err != nil {
		w.Fatal(err)
	}
	seen := map[string]bool{}
	err = w.Stream(context.Background(), q, func(feature []byte) error {
		f, err := geojson.UnmarshalFeature(feature)
		if err != nil {
			return err
		}
		key := fmt.Sprint(f.Properties["actor"], " ", f.Properties["status"])
		if seen[key] {
			w.Errorf("%s: %s comes twice", day, key)
		}
		seen[key] = true
		whole, ok := f.Geometry.(orb.MultiPolygon)
		if !ok {
			whole = orb.MultiPolygon{f.Geometry.(orb.Polygon)}
		}
		var parts []orb.MultiPolygon
		for _, part := range whole {
			parts = append(parts, orb.MultiPolygon{part})
		}
		union, err := geo.Union(parts...)
		if err != nil {
			return err
		}
		apart, together, told := geo.Area(whole)/1e6, geo.Area(union)/1e6, f.Properties["area_km2"].(float64)
		if math.Abs(apart-together) > 0.01 || math.Abs(told-together) > 0.1 {
			w.Errorf("%s: %s: its parts have %.3f km², their union %.3f, it says %.3f", day, key, apart, together, told)
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
}

// star is a random simple polygon around a random point.
func star(random *rand.Rand) json.RawMessage {
	x, y := 96+2*random.Float64(), 20+random.Float64()
	var ring orb.Ring
	corners := 3 + random.IntN(9)
	for i := range corners {
		angle, reach := 2*math.Pi*float64(i)/float64(corners), 0.1+0.5*random.Float64()
		ring = append(ring, orb.Point{x + reach*math.Cos(angle), y + reach*math.Sin(angle)})
	}
	text, err := geojson.NewGeometry(orb.Polygon{append(ring, ring[0])}).MarshalJSON()
	if err != nil {
		panic(err) // numbers are always JSON
	}
	return text
}
