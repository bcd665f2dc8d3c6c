package api

import (
	"strings"

	"strikewatch/data"
	"strikewatch/data/columns"
)

// parameter describes one parameter of a route, for people and in the
// OpenAPI document.
type parameter struct {
	name        string
	in          string // "query" when empty, or "path"
	description string
	schema      object
	example     any
	required    bool // nothing is answered without it
	empty       bool // an empty value has a meaning
}

// object is a JSON object of the OpenAPI document or of a JSON Schema.
type object = map[string]any

func formatParameter(formats []format) parameter {
	var names, told []string
	for _, f := range formats {
		names = append(names, f.name)
		told = append(told, f.name+" ("+f.title+")")
	}
	return parameter{name: "f", description: "Format of the answer: " + strings.Join(told, ", ") + ". Without it the Accept header decides.",
		schema: object{"type": "string", "enum": names, "default": names[0]}}
}

// filterParameters choose features of a collection: the same ones for items,
// exports, tiles, timelines and summaries.
func filterParameters(c data.Collection) []parameter {
	all := []parameter{
		{name: "bbox", description: "Only what intersects west,south,east,north in degrees (WGS 84). West above east crosses the antimeridian. Six numbers are a box with heights, which are ignored.",
			schema: object{"type": "array", "items": object{"type": "number"}, "minItems": 4, "maxItems": 6, "oneOf": []object{{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}}}, example: []float64{97.6, 22.8, 97.9, 23.1}},
		{name: "datetime", description: "Only what may fall on a day (2024-11-01) or in a period, both ends included (2024-11-01/2024-11-30, ../2024-12-31, 2024-11-01/P2W). Times of day are cut off: days are local civil days.",
			schema: object{"type": "string", "minLength": 1}, example: "2024-01-01/2024-12-31"},
		{name: "filter", description: "Only what fulfils a CQL2 expression over the queryables.", schema: object{"type": "string"}, example: exampleFilter(c)},
		{name: "filter-lang", description: "Language of filter.", schema: object{"type": "string", "enum": []string{"cql2-text", "cql2-json"}, "default": "cql2-text"}},
		{name: "bbox-crs", description: "Coordinate reference system of bbox.", schema: object{"type": "string", "enum": crsURIs(), "default": crs84}},
		{name: "filter-crs", description: "Coordinate reference system of the geometries in filter.", schema: object{"type": "string", "enum": crsURIs(), "default": crs84}},
		{name: "known_at", description: "Answer as the public view stood at this time (RFC 3339).", schema: object{"type": "string", "format": "date-time"}, example: "2030-01-01T00:00:00Z"},
	}
	if c.Schema.Index("recorded_at") >= 0 { // what is computed is neither searched nor recorded
		all = append(all, parameter{name: "q", description: "Only what has these words in any of its texts.", schema: object{"type": "string"}, example: "hospital"})
		all = append(all, parameter{name: "updated_since", description: "Only what appeared or changed after this time (RFC 3339). The first page then lists, as deleted, the ids that left the collection since.",
			schema: object{"type": "string", "format": "date-time"}, example: "2020-01-01T00:00:00Z"})
	}
	if c.ID == data.Incidents {
		all = append(all,
			parameter{name: "border", description: "Code of a border. With within_km: the border that distances are measured to; alone: the nearest border.", schema: object{"type": "string"}, example: "mmr-chn"},
			parameter{name: "within_km", description: "Only what lies within so many kilometres of border, certainly or possibly. Each feature then tells its certainty.", schema: object{"type": "number", "exclusiveMinimum": 0, "maximum": 20038}},
			parameter{name: "certainty", description: "With within_km: only what is certainly within (even at the far end of its uncertainty), or only what is possibly.", schema: object{"type": "string", "enum": []string{"certain", "possible"}}},
			parameter{name: "killed_min", description: "Only where at least so many were killed, by the least figure.", schema: object{"type": "integer", "minimum": 0}, example: 1},
			parameter{name: "injured_min", description: "Only where at least so many were injured, by the least figure.", schema: object{"type": "integer", "minimum": 0}, example: 1},
		)
	}
	for _, f := range c.Schema.Fields {
		if !f.Long && !hasParameter(all, f.Name) {
			all = append(all, queryableParameter(f))
		}
	}
	return all
}

func hasParameter(all []parameter, name string) bool {
	for _, p := range all {
		if p.name == name {
			return true
		}
	}
	return false
}

// queryableParameter filters by a property: any of the values given.
func queryableParameter(f columns.Field) parameter {
	p := parameter{name: f.Name, empty: true,
		description: "Only where " + strings.ToLower(f.Title) + " is this, or one of several joined by commas; empty: where it is not known. " + f.Description + ".",
		schema:      object{"type": "array", "items": fieldSchema(f, false)}}
	if len(f.Codes) > 0 {
		p.example = []string{f.Codes[0].Value}
	}
	return p
}

func exampleFilter(c data.Collection) string {
	for _, f := range c.Schema.Fields {
		if len(f.Codes) > 0 {
			return f.Name + " = '" + f.Codes[0].Value + "'"
		}
	}
	return c.Schema.Fields[0].Name + " IS NOT NULL"
}

// pageParameters walk through the features.
func pageParameters() []parameter {
	return []parameter{
		{name: "limit", description: "Features on a page (more than the maximum is taken for the maximum); of an export, features in all (without it: every one).", schema: object{"type": "integer", "minimum": 1, "maximum": 10000, "default": 100}, example: 10},
		{name: "after", description: "Where the page before ended, as its next link says.", schema: object{"type": "string"}},
		crsParameter(),
		versionParameter(),
		hxlParameter(),
		{name: "form", description: "Sent by the form of the HTML page, which then drops the parameters left empty.", schema: object{"type": "string", "enum": []string{"1"}}},
	}
}

// itemsParameters are the filters of a collection and what names its
// properties.
func itemsParameters(c data.Collection) []parameter {
	var names, orders []string
	for _, f := range c.Schema.Fields {
		names = append(names, f.Name)
	}
	for _, name := range c.Schema.Sortable() {
		orders = append(orders, name, "-"+name)
	}
	return append([]parameter{
		{name: "sortby", description: "Properties to sort by, - before a name for descending.", schema: object{"type": "array", "minItems": 1, "items": object{"type": "string", "enum": orders}}},
		{name: "properties", description: "Only these properties, in GeoJSON and JSON sequences.", schema: object{"type": "array", "minItems": 1, "items": object{"type": "string", "enum": names}}},
	}, filterParameters(c)...)
}

func crsParameter() parameter {
	return parameter{name: "crs", description: "Coordinate reference system of GeoJSON answers; files are in CRS84.", schema: object{"type": "string", "enum": crsURIs(), "default": crs84}}
}

func pathParameter(name string) parameter {
	p := parameter{name: name, in: "path", schema: object{"type": "string"}}
	switch name {
	case "fid":
		p.description = "Id of a feature."
	case "tileMatrix":
		p.description, p.schema = "Zoom level.", object{"type": "integer", "minimum": 0, "maximum": maxZoom}
	case "tileRow":
		p.description, p.schema = "Row of the tile, from the north.", object{"type": "integer", "minimum": 0}
	case "tileCol":
		p.description, p.schema = "Column of the tile, from the west.", object{"type": "integer", "minimum": 0}
	}
	return p
}

const (
	crs84   = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	maxZoom = 22
)
