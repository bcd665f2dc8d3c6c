package report

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

// Strike is one incident of a report: what people read of it, taken from the
// public feature, which is kept as it is.
type Strike struct {
	ID, Kind, Status                  string
	DateStart, DateEnd, DatePrecision string
	Earliest, Latest                  int32 // civil days between which it happened
	Time                              string
	Place, Township, StateRegion      string
	LocationPrecision                 string
	UncertaintyM                      float64
	Attacker, Target, Munitions       string
	MunitionsCount                    *int64
	KilledMin, KilledMax              *int64
	InjuredMin, InjuredMax            *int64
	CiviliansMin, CiviliansMax        *int64
	ChildrenMin, ChildrenMax          *int64
	HeldBy, HeldCertainty, HeldShares string
	KM, MinKM, MaxKM                  float64 // from the border asked for
	Certain                           bool    // within the distance also at the far side of its uncertainty
	Summary, Notes, Sources           string
	Point                             orb.Point
	Located                           bool // Point says where; without it nobody knows

	feature    []byte
	properties json.RawMessage
}

// MarshalJSON writes the flat properties of the feature, certainty included.
func (s *Strike) MarshalJSON() ([]byte, error) { return s.properties, nil }

// strikeReader takes features apart by the query's dictionary.
type strikeReader struct {
	schema *columns.Schema
	record columns.Record
}

func newStrikeReader(s *columns.Schema) *strikeReader { return &strikeReader{schema: s} }

func (r *strikeReader) text(name string) string { return r.value(name).Text }

func (r *strikeReader) value(name string) columns.Value {
	if i := r.schema.Index(name); i >= 0 {
		return r.record.Values[i]
	}
	return columns.Value{}
}

// count is nil when the number is not known.
func (r *strikeReader) count(name string) *int64 {
	v := r.value(name)
	if v.Kind == columns.Null {
		return nil
	}
	return &v.Int
}

func (r *strikeReader) day(name string) string {
	v := r.value(name)
	if v.Kind == columns.Null {
		return ""
	}
	text := v.AppendJSON(nil)
	return string(text[1 : len(text)-1])
}

// readNear reads a strike that was found by its distance, so that it has a
// place.
func (r *strikeReader) readNear(feature []byte) (*Strike, error) {
	s, err := r.read(feature)
	if err == nil && !s.Located {
		return nil, fmt.Errorf("incident %s: is near a border without being anywhere", r.record.ID)
	}
	return s, err
}

func (r *strikeReader) read(feature []byte) (*Strike, error) {
	if err := r.schema.Decode(feature, &r.record); err != nil {
		return nil, err
	}
	var parts struct{ Properties json.RawMessage }
	if err := json.Unmarshal(feature, &parts); err != nil {
		return nil, fmt.Errorf("incident %s: %w", r.record.ID, err)
	}
	point, located := r.record.Geometry.(orb.Point)
	return &Strike{
		ID: r.record.ID, Kind: r.text("kind"), Status: r.text("status"),
		DateStart: r.day("date_start"), DateEnd: r.day("date_end"), DatePrecision: r.text("date_precision"),
		Earliest: int32(r.value("date_earliest").Int), Latest: int32(r.value("date_latest").Int), Time: r.text("time_local"),
		Place: r.text("place"), Township: r.text("township"), StateRegion: r.text("state_region"),
		LocationPrecision: r.text("location_precision"), UncertaintyM: r.value("uncertainty_m").Real,
		Attacker: r.text("attacker"), Target: r.text("target"), Munitions: r.text("munitions"), MunitionsCount: r.count("munitions_count"),
		KilledMin: r.count("killed_min"), KilledMax: r.count("killed_max"),
		InjuredMin: r.count("injured_min"), InjuredMax: r.count("injured_max"),
		CiviliansMin: r.count("civilians_killed_min"), CiviliansMax: r.count("civilians_killed_max"),
		ChildrenMin: r.count("children_killed_min"), ChildrenMax: r.count("children_killed_max"),
		HeldBy: r.text("held_by"), HeldCertainty: r.text("held_certainty"), HeldShares: r.text("held_shares"),
		KM: r.value("border_km").Real, MinKM: r.value("border_km_min").Real, MaxKM: r.value("border_km_max").Real,
		Certain: r.text("certainty") == "certain",
		Summary: r.text("summary"), Notes: r.text("notes"), Sources: r.text("sources"), Point: point, Located: located,
		feature: slices.Clone(feature), properties: parts.Properties,
	}, nil
}
