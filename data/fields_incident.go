package data

import (
	"slices"

	"strikewatch/data/columns"
)

// incidentView is an incident as the public may see it, with what is derived
// from that view.
type incidentView struct {
	Incident
	stamp
	earliest, latest string // the window, civil days
	uncertainty      *float64
	held             holding
	near             nearness
	sources          string
}

var incidents = newView(
	columns.Schema{Collection: Incidents, Geometry: "Point", Start: "date_earliest", End: "date_latest"},
	slices.Concat(incidentWhatWhen, incidentWhere, incidentWho, incidentHarm, incidentKnowledge,
		stampFields(func(v *incidentView) stamp { return v.stamp })),
)

type incidentField = field[*incidentView]

var incidentWhatWhen = []incidentField{
	textField("id", "Id", "Stable identifier", func(v *incidentView) string { return v.ID }).unique(),
	textField("kind", "Kind", "Kind of attack", func(v *incidentView) string { return v.Kind }).codes(kinds),
	dayField("date_start", "First day", "First day as reported, local civil day", func(v *incidentView) string { return v.DateStart }),
	dayField("date_end", "Last day", "Last day as reported, inclusive", func(v *incidentView) string { return v.DateEnd }),
	textField("date_precision", "Date precision", "How closely the days are known", func(v *incidentView) string { return v.DatePrecision }).codes(datePrecisions),
	dayField("date_earliest", "Earliest day", "First day on which it may have happened, given the precision", func(v *incidentView) string { return v.earliest }),
	dayField("date_latest", "Latest day", "Last day on which it may have happened, inclusive", func(v *incidentView) string { return v.latest }),
	textField("time_local", "Local time", "Local time of day as reported", func(v *incidentView) string { return v.TimeLocal }),
}

var incidentWhere = []incidentField{
	textField("place", "Place", "Place as reported", func(v *incidentView) string { return v.Place }),
	textField("place_code", "Place code", "Gazetteer code of the place", func(v *incidentView) string { return v.PlaceCode }),
	textField("township", "Township", "Township", func(v *incidentView) string { return v.Township }),
	textField("township_code", "Township code", "Code of the township", func(v *incidentView) string { return v.TownshipCode }),
	textField("state_region", "State or region", "First-level unit", func(v *incidentView) string { return v.StateRegion }),
	textField("location_precision", "Location precision", "How closely the place is known", func(v *incidentView) string { return v.LocationPrecision }).codes(locationPrecisions),
	realField("uncertainty_m", "Uncertainty", "Radius that the point may be off", func(v *incidentView) *float64 { return v.uncertainty }).unit("m"),
}

var incidentWho = []incidentField{
	textField("attacker", "Attacker", "Code of the attacking actor", func(v *incidentView) string { return v.Attacker }).list(),
	textField("target", "Target", "What was hit, as reported", func(v *incidentView) string { return v.Target }),
	intField("munitions_count", "Munitions", "Number of bombs or other munitions", func(v *incidentView) *int64 { return v.MunitionsCount }),
	textField("munitions", "Munitions described", "Munitions as reported", func(v *incidentView) string { return v.Munitions }),
}

var incidentHarm = []incidentField{
	persons("killed_min", "Killed, least", "Fewest killed that the sources give", func(v *incidentView) *int64 { return v.KilledMin }),
	persons("killed_max", "Killed, most", "Most killed that the sources give", func(v *incidentView) *int64 { return v.KilledMax }),
	persons("injured_min", "Injured, least", "Fewest injured that the sources give", func(v *incidentView) *int64 { return v.InjuredMin }),
	persons("injured_max", "Injured, most", "Most injured that the sources give", func(v *incidentView) *int64 { return v.InjuredMax }),
	persons("civilians_killed_min", "Civilians killed, least", "Of those killed, civilians", func(v *incidentView) *int64 { return v.CiviliansKilledMin }),
	persons("civilians_killed_max", "Civilians killed, most", "Of those killed, civilians", func(v *incidentView) *int64 { return v.CiviliansKilledMax }),
	persons("children_killed_min", "Children killed, least", "Of those killed, children", func(v *incidentView) *int64 { return v.ChildrenKilledMin }),
	persons("children_killed_max", "Children killed, most", "Of those killed, children", func(v *incidentView) *int64 { return v.ChildrenKilledMax }),
	persons("women_killed_min", "Women killed, least", "Of those killed, women", func(v *incidentView) *int64 { return v.WomenKilledMin }),
	persons("women_killed_max", "Women killed, most", "Of those killed, women", func(v *incidentView) *int64 { return v.WomenKilledMax }),
	persons("combatants_killed_min", "Combatants killed, least", "Of those killed, combatants", func(v *incidentView) *int64 { return v.CombatantsKilledMin }),
	persons("combatants_killed_max", "Combatants killed, most", "Of those killed, combatants", func(v *incidentView) *int64 { return v.CombatantsKilledMax }),
}

var incidentKnowledge = []incidentField{
	textField("response", "Response", "The attacker's response", func(v *incidentView) string { return v.Response }).codes(responses),
	textField("status", "Status", "How sure it is that this happened", func(v *incidentView) string { return v.Status }).codes(statuses),
	textField("held_by", "Held by", "Who held the place in the window: actor codes in order of share, empty when unknown", func(v *incidentView) string { return v.held.by }).list(),
	textField("held_certainty", "Holder's certainty", "How sure the holder is", func(v *incidentView) string { return v.held.certainty }).codes(certainties),
	textField("held_shares", "Holders' shares", "Share of the uncertainty disk per holder, 0 to 1, as CODE:share", func(v *incidentView) string { return v.held.shares }).unique(),
	textField("held_records", "Holders' records", "Ids of the control records behind held_by", func(v *incidentView) string { return v.held.records }).list(),
	textField("said_held_by", "Said held by", "Who holds the place as the reports themselves say; never an input to held_by", func(v *incidentView) string { return v.SaidHeldBy }),
	textField("border", "Nearest border", "Code of the nearest land border", func(v *incidentView) string { return v.near.border }),
	realField("border_km", "Border distance", "Geodesic distance from the point to the nearest border", func(v *incidentView) *float64 { return v.near.km }).unit("km"),
	realField("border_km_min", "Border distance, least", "Least distance, given the uncertainty", func(v *incidentView) *float64 { return v.near.kmMin }).unit("km"),
	realField("border_km_max", "Border distance, most", "Most distance, given the uncertainty", func(v *incidentView) *float64 { return v.near.kmMax }).unit("km"),
	textField("border_distances", "Distances to all borders", "Distance to every border, nearest first, as code:km", func(v *incidentView) string { return v.near.all }).unique(),
	textField("summary", "Summary", "What happened, in our words", func(v *incidentView) string { return v.Summary }).long(),
	textField("notes", "Notes", "What the coder adds: where sources differ, how a date was inferred", func(v *incidentView) string { return v.Notes }).long(),
	textField("sources", "Sources", "Publications, with day and address", func(v *incidentView) string { return v.sources }).long(),
}

func persons(name, title, description string, value func(*incidentView) *int64) incidentField {
	return intField(name, title, description+"; empty when not known", value).unit("persons")
}
