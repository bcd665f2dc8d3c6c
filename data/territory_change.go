package data

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// TerritoryChange is what an actor gained and lost between two days, in one
// status. Areas are km² on the ellipsoid; what moved between statuses is a
// loss in one and a gain in the other.
type TerritoryChange struct {
	Actor        string   `json:"actor"`
	ActorName    string   `json:"actor_name"`
	Color        string   `json:"color,omitempty"`
	Status       string   `json:"status"`
	BeforeKM2    float64  `json:"before_km2"`
	AfterKM2     float64  `json:"after_km2"`
	GainedKM2    float64  `json:"gained_km2"`
	LostKM2      float64  `json:"lost_km2"`
	GainedPlaces []string `json:"gained_places"`
	LostPlaces   []string `json:"lost_places"`

	Gained, Lost orb.MultiPolygon `json:"-"`
}

// TerritoryChanges compares two days, the largest movement first. knownAt zero
// is now.
func (s *Store) TerritoryChanges(ctx context.Context, from, to int32, knownAt time.Time) ([]TerritoryChange, error) {
	ref, err := s.reference(ctx, knownAt)
	if err != nil {
		return nil, err
	}
	groups, err := ref.controlGroups()
	if err != nil {
		return nil, err
	}
	all := []TerritoryChange{}
	for key, recs := range groups {
		before, err := ref.state(key[0], key[1], activeOn(recs, from))
		if err != nil {
			return nil, err
		}
		after, err := ref.state(key[0], key[1], activeOn(recs, to))
		if err != nil {
			return nil, err
		}
		if len(before.polygon) == 0 && len(after.polygon) == 0 {
			continue
		}
		c := TerritoryChange{Actor: key[0], ActorName: after.ActorName, Color: after.Color, Status: key[1], BeforeKM2: before.AreaKM2, AfterKM2: after.AreaKM2,
			GainedPlaces: without(after.Places, before.Places), LostPlaces: without(before.Places, after.Places)}
		if c.Gained, err = geo.Difference(after.polygon, before.polygon); err != nil {
			return nil, fmt.Errorf("territory of %s: %w", key[0], err)
		}
		if c.Lost, err = geo.Difference(before.polygon, after.polygon); err != nil {
			return nil, fmt.Errorf("territory of %s: %w", key[0], err)
		}
		c.GainedKM2, c.LostKM2 = squareKM(c.Gained), squareKM(c.Lost)
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b TerritoryChange) int {
		return cmp.Or(cmp.Compare(b.GainedKM2+b.LostKM2, a.GainedKM2+a.LostKM2), strings.Compare(a.Actor, b.Actor), strings.Compare(a.Status, b.Status))
	})
	return all, nil
}

// TerritorySize is how much an actor held, in one status, on one day.
type TerritorySize struct {
	Day     string  `json:"day"`
	Actor   string  `json:"actor"`
	Status  string  `json:"status"`
	AreaKM2 float64 `json:"area_km2"`
	Places  int     `json:"places"`
}

// TerritorySizes measures every territory each step days from one day to
// another, inclusive. Nothing is told of a day on which an actor holds nothing.
func (s *Store) TerritorySizes(ctx context.Context, from, to, step int32, knownAt time.Time) ([]TerritorySize, error) {
	if step < 1 || to < from || (to-from)/step > maxSteps {
		return nil, invalid("datetime", fmt.Sprintf("spans more than %d steps", maxSteps), "give a shorter period or a longer step")
	}
	ref, err := s.reference(ctx, knownAt)
	if err != nil {
		return nil, err
	}
	states, err := ref.territoryStates()
	if err != nil {
		return nil, err
	}
	sizes := []TerritorySize{}
	for day := from; day <= to; day += step {
		text := formatDay(day)
		for _, v := range states {
			if v.ValidFrom <= text && (v.ValidTo == "" || text < v.ValidTo) {
				sizes = append(sizes, TerritorySize{text, v.Actor, v.Status, v.AreaKM2, len(v.Places)})
			}
		}
	}
	return sizes, nil
}

// maxSteps is enough for the weeks of a century.
const maxSteps = 5300

// reference returns the one that the public view stands on, or stood on.
func (s *Store) reference(ctx context.Context, knownAt time.Time) (*reference, error) {
	if knownAt.IsZero() {
		return s.ref.Load(), nil
	}
	return s.referenceAt(ctx, knownAt)
}

func activeOn(recs []*spanned, day int32) []*spanned {
	var active []*spanned
	for _, rec := range recs {
		if rec.from <= day && rec.to > day {
			active = append(active, rec)
		}
	}
	return active
}

func without(a, b []string) []string {
	rest := []string{}
	for _, s := range a {
		if !slices.Contains(b, s) {
			rest = append(rest, s)
		}
	}
	return rest
}

// squareKM is the area in km², to the hectare.
func squareKM(g orb.MultiPolygon) float64 { return float64(int64(geo.Area(g)/1e4+0.5)) / 100 }
