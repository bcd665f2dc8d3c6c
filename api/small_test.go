package api_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"

	"strikewatch/data"
	"strikewatch/data/proof"
)

func some[T any](v T) *T { return &v }

// newStore makes a small database of its own: one town that changes hands,
// one border north of it, twelve strikes on it and one withheld.
func newStore(t testing.TB) *data.Store {
	t.Helper()
	store := newEmptyStore(t)
	write(t, store,
		&data.Actor{Code: "MNDAA", Name: "Myanmar National Democratic Alliance Army", Color: "#1b9e77", Aliases: []string{"Kokang army"}},
		&data.Actor{Code: "SAC", Name: "State Administration Council", Color: "#7570b3"},
		&data.Source{ID: "src-1", URL: "https://example.org/lashio", Publisher: "The Example", Published: "2024-11-02", Language: "en"},
		&data.Place{Code: "MMR015001701", Name: "Lashio", NameMy: "လားရှိုး", Kind: "town", TownshipCode: "MMR015001", Township: "Lashio", StateRegion: "Shan (North)", Lon: 97.7498, Lat: 22.9359},
		&data.Area{Code: "town-lashio", Name: "Lashio", Level: "town", PlaceCode: "MMR015001701", Generalised: true, AccuracyM: 15000,
			Geometry: json.RawMessage(`{"type":"Polygon","coordinates":[[[97.6,22.8],[97.9,22.8],[97.9,23.1],[97.6,23.1],[97.6,22.8]]]}`)},
		&data.Border{Code: "mmr-chn", Name: "Myanmar and China", Countries: "MMR,CHN", LengthKM: 400,
			Geometry: json.RawMessage(`{"type":"LineString","coordinates":[[96,23.85],[100,23.85]]}`)},
		&data.Gate{ID: "gate-1", Name: "Chinshwehaw", Border: "mmr-chn", Lon: 98.9, Lat: 23.8},
		&data.Control{ID: "c-1", Place: "Lashio", PlaceCode: "MMR015001701", AreaCode: "town-lashio", Actor: "MNDAA", Status: "controlled",
			ValidFrom: "2024-08-03", ValidTo: "2025-04-21", Publisher: "The Example", SourceURL: "https://example.org/taken"},
	)
	write(t, store, strike("mm-0119", "2024-11-01", func(i *data.Incident) {
		i.MunitionsCount, i.Summary = some(int64(5)), "Five bombs <b>fell</b> on a hospital"
		i.KilledMin, i.KilledMax = some(int64(2)), some(int64(7))
		i.Citations = []data.Citation{{Source: "src-1", Claim: "Bombs fell", KilledMin: some(int64(2)), HeldBy: "MNDAA"}}
	}))
	for n := range 11 {
		write(t, store, strike(fmt.Sprintf("mm-%04d", 200+n), fmt.Sprintf("2024-12-%02d", 1+n)))
	}
	write(t, store, strike("mm-secret", "2024-11-01", func(i *data.Incident) { i.Withheld = true }))
	return store
}

func newEmptyStore(t testing.TB) *data.Store {
	t.Helper()
	key, err := proof.NewKey(rand.Reader, "test")
	if err != nil {
		t.Fatal(err)
	}
	store, err := data.Open(filepath.Join(t.TempDir(), "test.db"), data.Options{Now: newClock(), Signer: key})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return store
}

func strike(id, day string, change ...func(*data.Incident)) *data.Incident {
	i := &data.Incident{ID: id, Kind: "airstrike", DateStart: day, DateEnd: day, DatePrecision: "day", Status: "reported",
		Place: "Lashio", PlaceCode: "MMR015001701", LocationPrecision: "locality", Lon: some(97.7498), Lat: some(22.9359), UncertaintyM: some(3000.0), Attacker: "SAC"}
	for _, f := range change {
		f(i)
	}
	return i
}

func write(t testing.TB, store *data.Store, documents ...data.Document) {
	t.Helper()
	var edits []data.Edit
	for _, d := range documents {
		edits = append(edits, data.Edit{Operation: data.Create, Document: d})
	}
	if _, err := store.Write(t.Context(), "test", edits); err != nil {
		t.Fatal(err)
	}
}
