package api

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/paulmach/orb"

	"strikewatch/data"
	"strikewatch/data/columns"
)

// recordPage is one feature for people.
type recordPage struct {
	Summary   string
	Facts     []recordFact
	Citations []citationRow
	Geometry  string
	History   string
}

type recordFact struct {
	Title, Description, Text, Unit, Meaning, Href string
}

type citationRow struct {
	Publisher, URL, Published, Killed, Injured, HeldBy, Claim string
}

func (s *server) showRecord(c *gin.Context, collection data.Collection, item data.Item, links []link) error {
	var record columns.Record
	if err := collection.Schema.Decode(item.Feature, &record); err != nil {
		return fmt.Errorf("show %s: %w", c.Param("fid"), err)
	}
	body := recordPage{Geometry: geometryText(record.Geometry)}
	if hasHistory(collection) {
		body.History = s.base(c) + c.Request.URL.Path + "/history?f=html"
	}
	title := record.ID
	for i, field := range collection.Schema.Fields {
		text := valueText(record.Values[i])
		switch field.Name {
		case "summary":
			body.Summary = text
			continue
		case "name", "place":
			if text != "" {
				title = text + " (" + record.ID + ")"
			}
		}
		if text == "" {
			continue
		}
		body.Facts = append(body.Facts, recordFact{Title: field.Title, Description: field.Description, Text: text,
			Unit: field.Unit, Meaning: meaningOf(field, text), Href: webAddress(text)})
	}
	var err error
	if body.Citations, err = citationRows(item.Citations); err != nil {
		return err
	}
	return s.writePage(c, 200, "item", page{Title: title, Trail: s.trail(c, collection), Links: links, Body: body})
}

func meaningOf(f columns.Field, value string) string {
	for _, code := range f.Codes {
		if code.Value == value {
			return code.Title
		}
	}
	return ""
}

// webAddress returns the text when all of it is an address to follow.
func webAddress(text string) string {
	if (strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")) && !strings.ContainsAny(text, " ;") {
		return text
	}
	return ""
}

// citationRows reads citations as the API writes them, so that a page shows
// what the API says.
func citationRows(citations []data.PublicCitation) ([]citationRow, error) {
	text, err := encodeJSON(citations)
	if err != nil {
		return nil, fmt.Errorf("encode citations: %w", err)
	}
	var read []struct {
		Publisher, URL, Published, Claim string
		HeldBy                           string `json:"held_by"`
		KilledMin                        *int64 `json:"killed_min"`
		KilledMax                        *int64 `json:"killed_max"`
		InjuredMin                       *int64 `json:"injured_min"`
		InjuredMax                       *int64 `json:"injured_max"`
	}
	if err := json.Unmarshal(text, &read); err != nil {
		return nil, fmt.Errorf("read citations: %w", err)
	}
	var rows []citationRow
	for _, r := range read {
		rows = append(rows, citationRow{r.Publisher, webAddress(r.URL), r.Published, rangeText(r.KilledMin, r.KilledMax),
			rangeText(r.InjuredMin, r.InjuredMax), r.HeldBy, r.Claim})
	}
	return rows, nil
}

// rangeText writes a range of people; an unknown end is told, not hidden.
func rangeText(least, most *int64) string {
	switch {
	case least == nil && most == nil:
		return ""
	case least == nil:
		return "at most " + strconv.FormatInt(*most, 10)
	case most == nil:
		return "at least " + strconv.FormatInt(*least, 10)
	case *least == *most:
		return strconv.FormatInt(*least, 10)
	}
	return strconv.FormatInt(*least, 10) + " to " + strconv.FormatInt(*most, 10)
}

func geometryText(g orb.Geometry) string {
	switch g := g.(type) {
	case nil:
		return ""
	case orb.Point:
		return fmt.Sprintf("longitude %v, latitude %v", g[0], g[1])
	}
	b := g.Bound()
	return fmt.Sprintf("%s from %v, %v to %v, %v (longitude, latitude)", g.GeoJSONType(), b.Min[0], b.Min[1], b.Max[0], b.Max[1])
}
