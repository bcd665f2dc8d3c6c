package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

// docsPage explains the API to people: examples first, then every route and
// parameter, then every failure.
type docsPage struct {
	Base       string
	Recipes    []recipe
	Routes     []docsRoute
	Filters    []parameterText
	Failures   []docsFailure
	Collection string
}

type recipe struct{ Title, Text string }

type docsRoute struct {
	Method, Path, Summary, Formats string
	Parameters                     []parameterText
	Filters                        bool
}

type parameterText struct{ Name, Description, Example string }

type docsFailure struct {
	Name, Title string
	Status      int
}

func (s *server) showDocs(c *gin.Context) error {
	if _, err := negotiate(c, []format{htmlFormat()}); err != nil {
		return err
	}
	if s.notModified(c) {
		return nil
	}
	incidents, err := s.findCollection(c, "incidents")
	if err != nil {
		return err
	}
	body := docsPage{Base: s.base(c), Recipes: recipes(s.base(c)), Filters: texts(itemsParameters(incidents))}
	for _, r := range s.routes {
		var formats []string
		for _, f := range r.formats {
			formats = append(formats, f.name)
		}
		body.Routes = append(body.Routes, docsRoute{r.method, "/api" + strings.TrimSuffix(r.path, "/"), r.summary, strings.Join(formats, ", "),
			texts(r.parameters), r.filters != nil})
	}
	for _, f := range failures {
		if f.status != statusClientGone {
			body.Failures = append(body.Failures, docsFailure{f.name, f.title, f.status})
		}
	}
	body.Failures = append(body.Failures, docsFailure{"internal", "Internal error", http.StatusInternalServerError})
	return s.writePage(c, http.StatusOK, "docs", page{Title: "How to use the API", Body: body})
}

func texts(parameters []parameter) []parameterText {
	var all []parameterText
	for _, p := range parameters {
		all = append(all, parameterText{p.name, p.description, exampleText(p.example)})
	}
	return all
}

// recipes are whole lines to copy.
func recipes(base string) []recipe {
	items := base + "/api/collections/incidents/items"
	return []recipe{
		{"Strikes in a box on a day", `curl "` + items + `?bbox=97.6,22.8,97.9,23.1&datetime=2024-11-01"`},
		{"Who held what that day", `curl "` + base + `/api/collections/territory/items?datetime=2024-11-01"`},
		{"Who gained and lost what between two days", `curl "` + base + `/api/territory/changes?from=2024-06-01&to=2024-11-01&f=csv"`},
		{"Airstrikes certainly within 50 km of a border", `curl "` + items + `?kind=airstrike&border=mmr-chn&within_km=50&certainty=certain"`},
		{"Everything as a spreadsheet", `curl -OJ "` + items + `?f=csv"`},
		{"What changed since you last asked", `curl "` + items + `?updated_since=2024-11-01T00:00:00Z"`},
		{"What to drop from your copy", `curl "` + base + `/api/changes?updated_since=2024-11-01T00:00:00Z"`},
		{"A feed of new and changed strikes near a border", items + `?border=mmr-chn&within_km=50&f=atom`},
		{"One strike on a page that needs no script", base + `/incidents/mm-0119`},
		{"A filter of your own (CQL2)", `curl -G "` + items + `" --data-urlencode "filter=killed_min >= 5 AND kind IN ('airstrike','shelling')"`},
		{"QGIS", "Layer, Add Layer, Add WFS / OGC API - Features Layer, New: " + base + "/api"},
		{"GDAL", `ogr2ogr -f GPKG incidents.gpkg OAPIF:` + base + `/api incidents`},
		{"R", `sf::read_sf("` + items + `?f=geojson")`},
		{"Python", `geopandas.read_file("` + items + `?f=geojson")`},
		{"Excel", "Data, From Web: " + items + "?f=csv"},
		{"Leaflet", `fetch("` + items + `").then(r => r.json()).then(d => L.geoJSON(d).addTo(map))`},
	}
}
