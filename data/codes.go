package data

import (
	"slices"
	"strings"

	"strikewatch/data/columns"
)

// The code lists. ACLED: sub_event_type and geo_precision; UCDP:
// type_of_violence has no weapon, so only where_prec has equivalents.
var (
	kinds = []columns.Code{
		{Value: "airstrike", Title: "Airstrike by fixed-wing aircraft", ACLED: "Air/drone strike"},
		{Value: "helicopter_attack", Title: "Attack by helicopter", ACLED: "Air/drone strike"},
		{Value: "drone_strike", Title: "Strike by drone", ACLED: "Air/drone strike"},
		{Value: "paramotor_attack", Title: "Attack by paramotor or gyrocopter", ACLED: "Air/drone strike"},
		{Value: "shelling", Title: "Shelling, artillery or missile attack", ACLED: "Shelling/artillery/missile attack"},
		{Value: "explosion", Title: "Explosion of unclear delivery", ACLED: "Remote explosive/landmine/IED"},
		{Value: "battle", Title: "Battle on the ground", ACLED: "Armed clash"},
		{Value: "other", Title: "Other attack", ACLED: "Attack"},
	}
	statuses = []columns.Code{
		{Value: "draft", Title: "Draft, not reviewed"},
		{Value: "reported", Title: "Reported by one source"},
		{Value: "corroborated", Title: "Reported by two independent sources"},
		{Value: "verified", Title: "Geolocated or officially confirmed"},
		{Value: "disputed", Title: "Disputed"},
		{Value: "retracted", Title: "Retracted"},
	}
	datePrecisions = []columns.Code{
		{Value: "day", Title: "The days are known", ACLED: "1", UCDP: "1"},
		{Value: "week", Title: "Within the week", ACLED: "2", UCDP: "2-3"},
		{Value: "month", Title: "Within the month", ACLED: "3", UCDP: "4"},
		{Value: "year", Title: "Within the year", UCDP: "5"},
	}
	locationPrecisions = []columns.Code{
		{Value: "exact", Title: "The very spot (10 m)", ACLED: "1", UCDP: "1"},
		{Value: "vicinity", Title: "The vicinity (250 m)", ACLED: "1", UCDP: "1"},
		{Value: "locality", Title: "The village (1.5 km) or town (3 km)", ACLED: "1", UCDP: "1-2"},
		{Value: "township", Title: "The township (20 km)", ACLED: "2", UCDP: "3"},
		{Value: "region", Title: "The state or region (80 km)", ACLED: "3", UCDP: "4-7"},
	}
	certainties = []columns.Code{
		{Value: "certain", Title: "One holder over the whole disk and window"},
		{Value: "ambiguous", Title: "More than one holder, a change of hands, or contested"},
		{Value: "unknown", Title: "No sourced assertion"},
	}
	responses = []columns.Code{
		{Value: "claimed", Title: "The attacker claims it"},
		{Value: "denied", Title: "The attacker denies it"},
		{Value: "silent", Title: "The attacker is silent"},
	}
	controlStatuses = []columns.Code{
		{Value: "controlled", Title: "Controlled"},
		{Value: "contested", Title: "Contested"},
		{Value: "claimed", Title: "Claimed"},
	}

	kindCodes              = values(kinds)
	statusCodes            = values(statuses)
	datePrecisionCodes     = values(datePrecisions)
	locationPrecisionCodes = values(locationPrecisions)
	responseCodes          = values(responses)
	controlStatusCodes     = values(controlStatuses)
	publicPrecisionCodes   = []string{"township", "region"}
)

func values(codes []columns.Code) []string {
	v := make([]string, len(codes))
	for i, c := range codes {
		v[i] = c.Value
	}
	return v
}

func checkCode(field, value string, codes []string, required bool) error {
	if value == "" && !required || slices.Contains(codes, value) {
		return nil
	}
	problem := "is empty"
	if value != "" {
		problem = "is " + `"` + value + `", which is no code`
	}
	return invalid(field, problem, "use one of "+strings.Join(codes, ", "))
}

// precisionRadius returns the metres that a point of this precision may be
// off when its record does not say. A town's 3 km are said by its record.
func precisionRadius(precision string) float64 {
	switch precision {
	case "exact":
		return 10
	case "vicinity":
		return 250
	case "locality":
		return 1500
	case "township":
		return 20_000
	}
	return 80_000
}
