package starter

import (
	"encoding/json"
	"fmt"
	"strings"

	"strikewatch/data"
)

func readPlaces() ([]*data.Place, error) {
	chinese, err := readChineseNames()
	if err != nil {
		return nil, err
	}
	var places []*data.Place
	err = readTable("towns.csv", func(r record) error {
		places = append(places, &data.Place{
			Code: r.text("code"), Name: r.text("name"), NameMy: r.text("name_my"), NameZh: chinese[r.text("code")], Kind: "town",
			TownshipCode: r.text("township_code"), Township: r.text("township"), StateCode: r.text("state_code"), StateRegion: r.text("state_region"),
			Lon: r.degrees("lon"), Lat: r.degrees("lat"), Aliases: r.list("aliases"), Coordinates: "MIMU P-code",
		})
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = readTable("places-extra.csv", func(r record) error {
		places = append(places, &data.Place{
			Code: r.text("code"), Name: r.text("name"), Kind: r.text("kind"),
			TownshipCode: r.text("township_code"), Township: r.text("township"), StateRegion: r.text("state_region"),
			Lon: r.degrees("lon"), Lat: r.degrees("lat"), Aliases: r.list("aliases"), Coordinates: r.text("coordinates"),
		})
		return nil
	})
	return places, err
}

// readChineseNames reads the towns' names in Chinese by their P-codes.
func readChineseNames() (map[string]string, error) {
	names := map[string]string{}
	err := readTable("names-zh.csv", func(r record) error {
		names[r.text("code")] = r.text("name_zh")
		return nil
	})
	return names, err
}

func readActors() (all []data.Document, err error) {
	err = readTable("actors.csv", func(r record) error {
		all = append(all, &data.Actor{
			Code: r.text("code"), Name: r.text("name"), NameMy: r.text("name_my"), Kind: r.text("kind"), Alliance: r.text("alliance"),
			Color: r.text("color"), Aliases: r.list("aliases"), SourceURL: r.text("source_url"), Note: r.text("note"),
		})
		return nil
	})
	return all, err
}

func readSources() (all []data.Document, err error) {
	err = readTable("sources.csv", func(r record) error {
		all = append(all, &data.Source{
			ID: r.text("id"), URL: r.text("url"), Publisher: r.text("publisher"), Published: r.text("published"), Language: r.text("language"),
		})
		return nil
	})
	return all, err
}

func readGates() (all []data.Document, err error) {
	err = readTable("gates.csv", func(r record) error {
		all = append(all, &data.Gate{
			ID: r.text("id"), Name: r.text("myanmar_side"), OtherSide: r.text("other_side"), OtherCountry: r.text("other_country"), Border: r.text("border"),
			Township: r.text("township"), StateRegion: r.text("state_region"), Lon: r.degrees("lon"), Lat: r.degrees("lat"), Coordinates: r.text("coord_source"),
			Controller: r.text("controller"), ControllerFrom: r.text("controller_from"), ControllerLastSeen: r.text("controller_last_seen"),
			SourceURL: r.text("source_url"), Publisher: r.text("publisher"), Note: r.text("note"),
		})
		return nil
	})
	return all, err
}

// readControl gives the places that control.csv names without a P-code the
// codes of places-extra.csv.
func readControl() (all []data.Document, err error) {
	extra := map[string]string{}
	err = readTable("places-extra.csv", func(r record) error {
		extra[r.text("name")] = r.text("code")
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = readTable("control.csv", func(r record) error {
		code := r.text("place_code")
		if code == "" {
			code = extra[r.text("place")]
		}
		all = append(all, &data.Control{
			ID: r.text("id"), Place: r.text("place"), PlaceCode: code, Township: r.text("township"), StateRegion: r.text("state_region"),
			Lon: r.number("lon"), Lat: r.number("lat"), Coordinates: r.text("coordinates"),
			Actor: r.text("actor"), Status: r.text("status"), ValidFrom: r.text("valid_from"), ValidTo: r.text("valid_to"),
			DatePrecision: r.text("date_precision"), How: r.text("how"), SourceURL: r.text("source_url"), Publisher: r.text("publisher"), Note: r.text("note"),
		})
		return nil
	})
	return all, err
}

// feature is what is read of a GeoJSON file.
type feature struct {
	Geometry   json.RawMessage `json:"geometry"`
	Properties struct {
		Code         string  `json:"code"`
		PlaceCode    string  `json:"place_code"`
		PlaceCodes   string  `json:"place_codes"` // with the first, joined by commas
		Name         string  `json:"name"`
		NameMy       string  `json:"name_my"`
		NameZh       string  `json:"name_zh"`
		Level        string  `json:"level"`
		Township     string  `json:"township"`
		TownshipCode string  `json:"township_code"`
		StateRegion  string  `json:"state_region"`
		Generalised  bool    `json:"generalised"`
		AccuracyM    float64 `json:"accuracy_m"`
		Countries    string  `json:"countries"`
		LengthKM     float64 `json:"length_km"`
		Source       string  `json:"source"`
		Licence      string  `json:"licence"`
	} `json:"properties"`
}

func readFeatures(file string) ([]feature, error) {
	text, err := files.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var c struct {
		Features []feature `json:"features"`
	}
	if err := json.Unmarshal(text, &c); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return c.Features, nil
}

func readAreas() (all []data.Document, err error) {
	for _, file := range []string{"basemap.geojson", "rivers.geojson", "town-areas.geojson"} {
		features, err := readFeatures(file)
		if err != nil {
			return nil, err
		}
		for _, f := range features {
			p := f.Properties
			var also []string
			if _, others, more := strings.Cut(p.PlaceCodes, ","); more {
				also = strings.Split(others, ",")
			}
			all = append(all, &data.Area{
				AlsoPlaces: also,
				Code:       p.Code, Name: p.Name, NameMy: p.NameMy, NameZh: p.NameZh, Level: p.Level, PlaceCode: p.PlaceCode,
				Township: p.Township, TownshipCode: p.TownshipCode, StateRegion: p.StateRegion, Generalised: p.Generalised, AccuracyM: p.AccuracyM,
				Source: p.Source, Licence: p.Licence, Geometry: f.Geometry,
			})
		}
	}
	return all, nil
}

func readBorders() (all []data.Document, err error) {
	features, err := readFeatures("borders.geojson")
	for _, f := range features {
		p := f.Properties
		all = append(all, &data.Border{Code: p.Code, Name: p.Name, Countries: p.Countries, LengthKM: p.LengthKM, Source: p.Source, Licence: p.Licence, Geometry: f.Geometry})
	}
	return all, err
}

// readIncidents resolves what the table names only in words: the codes of
// townships, and of towns for the incidents located to one. Nothing is moved.
func readIncidents(g *data.Gazetteer) (all []data.Document, err error) {
	cited := map[string][]data.Citation{}
	err = readTable("citations.csv", func(r record) error {
		id := r.text("incident_id")
		cited[id] = append(cited[id], data.Citation{Source: r.text("source_id")})
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = readTable("incidents.csv", func(r record) error {
		i := &data.Incident{
			ID: r.text("id"), Kind: r.text("kind"), DateStart: r.text("date_start"), DateEnd: r.text("date_end"), DatePrecision: r.text("date_precision"),
			TimeLocal: r.text("time_local"), Place: r.text("place"), PlaceCode: r.text("place_code"), Township: r.text("township"), StateRegion: r.text("state_region"),
			Lon: r.number("lon"), Lat: r.number("lat"), LocationPrecision: r.text("location_precision"), UncertaintyM: r.number("uncertainty_m"),
			Attacker: r.text("attacker"), Target: r.text("target"), MunitionsCount: r.count("munitions_count"), Munitions: r.text("munitions"),
			Status: r.text("status"), SaidHeldBy: r.text("said_held_by"), Summary: r.text("summary"), Notes: r.text("notes"),
			Harm: data.Harm{
				KilledMin: r.count("killed_min"), KilledMax: r.count("killed_max"), InjuredMin: r.count("injured_min"), InjuredMax: r.count("injured_max"),
				CiviliansKilledMin: r.count("civilians_killed_min"), ChildrenKilledMin: r.count("children_killed_min"),
			},
		}
		i.Citations = cited[i.ID]
		i.TownshipCode = g.TownshipCode(i.Township, i.StateRegion)
		if p, ok := i.Point(); ok && i.PlaceCode == "" && i.LocationPrecision == "locality" {
			name, _, _ := strings.Cut(i.Place, "(")
			if town := g.Match(name, i.TownshipCode, p, i.Uncertainty()); town != nil {
				i.PlaceCode = town.Code
			}
		}
		all = append(all, i)
		return nil
	})
	return all, err
}
