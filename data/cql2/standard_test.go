package cql2_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"strikewatch/data/columns"
	"strikewatch/data/cql2"
)

// example is a filter of the standard in both notations, by its number there.
type example struct{ number, text, json string }

// exampleSchema has the properties that the examples ask for. Two of them are
// texts in some and numbers in others.
func exampleSchema(texts bool) *columns.Schema {
	s := &columns.Schema{Collection: "examples", Geometry: "Polygon"}
	for kind, names := range map[columns.Type][]string{
		columns.Text: {"id", "name", "city", "cityName", "road_class", "etat_vol", "owner", "material", "beamMode", "swathDirection", "polarization",
			"landsat:scene_id", "eo:instrument", "geophys:SURVEY_NAME", "layer:ids", "values"},
		columns.Int:  {"category", "floors", "landsat:wrs_row"},
		columns.Real: {"windSpeed", "balance", "depth", "taxes", "eo:cloud_cover", "foo", "bar", "x", "vehicle_height", "bridge_clearance"},
		columns.Bool: {"swimming_pool"},
		columns.Day:  {"updated", "built"},
		columns.Time: {"updated_at", "event_time", "touchdown", "liftOff", "starts_at", "ends_at"},
	} {
		for _, name := range names {
			s.Fields = append(s.Fields, columns.Field{Name: name, Type: kind})
		}
	}
	either := columns.Real
	if texts {
		either = columns.Text
	}
	s.Fields = append(s.Fields, columns.Field{Name: "value", Type: either}, columns.Field{Name: "landsat:wrs_path", Type: either})
	return s
}

func TestExamplesOfTheStandard(t *testing.T) {
	var before columns.Expr
	for _, e := range answered {
		schema := exampleSchema(e.number == "03" || e.number == "40" || e.number == "40 otherwise")
		read, err := cql2.ParseText(e.text, schema)
		if err != nil {
			t.Errorf("%s: %s: %v", e.number, e.text, err)
			continue
		}
		same := before
		if e.json != "" {
			if same, err = cql2.ParseJSON([]byte(e.json), schema); err != nil {
				t.Errorf("%s: %s: %v", e.number, e.json, err)
				continue
			}
		}
		if !reflect.DeepEqual(read, same) {
			t.Errorf("%s: the text means %#v, the JSON %#v", e.number, read, same)
		}
		before = read
	}
}

func TestExamplesThatAreRefused(t *testing.T) {
	for _, e := range append(refused, notValid...) {
		_, err := cql2.ParseText(e.text, exampleSchema(false))
		var why *cql2.Error
		if !errors.As(err, &why) || why.Where == "" {
			t.Errorf("%s: %s: %v", e.number, e.text, err)
			continue
		}
		checkReason(t, e.number, e.text, why)
		if e.json == "" {
			continue
		}
		if _, err := cql2.ParseJSON([]byte(e.json), exampleSchema(false)); !errors.As(err, &why) {
			t.Errorf("%s: %s: %v", e.number, e.json, err)
			continue
		}
		checkReason(t, e.number, e.json, why)
	}
}

// checkReason wants an error that says what there is not, and what instead.
func checkReason(t *testing.T, number, filter string, why *cql2.Error) {
	t.Helper()
	wants := []string{"not supported", "there is no function"}
	switch number {
	case "clause 7, 18":
		wants = []string{"a geometry is expected, not buffer"}
	case "46", "46 otherwise", "49", "49 otherwise":
		wants = []string{"the geometry is not valid"}
	default:
		if why.Hint == "" {
			t.Errorf("%s: %s: %v has no hint", number, filter, why)
		}
	}
	if !slices.ContainsFunc(wants, func(want string) bool { return strings.Contains(why.Problem, want) }) {
		t.Errorf("%s: %s: %v", number, filter, why)
	}
}
