package starter_test

import (
	"reflect"
	"slices"
	"testing"

	"strikewatch/data"
	"strikewatch/data/columns"
)

// TestRecordsEqualFeatures reads the incidents from memory and from their
// features: what the map gets is what every other export has.
func TestRecordsEqualFeatures(t *testing.T) {
	s := load(t)
	for _, collection := range []string{data.Incidents, data.Places, data.Gates, data.Actors, data.Sources} {
		query := data.Query{Collection: collection}
		schema := query.Schema()
		var names []string
		for i := range schema.Fields {
			if !schema.Fields[i].Long {
				names = append(names, schema.Fields[i].Name)
			}
		}
		schema = schema.Only(names)
		rows, err := s.Records(t.Context(), query, names)
		if err != nil || rows == nil {
			t.Fatalf("%s: %v, %v", collection, rows, err)
		}
		var got []columns.Record
		err = rows.Each(func(r *columns.Record) error {
			got = append(got, columns.Record{Geometry: r.Geometry, Values: slices.Clone(r.Values)})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		at := 0
		err = s.Stream(t.Context(), query, func(feature []byte) error {
			var want columns.Record
			if err := schema.Decode(feature, &want); err != nil {
				return err
			}
			if at < len(got) && (!reflect.DeepEqual(got[at].Values, want.Values) || !reflect.DeepEqual(got[at].Geometry, want.Geometry)) {
				t.Errorf("%s %s:\n got %v %v\nwant %v %v", collection, want.ID, got[at].Geometry, got[at].Values, want.Geometry, want.Values)
			}
			at++
			return nil
		})
		if err != nil || at != len(got) || at == 0 {
			t.Fatalf("%s: %d features, %d records, %v", collection, at, len(got), err)
		}
	}
}

// TestRecordsKeepWhatIsLong from being asked of memory.
func TestRecordsKeepWhatIsLong(t *testing.T) {
	s := load(t)
	for _, query := range []data.Query{{Collection: data.Incidents}, {Collection: data.Territory}, {Collection: data.Borders}} {
		field := map[string]string{data.Incidents: "summary"}[query.Collection]
		if field == "" {
			field = query.Schema().Fields[0].Name
		}
		if rows, err := s.Records(t.Context(), query, []string{field}); rows != nil || err != nil {
			t.Errorf("%s: %v, %v", query.Collection, rows, err)
		}
	}
}
