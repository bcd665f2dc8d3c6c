package cql2_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
	"strikewatch/data/cql2"
)

// places has the columns of the standard's test data that its predicates on
// time ask for, with the three rows that the expected counts imply and more
// without dates.
func places(t *testing.T) (*columns.Table, *columns.Schema) {
	t.Helper()
	s := &columns.Schema{Collection: "places", Geometry: "Point", Fields: []columns.Field{
		{Name: "name", Type: columns.Text}, {Name: "pop_other", Type: columns.Int}, {Name: "date", Type: columns.Day},
		{Name: "start", Type: columns.Time}, {Name: "end", Type: columns.Time}, {Name: "boolean", Type: columns.Bool},
	}}
	null := columns.Value{}
	stamp := func(text string) columns.Value {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return columns.Value{Kind: columns.TimeValue, Int: at.UnixMicro()}
	}
	yes, no := columns.Value{Kind: columns.BoolValue, Int: 1}, columns.Value{Kind: columns.BoolValue}
	rows := [][]columns.Value{
		{text("København"), whole(1038288), day(19098), stamp("2021-04-16T10:15:59Z"), stamp("2022-04-16T10:16:06Z"), yes},
		{text("Luxembourg"), whole(107260), day(19099), stamp("2022-04-16T10:13:19Z"), stamp("2023-04-16T10:16:06Z"), yes},
		{text("Abidjan"), whole(3190395), day(19097), stamp("2022-04-16T10:15:10Z"), stamp("2022-04-16T10:16:06Z"), no},
		{text("Zürich"), null, null, null, null, null},
	}
	table := columns.NewTable(*s)
	for i, values := range rows {
		feature := columns.AppendFeature(nil, s, fmt.Sprint(i), orb.Point{float64(i), 10}, values)
		if err := table.Append([]columns.Row{{Seq: int64(i), Until: math.MaxInt64, Feature: feature}}); err != nil {
			t.Fatal(err)
		}
	}
	return table, s
}

func TestPredicatesOfTheStandard(t *testing.T) {
	table, s := places(t)
	for filter, want := range map[string]int{
		// OGC 21-065r2, A.2: basic CQL2
		`name='København'`: 1, `name>='København'`: 3, `name>'København'`: 2, `name<='København'`: 2, `name<'København'`: 1, `name<>'København'`: 3,
		`pop_other IS NOT NULL`: 3, `pop_other IS NULL`: 1, `pop_other=1038288`: 1, `pop_other<>1038288`: 2,
		`"date" IS NOT NULL`: 3, `"date" is null`: 1, `"date"=DATE('2022-04-16')`: 1, `"date">=DATE('2022-04-16')`: 2, `"date"<>DATE('2022-04-16')`: 2,
		`start=TIMESTAMP('2022-04-16T10:13:19Z')`: 1, `start<=TIMESTAMP('2022-04-16T10:13:19Z')`: 2, `start<TIMESTAMP('2022-04-16T10:13:19Z')`: 1,
		`start>TIMESTAMP('2022-04-16T10:13:19Z')`: 1, `start<>TIMESTAMP('2022-04-16T10:13:19Z')`: 2,
		`boolean=true`: 2, `boolean=false`: 1, `true`: 4, `false`: 0,
		`(NOT (name<>'København') AND pop_other<>1038288) OR (pop_other IS NULL and name<'København') or not (pop_other<>1038288 OR name<'København')`: 1,
		// advanced comparison operators, case
		`name LIKE 'B_r%'`: 0, `name LIKE 'K_b%vn'`: 1, `name NOT LIKE 'K%'`: 3, `name LIKE 'køb%'`: 0, `CASEI(name) LIKE casei('KØB%')`: 1,
		`CASEI(name) = CASEI('zÜRICH')`: 1, `CASEI('Straße') = CASEI('STRASSE')`: 4, `CASEI(name) < CASEI('KØBENHAVN')`: 1,
		`pop_other BETWEEN 107260 AND 1038288`: 2, `pop_other NOT BETWEEN 107260 AND 1038288`: 1,
		`name IN ('København','Zürich')`: 2, `name NOT IN ('København')`: 3, `CASEI(name) IN (casei('KØBENHAVN'), casei('xyz'))`: 1,
		`pop_other IN (1038288, 3190395)`: 2, `pop_other NOT IN (1038288)`: 2,
		// spatial functions
		`S_INTERSECTS(geom,BBOX(-180,-90,180,90))`: 4, `S_INTERSECTS(geom,POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90)))`: 4,
		`S_DISJOINT(geom,BBOX(-180,-90,180,90))`: 0, `S_EQUALS(geom,POINT(1 10))`: 1, `S_TOUCHES(geom,LINESTRING(1 10,2 10))`: 2, `S_WITHIN(geom,LINESTRING(0 10,2 10))`: 1,
		// A.9: temporal functions
		`t_after("date",date('2022-04-16'))`: 1, `t_before("date",date('2022-04-16'))`: 1, `t_disjoint("date",date('2022-04-16'))`: 2,
		`t_equals("date",date('2022-04-16'))`: 1, `t_intersects("date",date('2022-04-16'))`: 1,
		`t_equals("date",interval('2022-04-16','2022-04-16'))`: 1, `t_equals("date",interval('2022-01-01','2022-12-31'))`: 0,
		`t_after(start,timestamp('2022-04-16T10:13:19Z'))`: 1, `t_before(start,timestamp('2022-04-16T10:13:19Z'))`: 1,
		`t_disjoint(start,timestamp('2022-04-16T10:13:19Z'))`: 2, `t_equals(start,timestamp('2022-04-16T10:13:19Z'))`: 1,
		`t_after(start,interval('2022-01-01T00:00:00Z','2022-12-31T23:59:59Z'))`: 0, `t_before(start,interval('2022-01-01T00:00:00Z','2022-12-31T23:59:59Z'))`: 1,
		`t_disjoint(start,interval('2022-01-01T00:00:00Z','2022-12-31T23:59:59Z'))`: 1, `t_intersects(start,interval('2022-01-01T00:00:00Z','2022-12-31T23:59:59Z'))`: 2,
	} {
		e, err := cql2.ParseText(filter, s)
		if err != nil {
			t.Errorf("%s: %v", filter, err)
			continue
		}
		if got, err := table.Count(columns.Query{Filter: e, AsOf: 1}); got != want || err != nil {
			t.Errorf("%s finds %d, %v; want %d", filter, got, err, want)
		}
	}
}

// TestIntervalsOfTheStandard leaves the row without dates out: where an
// interval's ends are null, it is unbounded here.
func TestIntervalsOfTheStandard(t *testing.T) {
	table, s := places(t)
	for filter, want := range map[string]int{
		`t_after(interval(start,end),interval('..','2022-04-16T10:13:19Z'))`:                          1,
		`t_before(interval(start,end),interval('2023-01-01T00:00:00Z','..'))`:                         2,
		`t_disjoint(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:09Z'))`:     1,
		`t_equals(interval(start,end),interval('2021-04-16T10:15:59Z','2022-04-16T10:16:06Z'))`:       1,
		`t_intersects(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:09Z'))`:   2,
		`T_CONTAINS(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:10Z'))`:     1,
		`T_DURING(interval(start,end),interval('2022-01-01T00:00:00Z','2022-12-31T23:59:59Z'))`:       1,
		`T_FINISHES(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:16:06Z'))`:     1,
		`T_FINISHEDBY(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:16:06Z'))`:   1,
		`T_MEETS(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:10Z'))`:        0,
		`T_METBY(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:10Z'))`:        1,
		`T_OVERLAPPEDBY(interval(start,end),interval('2020-04-16T10:13:19Z','2022-04-16T10:15:10Z'))`: 2,
		`T_OVERLAPS(interval(start,end),interval('2022-04-16T10:13:19Z','2023-04-16T10:15:10Z'))`:     1,
		`T_STARTEDBY(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:10Z'))`:    1,
		`T_STARTS(interval(start,end),interval('2022-04-16T10:13:19Z','2022-04-16T10:15:10Z'))`:       0,
	} {
		e, err := cql2.ParseText("start IS NOT NULL AND "+filter, s)
		if err != nil {
			t.Errorf("%s: %v", filter, err)
			continue
		}
		if got, err := table.Count(columns.Query{Filter: e, AsOf: 1}); got != want || err != nil {
			t.Errorf("%s finds %d, %v; want %d", filter, got, err, want)
		}
	}
}
