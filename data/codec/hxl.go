package codec

import (
	"strings"

	"strikewatch/data/columns"
)

// hxlTags returns the row of HXL hashtags (https://hxlstandard.org, 1.1) for
// the columns of a table of s.
func hxlTags(s *columns.Schema, g geometryColumns) []string {
	tags := make([]string, 0, len(s.Fields)+2)
	for i := range s.Fields {
		tags = append(tags, hxlTag(&s.Fields[i]))
	}
	switch g {
	case lonLat:
		tags = append(tags, "#geo+lon", "#geo+lat")
	case wellKnownText:
		tags = append(tags, "#geo+bounds+wkt")
	}
	return tags
}

// hxlTag returns the hashtag of a known field, else one that says only what
// its type says.
func hxlTag(f *columns.Field) string {
	if tag := hxlKnown(f.Name); tag != "" {
		return tag
	}
	switch f.Type {
	case columns.Int, columns.Real:
		return "#indicator+num+" + f.Name
	case columns.Day, columns.Time:
		return "#date+" + f.Name
	}
	return "#meta+" + f.Name
}

func hxlKnown(name string) string {
	switch name {
	case "id":
		return "#meta+id"
	case "code":
		return "#loc+code"
	case "name", "place":
		return "#loc+name"
	case "name_my":
		return "#loc+name+i_my"
	case "name_zh":
		return "#loc+name+i_zh"
	case "place_code":
		return "#loc+code"
	case "state_region":
		return "#adm1+name"
	case "state_code":
		return "#adm1+code"
	case "township":
		return "#adm3+name"
	case "township_code":
		return "#adm3+code"
	case "kind":
		return "#event+type"
	case "target":
		return "#event+target"
	case "status":
		return "#status"
	case "attacker":
		return "#group+attacker"
	case "held_by":
		return "#group+holder"
	case "actor", "controller":
		return "#group+code"
	case "actor_name":
		return "#group+name"
	case "date_start", "valid_from":
		return "#date+start"
	case "date_end", "valid_to":
		return "#date+end"
	case "recorded_at":
		return "#date+recorded"
	case "uncertainty_m":
		return "#geo+uncertainty+m"
	case "location_precision":
		return "#geo+precision"
	case "border_km", "border_km_min", "border_km_max":
		return "#geo+distance+" + name
	case "summary", "description":
		return "#description"
	case "sources", "source", "publisher":
		return "#meta+source"
	case "source_url", "url":
		return "#meta+url"
	}
	base, isMin := strings.CutSuffix(name, "_min")
	base, isMax := strings.CutSuffix(base, "_max")
	if (isMin || isMax) && (strings.HasSuffix(base, "killed") || strings.HasSuffix(base, "injured")) {
		tag := strings.ReplaceAll(name, "_", "+")
		return "#affected+" + strings.Replace(tag, "women+", "f+adults+", 1)
	}
	return ""
}
