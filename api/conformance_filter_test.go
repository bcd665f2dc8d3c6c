package api_test

import (
	"fmt"
	"slices"
	"strings"
)

// crsTests are those of OGC 18-058r1, A.2.
func crsTests() []abstractTest {
	const crs = "ogcapi-features-2/crs/"
	const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
	systems := []string{crs84, epsg + "4326", epsg + "3857", epsg + "32646", epsg + "32647"}
	valid := func(parameter string) func(suite) {
		return func(s suite) {
			for _, system := range systems {
				s.matched(strikesPath + "?limit=1&" + parameter + "=" + system)
			}
			s.refused(400, strikesPath+"?"+parameter+"="+epsg+"4327")
			s.refused(400, strikesPath+"?"+parameter+"=EPSG-4326")
		}
	}
	definition := func(name string) func(suite) {
		return func(s suite) {
			if p := s.parameter("/collections/incidents/items", name); p["in"] != "query" || p["required"] == true || p["schema"].(map[string]any)["type"] != "string" {
				s.Error(p)
			}
		}
	}
	return []abstractTest{
		{crs + "crs-uri", func(s suite) {
			s.each(func(s suite, _ string, c map[string]any) {
				for _, uri := range list(c["crs"]) {
					if !strings.HasPrefix(text(uri), "http://www.opengis.net/def/crs/") {
						s.Error(uri)
					}
				}
			})
		}},
		{crs + "fc-md-crs-list", func(s suite) {
			s.each(func(s suite, _ string, c map[string]any) {
				if fmt.Sprint(c["crs"]) != fmt.Sprint(systems) {
					s.Error(c["id"], c["crs"])
				}
			})
		}},
		{crs + "fc-md-storageCrs-valid-value", func(s suite) {
			s.each(func(s suite, _ string, c map[string]any) {
				if !slices.Contains(list(c["crs"]), c["storageCrs"]) {
					s.Error(c["id"], c["storageCrs"])
				}
			})
		}},
		{crs + "fc-bbox-crs-definition", definition("bbox-crs")},
		{crs + "fc-bbox-crs-valid-value", valid("bbox-crs")},
		{crs + "bbox-crs-valid-default-value", func(s suite) {
			if a, b := s.matched(strikesPath+"?bbox=97,22,98,23"), s.matched(strikesPath+"?bbox=97,22,98,23&bbox-crs="+crs84); a != b || a == 0 {
				s.Error(a, b)
			}
		}},
		{crs + "bbox-crs-action", func(s suite) {
			if a, b := s.matched(strikesPath+"?bbox=97,22,98,23"), s.matched(strikesPath+"?bbox=22,97,23,98&bbox-crs="+epsg+"4326"); a != b || a == 0 {
				s.Error(a, b)
			}
		}},
		{crs + "fc-crs-definition", definition("crs")},
		{crs + "fc-crs-valid-value", valid("crs")},
		{crs + "fc-crs-default-value", func(s suite) {
			a, b := s.json(strikesPath+"?limit=3"), s.json(strikesPath+"?limit=3&crs="+crs84)
			if fmt.Sprint(a["features"]) != fmt.Sprint(b["features"]) {
				s.Error("the default is another")
			}
		}},
		{crs + "fc-crs-action", func(s suite) {
			same, swapped := s.json(strikesPath+"?limit=3"), s.json(strikesPath+"?limit=3&crs="+epsg+"4326")
			for i, f := range list(same["features"]) {
				a := list(f.(map[string]any)["geometry"].(map[string]any)["coordinates"])
				b := list(list(swapped["features"])[i].(map[string]any)["geometry"].(map[string]any)["coordinates"])
				if a[0] != b[1] || a[1] != b[0] {
					s.Error(a, b)
				}
			}
		}},
		{crs + "ogc-crs-header", func(s suite) {
			for _, path := range []string{strikesPath, strikesPath + "/mm-0119"} {
				for _, system := range systems {
					if r, _ := s.get(path + "?crs=" + system); r.Header.Get("Content-Crs") != "<"+system+">" {
						s.Error(path, r.Header.Get("Content-Crs"))
					}
				}
				if r, _ := s.get(path); r.Header.Get("Content-Crs") != "<"+crs84+">" {
					s.Error(path, r.Header.Get("Content-Crs"))
				}
			}
		}},
	}
}

// filterTests are those of OGC 19-079r2, A.2 to A.5.
func filterTests() []abstractTest {
	const part = "ogcapi-features-3/"
	return []abstractTest{
		{part + "queryables/get-queryables-response", func(s suite) {
			s.each(func(s suite, path string, c map[string]any) {
				href := s.linked(c, "http://www.opengis.net/def/rel/ogc/1.0/queryables")[0]
				r, _ := s.get(href)
				q := s.json(href)
				if r.Header.Get("Content-Type") != "application/schema+json" || q["$id"] != s.server+path+"/queryables" || q["type"] != "object" || q["additionalProperties"] != false ||
					!strings.HasPrefix(text(q["$schema"]), "https://json-schema.org/draft/") || len(q["properties"].(map[string]any)) == 0 {
					s.Errorf("%s: %v", href, q)
				}
			})
		}},
		{part + "queryables-query-parameters/parameters", func(s suite) {
			s.each(func(s suite, path string, c map[string]any) {
				page := s.json(path + "/items?limit=1")
				for name, schema := range s.json(path + "/queryables")["properties"].(map[string]any) {
					kind := schema.(map[string]any)["type"]
					if kind == nil { // a geometry
						continue
					}
					value := list(page["features"])[0].(map[string]any)["properties"].(map[string]any)[name]
					if value == nil || strings.Contains(fmt.Sprint(value), ",") {
						continue
					}
					if n := s.matched(path + "/items?limit=1&" + name + "=" + escape(fmt.Sprint(value))); n == 0 {
						s.Errorf("%s: nothing where %s is %v", path, name, value)
					}
				}
				s.refused(400, path+"/items?no_such_property=1")
			})
		}},
		{part + "filter/filter-param", func(s suite) {
			if p := s.parameter("/collections/incidents/items", "filter"); p["in"] != "query" || p["schema"].(map[string]any)["type"] != "string" {
				s.Error(p)
			}
		}},
		{part + "filter/filter-lang-param", func(s suite) {
			p := s.parameter("/collections/incidents/items", "filter-lang")["schema"].(map[string]any)
			if fmt.Sprint(p["enum"]) != "[cql2-text cql2-json]" || p["default"] != "cql2-text" {
				s.Error(p)
			}
		}},
		{part + "filter/filter-crs-param", func(s suite) {
			a := s.matched(strikesPath + "?filter=" + escape("S_INTERSECTS(geometry,BBOX(97,22,98,23))"))
			b := s.matched(strikesPath + "?filter-crs=" + epsg + "4326&filter=" + escape("S_INTERSECTS(geometry,BBOX(22,97,23,98))"))
			if a == 0 || a != b {
				s.Error(a, b)
			}
			s.refused(400, strikesPath+"?filter-crs="+epsg+"1&filter=true")
		}},
		{part + "filter/expression-construction", func(s suite) {
			for _, bad := range []string{"kind =", "no_such_property = 1", "kind = 'airstrike' AND", "{\"op\":\"=\"}", "S_NEAR(geometry, POINT(97 22))"} {
				s.refused(400, strikesPath+"?filter="+escape(bad))
			}
		}},
		{part + "features-filter/filter-response", func(s suite) {
			all, some := s.matched(strikesPath), 0
			some = s.walk(strikesPath+"?limit=50&filter="+escape("kind = 'airstrike' AND killed_min >= 3"), func(f map[string]any) {
				if p := f["properties"].(map[string]any); p["kind"] != "airstrike" || number(p["killed_min"]) < 3 {
					s.Error(f["id"], p["kind"], p["killed_min"])
				}
			})
			if some == 0 || some == all {
				s.Errorf("%d of %d", some, all)
			}
			both := s.matched(strikesPath + "?datetime=2024-01-01/2024-12-31&bbox=96,21,99,25&filter=" + escape("kind = 'airstrike' AND killed_min >= 3"))
			if both == 0 || both >= some {
				s.Errorf("%d with the other filters, %d without", both, some)
			}
		}},
	}
}

// cql2Tests ask each class of OGC 21-065r2 over HTTP, in both notations; the
// predicates of its own test suite are asked in data/cql2.
func cql2Tests() []abstractTest {
	const spec = "cql2/"
	var tests []abstractTest
	for _, c := range []struct{ class, name, text, json string }{
		{"basic-cql2", "comparison", `killed_min >= 3`, `{"op":">=","args":[{"property":"killed_min"},3]}`},
		{"basic-cql2", "logical", `kind = 'airstrike' AND NOT status = 'disputed'`, `{"op":"and","args":[{"op":"=","args":[{"property":"kind"},"airstrike"]},{"op":"not","args":[{"op":"=","args":[{"property":"status"},"disputed"]}]}]}`},
		{"basic-cql2", "is-null", `injured_max IS NULL`, `{"op":"isNull","args":[{"property":"injured_max"}]}`},
		{"basic-cql2", "instants", `date_start >= DATE('2024-06-01')`, `{"op":">=","args":[{"property":"date_start"},{"date":"2024-06-01"}]}`},
		{"advanced-comparison-operators", "like", `place LIKE 'L%'`, `{"op":"like","args":[{"property":"place"},"L%"]}`},
		{"advanced-comparison-operators", "between", `killed_min BETWEEN 1 AND 5`, `{"op":"between","args":[{"property":"killed_min"},1,5]}`},
		{"advanced-comparison-operators", "in-list", `held_by IN ('MNDAA','TNLA')`, `{"op":"in","args":[{"property":"held_by"},["MNDAA","TNLA"]]}`},
		{"case-insensitive-comparison", "casei", `CASEI(place) = CASEI('LASHIO')`, `{"op":"=","args":[{"op":"casei","args":[{"property":"place"}]},{"op":"casei","args":["LASHIO"]}]}`},
		{"basic-spatial-functions", "s_intersects", `S_INTERSECTS(geometry, BBOX(97,22,98,23))`, `{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[97,22,98,23]}]}`},
		{"basic-spatial-functions-plus", "geometries", `S_INTERSECTS(geometry, MULTIPOLYGON(((97 22,98 22,98 23,97 22)),((96 21,97 21,97 22,96 21))))`,
			`{"op":"s_intersects","args":[{"property":"geometry"},{"type":"MultiPolygon","coordinates":[[[[97,22],[98,22],[98,23],[97,22]]],[[[96,21],[97,21],[97,22],[96,21]]]]}]}`},
		{"spatial-functions", "s_within", `S_WITHIN(geometry, POLYGON((97 22,98 22,98 23,97 23,97 22)))`, `{"op":"s_within","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[97,22],[98,22],[98,23],[97,23],[97,22]]]}]}`},
		{"temporal-functions", "t_intersects", `T_INTERSECTS(INTERVAL(date_earliest, date_latest), INTERVAL('2024-06-01','2024-12-31'))`, `{"op":"t_intersects","args":[{"interval":[{"property":"date_earliest"},{"property":"date_latest"}]},{"interval":["2024-06-01","2024-12-31"]}]}`},
		{"property-property", "comparison", `killed_min < killed_max`, `{"op":"<","args":[{"property":"killed_min"},{"property":"killed_max"}]}`},
		{"cql2-text", "validate", `kind = 'airstrike'`, `{"op":"=","args":[{"property":"kind"},"airstrike"]}`},
		{"cql2-json", "validate", `NOT kind = 'airstrike'`, `{"op":"not","args":[{"op":"=","args":[{"property":"kind"},"airstrike"]}]}`},
	} {
		tests = append(tests, abstractTest{spec + c.class + "/" + c.name, func(s suite) {
			all := s.matched(strikesPath)
			text := s.matched(strikesPath + "?filter-lang=cql2-text&filter=" + escape(c.text))
			json := s.matched(strikesPath + "?filter-lang=cql2-json&filter=" + escape(c.json))
			rest := s.matched(strikesPath + "?filter=" + escape("NOT ("+c.text+")"))
			if text != json || text == 0 || text == all || rest > all-text {
				s.Errorf("%d by text, %d by JSON, %d by the negation, of %d", text, json, rest, all)
			}
		}})
	}
	return tests
}
