package api_test

import (
	"strings"
	"testing"
)

// TestScenarios asks as clients do. want is a part of the body.
func TestScenarios(t *testing.T) {
	h := newHandler(t, newStore(t))
	const items = "/api/collections/incidents/items"
	for _, s := range []struct {
		name, target, accept string
		status               int
		media, want          string
	}{
		{"landing", "/api", "", 200, "application/json", `"rel":"conformance"`},
		{"landing for people", "/api", "text/html,application/xhtml+xml,*/*;q=0.8", 200, "text/html", "Collections of features"},
		{"trailing slash", "/api/", "", 200, "application/json", `"rel":"conformance"`},
		{"conformance", "/api/conformance", "", 200, "application/json", "ogcapi-features-1/1.0/conf/geojson"},
		{"collections", "/api/collections", "", 200, "application/json", `"id":"territory"`},
		{"collections for people", "/api/collections?f=html", "", 200, "text/html", "Incidents"},
		{"collection", "/api/collections/incidents", "", 200, "application/json", `"interval"`},
		{"collection for people", "/api/collections/borders?f=html", "", 200, "text/html", "Download"},
		{"queryables", "/api/collections/incidents/queryables", "", 200, "application/schema+json", `"held_certainty"`},
		{"schema", "/api/collections/incidents/schema", "", 200, "application/schema+json", `"summary"`},
		{"schema for people", "/api/collections/incidents/schema?f=html", "", 200, "text/html", "Border distance"},
		{"items", items, "", 200, "application/geo+json", `"numberMatched"`},
		{"items as JSON", items, "application/json", 200, "application/geo+json", `"FeatureCollection"`},
		{"items for people", items + "?f=html&kind=airstrike&limit=5", "", 200, "text/html", "Next page"},
		{"form", items + "?f=html&form=1&q=&kind=airstrike", "", 303, "", ""},
		{"Lashio", items + "?bbox=97.6,22.8,97.9,23.1&datetime=2024-11-01", "", 200, "application/geo+json", `"held_by":"MNDAA"`},
		{"as CSV", items + "?f=csv", "", 200, "text/csv", "killed_min"},
		{"as lines", items + "?f=jsonl&limit=2", "", 200, "application/x-ndjson", `{"type":"Feature"`},
		{"as a feed", items + "?f=atom&kind=airstrike&held_by=MNDAA", "", 200, "application/atom+xml", `<link href="http://test/incidents/mm-0119" rel="alternate" type="text/html">`},
		{"what is computed as a feed", "/api/collections/territory/items?f=atom&datetime=2024-11-01", "", 200, "application/atom+xml", "<category term=\"territory\">"},
		{"whole GeoJSON", items + "?f=geojson", "", 200, "application/geo+json", `"metadata"`},
		{"some properties", items + "?properties=id,kind&limit=1", "", 200, "application/geo+json", `"properties":{"id":`},
		{"within", items + "?border=mmr-chn&within_km=110&limit=3", "", 200, "application/geo+json", `"certainty":`},
		{"CQL2", items + "?filter=killed_min%20%3E%3D%202&limit=3", "", 200, "application/geo+json", `"killed_min":`},
		{"territory", "/api/collections/territory/items?datetime=2024-11-01", "", 200, "application/geo+json", `"area_km2":`},
		{"no geometry", "/api/collections/actors/items", "", 200, "application/geo+json", `"geometry":null`},
		{"item", items + "/mm-0119", "", 200, "application/geo+json", `"citations":[{`},
		{"item for people", items + "/mm-0119", "text/html", 200, "text/html", "What each source says"},
		{"history", items + "/mm-0119/history", "", 200, "application/json", `"versions":[{"version":1`},
		{"history for people", items + "/mm-0119/history?f=html", "", 200, "text/html", "Version 1"},
		{"known before", items + "?known_at=2001-01-01T00:00:00Z", "", 200, "application/geo+json", `"numberMatched":0`},
		{"proof", items + "/mm-0119/proof", "", 200, "application/json", `"leaf_hash":`},
		{"checkpoint", "/api/checkpoint", "", 200, "application/json", `"root":`},
		{"checkpoint as a note", "/api/checkpoint?f=note", "", 200, "text/plain", "test"},
		{"export carries the checkpoint", items + "?f=geojson", "", 200, "application/geo+json", `"checkpoint":"test`},
		{"timeline", "/api/timeline?bucket=month&by=kind", "", 200, "application/json", `"count":11`},
		{"summary for people", "/api/summary?by=held_by&f=html", "", 200, "text/html", "MNDAA"},
		{"summary as CSV", "/api/summary?by=held_by&f=csv", "", 200, "text/csv", "MNDAA,12,2,7,,"},
		{"TileJSON", "/api/collections/incidents/tiles/WebMercatorQuad?f=tilejson&kind=airstrike", "", 200, "application/vnd.mapbox.tile+json", "kind=airstrike&v="},
		{"tilesets", "/api/collections/territory/tiles", "", 200, "application/json", "WebMercatorQuad"},
		{"tile", "/api/collections/incidents/tiles/WebMercatorQuad/6/27/49", "", 200, "application/vnd.mapbox-vector-tile", "mm-0119"},
		{"empty tile", "/api/collections/incidents/tiles/WebMercatorQuad/6/0/0", "", 204, "", ""},
		{"changes", "/api/changes?collection=incidents", "", 200, "application/json", `"operation":"create"`},
		{"changes feed", "/api/changes?f=atom", "", 200, "application/atom+xml", "<entry>"},
		{"changes for people", "/api/changes?f=html", "", 200, "text/html", "Recorded"},
		{"report", "/api/reports/border?border=mmr-chn&within_km=110&datetime=2024-09-01/2024-12-31&f=json", "", 200, "application/json", `"border":"mmr-chn"`},
		{"report by short names", "/api/reports/border?border=mmr-chn&within=110km&period=2024-09-01/2024-12-31", "text/html", 200, "text/html", "<svg"},
		{"report of a kind and holder", "/api/reports/border?border=mmr-chn&within_km=110&datetime=2024-09-01/2024-12-31&kind=shelling&held_by=MNDAA&bbox=97,22,98,23&f=json", "", 200, "application/json", `"certain":0`},
		{"territory gained", "/api/territory/changes?from=2024-08-01&to=2024-11-01", "", 200, "application/json", `"gained_places":["Lashio"],"lost_places":[]`},
		{"territory gained as CSV", "/api/territory/changes?from=2024-08-01&to=2024-11-01&f=csv", "", 200, "text/csv", "MNDAA,Myanmar National Democratic Alliance Army,controlled,0,"},
		{"territory gained for people", "/api/territory/changes?from=2024-08-01&to=2024-11-01", "text/html", 200, "text/html", "<td>Lashio</td>"},
		{"nothing gained as known before", "/api/territory/changes?from=2024-08-01&to=2024-11-01&known_at=2001-01-01T00:00:00Z", "", 200, "application/json", `"changes":[]`},
		{"territory over time", "/api/territory/sizes?datetime=2024-07-31/2024-08-06&step=2", "", 200, "application/json", `"sizes":[{"day":"2024-08-04","actor":"MNDAA"`},
		{"territory over all time", "/api/territory/sizes", "", 200, "application/json", `"from":"2024-08-03"`},
		{"territory over time as CSV", "/api/territory/sizes?datetime=2024-08-04/..&step=300&f=csv", "", 200, "text/csv", "2024-08-04,MNDAA,controlled,"},
		{"OpenAPI", "/api/openapi.json", "", 200, "application/vnd.oai.openapi+json", `"openapi":"3.1.0"`},
		{"OpenAPI 3.0", "/api/openapi.json?f=json30", "", 200, "application/vnd.oai.openapi+json;version=3.0", `"openapi":"3.0.3"`},
		{"OpenAPI 3.0 by header", "/api/openapi.json", "application/vnd.oai.openapi+json;version=3.0", 200, "application/vnd.oai.openapi+json;version=3.0", `"nullable":true`},
		{"docs", "/api/docs", "", 200, "text/html", "ogr2ogr"},
		{"page of an incident", "/incidents/mm-0119", "", 200, "text/html", `<meta property="og:title"`},
		{"page of an incident, shared on a site that adds to links", "/incidents/mm-0119?utm_source=x", "text/html", 200, "text/html", `rel="canonical" href="http://test/incidents/mm-0119"`},
		{"no such incident", "/incidents/mm-9999", "text/html", 404, "text/html", "/incidents"},
		{"incident not known yet", "/incidents/mm-0119?known_at=2001-01-01T00:00:00Z", "text/html", 404, "text/html", "withdrawn"},
		{"incident at no time", "/incidents/mm-0119?known_at=yesterday", "", 400, "application/problem+json", "known_at"},
		{"withheld incident", "/incidents/mm-secret", "", 404, "application/problem+json", "withdrawn"},
		{"picture of a withheld incident", "/incidents/mm-secret/map.png", "", 404, "application/problem+json", "withdrawn"},
		{"incidents without a script", "/incidents", "", 302, "", ""},
		{"map", "/", "", 200, "text/html", "<title>Map</title>"},
		{"map file", "/assets/main-abc12.js", "", 200, "text/javascript", "console.log"},
	} {
		t.Run(s.name, func(t *testing.T) {
			r := get(t, h, s.target, "Accept", s.accept)
			text := body(t, r)
			if r.StatusCode != s.status {
				t.Fatalf("status %d, want %d: %.400s", r.StatusCode, s.status, text)
			}
			if media := r.Header.Get("Content-Type"); !strings.HasPrefix(media, s.media) {
				t.Errorf("media type %q, want %q", media, s.media)
			}
			if !strings.Contains(text, s.want) {
				t.Errorf("no %q in %.600s", s.want, text)
			}
			for _, name := range []string{"X-Content-Type-Options", "Content-Security-Policy", "X-Request-Id"} {
				if r.Header.Get(name) == "" {
					t.Errorf("no %s", name)
				}
			}
		})
	}
}
