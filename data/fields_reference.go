package data

import (
	"slices"
	"strings"

	"strikewatch/data/columns"
)

var places = newView(
	columns.Schema{Collection: Places, Geometry: "Point"},
	slices.Concat([]field[placeView]{
		textField("code", "Code", "MIMU P-code, GeoNames id or our own", func(v placeView) string { return v.Code }),
		textField("name", "Name", "Name in Latin script", func(v placeView) string { return v.Name }),
		textField("name_my", "Burmese name", "Name in Burmese script", func(v placeView) string { return v.NameMy }),
		textField("name_zh", "Chinese name", "Name in Chinese script", func(v placeView) string { return v.NameZh }),
		textField("kind", "Kind", "Town, village, gate ...", func(v placeView) string { return v.Kind }),
		textField("township_code", "Township code", "Code of the township", func(v placeView) string { return v.TownshipCode }),
		textField("township", "Township", "Township", func(v placeView) string { return v.Township }),
		textField("state_code", "State code", "Code of the state or region", func(v placeView) string { return v.StateCode }),
		textField("state_region", "State or region", "First-level unit", func(v placeView) string { return v.StateRegion }),
		textField("aliases", "Aliases", "Other names and spellings", func(v placeView) string { return strings.Join(v.Aliases, "; ") }),
		textField("coordinates", "Coordinates from", "Where the coordinates come from", func(v placeView) string { return v.Coordinates }),
	}, stampFields(func(v placeView) stamp { return v.stamp })),
)

var areas = newView(
	columns.Schema{Collection: Areas, Geometry: "MultiPolygon"},
	slices.Concat([]field[areaView]{
		textField("code", "Code", "Code of the area", func(v areaView) string { return v.Code }),
		textField("name", "Name", "Name in Latin script", func(v areaView) string { return v.Name }),
		textField("name_my", "Burmese name", "Name in Burmese script", func(v areaView) string { return v.NameMy }),
		textField("name_zh", "Chinese name", "Name in Chinese script", func(v areaView) string { return v.NameZh }),
		textField("level", "Level", "country, state, district, township, town or river", func(v areaView) string { return v.Level }),
		textField("place_code", "Place code", "The place that the area belongs to", func(v areaView) string { return v.PlaceCode }),
		textField("parent_code", "Parent code", "The area that holds this one", func(v areaView) string { return v.ParentCode }),
		textField("township", "Township", "Township", func(v areaView) string { return v.Township }),
		textField("state_region", "State or region", "First-level unit", func(v areaView) string { return v.StateRegion }),
		boolField("generalised", "Generalised", "Not a surveyed boundary", func(v areaView) bool { return v.Generalised }),
		realField("accuracy_m", "Accuracy", "How far the boundary may be off", func(v areaView) *float64 { return &v.AccuracyM }).unit("m"),
		textField("source", "Source", "Where the boundary comes from", func(v areaView) string { return v.Area.Source }),
		textField("licence", "Licence", "Licence of the boundary", func(v areaView) string { return v.Licence }),
	}, stampFields(func(v areaView) stamp { return v.stamp })),
)

var borders = newView(
	columns.Schema{Collection: Borders, Geometry: "MultiLineString"},
	slices.Concat([]field[borderView]{
		textField("code", "Code", "Code of the border", func(v borderView) string { return v.Code }),
		textField("name", "Name", "Name of the border", func(v borderView) string { return v.Name }),
		textField("countries", "Countries", "The two countries, ISO 3166-1 alpha-3", func(v borderView) string { return v.Countries }).list(),
		realField("length_km", "Length", "Length on the ellipsoid", func(v borderView) *float64 { return &v.LengthKM }).unit("km"),
		textField("source", "Source", "Where the line comes from", func(v borderView) string { return v.Border.Source }),
		textField("licence", "Licence", "Licence of the line", func(v borderView) string { return v.Licence }),
	}, stampFields(func(v borderView) stamp { return v.stamp })),
)

var gates = newView(
	columns.Schema{Collection: Gates, Geometry: "Point"},
	slices.Concat([]field[gateView]{
		textField("id", "Id", "Stable identifier", func(v gateView) string { return v.ID }),
		textField("name", "Name", "Name of the crossing", func(v gateView) string { return v.Name }),
		textField("other_side", "Other side", "Name on the other side", func(v gateView) string { return v.OtherSide }),
		textField("other_country", "Other country", "Country on the other side", func(v gateView) string { return v.OtherCountry }),
		textField("border", "Border", "Code of the border", func(v gateView) string { return v.Border }),
		textField("township", "Township", "Township", func(v gateView) string { return v.Township }),
		textField("state_region", "State or region", "First-level unit", func(v gateView) string { return v.StateRegion }),
		textField("coordinates", "Coordinates from", "Where the coordinates come from", func(v gateView) string { return v.Coordinates }),
		textField("controller", "Controller", "Code of the actor that runs it", func(v gateView) string { return v.Controller }),
		textField("controller_from", "Controller from", "Since when, as reported", func(v gateView) string { return v.ControllerFrom }),
		textField("controller_last_seen", "Controller last seen", "Last report that confirms it", func(v gateView) string { return v.ControllerLastSeen }),
		textField("source_url", "Source", "Address of the publication", func(v gateView) string { return v.SourceURL }),
		textField("publisher", "Publisher", "Who published it", func(v gateView) string { return v.Publisher }),
		textField("note", "Note", "What the coder adds", func(v gateView) string { return v.Note }).long(),
	}, stampFields(func(v gateView) stamp { return v.stamp })),
)

var actors = newView(
	columns.Schema{Collection: Actors},
	slices.Concat([]field[actorView]{
		textField("code", "Code", "Code of the actor", func(v actorView) string { return v.Code }),
		textField("name", "Name", "Name in English", func(v actorView) string { return v.Name }),
		textField("name_my", "Burmese name", "Name in Burmese script", func(v actorView) string { return v.NameMy }),
		textField("kind", "Kind", "State forces, ethnic armed organisation ...", func(v actorView) string { return v.Kind }),
		textField("alliance", "Alliance", "Alliances it belongs to", func(v actorView) string { return v.Alliance }),
		textField("color", "Colour", "Colour on maps, #rrggbb", func(v actorView) string { return v.Color }),
		textField("aliases", "Aliases", "Names that the press uses", func(v actorView) string { return strings.Join(v.Aliases, "; ") }),
		textField("source_url", "Source", "Address of a publication", func(v actorView) string { return v.SourceURL }),
		textField("note", "Note", "What the coder adds", func(v actorView) string { return v.Note }).long(),
	}, stampFields(func(v actorView) stamp { return v.stamp })),
)

var sources = newView(
	columns.Schema{Collection: Sources},
	slices.Concat([]field[sourceView]{
		textField("id", "Id", "Stable identifier", func(v sourceView) string { return v.ID }),
		textField("publisher", "Publisher", "Who published it", func(v sourceView) string { return v.Publisher }),
		textField("url", "Address", "Where it was published", func(v sourceView) string { return v.URL }),
		dayField("published", "Published", "Day of publication, empty when not said", func(v sourceView) string { return v.Published }),
		textField("language", "Language", "ISO 639-1 code", func(v sourceView) string { return v.Language }),
	}, stampFields(func(v sourceView) stamp { return v.stamp })),
)
