package api_test

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// schemaTests are those of OGC 23-058r1.
func schemaTests() []abstractTest {
	const part = "ogcapi-features-5/"
	return []abstractTest{
		{part + "schemas/schema", func(s suite) {
			s.each(func(s suite, _ string, c map[string]any) {
				href := s.linked(c, "http://www.opengis.net/def/rel/ogc/1.0/schema")[0]
				schema := s.json(href)
				if !strings.HasPrefix(text(schema["$schema"]), "https://json-schema.org/draft/") || schema["$id"] != href || schema["type"] != "object" {
					s.Errorf("%s: %v", href, schema)
				}
			})
		}},
		{part + "core-roles-features/properties", func(s suite) {
			s.each(func(s suite, path string, _ map[string]any) {
				schema := s.json(path + "/schema")["properties"].(map[string]any)
				roles := map[string]int{}
				for _, property := range schema {
					roles[text(property.(map[string]any)["x-ogc-role"])]++
				}
				if roles["id"] != 1 || roles["primary-geometry"] > 1 || roles["primary-instant"] > 1 || roles["primary-interval-start"] != roles["primary-interval-end"] {
					s.Errorf("%s: roles %v", path, roles)
				}
				for _, f := range list(s.json(path + "/items?limit=20")["features"]) {
					for name := range f.(map[string]any)["properties"].(map[string]any) {
						if schema[name] == nil {
							s.Errorf("%s: %s is not in the schema", path, name)
						}
					}
				}
			})
		}},
	}
}

// tileTests are those of OGC 20-057, A.2 to A.6.
func tileTests() []abstractTest {
	const part = "ogcapi-tiles-1/"
	const described = "/collections/incidents/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}"
	tiled := func(s suite, f func(s suite, path string, c map[string]any)) {
		s.each(func(s suite, path string, c map[string]any) {
			if extent, _ := c["extent"].(map[string]any); extent["spatial"] != nil {
				f(s, path+"/tiles", c)
			}
		})
	}
	// template is the address of a tileset's tiles.
	template := func(s suite, path string) string {
		for _, l := range list(s.json(path + "/WebMercatorQuad")["links"]) {
			if l := l.(map[string]any); l["rel"] == "item" && l["templated"] == true {
				return text(l["href"])
			}
		}
		s.Fatalf("%s has no template", path)
		return ""
	}
	at := func(template string, matrix, row, col int) string {
		return strings.NewReplacer("{tileMatrix}", fmt.Sprint(matrix), "{tileRow}", fmt.Sprint(row), "{tileCol}", fmt.Sprint(col)).Replace(template)
	}
	return []abstractTest{
		{part + "core/tc-op", func(s suite) {
			tiled(s, func(s suite, path string, _ map[string]any) {
				if r, b := s.get(at(template(s, path), 4, 6, 12)); r.StatusCode != 200 || len(b) == 0 {
					s.Errorf("%s: %d", path, r.StatusCode)
				}
			})
		}},
		{part + "core/tc-tilematrix-definition", func(s suite) {
			for _, name := range []string{"tileMatrix", "tileRow", "tileCol"} {
				if p := s.parameter(described, name); p["in"] != "path" || p["required"] != true {
					s.Errorf("%v", p)
				}
			}
		}},
		{part + "core/tc-error", func(s suite) {
			tiled(s, func(s suite, path string, _ map[string]any) {
				for _, outside := range [][3]int{{4, 16, 0}, {4, 0, 16}, {99, 0, 0}} {
					s.refused(404, at(template(s, path), outside[0], outside[1], outside[2]))
				}
				s.refused(404, path+"/NoSuchTileMatrixSet")
			})
		}},
		{part + "core/tc-empty", func(s suite) {
			tiled(s, func(s suite, path string, _ map[string]any) {
				if r, b := s.get(at(template(s, path), 4, 0, 0)); r.StatusCode != 204 || len(b) != 0 {
					s.Errorf("%s: %d %d", path, r.StatusCode, len(b))
				}
			})
		}},
		{part + "tileset/success", func(s suite) {
			tiled(s, func(s suite, path string, _ map[string]any) {
				set := s.json(path + "/WebMercatorQuad")
				if set["dataType"] != "vector" || text(set["crs"]) == "" || text(set["tileMatrixSetURI"]) != "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad" {
					s.Errorf("%s: %v", path, set)
				}
				s.linked(set, "self")
			})
		}},
		{part + "tileset/tiling-scheme", func(s suite) {
			tiled(s, func(s suite, path string, _ map[string]any) {
				set := s.json(path + "/WebMercatorQuad")
				scheme := s.json(s.linked(set, "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme")[0])
				if scheme["id"] != "WebMercatorQuad" || scheme["uri"] != set["tileMatrixSetURI"] || scheme["crs"] != set["crs"] {
					s.Errorf("%s: %v", path, scheme)
				}
				// What the register of OGC 17-083r4, annex D.1, says of its second matrix.
				matrix := list(scheme["tileMatrices"])[1].(map[string]any)
				origin := list(matrix["pointOfOrigin"])
				if matrix["id"] != "1" || number(matrix["matrixWidth"]) != 2 || number(matrix["matrixHeight"]) != 2 || number(matrix["tileWidth"]) != 256 ||
					math.Abs(number(matrix["scaleDenominator"])-279541132.014358) > 1e-5 || math.Abs(number(matrix["cellSize"])-78271.516964020) > 1e-8 ||
					math.Abs(number(origin[0])+20037508.3427892) > 1e-6 || math.Abs(number(origin[1])-20037508.3427892) > 1e-6 {
					s.Errorf("%s: %v", path, matrix)
				}
			})
		}},
		{part + "tileset/limits", func(s suite) {
			tiled(s, func(s suite, path string, _ map[string]any) {
				limits := list(s.json(path + "/WebMercatorQuad")["tileMatrixSetLimits"])
				if len(limits) == 0 {
					s.Fatalf("%s has no limits", path)
				}
				for _, limit := range limits {
					l := limit.(map[string]any)
					matrix, err := strconv.Atoi(text(l["tileMatrix"]))
					row, col := int(number(l["maxTileRow"])), int(number(l["maxTileCol"]))
					if r, b := s.get(at(template(s, path), matrix, row, col)); err != nil || r.StatusCode >= 300 {
						s.Errorf("%s: %v: %d %.200s", path, l, r.StatusCode, b)
					}
					s.refused(404, at(template(s, path), matrix, row+1, col))
				}
				s.refused(404, at(template(s, path), len(limits), 0, 0))
			})
		}},
		{part + "tilesets-list/success", func(s suite) {
			tiled(s, func(s suite, path string, _ map[string]any) {
				sets := list(s.json(path)["tilesets"])
				if len(sets) != 1 {
					s.Fatalf("%s: %v", path, sets)
				}
				set := sets[0].(map[string]any)
				if set["dataType"] != "vector" || text(set["crs"]) == "" || text(set["tileMatrixSetURI"]) == "" {
					s.Errorf("%s: %v", path, set)
				}
				// Each link can be followed as it stands; what is to be filled in is in the tileset.
				for _, l := range list(set["links"]) {
					s.linked(set, text(l.(map[string]any)["rel"]))
				}
			})
		}},
		{part + "geodata-tilesets/desc-links", func(s suite) {
			tiled(s, func(s suite, _ string, c map[string]any) {
				s.linked(c, "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector")
			})
		}},
		{part + "oas30/completeness", func(s suite) {
			paths := s.json("/api/openapi.json?f=json30")["paths"].(map[string]any)
			tiled(s, func(s suite, path string, c map[string]any) {
				for below, suffix := range map[string]string{"": "getTileSetsList", "/WebMercatorQuad": "getTileSet", "/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": "getTile"} {
					// The operation ids are those of oas30/operation-id.
					methods, _ := paths[strings.TrimPrefix(path, "/api")+below].(map[string]any)
					operation, _ := methods["get"].(map[string]any)
					if want := text(c["id"]) + ".collection.vector." + suffix; operation["operationId"] != want {
						s.Errorf("%s%s is %v, not %s", path, below, operation["operationId"], want)
					}
				}
			})
		}},
		{part + "mvt/content", func(s suite) {
			tiled(s, func(s suite, path string, c map[string]any) {
				r, b := s.get(at(template(s, path), 4, 6, 12))
				// What is in it is read back in data/codec; here that it is the layer asked for.
				if got := r.Header.Get("Content-Type"); got != "application/vnd.mapbox-vector-tile" || !strings.Contains(string(b), text(c["id"])) {
					s.Errorf("%s: %s, %d bytes", path, got, len(b))
				}
			})
		}},
	}
}
