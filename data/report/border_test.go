package report_test

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"strikewatch/data/report"
	"strikewatch/geo"
)

// expected counts with plain loops over all features.
type expected struct {
	certain, possible      []string
	killedMin, killedMax   float64
	killedUnknown          int
	injuredMin, injuredMax float64
	injuredUnknown         int
	byHolder, byKind       map[string]int
}

func count(t *testing.T, all []map[string]any, border string, km float64, from, to string) expected {
	t.Helper()
	e := expected{byHolder: map[string]int{}, byKind: map[string]int{}}
	slices.SortFunc(all, func(a, b map[string]any) int {
		x, _ := distance(t, text(a["border_distances"]), border)
		y, _ := distance(t, text(b["border_distances"]), border)
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(text(a["date_start"]), text(b["date_start"])), cmp.Compare(text(a["id"]), text(b["id"])))
	})
	add := func(least, most any, low, high *float64, unknown *int) {
		a, hasLeast := least.(float64)
		b, hasMost := most.(float64)
		switch {
		case !hasLeast && !hasMost:
			*unknown++
		case hasMost:
			*low, *high = *low+a, *high+b
		default:
			*low, *high = *low+a, *high+a
		}
	}
	for _, p := range all {
		d, ok := distance(t, text(p["border_distances"]), border)
		if !ok || p["kind"] == "battle" || p["status"] == "retracted" || text(p["date_latest"]) < from || text(p["date_earliest"]) > to {
			continue
		}
		off := p["uncertainty_m"].(float64) / 1000
		switch {
		case math.Round((d+off)*1e6) <= km*1e6:
			e.certain = append(e.certain, text(p["id"]))
		case math.Round((d-off)*1e6) <= km*1e6:
			e.possible = append(e.possible, text(p["id"]))
		default:
			continue
		}
		add(p["killed_min"], p["killed_max"], &e.killedMin, &e.killedMax, &e.killedUnknown)
		add(p["injured_min"], p["injured_max"], &e.injuredMin, &e.injuredMax, &e.injuredUnknown)
		holders := strings.Split(text(p["held_by"]), ",")
		slices.Sort(holders)
		e.byHolder[strings.Join(holders, ",")]++
		e.byKind[text(p["kind"])]++
	}
	return e
}

func (e expected) compare(t *testing.T, what string, c report.Count) {
	t.Helper()
	if c.Certain != len(e.certain) || c.Possible != len(e.possible) || c.Strikes != len(e.certain)+len(e.possible) {
		t.Errorf("%s: %d certain, %d possible; want %d, %d", what, c.Certain, c.Possible, len(e.certain), len(e.possible))
	}
	for _, h := range []struct {
		name        string
		got         report.Harm
		least, most float64
		unknown     int
	}{{"killed", c.Killed, e.killedMin, e.killedMax, e.killedUnknown}, {"injured", c.Injured, e.injuredMin, e.injuredMax, e.injuredUnknown}} {
		if h.got.Unknown != h.unknown {
			t.Errorf("%s: %s unknown in %d, want %d", what, h.name, h.got.Unknown, h.unknown)
		}
		if h.unknown == c.Strikes {
			if h.got.Min != nil || h.got.Max != nil {
				t.Errorf("%s: %s is known although no strike has a figure", what, h.name)
			}
			continue
		}
		if float64(*h.got.Min) != h.least || float64(*h.got.Max) != h.most {
			t.Errorf("%s: %s %d to %d, want %v to %v", what, h.name, *h.got.Min, *h.got.Max, h.least, h.most)
		}
	}
}

func TestBorderReportCountsWhatIsThere(t *testing.T) {
	s := openStore(t, copyStarter(t), nil)
	all := properties(t, s)
	for _, c := range []struct {
		border, within, from, to, beforeFrom, beforeTo string
	}{
		{"mmr-chn", "30", "2024-09-01", "2024-11-30", "2024-06-02", "2024-08-31"},
		{"mmr-chn", "110", "2024-09-01", "2024-11-30", "2024-06-02", "2024-08-31"},
		{"mmr-tha", "25.5", "2024-01-01", "2024-12-31", "2022-12-31", "2023-12-31"},
		{"mmr-ind", "1000", "2021-01-01", "2025-12-31", "2016-01-02", "2020-12-31"},
		{"mmr-lao", "1", "2024-02-29", "2024-02-29", "2024-02-28", "2024-02-28"},
	} {
		name := c.border + " " + c.within + " " + c.from
		b := build(t, s, "border="+c.border+"&within="+c.within+"km&period="+c.from+"/"+c.to)
		var km float64
		if err := json.Unmarshal([]byte(c.within), &km); err != nil {
			t.Fatal(err)
		}
		e := count(t, all, c.border, km, c.from, c.to)
		e.compare(t, name, b.Count)
		count(t, all, c.border, km, c.beforeFrom, c.beforeTo).compare(t, name+" before", b.Previous.Count)
		if b.Previous.Period != (report.Period{From: c.beforeFrom, To: c.beforeTo}) {
			t.Errorf("%s: before is %v", name, b.Previous.Period)
		}
		var certain, possible []string
		for _, i := range b.Incidents {
			if i.Certain {
				certain = append(certain, i.ID)
			} else {
				possible = append(possible, i.ID)
			}
		}
		if !slices.Equal(certain, e.certain) || !slices.Equal(possible, e.possible) {
			t.Errorf("%s: certain %v, possible %v; want %v, %v", name, certain, possible, e.certain, e.possible)
		}
		checkGroups(t, name+" by holder", b.ByHolder, e.byHolder)
		checkGroups(t, name+" by kind", b.ByKind, e.byKind)
	}
}

func checkGroups(t *testing.T, name string, groups []report.Group, want map[string]int) {
	t.Helper()
	if len(groups) != len(want) {
		t.Errorf("%s: %d groups, want %v", name, len(groups), want)
	}
	for _, g := range groups {
		if g.Strikes != want[g.Code] {
			t.Errorf("%s: %q has %d strikes, want %d", name, g.Code, g.Strikes, want[g.Code])
		}
	}
}

func TestLashioIsCertainPossibleOrAbsent(t *testing.T) {
	s := openStore(t, copyStarter(t), nil)
	for within, want := range map[string]string{"110": "certain", "102": "possible", "95": "absent"} {
		got := "absent"
		for _, i := range build(t, s, "border=mmr-chn&within_km="+within+"&datetime=2024-11-01").Incidents {
			var p map[string]any
			body, err := json.Marshal(i)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(body, &p); err != nil {
				t.Fatal(err)
			}
			if p["id"] == "mm-0119" {
				got = text(p["certainty"])
			}
		}
		if got != want {
			t.Errorf("within %s km the bombing of Lashio is %s, want %s", within, got, want)
		}
	}
}

func TestReportAnswersAsKnownThen(t *testing.T) {
	s := openStore(t, copyStarter(t), nil)
	const then = "border=mmr-chn&within_km=110&datetime=2024-09-01/2024-11-30&known_at=2020-01-01T00:00:00Z"
	if _, _, err := report.Render(t.Context(), s, query(t, then), "html"); err != nil {
		t.Error(err)
	}
	b := build(t, s, then)
	if len(b.Incidents) != 0 || b.Killed.Min != nil || b.KnownAt != "2020-01-01T00:00:00Z" {
		t.Errorf("before anything was recorded: %d incidents, killed %v, known at %s", len(b.Incidents), b.Killed.Min, b.KnownAt)
	}
}

func TestFiltersNarrowTheReport(t *testing.T) {
	s := openStore(t, copyStarter(t), nil)
	const all = "border=mmr-chn&within_km=1000&datetime=2021-01-01/2025-12-31"
	b := build(t, s, all+"&held_by=MNDAA&certainty=certain")
	if len(b.Incidents) == 0 {
		t.Fatal("no strike on what the MNDAA held")
	}
	for _, i := range b.Incidents {
		if !strings.Contains(","+i.HeldBy+",", ",MNDAA,") || !i.Certain {
			t.Errorf("%s: held by %q, certain %v", i.ID, i.HeldBy, i.Certain)
		}
	}
	if day, err := geo.ParseDay("2021-01-01"); err != nil || b.Incidents[0].Latest < day {
		t.Errorf("%s lies outside the period", b.Incidents[0].ID)
	}
}
