package data

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

// controlView is a control record with the area that it resolves to.
type controlView struct {
	Control
	stamp
	areaCode string
	accuracy *float64
}

var controls = newView(
	columns.Schema{Collection: Controls, Geometry: "Geometry", Start: "valid_from", End: "valid_to", EndOpen: true},
	slices.Concat([]field[*controlView]{
		textField("id", "Id", "Stable identifier", func(v *controlView) string { return v.ID }),
		textField("place", "Place", "Place as recorded", func(v *controlView) string { return v.Place }),
		textField("place_code", "Place code", "Gazetteer code of the place", func(v *controlView) string { return v.PlaceCode }),
		textField("area_code", "Area code", "Code of the area that the control extends to", func(v *controlView) string { return v.areaCode }),
		textField("township", "Township", "Township", func(v *controlView) string { return v.Township }),
		textField("state_region", "State or region", "First-level unit", func(v *controlView) string { return v.StateRegion }),
		textField("actor", "Actor", "Code of the actor", func(v *controlView) string { return v.Actor }),
		textField("status", "Status", "Controlled, contested or claimed", func(v *controlView) string { return v.Status }).codes(controlStatuses),
		dayField("valid_from", "Valid from", "First day; empty: since before the record", func(v *controlView) string { return v.ValidFrom }),
		dayField("valid_to", "Valid to", "First day on which it no longer holds; empty: no later change known", func(v *controlView) string { return v.ValidTo }),
		textField("date_precision", "Date precision", "How closely valid_from is known", func(v *controlView) string { return v.DatePrecision }).codes(datePrecisions),
		textField("how", "How", "How it changed hands", func(v *controlView) string { return v.How }),
		realField("accuracy_m", "Accuracy", "How far the boundary may be off", func(v *controlView) *float64 { return v.accuracy }).unit("m"),
		textField("coordinates", "Coordinates from", "Where the coordinates come from", func(v *controlView) string { return v.Coordinates }),
		textField("source_url", "Source", "Address of the publication", func(v *controlView) string { return v.SourceURL }),
		textField("publisher", "Publisher", "Who published it", func(v *controlView) string { return v.Publisher }),
		textField("note", "Note", "What the coder adds", func(v *controlView) string { return v.Note }).long(),
	}, stampFields(func(v *controlView) stamp { return v.stamp })),
)

// placeView, areaView and the rest are the plain documents with their stamp.
type (
	placeView struct {
		*Place
		stamp
	}
	areaView struct {
		*Area
		stamp
	}
	borderView struct {
		*Border
		stamp
	}
	gateView struct {
		*Gate
		stamp
	}
	actorView struct {
		*Actor
		stamp
	}
	sourceView struct {
		*Source
		stamp
	}
)

// territoryView is one state of an actor's territory, computed.
type territoryView struct {
	ID, Actor, ActorName, Color, Status, ValidFrom, ValidTo string
	AreaKM2                                                 float64
	Places                                                  []string
	AccuracyM                                               float64
	Generalised                                             bool
	polygon                                                 orb.MultiPolygon
}

var territories = newView(
	columns.Schema{Collection: Territory, Geometry: "MultiPolygon", Start: "valid_from", End: "valid_to", EndOpen: true},
	[]field[*territoryView]{
		textField("id", "Id", "Actor, status and first day of this state", func(v *territoryView) string { return v.ID }),
		textField("actor", "Actor", "Code of the actor", func(v *territoryView) string { return v.Actor }),
		textField("actor_name", "Actor's name", "Name of the actor", func(v *territoryView) string { return v.ActorName }),
		textField("color", "Colour", "Colour on maps, #rrggbb", func(v *territoryView) string { return v.Color }),
		textField("status", "Status", "Controlled, contested or claimed", func(v *territoryView) string { return v.Status }).codes(controlStatuses),
		dayField("valid_from", "Valid from", "First day of this state; empty: since before the record", func(v *territoryView) string { return v.ValidFrom }),
		dayField("valid_to", "Valid to", "First day on which it no longer holds; empty: still", func(v *territoryView) string { return v.ValidTo }),
		realField("area_km2", "Area", "Area on the ellipsoid", func(v *territoryView) *float64 { return &v.AreaKM2 }).unit("km²"),
		textField("places", "Places", "Places whose control is recorded", func(v *territoryView) string { return strings.Join(v.Places, "; ") }),
		intField("place_count", "Number of places", "How many places", func(v *territoryView) *int64 { n := int64(len(v.Places)); return &n }),
		realField("accuracy_m", "Accuracy", "How far the boundary may be off", func(v *territoryView) *float64 { return &v.AccuracyM }).unit("m"),
		boolField("generalised", "Generalised", "The boundary is drawn from town control, not surveyed", func(v *territoryView) bool { return v.Generalised }),
	},
)
