package cql2_test

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
	"strikewatch/data/cql2"
)

func schema() *columns.Schema {
	return &columns.Schema{Collection: "incidents", Geometry: "Point", Start: "date_start", End: "date_end", Fields: []columns.Field{
		{Name: "id", Type: columns.Text},
		{Name: "kind", Type: columns.Text},
		{Name: "summary", Type: columns.Text, Long: true},
		{Name: "held_by", Type: columns.Text, List: true},
		{Name: "date_start", Type: columns.Day},
		{Name: "date_end", Type: columns.Day},
		{Name: "killed_min", Type: columns.Int},
		{Name: "killed_max", Type: columns.Int},
		{Name: "border_km", Type: columns.Real},
		{Name: "exact", Type: columns.Bool},
		{Name: "recorded_at", Type: columns.Time},
		{Name: "date", Type: columns.Day},
		{Name: "eo:cloud.cover", Type: columns.Real},
		{Name: "နေရာ", Type: columns.Text},
	}}
}

func text(s string) columns.Value  { return columns.Value{Kind: columns.TextValue, Text: s} }
func whole(n int64) columns.Value  { return columns.Value{Kind: columns.IntValue, Int: n} }
func real(r float64) columns.Value { return columns.Value{Kind: columns.RealValue, Real: r} }
func day(n int64) columns.Value    { return columns.Value{Kind: columns.DayValue, Int: n} }
func at(us int64) columns.Value    { return columns.Value{Kind: columns.TimeValue, Int: us} }

const (
	day20241101 = 20028
	us20241101  = int64(day20241101) * 86_400_000_000
)

func compare(field string, op columns.Op, v columns.Value) columns.Compare {
	return columns.Compare{Field: field, Op: op, Value: v}
}

func instantOf(v columns.Value) columns.Period {
	return columns.Period{Instant: true, Start: columns.Moment{Value: v}}
}

// same holds filters in both notations.
var same = []struct {
	text, json string
	want       columns.Expr
}{
	{`kind = 'airstrike'`, `{"op":"=","args":[{"property":"kind"},"airstrike"]}`, compare("kind", columns.Equal, text("airstrike"))},
	{`'airstrike' <> "kind"`, `{"op":"<>","args":["airstrike",{"property":"kind"}]}`, compare("kind", columns.NotEqual, text("airstrike"))},
	{`5 < killed_min`, `{"op":"<","args":[5,{"property":"killed_min"}]}`, compare("killed_min", columns.Greater, whole(5))},
	{`border_km <= -1.5e1`, `{"op":"<=","args":[{"property":"border_km"},-15.0]}`, compare("border_km", columns.LessEqual, real(-15))},
	{`"eo:cloud.cover" > .5`, `{"op":">","args":[{"property":"eo:cloud.cover"},0.5]}`, compare("eo:cloud.cover", columns.Greater, real(0.5))},
	{`eo:cloud.cover > 0.1`, `{"op":">","args":[{"property":"eo:cloud.cover"},0.1]}`, compare("eo:cloud.cover", columns.Greater, real(0.1))},
	{`နေရာ='လားရှိုး'`, `{"op":"=","args":[{"property":"နေရာ"},"လားရှိုး"]}`, compare("နေရာ", columns.Equal, text("လားရှိုး"))},
	{`kind = 'it''s \'so\''`, `{"op":"=","args":[{"property":"kind"},"it's 'so'"]}`, compare("kind", columns.Equal, text("it's 'so'"))},
	{`killed_min < killed_max`, `{"op":"<","args":[{"property":"killed_min"},{"property":"killed_max"}]}`, columns.CompareFields{Left: "killed_min", Op: columns.Less, Right: "killed_max"}},
	{`exact`, `{"property":"exact"}`, compare("exact", columns.Equal, columns.Value{Kind: columns.BoolValue, Int: 1})},
	{`exact = FALSE`, `{"op":"=","args":[{"property":"exact"},false]}`, compare("exact", columns.Equal, columns.Value{Kind: columns.BoolValue})},
	{`true`, `true`, columns.Constant(true)},
	{`1 = 1.0 AND 'a' < 'b'`, `{"op":"and","args":[{"op":"=","args":[1,1.0]},{"op":"<","args":["a","b"]}]}`, columns.And{columns.Constant(true), columns.Constant(true)}},
	{`date_start >= DATE('2024-11-01')`, `{"op":">=","args":[{"property":"date_start"},{"date":"2024-11-01"}]}`, compare("date_start", columns.GreaterEqual, day(day20241101))},
	{`date_start = '2024-11-01'`, `{"op":"=","args":[{"property":"date_start"},"2024-11-01"]}`, compare("date_start", columns.Equal, day(day20241101))},
	{`"date" = TIMESTAMP('2024-11-01T14:00:00Z')`, `{"op":"=","args":[{"property":"date"},{"timestamp":"2024-11-01T14:00:00Z"}]}`, compare("date", columns.Equal, day(day20241101))},
	{`recorded_at < TIMESTAMP('2024-11-01T00:00:00.5Z')`, `{"op":"<","args":[{"property":"recorded_at"},{"timestamp":"2024-11-01T00:00:00.5Z"}]}`, compare("recorded_at", columns.Less, at(us20241101+500_000))},
	{`recorded_at >= DATE('2024-11-01')`, `{"op":">=","args":[{"property":"recorded_at"},{"date":"2024-11-01"}]}`,
		columns.Not{Expr: columns.Temporal{Relation: columns.TBefore, Left: columns.Period{Instant: true, Start: columns.Moment{Field: "recorded_at"}}, Right: instantOf(day(day20241101))}}},
	{`a_is = 1 OR kind IS NULL`, ``, nil},
	{`NOT kind = 'a' AND kind = 'b' OR kind = 'c'`, `{"op":"or","args":[{"op":"and","args":[{"op":"not","args":[{"op":"=","args":[{"property":"kind"},"a"]}]},{"op":"=","args":[{"property":"kind"},"b"]}]},{"op":"=","args":[{"property":"kind"},"c"]}]}`,
		columns.Or{columns.And{columns.Not{Expr: compare("kind", columns.Equal, text("a"))}, compare("kind", columns.Equal, text("b"))}, compare("kind", columns.Equal, text("c"))}},
	{`not(kind='a' or (kind)='b')`, `{"op":"not","args":[{"op":"or","args":[{"op":"=","args":[{"property":"kind"},"a"]},{"op":"=","args":[{"property":"kind"},"b"]}]}]}`,
		columns.Not{Expr: columns.Or{compare("kind", columns.Equal, text("a")), compare("kind", columns.Equal, text("b"))}}},
	{`kind LIKE 'air%'`, `{"op":"like","args":[{"property":"kind"},"air%"]}`, columns.Like{Field: "kind", Pattern: "air%"}},
	{`CASEI(summary) NOT LIKE casei('%Lash\_o%')`, `{"op":"not","args":[{"op":"like","args":[{"op":"casei","args":[{"property":"summary"}]},{"op":"casei","args":["%Lash\\_o%"]}]}]}`,
		columns.Not{Expr: columns.Like{Field: "summary", Pattern: `%Lash\_o%`, Fold: true}}},
	{`CASEI(kind) = CASEI('AirStrike')`, `{"op":"=","args":[{"casei":{"property":"kind"}},{"casei":"AirStrike"}]}`, columns.Compare{Field: "kind", Value: text("AirStrike"), Fold: true}},
	{`killed_min BETWEEN 5 AND 10 AND exact`, `{"op":"and","args":[{"op":"between","args":[{"property":"killed_min"},5,10]},{"property":"exact"}]}`,
		columns.And{columns.And{compare("killed_min", columns.GreaterEqual, whole(5)), compare("killed_min", columns.LessEqual, whole(10))}, compare("exact", columns.Equal, columns.Value{Kind: columns.BoolValue, Int: 1})}},
	{`killed_min not between 5 and 10`, `{"op":"not","args":[{"op":"between","args":[{"property":"killed_min"},5,10]}]}`,
		columns.Not{Expr: columns.And{compare("killed_min", columns.GreaterEqual, whole(5)), compare("killed_min", columns.LessEqual, whole(10))}}},
	{`held_by IN ('MNDAA','TNLA')`, `{"op":"in","args":[{"property":"held_by"},["MNDAA","TNLA"]]}`, columns.In{Field: "held_by", Values: []columns.Value{text("MNDAA"), text("TNLA")}}},
	{`killed_min NOT IN (1,2)`, `{"op":"not","args":[{"op":"in","args":[{"property":"killed_min"},[1,2]]}]}`, columns.Not{Expr: columns.In{Field: "killed_min", Values: []columns.Value{whole(1), whole(2)}}}},
	{`CASEI(kind) IN (CASEI('Οδος'),CASEI('Straße'))`, `{"op":"in","args":[{"op":"casei","args":[{"property":"kind"}]},[{"op":"casei","args":["Οδος"]},{"op":"casei","args":["Straße"]}]]}`,
		columns.In{Field: "kind", Values: []columns.Value{text("Οδος"), text("Straße")}, Fold: true}},
	{`kind IS NOT NULL`, `{"op":"not","args":[{"op":"isNull","args":[{"property":"kind"}]}]}`, columns.Not{Expr: columns.IsNull{Field: "kind"}}},
	{`geometry IS NULL`, `{"op":"isNull","args":[{"property":"geometry"}]}`, columns.IsNull{Field: columns.GeometryField}},

	{`S_INTERSECTS(geometry,POINT(36.319836 32.288087))`, `{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[36.319836,32.288087]}]}`,
		columns.Spatial{Geometry: orb.Point{36.319836, 32.288087}}},
	{`S_INTERSECTS(geom, BBOX(160.6,-55.95,-170,-25.89))`, `{"op":"s_intersects","args":[{"property":"geom"},{"bbox":[160.6,-55.95,-170,-25.89]}]}`, columns.BBox{West: 160.6, South: -55.95, East: -170, North: -25.89}},
	{`S_DISJOINT(BBOX(0,40,1,10,50,2), geometry)`, `{"op":"s_disjoint","args":[{"bbox":[0,40,1,10,50,2]},{"property":"geometry"}]}`, columns.Not{Expr: columns.BBox{West: 0, South: 40, East: 10, North: 50}}},
	{`s_within(geometry,POLYGON((0 0,4 0,4 4,0 0),(1 0.5,2 0.5,2 1,1 0.5)))`, `{"op":"s_within","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]],[[1,0.5],[2,0.5],[2,1],[1,0.5]]]}]}`,
		columns.Spatial{Relation: columns.Within, Geometry: orb.Polygon{{{0, 0}, {4, 0}, {4, 4}, {0, 0}}, {{1, .5}, {2, .5}, {2, 1}, {1, .5}}}}},
	{`S_WITHIN(MULTIPOINT(7 50, 10 51),geometry)`, `{"op":"s_within","args":[{"type":"MultiPoint","coordinates":[[7,50],[10,51]]},{"property":"geometry"}]}`,
		columns.Spatial{Relation: columns.Contains, Geometry: orb.MultiPoint{{7, 50}, {10, 51}}}},
	{`S_CROSSES(geometry,LINESTRING Z (7 50 3, 10 51 4))`, `{"op":"s_crosses","args":[{"property":"geometry"},{"type":"LineString","coordinates":[[7,50,3],[10,51,4]]}]}`,
		columns.Spatial{Relation: columns.Crosses, Geometry: orb.LineString{{7, 50}, {10, 51}}}},
	{`S_TOUCHES(geometry,MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((2 2,3 2,3 3,2 2))))`, `{"op":"s_touches","args":[{"property":"geometry"},{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]],[[[2,2],[3,2],[3,3],[2,2]]]]}]}`,
		columns.Spatial{Relation: columns.Touches, Geometry: orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 0}}}, {{{2, 2}, {3, 2}, {3, 3}, {2, 2}}}}}},
	{`S_OVERLAPS(geometry,GEOMETRYCOLLECTION(POINT(1 2),MULTILINESTRING((0 0,1 1),(2 2,3 3))))`, `{"op":"s_overlaps","args":[{"property":"geometry"},{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[2,2],[3,3]]]}]}]}`,
		columns.Spatial{Relation: columns.Overlaps, Geometry: orb.Collection{orb.Point{1, 2}, orb.MultiLineString{{{0, 0}, {1, 1}}, {{2, 2}, {3, 3}}}}}},
	{`S_DWITHIN(geometry,POINT(97.75 22.94),50,'km')`, `{"op":"s_dwithin","args":[{"property":"geometry"},{"type":"Point","coordinates":[97.75,22.94]},50000]}`, columns.DWithin{Geometry: orb.Point{97.75, 22.94}, Metres: 50000}},
	{`S_CROSSES(LINESTRING(0 0,2 2),POLYGON((1 1,3 1,3 3,1 3,1 1)))`, `{"op":"s_crosses","args":[{"type":"LineString","coordinates":[[0,0],[2,2]]},{"type":"Polygon","coordinates":[[[1,1],[3,1],[3,3],[1,3],[1,1]]]}]}`, columns.Constant(true)},

	{`T_INTERSECTS(date_start, INTERVAL('1969-07-16T05:32:00Z', '1969-07-24T16:50:35Z'))`, `{"op":"t_intersects","args":[{"property":"date_start"},{"interval":["1969-07-16T05:32:00Z","1969-07-24T16:50:35Z"]}]}`,
		columns.Temporal{Left: columns.Period{Instant: true, Start: columns.Moment{Field: "date_start"}}, Right: columns.Period{Start: columns.Moment{Value: at(-14581680_000000)}, End: columns.Moment{Value: at(-13849765_000000)}}}},
	{`T_DURING(INTERVAL(date_start, date_end), INTERVAL("2024-11-01", '..'))`, `{"op":"t_during","args":[{"interval":[{"property":"date_start"},{"property":"date_end"}]},{"interval":["2024-11-01",".."]}]}`,
		columns.Temporal{Relation: columns.TDuring, Left: columns.Period{Start: columns.Moment{Field: "date_start"}, End: columns.Moment{Field: "date_end"}}, Right: columns.Period{Start: columns.Moment{Value: day(day20241101)}}}},
	{`t_after(recorded_at,date('2024-11-01'))`, `{"op":"t_after","args":[{"property":"recorded_at"},{"date":"2024-11-01"}]}`,
		columns.Temporal{Relation: columns.TAfter, Left: columns.Period{Instant: true, Start: columns.Moment{Field: "recorded_at"}}, Right: instantOf(day(day20241101))}},
}

func TestBothNotations(t *testing.T) {
	for _, c := range same {
		if c.want == nil {
			continue
		}
		if got, err := cql2.ParseText(c.text, schema()); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s\n got %#v, %v\nwant %#v", c.text, got, err, c.want)
		}
		if got, err := cql2.ParseJSON([]byte(c.json), schema()); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s\n got %#v, %v\nwant %#v", c.json, got, err, c.want)
		}
	}
}

func TestErrorsSayWhereAndWhatInstead(t *testing.T) {
	for filter, want := range map[string]string{
		``:                                      "empty; for example kind = 'airstrike'",
		`kind = airstrike`:                      "character 8: airstrike is not a property of incidents",
		`kidn = 'a'`:                            "character 1: kidn is not a property of incidents; did you mean kind?",
		`exact AND killed_mni > 1`:              "character 11: killed_mni is not a property of incidents; did you mean killed_min?",
		`kind = 5`:                              "character 8: kind is a text, not an integer; put texts in single quotes",
		`killed_min = 'five'`:                   "character 14: killed_min is an integer, not a text",
		`kind = 'a`:                             "character 8: this text has no end",
		`kind = 'a')`:                           `character 11: ")" where AND, OR or the end is expected`,
		`(kind = 'a'`:                           "character 12: the end where ) is expected",
		`kind`:                                  "kind alone is not true or false; compare it",
		`5`:                                     "a number alone is not true or false",
		`kind LIKE 5`:                           "LIKE takes a text as pattern, not a number",
		`killed_min LIKE '5%'`:                  "LIKE is for texts; killed_min is an integer",
		`kind IN ()`:                            "the list is empty",
		`kind NOT = 'a'`:                        `"=" where LIKE, BETWEEN or IN is expected`,
		`killed_min + 1 > 2`:                    `character 12: arithmetic is not supported; compare a property with a number`,
		`killed_min > -(1)`:                     "arithmetic is not supported",
		`ACCENTI(kind) = 'a'`:                   "ACCENTI is not supported",
		`A_CONTAINS(held_by, ('KIA'))`:          "lists match by any of their elements",
		`Buffer(geometry, 10)`:                  "there is no function buffer",
		`date_start > DATE('2024-13-01')`:       "character 14: '2024-13-01' is not a date; write YYYY-MM-DD",
		`date_start > 'yesterday'`:              "'yesterday' is not a date, as date_start is",
		`recorded_at > TIMESTAMP('2024-01-01')`: "'2024-01-01' is not a timestamp",
		`T_DURING(date_start, DATE('2024-01-01'))`:                   "T_DURING is between intervals, and the property date_start is an instant; use T_INTERSECTS",
		`T_AFTER(kind, DATE('2024-01-01'))`:                          "kind is a text, not a date or timestamp",
		`T_AFTER(INTERVAL('2024-02-01','2024-01-01'), date_start)`:   "the interval ends before it starts",
		`S_INTERSECTS(geometry, POINT(90 180))`:                      "character 24: lat 180 is outside",
		`S_INTERSECTS(kind, POINT(90 18))`:                           "kind is not a geometry; the geometry is called geometry",
		`S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1)))`:           "a ring has four positions at least",
		`S_INTERSECTS(geometry, POLYGON((0 0, 1 0, 1 1, 2 2)))`:      "a ring ends where it begins",
		`S_INTERSECTS(geometry, POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))`: "the geometry is not valid",
		`S_INTERSECTS(geometry, BBOX(0,50,10,40))`:                   "south above its north",
		`S_INTERSECTS(geometry, BBOX(0,50,10))`:                      "a box has 4 or 6 numbers, not 3",
		`S_INTERSECTS(geometry, POINT EMPTY)`:                        "an empty geometry can not be compared",
		`S_INTERSECTS(geometry)`:                                     "S_INTERSECTS takes 2 arguments, not 1",
		`S_DWITHIN(geometry, POINT(1 2), 5, 'mile')`:                 "use 'm' or 'km'",
		`kind = 'a' AND`: "the end where a property or value is expected",
		strings.Repeat("(", 5000) + "exact" + strings.Repeat(")", 5000): "nested too deeply",
		strings.Repeat("NOT ", 5000) + "exact":                          "nested too deeply",
		"kind = '\xff":                                                  "no end",
		"kind = \xff":                                                   "not valid UTF-8",
	} {
		_, err := cql2.ParseText(filter, schema())
		var e *cql2.Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.80s\n got %v\nwant %s", filter, err, want)
		}
	}
	for filter, want := range map[string]string{
		`{`:     "not JSON",
		`{} {}`: "something follows",
		`null`:  "null is no value",
		`{"op":"=","args":[{"property":"kidn"},"a"]}`:                          "args[0]: kidn is not a property of incidents; did you mean kind?",
		`{"op":"and","args":[true,{"op":"=","args":[{"property":"kind"},5]}]}`: "args[1].args[1]: kind is a text, not an integer",
		`{"op":"and","args":[true]}`:                                           "AND joins two or more",
		`{"op":"eq","args":[1,2]}`:                                             "there is no function eq",
		`{"op":5}`:                                                             "op is a text",
		`{"op":"="}`:                                                           "args is a list",
		`{"property":5}`:                                                       "the name of a property is a text",
		`{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Point","coordinates":[97]}]}`: "args[1].coordinates: a position has 2 to 4 numbers, not 1",
		`{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Circle"}]}`:                   "neither an operation nor a property",
		`{"op":"=","args":[{"property":"killed_min"},1e400]}`:                                        "out of range",
		`[1]`: "a list alone is not true or false",
	} {
		_, err := cql2.ParseJSON([]byte(filter), schema())
		var e *cql2.Error
		if !errors.As(err, &e) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\n got %v\nwant %s", filter, err, want)
		}
	}
}

func TestOtherCoordinates(t *testing.T) {
	r := cql2.Reader{Schema: schema(), LonLat: func(p orb.Point) (orb.Point, error) { return orb.Point{p[1], p[0]}, nil }}
	got, err := r.Text(`S_INTERSECTS(geometry, BBOX(10,90,20,100))`)
	want := columns.Spatial{Geometry: orb.Polygon{{{90, 10}, {90, 20}, {100, 20}, {100, 10}, {90, 10}}}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v, %v", got, err)
	}
}

// FuzzText: what is read can be asked, and nothing panics.
func FuzzText(f *testing.F) {
	for _, c := range same {
		f.Add(c.text)
	}
	table := columns.NewTable(*schema())
	f.Fuzz(func(t *testing.T, text string) { ask(t, table, text, cql2.ParseText) })
}

func FuzzJSON(f *testing.F) {
	for _, c := range same {
		f.Add(c.json)
	}
	table := columns.NewTable(*schema())
	f.Fuzz(func(t *testing.T, text string) {
		ask(t, table, text, func(text string, s *columns.Schema) (columns.Expr, error) { return cql2.ParseJSON([]byte(text), s) })
		if _, err := cql2.ParseJSON([]byte(text), schema()); err == nil && !json.Valid([]byte(text)) {
			t.Errorf("took %q", text)
		}
	})
}

func ask(t *testing.T, table *columns.Table, text string, parse func(string, *columns.Schema) (columns.Expr, error)) {
	e, err := parse(text, schema())
	if err != nil {
		return
	}
	if _, err := table.Count(columns.Query{Filter: e, AsOf: math.MaxInt64 - 1}); err != nil {
		t.Errorf("%q was read but can not be asked: %v", text, err)
	}
}
