package data

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"

	"strikewatch/geo"
)

// Area is an administrative or generalised polygon.
type Area struct {
	Code         string          `json:"code"`
	Name         string          `json:"name"`
	NameMy       string          `json:"name_my,omitempty"`
	NameZh       string          `json:"name_zh,omitempty"`
	Level        string          `json:"level"` // country, state, district, township, town or river
	PlaceCode    string          `json:"place_code,omitempty"`
	AlsoPlaces   []string        `json:"also_places,omitempty"` // further gazetteer codes of the same place
	ParentCode   string          `json:"parent_code,omitempty"`
	Township     string          `json:"township,omitempty"`
	TownshipCode string          `json:"township_code,omitempty"`
	StateRegion  string          `json:"state_region,omitempty"`
	Generalised  bool            `json:"generalised,omitempty"` // not a surveyed boundary
	AccuracyM    float64         `json:"accuracy_m,omitempty"`  // how far the boundary may be off
	Source       string          `json:"source,omitempty"`
	Licence      string          `json:"licence,omitempty"`
	Geometry     json.RawMessage `json:"geometry"` // GeoJSON Polygon or MultiPolygon
}

func (*Area) Collection() string { return Areas }
func (a *Area) Key() string      { return a.Code }

// Check reports the first field that can not stand.
func (a *Area) Check() error {
	if err := checkID(a.Code); err != nil {
		return err
	}
	if err := checkCode("level", a.Level, areaLevels, true); err != nil {
		return err
	}
	if !(a.AccuracyM >= 0 && a.AccuracyM <= maxUncertaintyM) {
		return invalid("accuracy_m", "must lie between 0 and 2000000 metres", "")
	}
	_, err := polygonGeometry(a.Geometry)
	return err
}

var areaLevels = []string{"country", "state", "district", "township", "town", "river"}

// Border is an international boundary line.
type Border struct {
	Code      string          `json:"code"` // mmr-chn
	Name      string          `json:"name"`
	Countries string          `json:"countries"` // ISO 3166-1 alpha-3, comma-joined
	LengthKM  float64         `json:"length_km"`
	Source    string          `json:"source,omitempty"`
	Licence   string          `json:"licence,omitempty"`
	Geometry  json.RawMessage `json:"geometry"` // GeoJSON LineString or MultiLineString
}

func (*Border) Collection() string { return Borders }
func (b *Border) Key() string      { return b.Code }

// Check reports the first field that can not stand.
func (b *Border) Check() error {
	if err := checkID(b.Code); err != nil {
		return err
	}
	_, err := lineGeometry(b.Geometry)
	return err
}

// Actor is an armed organisation or force.
type Actor struct {
	Code      string   `json:"code"`
	Name      string   `json:"name"`
	NameMy    string   `json:"name_my,omitempty"`
	Kind      string   `json:"kind,omitempty"`
	Alliance  string   `json:"alliance,omitempty"`
	Color     string   `json:"color,omitempty"` // #rrggbb, for maps
	Aliases   []string `json:"aliases,omitempty"`
	SourceURL string   `json:"source_url,omitempty"`
	Note      string   `json:"note,omitempty"`
}

func (*Actor) Collection() string { return Actors }
func (a *Actor) Key() string      { return a.Code }

// Check reports the first field that can not stand.
func (a *Actor) Check() error { return checkID(a.Code) }

// Source is a publication.
type Source struct {
	ID               string `json:"id"`
	URL              string `json:"url,omitempty"`
	Publisher        string `json:"publisher,omitempty"`
	Published        string `json:"published,omitempty"` // civil day
	Language         string `json:"language,omitempty"`
	Confidential     bool   `json:"confidential,omitempty"`      // its identity never leaves the desk
	NoRedistribution bool   `json:"no_redistribution,omitempty"` // rows that rest on it alone stay out of public answers
}

func (*Source) Collection() string { return Sources }
func (s *Source) Key() string      { return s.ID }

// Check reports the first field that can not stand.
func (s *Source) Check() error {
	if err := checkID(s.ID); err != nil {
		return err
	}
	if s.Published != "" {
		if _, err := parseDay("published", s.Published); err != nil {
			return err
		}
	}
	return nil
}

func polygonGeometry(raw json.RawMessage) (orb.MultiPolygon, error) {
	g, err := geometry(raw)
	if err != nil {
		return nil, err
	}
	switch g := g.(type) {
	case orb.Polygon:
		return orb.MultiPolygon{g}, nil
	case orb.MultiPolygon:
		return g, nil
	}
	return nil, invalid("geometry", "is a "+g.GeoJSONType(), "give a Polygon or MultiPolygon")
}

func lineGeometry(raw json.RawMessage) (orb.MultiLineString, error) {
	g, err := geometry(raw)
	if err != nil {
		return nil, err
	}
	switch g := g.(type) {
	case orb.LineString:
		return orb.MultiLineString{g}, nil
	case orb.MultiLineString:
		return g, nil
	}
	return nil, invalid("geometry", "is a "+g.GeoJSONType(), "give a LineString or MultiLineString")
}

func geometry(raw json.RawMessage) (orb.Geometry, error) {
	if len(raw) == 0 {
		return nil, invalid("geometry", "is missing", "give a GeoJSON geometry")
	}
	g, err := geojson.UnmarshalGeometry(raw)
	if err != nil {
		return nil, invalid("geometry", "is no GeoJSON geometry: "+err.Error(), "see RFC 7946 section 3.1")
	}
	if g.Coordinates == nil {
		return nil, invalid("geometry", "is empty", "give its coordinates")
	}
	return g.Geometry(), nil
}

func checkPosition(lon, lat *float64) error {
	if (lon == nil) != (lat == nil) {
		return invalid("lon", "and lat must come together", "leave both out when the place is not known")
	}
	if lon == nil {
		return nil
	}
	if err := geo.CheckPosition(orb.Point{*lon, *lat}); err != nil {
		return invalid("lat", err.Error(), "give lon and lat in degrees, WGS 84")
	}
	return nil
}

func checkPublishAfter(s string) error {
	if s == "" {
		return nil
	}
	_, err := parseTime("publish_after", s)
	return err
}

// publishTime returns when the document may be shown: not before recorded.
func publishTime(publishAfter string, recorded time.Time) (time.Time, error) {
	if publishAfter == "" {
		return recorded, nil
	}
	t, err := parseTime("publish_after", publishAfter)
	if err != nil {
		return time.Time{}, fmt.Errorf("gate: %w", err)
	}
	if t.Before(recorded) {
		return recorded, nil
	}
	return t, nil
}
