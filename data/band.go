package data

import (
	"slices"
	"strconv"
	"strings"

	"strikewatch/data/columns"
)

// bandSchema is the incidents' dictionary as answered to border and within_km.
var bandSchema = columns.Schema{
	Collection: Incidents, Geometry: incidents.schema.Geometry, Start: incidents.schema.Start, End: incidents.schema.End,
	Fields: append(slices.Clone(incidents.schema.Fields), columns.Field{
		Name: "certainty", Type: columns.Text, Title: "Certainty of the distance",
		Description: "Whether it lies within the distance asked for: certain, also at the far side of its uncertainty; possible, only at the near side",
		Codes:       []columns.Code{{Value: "certain", Title: "Certain"}, {Value: "possible", Title: "Possible"}},
	}),
}

// Schema returns the field dictionary of what the query's features carry.
func (q *Query) Schema() *columns.Schema {
	if q.Band != nil {
		return &bandSchema
	}
	return schemaOf(q.Collection)
}

// dress gives a feature what the question adds: with a border asked for, the
// distances to that one and the certainty of being within reach.
func (q *Query) dress(feature []byte) ([]byte, error) {
	if q.Band == nil {
		return feature, nil
	}
	var rec columns.Record
	if err := incidents.schema.Decode(feature, &rec); err != nil {
		return nil, err
	}
	s := &incidents.schema
	set := func(name string, v columns.Value) { rec.Values[s.Index(name)] = v }
	real := func(f *float64) columns.Value { return columns.Value{Kind: columns.RealValue, Real: *f} }
	certainty := columns.Value{}
	if km, ok := distanceTo(rec.Values[s.Index("border_distances")].Text, q.Band.Border); ok {
		mid, least, most := spread(km*1000, rec.Values[s.Index("uncertainty_m")].Real)
		set("border", textValue(q.Band.Border))
		set("border_km", real(mid))
		set("border_km_min", real(least))
		set("border_km_max", real(most))
		certainty = textValue("possible")
		if *most <= q.Band.WithinKM {
			certainty = textValue("certain")
		}
	}
	return columns.AppendFeature(nil, &bandSchema, rec.ID, rec.Geometry, append(rec.Values, certainty)), nil
}

// distanceTo finds a border in "code:km,code:km".
func distanceTo(distances, border string) (km float64, ok bool) {
	for part := range strings.SplitSeq(distances, ",") {
		code, text, found := strings.Cut(part, ":")
		if found && code == border {
			km, err := strconv.ParseFloat(text, 64)
			return km, err == nil
		}
	}
	return 0, false
}
