package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

func reportFormats() []format {
	return []format{htmlFormat(), jsonFormat(),
		{name: "geojson", title: "GeoJSON", media: "application/geo+json"},
		{name: "csv", title: "CSV", media: "text/csv; charset=utf-8"}}
}

func reportParameters() []parameter {
	return []parameter{
		{name: "border", description: "Code of the border.", schema: object{"type": "string"}, example: "mmr-chn"},
		{name: "within_km", description: "Kilometres from the border.", schema: object{"type": "number", "exclusiveMinimum": 0}, example: 50},
		{name: "datetime", description: "The period, both days included; the equal period before is compared.", schema: object{"type": "string"}, example: "2024-09-01/2024-11-30"},
		{name: "known_at", description: "Answer as the public view stood at this time (RFC 3339).", schema: object{"type": "string", "format": "date-time"}, example: "2030-01-01T00:00:00Z"},
	}
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
	query.Set("f", f.name)
	media, body, err := s.options.BorderReport(c.Request.Context(), query)
	if err != nil {
		return err
	}
	if strings.HasPrefix(media, "text/html") {
		c.Header("Content-Security-Policy", reportPolicy)
	}
	c.Data(http.StatusOK, media, body)
	return nil
}
