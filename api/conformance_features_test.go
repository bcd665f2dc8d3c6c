package api_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

const strikesPath = "/api/collections/incidents/items"

// coreTests are those of OGC 17-069r4, A.2, in its order.
func coreTests() []abstractTest {
	const core = "ogcapi-features-1/core/"
	return []abstractTest{
		{core + "http", func(s suite) {
			if r, _ := s.get("/api"); r.ProtoMajor < 1 || r.StatusCode != 200 {
				s.Error(r.Proto, r.Status)
			}
		}},
		{core + "root-op", func(s suite) { s.json("/api") }},
		{core + "root-success", func(s suite) {
			landing := s.json("/api")
			for _, rel := range []string{"self", "alternate", "service-desc", "service-doc", "conformance", "data"} {
				s.linked(landing, rel)
			}
		}},
		{core + "api-definition-op", func(s suite) { s.linked(s.json("/api"), "service-desc") }},
		{core + "api-definition-success", func(s suite) {
			if version := text(s.json("/api/openapi.json")["openapi"]); version != "3.1.0" {
				s.Error(version)
			}
		}},
		{core + "conformance-op", func(s suite) { s.json("/api/conformance") }},
		{core + "conformance-success", func(s suite) {
			if len(list(s.json("/api/conformance")["conformsTo"])) == 0 {
				s.Error("conforms to nothing")
			}
		}},
		{core + "fc-md-op", func(s suite) { s.json("/api/collections") }},
		{core + "fc-md-success", func(s suite) {
			document := s.json("/api/collections")
			for _, rel := range []string{"self", "alternate"} {
				s.linked(document, rel)
			}
		}},
		{core + "fc-md-links", func(s suite) {
			s.each(func(s suite, _ string, c map[string]any) {
				if len(s.linked(c, "items")) < 2 { // GeoJSON and HTML
					s.Error(c["links"])
				}
			})
		}},
		{core + "fc-md-items", func(s suite) {
			s.each(func(s suite, _ string, c map[string]any) {
				if text(c["id"]) == "" || text(c["title"]) == "" || len(list(c["links"])) == 0 {
					s.Error(c)
				}
			})
		}},
		{core + "fc-md-extent", func(s suite) {
			s.each(func(s suite, path string, c map[string]any) {
				extent, _ := c["extent"].(map[string]any)
				spatial, _ := extent["spatial"].(map[string]any)
				boxes := list(spatial["bbox"])
				if len(boxes) == 0 {
					return
				}
				var corners []string // as clients see them that keep single precision
				for _, n := range list(boxes[0]) {
					corners = append(corners, fmt.Sprint(float64(float32(n.(float64)))))
				}
				if all, within := s.matched(path+"/items?limit=1&bbox=-180,-90,180,90"), s.matched(path+"/items?limit=1&bbox="+strings.Join(corners, ",")); within == 0 || within != all {
					s.Errorf("%d of %d in %v", within, all, corners)
				}
			})
		}},
		{core + "sfc-md-op", func(s suite) { s.each(func(s suite, path string, _ map[string]any) { s.json(path) }) }},
		{core + "sfc-md-success", func(s suite) {
			s.each(func(s suite, path string, listed map[string]any) {
				c := s.json(path)
				for _, name := range []string{"id", "title", "description", "extent", "crs", "storageCrs"} {
					if fmt.Sprint(c[name]) != fmt.Sprint(listed[name]) {
						s.Errorf("%s: %s is %v here and %v in the list", path, name, c[name], listed[name])
					}
				}
			})
		}},
		{core + "crs84", func(s suite) {
			s.walk(strikesPath+"?limit=1000", func(f map[string]any) {
				g, _ := f["geometry"].(map[string]any)
				if at := list(g["coordinates"]); g != nil && (number(at[0]) < 90 || number(at[0]) > 103 || number(at[1]) < 9 || number(at[1]) > 29) {
					s.Errorf("%v lies outside the country at %v", f["id"], at)
				}
			})
		}},
		{core + "fc-op", func(s suite) { s.each(func(s suite, path string, _ map[string]any) { s.json(path + "/items") }) }},
		{core + "fc-bbox-definition", func(s suite) {
			p := s.parameter("/collections/incidents/items", "bbox")
			schema := p["schema"].(map[string]any)
			if p["in"] != "query" || p["required"] == true || p["style"] != "form" || p["explode"] != false || schema["type"] != "array" || number(schema["minItems"]) != 4 || number(schema["maxItems"]) != 6 {
				s.Error(p)
			}
		}},
		{core + "fc-bbox-response", func(s suite) {
			if n := s.walk(strikesPath+"?limit=50&bbox=97,22,98.5,24", func(f map[string]any) {
				at := list(f["geometry"].(map[string]any)["coordinates"])
				if number(at[0]) < 97 || number(at[0]) > 98.5 || number(at[1]) < 22 || number(at[1]) > 24 {
					s.Error(f["id"], at)
				}
			}); n == 0 || n != s.matched(strikesPath+"?limit=1&bbox=97,22,-1000,98.5,24,9000") {
				s.Errorf("%d in the box", n)
			}
			for _, bad := range []string{"1,2,3", "a,b,c,d", "97,24,98,22", "1,2,3,4,5"} {
				s.refused(400, strikesPath+"?bbox="+bad)
			}
		}},
		{core + "fc-limit-definition", func(s suite) {
			schema := s.parameter("/collections/incidents/items", "limit")["schema"].(map[string]any)
			if schema["type"] != "integer" || number(schema["minimum"]) != 1 || number(schema["maximum"]) != 10000 || number(schema["default"]) != 100 {
				s.Error(schema)
			}
		}},
		{core + "fc-limit-response", func(s suite) {
			for limit, want := range map[string]int{"?limit=1": 1, "?limit=7": 7, "": 100, "?limit=10001": s.matched(strikesPath)} {
				if n := len(list(s.json(strikesPath + limit)["features"])); n != want {
					s.Errorf("%s: %d features", limit, n)
				}
			}
			for _, bad := range []string{"0", "-1", "x", "1.5"} {
				s.refused(400, strikesPath+"?limit="+bad)
			}
		}},
		{core + "fc-time-definition", func(s suite) {
			if p := s.parameter("/collections/incidents/items", "datetime"); p["in"] != "query" || p["schema"].(map[string]any)["type"] != "string" {
				s.Error(p)
			}
		}},
		{core + "fc-time-response", func(s suite) {
			all := s.matched(strikesPath)
			for _, period := range []string{"2024-11-01", "2024-09-01/2024-11-30", "2024-11-01T00:00:00Z", "2024-09-01T00:00:00Z/2024-11-30T23:59:59Z"} {
				if n := s.matched(strikesPath + "?datetime=" + period); n == 0 || n == all {
					s.Errorf("%d of %d in %s", n, all, period)
				}
			}
			if before, after := s.matched(strikesPath+"?datetime=../2024-06-30"), s.matched(strikesPath+"?datetime=2024-07-01/"); before+after < all || before == all || after == all {
				s.Errorf("%d before, %d after, %d in all", before, after, all)
			}
			for _, bad := range []string{"yesterday", "2024-13-01", "2024-11-30/2024-11-01", "../..x"} {
				s.refused(400, strikesPath+"?datetime="+bad)
			}
		}},
		{core + "fc-response", func(s suite) {
			s.each(func(s suite, path string, _ map[string]any) {
				if page := s.json(path + "/items"); page["type"] != "FeatureCollection" {
					s.Error(path, page["type"])
				}
			})
		}},
		{core + "fc-links", func(s suite) {
			page := s.json(strikesPath + "?limit=10&kind=airstrike")
			for _, rel := range []string{"self", "alternate", "next"} {
				for _, href := range s.linked(page, rel) {
					if !strings.Contains(href, "kind=airstrike") {
						s.Errorf("%s forgets the filter: %s", rel, href)
					}
				}
			}
		}},
		{core + "fc-timeStamp", func(s suite) {
			if _, err := time.Parse(time.RFC3339, text(s.json(strikesPath)["timeStamp"])); err != nil {
				s.Error(err)
			}
		}},
		{core + "fc-numberMatched", func(s suite) {
			s.each(func(s suite, path string, _ map[string]any) {
				ids := map[string]bool{}
				n := s.walk(path+"/items?limit=100", func(f map[string]any) { ids[fmt.Sprint(f["id"])] = true })
				if matched := s.matched(path + "/items"); n != matched || len(ids) != n {
					s.Errorf("%s: %d features with %d ids, %d matched", path, n, len(ids), matched)
				}
			})
		}},
		{core + "fc-numberReturned", func(s suite) { s.walk(strikesPath+"?limit=33", func(map[string]any) {}) }},
		{core + "f-op", func(s suite) {
			s.each(func(s suite, path string, _ map[string]any) {
				for _, f := range list(s.json(path + "/items?limit=3")["features"]) {
					f := f.(map[string]any)
					if one := s.json(path + "/items/" + text(f["id"])); one["id"] != f["id"] || one["type"] != "Feature" {
						s.Errorf("%v is %v", f["id"], one["id"])
					}
				}
				s.refused(404, path+"/items/no-such-feature")
			})
		}},
		{core + "f-success", func(s suite) {
			if r, _ := s.get(strikesPath + "/mm-0119"); r.Header.Get("Content-Type") != "application/geo+json" {
				s.Error(r.Header)
			}
		}},
		{core + "f-links", func(s suite) {
			feature := s.json(strikesPath + "/mm-0119")
			for _, rel := range []string{"self", "alternate", "collection"} {
				s.linked(feature, rel)
			}
		}},
		{core + "query-param-unknown", func(s suite) {
			for _, path := range []string{"/api", "/api/conformance", "/api/collections", "/api/collections/incidents", strikesPath, strikesPath + "/mm-0119"} {
				s.refused(400, path+"?no-such-parameter=1")
			}
		}},
		{core + "query-param-invalid", func(s suite) { s.refused(400, strikesPath+"?kind=no-such-kind&limit=x") }},
		{"ogcapi-common-1/core/landing", func(s suite) { s.linked(s.json("/api"), "conformance") }},
		{"ogcapi-common-2/collections/rc-md-op", func(s suite) { s.refused(404, "/api/collections/no-such-collection") }},
	}
}

// representationTests are those of the encodings, A.3 to A.7.
func representationTests() []abstractTest {
	const part = "ogcapi-features-1/"
	resources := []string{"/api", "/api/conformance", "/api/collections", "/api/collections/incidents", strikesPath, strikesPath + "/mm-0119"}
	return []abstractTest{
		{part + "geojson/definition", func(s suite) {
			for _, path := range []string{strikesPath, strikesPath + "/mm-0119"} {
				if r, _ := s.get(path, "Accept", "application/geo+json"); r.Header.Get("Content-Type") != "application/geo+json" {
					s.Error(path, r.Header)
				}
			}
		}},
		{part + "geojson/content", func(s suite) {
			s.each(func(s suite, path string, _ map[string]any) {
				s.walk(path+"/items?limit=100", func(f map[string]any) {
					_, hasGeometry := f["geometry"]
					if _, isObject := f["properties"].(map[string]any); f["type"] != "Feature" || !hasGeometry || !isObject || text(f["id"]) == "" {
						s.Errorf("%s: %v", path, f)
					}
				})
			})
		}},
		{part + "html/definition", func(s suite) {
			for _, path := range resources {
				if r, _ := s.get(path, "Accept", "text/html"); !strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") {
					s.Error(path, r.Header)
				}
			}
		}},
		{part + "html/content", func(s suite) {
			for _, path := range resources {
				_, b := s.get(path, "Accept", "text/html")
				if page := string(b); !strings.HasPrefix(page, "<!doctype html>") || !strings.Contains(page, "<title>") || !strings.Contains(page, "href=") {
					s.Errorf("%s: %.200s", path, page)
				}
			}
		}},
		{part + "oas30/definition", func(s suite) {
			r, _ := s.get("/api/openapi.json", "Accept", "application/vnd.oai.openapi+json;version=3.0")
			if got := r.Header.Get("Content-Type"); got != "application/vnd.oai.openapi+json;version=3.0" {
				s.Error(got)
			}
		}},
		{part + "oas30/completeness", func(s suite) {
			paths := s.json("/api/openapi.json?f=json30")["paths"].(map[string]any)
			s.each(func(s suite, path string, _ map[string]any) {
				for _, below := range []string{"", "/items", "/items/{fid}", "/queryables", "/schema"} {
					if paths[strings.TrimPrefix(path, "/api")+below] == nil && paths["/collections/{collection}"+below] == nil {
						s.Errorf("%s%s is not described", path, below)
					}
				}
			})
		}},
		{part + "oas30/exception-codes", func(s suite) {
			for path, methods := range s.json("/api/openapi.json?f=json30")["paths"].(map[string]any) {
				responses := methods.(map[string]any)["get"].(map[string]any)["responses"].(map[string]any)
				for _, status := range []string{"200", "400"} {
					if responses[status] == nil && responses["default"] == nil && responses["4XX"] == nil {
						s.Errorf("%s says nothing of %s", path, status)
					}
				}
			}
		}},
		{part + "oas30/oas-impl", func(s suite) {
			for path := range s.json("/api/openapi.json?f=json30")["paths"].(map[string]any) {
				if strings.Contains(path, "{") || slices.Contains([]string{"/events", "/reports/border", "/territory/changes"}, path) {
					continue // TestOpenAPI asks for all, with what they need
				}
				if r, b := s.get("/api" + path); r.StatusCode != http.StatusOK {
					s.Errorf("%s: %d %.200s", path, r.StatusCode, b)
				}
			}
		}},
	}
}
