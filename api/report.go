package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

func reportFormats() []format {
	return []format{htmlFormat(), jsonFormat(),
		{name: "geojson", title: "GeoJSON", media: "application/geo+json"},
		{name: "csv", title: "CSV", media: "text/csv; charset=utf-8"},
		{name: "text", title: "plain text", media: "text/plain; charset=utf-8"},
		{name: "svg", title: "the map as SVG", media: "image/svg+xml"},
		{name: "png", title: "the map as PNG", media: "image/png"}}
}

// reportParameters are shorter names, as the command has them.
func reportParameters() []parameter {
	return []parameter{
		{name: "within", description: "The same as within_km, also with its unit: 30km.", schema: object{"type": "string"}, example: "30km"},
		{name: "period", description: "The same as datetime.", schema: object{"type": "string"}, example: "2024-09-01/2024-11-30"},
	}
}

// reportFilters are those of incidents, of which a report needs some.
func reportFilters(incidents data.Collection) []parameter {
	var all []parameter
	for _, p := range filterParameters(incidents) {
		switch p.name {
		case "bbox-crs", "filter-crs":
			continue
		case "border":
			p.description, p.required = "Code of the border.", true
		case "within_km":
			p.description, p.example = "Kilometres from the border (or give within).", 50
			p.schema = object{"type": "number", "exclusiveMinimum": 0, "maximum": 1000}
		case "datetime":
			p.description = "The period, both days included (or give period); the equal period before is compared. At most 20 years."
			p.example = "2024-09-01/2024-11-30"
		}
		all = append(all, p)
	}
	return all
}

// reportPolicy lets a report bring its own style and drawn map, and nothing
// that runs.
const reportPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

// showBorderReport answers with a report on the strikes near a border.
func (s *server) showBorderReport(c *gin.Context) error {
	f, err := negotiate(c, reportFormats())
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	query := c.Request.URL.Query()
	if query.Has("datetime") {
		query.Set("datetime", plainPeriod(query.Get("datetime")))
	}
	query.Set("f", f.name)
	media, body, err := s.options.BorderReport(c.Request.Context(), query)
	if err != nil {
		return err
	}
	if strings.HasPrefix(media, "text/html") || media == "image/svg+xml" {
		c.Header("Content-Security-Policy", reportPolicy)
	}
	c.Data(http.StatusOK, media, body)
	return nil
}
