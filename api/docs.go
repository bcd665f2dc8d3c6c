package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data/codec"
)

// docsPage explains the API to people: examples first, then every route and
// parameter, then every failure.
type docsPage struct {
	Base       string
	Recipes    []recipe
	Routes     []docsRoute
	Filters    []parameterText
	Failures   []docsFailure
	Files      []codec.Format
	DiskGiB    float64 // that files may take
	Collection string
}

// recipe is a text for a tool: a shell, r, python, html, or an address within
// instructions.
type recipe struct{ Title, Tool, Text string }

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
	body := docsPage{Base: s.base(c), Files: codec.Formats(), DiskGiB: float64(s.files.most) / (1 << 30), Recipes: recipes(s.base(c), s.version()), Filters: texts(itemsParameters(incidents))}
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

// recipes are whole lines to copy. TestCookbook runs each of them.
func recipes(base, version string) []recipe {
	items := base + "/api/collections/incidents/items"
	return []recipe{
		{"Strikes in a box on a day", "shell", `curl "` + items + `?bbox=97.6,22.8,97.9,23.1&datetime=2024-11-01"`},
		{"Who held what that day", "shell", `curl "` + base + `/api/collections/territory/items?datetime=2024-11-01"`},
		{"Who gained and lost what between two days", "shell", `curl "` + base + `/api/territory/changes?from=2024-06-01&to=2024-11-01&f=csv"`},
		{"Airstrikes certainly within 50 km of a border", "shell", `curl "` + items + `?kind=airstrike&border=mmr-chn&within_km=50&certainty=certain"`},
		{"A filter of your own (CQL2)", "shell", `curl -G "` + items + `" --data-urlencode "filter=killed_min >= 5 AND kind IN ('airstrike','shelling')"`},
		{"Everything as a spreadsheet", "shell", `curl -OJ "` + items + `?f=csv"`},
		{"A large file that goes on where it broke off (v is the version of the data; the links of the collection carry it)", "shell", `curl -C - -o incidents.gpkg "` + items + `?f=gpkg&v=` + version + `"`},
		{"What changed since you last asked", "shell", `curl "` + items + `?updated_since=2024-11-01T00:00:00Z"`},
		{"What to drop from your copy", "shell", `curl "` + base + `/api/changes?updated_since=2024-11-01T00:00:00Z"`},
		{"A feed of new and changed strikes near a border", "address", items + `?border=mmr-chn&within_km=50&f=atom`},
		{"One strike on a page that needs no script", "address", base + `/incidents/mm-0119`},
		{"QGIS", "address", "Layer, Add Layer, Add WFS / OGC API - Features Layer, New: " + base + "/api"},
		{"Excel", "address", "Data, Get Data, From Web: " + items + "?f=xlsx"},
		{"GDAL: a copy, of what it asks the server for", "shell", `ogr2ogr -f GPKG strikes.gpkg OAPIF:` + base + `/api incidents -spat 97 22 99 24 -where "kind = 'airstrike'"`},
		{"GDAL: a few features out of a large file, without the rest", "shell", `ogrinfo -ro -q -spat 97.6 22.8 97.9 23.1 "/vsicurl/` + items + `?f=fgb&v=` + version + `" incidents`},
		{"R", "r", "library(sf)\nstrikes <- st_read(\"" + items + "?f=geojson&kind=airstrike\")\naggregate(killed_min ~ held_by, st_drop_geometry(strikes), sum)"},
		{"Python", "python", "import geopandas\nstrikes = geopandas.read_file(\"" + items + "?f=geojson&kind=airstrike\")\nprint(strikes.groupby(\"held_by\", dropna=False)[\"killed_min\"].sum())"},
		{"Leaflet", "html", `<link rel="stylesheet" href="leaflet.css"><script src="leaflet.js"></script>
<div id="map" style="height: 30em"></div>
<script>
const map = L.map("map").setView([22, 97], 6);
fetch("` + items + `?kind=airstrike&limit=10000")
  .then(answer => answer.json())
  .then(strikes => L.geoJSON(strikes).bindPopup(at => at.feature.properties.summary).addTo(map));
</script>`},
	}
}
