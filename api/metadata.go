package api

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

// showMetadata tells what a file of the same items says of itself: licence,
// attribution, query, known_at, checkpoint, how many records are left out, and
// the field dictionary. Files that have no place for it link here.
func (s *server) showMetadata(c *gin.Context) error {
	collection, offers := collectionIn(c), []format{jsonFormat()}
	f, err := negotiate(c, offers)
	if err != nil {
		return err
	}
	query, keep, err := s.parseItems(collection, c.Request.URL.Query())
	if err != nil {
		return err
	}
	s.pin(c, &query)
	if s.notModified(c, f.name) {
		return nil
	}
	e, err := s.newExport(c, collection, query, f, keep)
	if err != nil {
		return err
	}
	e.meta.Query = s.selfAt(c, "items", "f", "")
	about, err := e.meta.JSON()
	if err != nil {
		return err
	}
	c.Data(http.StatusOK, f.media, about)
	return nil
}

// describedBy links a file to the metadata that belongs to it.
func (s *server) describedBy(c *gin.Context) string {
	return "<" + s.selfAt(c, "metadata", "f", "", "crs", "", "hxl", "") + `>; rel="describedby"; type="application/json"`
}

func metadataParameters() []parameter {
	var kept []parameter
	for _, p := range pageParameters() {
		if p.name == "limit" || p.name == "after" || p.name == "v" {
			kept = append(kept, p)
		}
	}
	return kept
}

func hxlParameter() parameter {
	return parameter{name: "hxl", description: "In CSV: whether a second header row gives the HXL hashtag of each column.", schema: object{"type": "boolean", "default": false}}
}

func parseHXL(c *gin.Context) (bool, error) {
	text, given := c.GetQuery("hxl")
	if !given {
		return false, nil
	}
	hxl, err := strconv.ParseBool(text)
	if err != nil {
		return false, &data.InvalidError{Field: "hxl", Problem: "is " + quoted(text), Hint: "true or false"}
	}
	return hxl, nil
}

func metadataSchema() object {
	text := object{"type": "string"}
	return members(object{"collection": text, "title": text, "description": text, "query": text,
		"known_at": object{"type": "string", "format": "date-time"}, "generated": object{"type": "string", "format": "date-time"},
		"checkpoint": text, "licence": text, "left_out": object{"type": "integer", "minimum": 0},
		"attribution": listOf(members(object{"title": text, "origin": text, "licence": text, "licence_url": text, "text": text}, "title")),
		"fields": listOf(members(object{"name": text, "type": text, "title": text, "description": text, "unit": text,
			"codes": listOf(members(object{"value": text, "title": text, "acled": text, "ucdp": text}, "value"))}, "name", "type")),
	}, "collection", "query", "known_at", "attribution", "left_out", "fields")
}
