package data

import (
	"encoding/json"

	"github.com/paulmach/orb"
)

// Control is a sourced assertion: an actor controls, contests or claims a
// place, an area or a drawn polygon over the half-open period [ValidFrom,
// ValidTo). Competing assertions stand side by side.
type Control struct {
	ID            string          `json:"id"`
	Place         string          `json:"place,omitempty"`
	PlaceCode     string          `json:"place_code,omitempty"`
	AreaCode      string          `json:"area_code,omitempty"`
	Geometry      json.RawMessage `json:"geometry,omitempty"` // a drawn GeoJSON Polygon or MultiPolygon
	Township      string          `json:"township,omitempty"`
	StateRegion   string          `json:"state_region,omitempty"`
	Lon           *float64        `json:"lon,omitempty"`
	Lat           *float64        `json:"lat,omitempty"`
	Coordinates   string          `json:"coordinates,omitempty"` // where lon and lat come from
	Actor         string          `json:"actor"`
	Status        string          `json:"status"`                   // controlled, contested or claimed
	ValidFrom     string          `json:"valid_from,omitempty"`     // empty: since before the record
	ValidTo       string          `json:"valid_to,omitempty"`       // exclusive; empty: no later change known
	DatePrecision string          `json:"date_precision,omitempty"` // of ValidFrom
	How           string          `json:"how,omitempty"`
	AccuracyM     *float64        `json:"accuracy_m,omitempty"` // of a drawn boundary; an area brings its own
	Source        string          `json:"source,omitempty"`
	SourceURL     string          `json:"source_url,omitempty"`
	Publisher     string          `json:"publisher,omitempty"`
	Note          string          `json:"note,omitempty"`
	Withheld      bool            `json:"withheld,omitempty"`
	PublishAfter  string          `json:"publish_after,omitempty"`
}

func (*Control) Collection() string { return Controls }
func (c *Control) Key() string      { return c.ID }

// Check reports the first field that can not stand.
func (c *Control) Check() error {
	if err := checkID(c.ID); err != nil {
		return err
	}
	if c.Actor == "" {
		return invalid("actor", "is empty", "give the code of an actor, for example MNDAA")
	}
	if err := checkCode("status", c.Status, controlStatusCodes, true); err != nil {
		return err
	}
	if err := checkCode("date_precision", c.DatePrecision, datePrecisionCodes, false); err != nil {
		return err
	}
	if c.PlaceCode == "" && c.AreaCode == "" && len(c.Geometry) == 0 {
		return invalid("place_code", "is empty", "say what is controlled: place_code, area_code or geometry")
	}
	if c.ValidFrom != "" {
		if _, err := parseDay("valid_from", c.ValidFrom); err != nil {
			return err
		}
	}
	if c.ValidTo != "" {
		if _, err := parseDay("valid_to", c.ValidTo); err != nil {
			return err
		}
		if c.ValidFrom != "" && c.ValidTo <= c.ValidFrom {
			return invalid("valid_to", "is not after valid_from "+c.ValidFrom, "it is the first day on which this no longer holds")
		}
	}
	if c.AccuracyM != nil && !(*c.AccuracyM >= 0 && *c.AccuracyM <= maxUncertaintyM) {
		return invalid("accuracy_m", "must lie between 0 and 2000000 metres", "")
	}
	if err := checkPosition(c.Lon, c.Lat); err != nil {
		return err
	}
	if len(c.Geometry) > 0 {
		if _, err := polygonGeometry(c.Geometry); err != nil {
			return err
		}
	}
	return checkPublishAfter(c.PublishAfter)
}

// Span returns the days [from, to) over which the assertion holds; the ends
// of time where it is open.
func (c *Control) Span() (from, to int32, err error) {
	from, to = firstDay, lastDay
	if c.ValidFrom != "" {
		if from, err = parseDay("valid_from", c.ValidFrom); err != nil {
			return 0, 0, err
		}
	}
	if c.ValidTo != "" {
		if to, err = parseDay("valid_to", c.ValidTo); err != nil {
			return 0, 0, err
		}
	}
	return from, to, nil
}

// firstDay and lastDay stand for an open end of a period.
const (
	firstDay int32 = -1 << 30
	lastDay  int32 = 1 << 30
)

// Place is a gazetteer point.
type Place struct {
	Code         string   `json:"code"` // MIMU P-code, GeoNames id or our own
	Name         string   `json:"name"`
	NameMy       string   `json:"name_my,omitempty"`
	NameZh       string   `json:"name_zh,omitempty"`
	Kind         string   `json:"kind"` // town, village, gate ...
	TownshipCode string   `json:"township_code,omitempty"`
	Township     string   `json:"township,omitempty"`
	StateCode    string   `json:"state_code,omitempty"`
	StateRegion  string   `json:"state_region,omitempty"`
	Lon          float64  `json:"lon"`
	Lat          float64  `json:"lat"`
	Aliases      []string `json:"aliases,omitempty"`
	Coordinates  string   `json:"coordinates,omitempty"` // where lon and lat come from
}

func (*Place) Collection() string { return Places }
func (p *Place) Key() string      { return p.Code }

// Point returns the place's position.
func (p *Place) Point() orb.Point { return orb.Point{p.Lon, p.Lat} }

// Check reports the first field that can not stand.
func (p *Place) Check() error {
	if err := checkID(p.Code); err != nil {
		return err
	}
	if p.Name == "" {
		return invalid("name", "is empty", "give the name in Latin script")
	}
	return checkPosition(&p.Lon, &p.Lat)
}

// Gate is a crossing on a border.
type Gate struct {
	ID                 string  `json:"id"`
	Name               string  `json:"name"`
	OtherSide          string  `json:"other_side,omitempty"`
	OtherCountry       string  `json:"other_country,omitempty"`
	Border             string  `json:"border,omitempty"`
	Township           string  `json:"township,omitempty"`
	StateRegion        string  `json:"state_region,omitempty"`
	Lon                float64 `json:"lon"`
	Lat                float64 `json:"lat"`
	Coordinates        string  `json:"coordinates,omitempty"`
	Controller         string  `json:"controller,omitempty"`
	ControllerFrom     string  `json:"controller_from,omitempty"`      // day or month, as said
	ControllerLastSeen string  `json:"controller_last_seen,omitempty"` // day or month, as said
	SourceURL          string  `json:"source_url,omitempty"`
	Publisher          string  `json:"publisher,omitempty"`
	Note               string  `json:"note,omitempty"`
}

func (*Gate) Collection() string { return Gates }
func (g *Gate) Key() string      { return g.ID }

// Check reports the first field that can not stand.
func (g *Gate) Check() error {
	if err := checkID(g.ID); err != nil {
		return err
	}
	if g.Name == "" {
		return invalid("name", "is empty", "give the crossing's name")
	}
	return checkPosition(&g.Lon, &g.Lat)
}
