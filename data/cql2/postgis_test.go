package cql2_test

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"

	"strikewatch/data/columns"
	"strikewatch/data/cql2"
	"strikewatch/geo"
)

// Pairs of a filter and the same question in SQL.
var postgisPairs = [][2]string{
	{`kind = 'airstrike'`, `kind = 'airstrike'`},
	{`kind <> 'airstrike'`, `kind <> 'airstrike'`},
	{`NOT kind = 'airstrike'`, `NOT kind = 'airstrike'`},
	{`kind < 'b'`, `kind COLLATE "C" < 'b'`},
	{`kind >= 'Airstrike'`, `kind COLLATE "C" >= 'Airstrike'`},
	{`CASEI(kind) = CASEI('AIRSTRIKE')`, `lower(kind) = lower('AIRSTRIKE')`},
	{`CASEI(kind) > CASEI('b')`, `lower(kind) COLLATE "C" > lower('b')`},
	{`kind LIKE '%strike'`, `kind LIKE '%strike'`},
	{`kind NOT LIKE 'a_r%'`, `kind NOT LIKE 'a_r%'`},
	{`kind LIKE '50\%%'`, `kind LIKE '50\%%'`},
	{`CASEI(kind) LIKE CASEI('%STRIKE')`, `kind ILIKE '%STRIKE'`},
	{`kind IN ('airstrike','shelling','nothing')`, `kind IN ('airstrike','shelling','nothing')`},
	{`kind NOT IN ('airstrike')`, `kind NOT IN ('airstrike')`},
	{`killed BETWEEN 2 AND 5`, `killed BETWEEN 2 AND 5`},
	{`killed NOT BETWEEN 2 AND 5`, `killed NOT BETWEEN 2 AND 5`},
	{`killed > 2.5 OR killed < 0.5`, `killed > 2.5 OR killed < 0.5`},
	{`killed = 3.0`, `killed = 3.0`},
	{`NOT (killed > 2 AND kind = 'airstrike')`, `NOT (killed > 2 AND kind = 'airstrike')`},
	{`NOT (killed > 2 OR kind IS NULL)`, `NOT (killed > 2 OR kind IS NULL)`},
	{`killed < most`, `killed < most`},
	{`NOT killed = most`, `NOT killed = most`},
	{`km <= 12.345`, `km <= 12.345`},
	{`km > killed`, `km > killed`},
	{`exact`, `exact`},
	{`NOT exact OR km < 5`, `NOT exact OR km < 5`},
	{`exact = false`, `exact = false`},
	{`kind IS NOT NULL AND geometry IS NULL`, `kind IS NOT NULL AND geometry IS NULL`},
	{`first >= DATE('2024-01-10') AND first < DATE('2024-01-20')`, `first >= '2024-01-10' AND first < '2024-01-20'`},
	{`first = '2024-01-15'`, `first = '2024-01-15'`},
	{`first <= last`, `first <= last`},
	{`stamp > TIMESTAMP('2024-01-15T12:00:00Z')`, `stamp > '2024-01-15T12:00:00Z'`},
	{`stamp >= DATE('2024-01-15')`, `stamp >= '2024-01-15T00:00:00Z'`},
	{`stamp > DATE('2024-01-15')`, `stamp >= '2024-01-16T00:00:00Z'`},
	{`stamp = DATE('2024-01-15')`, `stamp >= '2024-01-15T00:00:00Z' AND stamp < '2024-01-16T00:00:00Z'`},
	{`stamp <> DATE('2024-01-15')`, `NOT (stamp >= '2024-01-15T00:00:00Z' AND stamp < '2024-01-16T00:00:00Z')`},

	{`T_INTERSECTS(INTERVAL(first,last), INTERVAL('2024-01-10','2024-01-12'))`, `daterange(first,last,'[]') && daterange('2024-01-10','2024-01-12','[]')`},
	{`T_DISJOINT(INTERVAL(first,last), INTERVAL('2024-01-10','..'))`, `NOT daterange(first,last,'[]') && daterange('2024-01-10',NULL,'[]')`},
	{`T_BEFORE(INTERVAL(first,last), INTERVAL('2024-01-20','2024-01-30'))`, `daterange(first,last,'[]') << daterange('2024-01-20','2024-01-30','[]')`},
	{`T_AFTER(INTERVAL(first,last), INTERVAL('..','2024-01-12'))`, `daterange(first,last,'[]') >> daterange(NULL,'2024-01-12','[]')`},
	{`T_EQUALS(INTERVAL(first,last), INTERVAL('2024-01-10','2024-01-12'))`, `daterange(first,last,'[]') = daterange('2024-01-10','2024-01-12','[]')`},
	{`T_AFTER(first, DATE('2024-01-15'))`, `first > '2024-01-15'`},
	{`NOT T_AFTER(first, DATE('2024-01-15'))`, `NOT first > '2024-01-15'`},
	{`T_EQUALS(first, DATE('2024-01-15'))`, `first = '2024-01-15'`},
	{`T_INTERSECTS(stamp, INTERVAL('2024-01-15','2024-01-16'))`, `stamp >= '2024-01-15T00:00:00Z' AND stamp < '2024-01-17T00:00:00Z'`},
	{`first IS NOT NULL AND last IS NOT NULL AND T_DURING(INTERVAL(first,last), INTERVAL('2024-01-05','2024-01-25'))`, `first > '2024-01-05' AND last < '2024-01-25'`},
	{`first IS NOT NULL AND last IS NOT NULL AND T_MEETS(INTERVAL(first,last), INTERVAL('2024-01-15','2024-01-25'))`, `first IS NOT NULL AND last = '2024-01-15'`},
	{`first IS NOT NULL AND last IS NOT NULL AND T_OVERLAPS(INTERVAL(first,last), INTERVAL('2024-01-15','2024-01-25'))`, `first < '2024-01-15' AND last > '2024-01-15' AND last < '2024-01-25'`},
	{`first IS NOT NULL AND last IS NOT NULL AND T_CONTAINS(INTERVAL(first,last), INTERVAL('2024-01-15','2024-01-16'))`, `first < '2024-01-15' AND last > '2024-01-16'`},
	{`first IS NOT NULL AND last IS NOT NULL AND T_STARTS(INTERVAL(first,last), INTERVAL('2024-01-15','2024-01-18'))`, `first = '2024-01-15' AND last < '2024-01-18'`},
	{`first IS NOT NULL AND last IS NOT NULL AND T_STARTEDBY(INTERVAL(first,last), INTERVAL('2024-01-15','2024-01-17'))`, `first = '2024-01-15' AND last > '2024-01-17'`},
	{`first IS NOT NULL AND last IS NOT NULL AND T_FINISHES(INTERVAL(first,last), INTERVAL('2024-01-12','2024-01-17'))`, `first > '2024-01-12' AND last = '2024-01-17'`},
	{`first IS NOT NULL AND last IS NOT NULL AND T_FINISHEDBY(INTERVAL(first,last), INTERVAL('2024-01-15','2024-01-17'))`, `first < '2024-01-15' AND last = '2024-01-17'`},
	{`first IS NOT NULL AND last IS NOT NULL AND T_METBY(INTERVAL(first,last), INTERVAL('2024-01-10','2024-01-15'))`, `first = '2024-01-15' AND last IS NOT NULL`},
	{`first IS NOT NULL AND last IS NOT NULL AND T_OVERLAPPEDBY(INTERVAL(first,last), INTERVAL('2024-01-10','2024-01-15'))`, `first > '2024-01-10' AND first < '2024-01-15' AND last > '2024-01-15'`},
	{`T_BEFORE(stamp, TIMESTAMP('2024-01-15T06:00:00Z'))`, `stamp < '2024-01-15T06:00:00Z'`},
	{`T_DISJOINT(stamp, INTERVAL('..','2024-01-15T05:30:00.393216Z'))`, `stamp > '2024-01-15T05:30:00.393216Z'`},

	{`CASEI(kind) IN (CASEI('AIRSTRIKE'), CASEI('Drone_Strike'))`, `lower(kind) IN (lower('AIRSTRIKE'), lower('Drone_Strike'))`},
	{`S_WITHIN(geometry, BBOX(94,14,98,18))`, `ST_Within(geometry, ST_MakeEnvelope(94,14,98,18,4326))`},
	{`S_OVERLAPS(geometry, BBOX(94,14,98,18))`, `ST_Overlaps(geometry, ST_MakeEnvelope(94,14,98,18,4326))`},
	{`S_WITHIN(POINT(96 16), geometry)`, `ST_Within('SRID=4326;POINT(96 16)', geometry)`},
	{`S_CONTAINS(POLYGON((94 14,98 14,98 18,94 18,94 14)), geometry)`, `ST_Contains('SRID=4326;POLYGON((94 14,98 14,98 18,94 18,94 14))', geometry)`},
	{`S_CROSSES(LINESTRING(94 14,97 17,99 17), geometry)`, `ST_Crosses('SRID=4326;LINESTRING(94 14,97 17,99 17)', geometry)`},
	{`S_INTERSECTS(geometry, BBOX(95,15,98,18))`, `ST_Intersects(geometry, ST_MakeEnvelope(95,15,98,18,4326))`},
	{`NOT S_INTERSECTS(geometry, BBOX(95,15,98,18))`, `NOT ST_Intersects(geometry, ST_MakeEnvelope(95,15,98,18,4326))`},
	{`S_DISJOINT(geometry, BBOX(95,15,98,18))`, `ST_Disjoint(geometry, ST_MakeEnvelope(95,15,98,18,4326))`},
	{`S_EQUALS(geometry, POINT(95 15))`, `ST_Equals(geometry, 'SRID=4326;POINT(95 15)')`},
	{`S_DWITHIN(geometry, POINT(96 16), 150000)`, `ST_DWithin(geometry::geography, 'SRID=4326;POINT(96 16)'::geography, 150000)`},
	{`S_DWITHIN(geometry, POINT(96 16), 60, 'km') AND kind = 'airstrike'`, `ST_DWithin(geometry::geography, 'SRID=4326;POINT(96 16)'::geography, 60000) AND kind = 'airstrike'`},
}

// Geometries that every spatial function is tried with.
var postgisShapes = []string{
	"POINT(96 16)", "MULTIPOINT(95 15,96 16)", "LINESTRING(94 14,97 17,99 17)", "LINESTRING(95 15,95 18)", "MULTILINESTRING((94 14,97 17),(95 18,99 18))",
	"POLYGON((94 14,98 14,98 18,94 18,94 14),(95 15,95 16,96 16,96 15,95 15))", "POLYGON((95 15,99 16,96 19,95 15))",
	"MULTIPOLYGON(((93 13,94 13,94 14,93 13)),((97 17,99 17,99 19,97 19,97 17)))",
}

// recordedAnswers are PostGIS's, in bits: rows of points, then of any
// geometries, each question a line. With STRIKEWATCH_POSTGIS naming a database
// that psql can reach, such as "host=127.0.0.1 user=postgres", the questions
// are asked anew and the file is written.
const recordedAnswers = "testdata/postgis.txt"

func TestAgainstPostGIS(t *testing.T) {
	pairs := append([][2]string(nil), postgisPairs...)
	for _, shape := range postgisShapes {
		for _, f := range []string{"Intersects", "Disjoint", "Within", "Contains", "Touches", "Crosses", "Overlaps", "Equals"} {
			pairs = append(pairs, [2]string{fmt.Sprintf("S_%s(geometry, %s)", strings.ToUpper(f), shape), fmt.Sprintf("ST_%s(geometry, 'SRID=4326;%s')", f, shape)})
		}
	}
	recorded := map[string]string{} // by kind of geometries and question in SQL
	if database := os.Getenv("STRIKEWATCH_POSTGIS"); database != "" {
		recordAnswers(t, database, pairs)
	}
	text, err := os.ReadFile(recordedAnswers)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		bits, question, _ := strings.Cut(strings.TrimSpace(line), " ")
		recorded[question] = bits
	}
	for _, geometries := range []string{"Point", "Geometry"} {
		table, schema, _ := randomRows(t, geometries)
		for _, pair := range pairs {
			want, found := recorded[geometries+": "+pair[1]]
			if !found {
				t.Errorf("%s: PostGIS was never asked for %s; set STRIKEWATCH_POSTGIS to ask it", geometries, pair[1])
			} else if got := bitsOf(ours(t, table, schema, pair[0])); got != want {
				t.Errorf("%s: %s\n   got %s\nwanted %s", geometries, pair[0], got, want)
			}
		}
	}
}

// recordAnswers asks PostGIS.
func recordAnswers(t *testing.T, database string, pairs [][2]string) {
	t.Helper()
	var file strings.Builder
	for _, geometries := range []string{"Point", "Geometry"} {
		_, _, insert := randomRows(t, geometries)
		var script strings.Builder
		script.WriteString(insert)
		for _, pair := range pairs {
			fmt.Fprintf(&script, "SELECT coalesce(string_agg(seq::text, ' ' ORDER BY seq), '') FROM t WHERE %s;\n", pair[1])
		}
		psql := exec.Command("psql", database, "-qAt", "-v", "ON_ERROR_STOP=1")
		psql.Stdin = strings.NewReader(script.String())
		out, err := psql.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		answers := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
		if len(answers) != len(pairs) {
			t.Fatalf("%d answers to %d questions", len(answers), len(pairs))
		}
		for i, pair := range pairs {
			fmt.Fprintf(&file, "%s %s: %s\n", bitsOf(strings.Fields(answers[i])), geometries, pair[1])
		}
	}
	if err := os.WriteFile(recordedAnswers, []byte(file.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// bitsOf writes the rows found as a number in base 36, the lowest bit being
// row 0.
func bitsOf(seqs []string) string {
	set := new(big.Int)
	for _, seq := range seqs {
		n, err := strconv.Atoi(seq)
		if err != nil {
			return err.Error()
		}
		set.SetBit(set, n, 1)
	}
	return set.Text(36)
}

func ours(t *testing.T, table *asked, schema *columns.Schema, filter string) []string {
	e, err := cql2.ParseText(filter, schema)
	if err != nil {
		t.Errorf("%s: %v", filter, err)
		return nil
	}
	var seqs []string
	err = table.Scan(columns.Query{Filter: e, AsOf: 1, Fetch: table.fetch}, func(seq int64) error {
		seqs = append(seqs, fmt.Sprint(seq))
		return nil
	})
	if err != nil {
		t.Errorf("%s: %v", filter, err)
	}
	return seqs
}

// asked is a table with its features.
type asked struct {
	*columns.Table
	features [][]byte
}

func (a *asked) fetch(seqs []int64, visit func(i int, feature []byte) error) error {
	for i, seq := range seqs {
		if err := visit(i, a.features[seq]); err != nil {
			return err
		}
	}
	return nil
}

// randomRows fills a table and writes the same as SQL.
func randomRows(t *testing.T, geometries string) (*asked, *columns.Schema, string) {
	s := &columns.Schema{Collection: "rows", Geometry: geometries, Fields: []columns.Field{
		{Name: "kind", Type: columns.Text}, {Name: "killed", Type: columns.Int}, {Name: "most", Type: columns.Int}, {Name: "km", Type: columns.Real},
		{Name: "exact", Type: columns.Bool}, {Name: "first", Type: columns.Day}, {Name: "last", Type: columns.Day}, {Name: "stamp", Type: columns.Time},
	}}
	r := rand.New(rand.NewPCG(17, 4))
	table := &asked{Table: columns.NewTable(*s)}
	var sql strings.Builder
	sql.WriteString("SET timezone = 'UTC';\nCREATE TEMP TABLE t (seq int, kind text, killed int, most int, km float8, exact bool, first date, last date, stamp timestamptz, geometry geometry);\n")
	kinds := []string{"airstrike", "Airstrike", "shelling", "drone_strike", "50% sure", "ဗုံး"}
	for seq := range 600 {
		first := int64(19_723 + r.IntN(31)) // 2024-01-01 on
		values := []columns.Value{text(kinds[r.IntN(len(kinds))]), whole(int64(r.IntN(8))), whole(int64(r.IntN(8))), real(float64(r.IntN(20000)) / 1000),
			{Kind: columns.BoolValue, Int: int64(r.IntN(2))}, day(first), day(first + int64(r.IntN(6))), at((first*24 + int64(r.IntN(24))) * 3_600_000_000)}
		var g orb.Geometry
		if r.IntN(10) > 0 {
			g = randomGeometry(r, geometries)
		}
		literals := make([]string, 0, len(values)+2)
		literals = append(literals, fmt.Sprint(seq))
		for i := range values {
			if r.IntN(6) == 0 {
				values[i] = columns.Value{}
			}
			literals = append(literals, sqlLiteral(values[i]))
		}
		shape := "NULL"
		if g != nil {
			shape = "'SRID=4326;" + wkt.MarshalString(g) + "'"
		}
		fmt.Fprintf(&sql, "INSERT INTO t VALUES (%s);\n", strings.Join(append(literals, shape), ","))
		feature := columns.AppendFeature(nil, s, "", g, values)
		table.features = append(table.features, feature)
		if err := table.Append([]columns.Row{{Seq: int64(seq), Until: math.MaxInt64, Feature: feature}}); err != nil {
			t.Fatal(err)
		}
	}
	return table, s, sql.String()
}

func randomGeometry(r *rand.Rand, kind string) orb.Geometry {
	p := orb.Point{92 + float64(r.IntN(29))/4, 12 + float64(r.IntN(33))/4}
	size := float64(1+r.IntN(8)) / 4
	switch {
	case kind == "Point" || r.IntN(4) == 0:
		return p
	case r.IntN(3) == 0:
		return orb.LineString{p, {p[0] + size, p[1]}, {p[0] + size, p[1] + size/2}}
	case r.IntN(2) == 0:
		return orb.Polygon{{p, {p[0] + size, p[1]}, {p[0], p[1] + size}, p}}
	}
	return orb.Bound{Min: p, Max: orb.Point{p[0] + size, p[1] + size}}.ToPolygon()
}

func sqlLiteral(v columns.Value) string {
	switch v.Kind {
	case columns.Null:
		return "NULL"
	case columns.TextValue:
		return "'" + v.Text + "'"
	case columns.DayValue:
		return "'" + geo.FormatDay(int32(v.Int)) + "'"
	case columns.BoolValue:
		return fmt.Sprint(v.Int != 0)
	}
	return strings.ReplaceAll(string(v.AppendJSON(nil)), `"`, "'")
}
