package api

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

const countMethod = "An incident is counted once, in the period in which its window (date_earliest to date_latest) begins. " +
	"Sums add what is known; unknown counts the incidents that add nothing because the figure is not known."

func tallyFormats() []format {
	return []format{jsonFormat(), htmlFormat(), {name: "csv", title: "CSV", media: "text/csv; charset=utf-8"}}
}

func summaryParameters() []parameter {
	return []parameter{{name: "by", description: "What to group by: day, week, month, year or any property, several joined by commas.",
		schema: object{"type": "array", "items": object{"type": "string"}}, example: []string{"month", "held_by"}}}
}

// showSummary counts incidents and sums casualties by any fields.
func (s *server) showSummary(c *gin.Context) error {
	names := []string{"kind"}
	if by := c.Query("by"); by != "" {
		names = strings.Split(by, ",")
	}
	return s.showTally(c, "Summary", "summary", names, []string{"by"}, "groups", object{"by": names})
}

func timelineParameters() []parameter {
	return []parameter{
		{name: "bucket", description: "Length of a period.", schema: object{"type": "string", "enum": periods(), "default": "month"}},
		{name: "by", description: "A property to split each period by.", schema: object{"type": "string"}, example: "kind"},
	}
}

// showTimeline counts incidents per period, for a chart.
func (s *server) showTimeline(c *gin.Context) error {
	bucket := c.DefaultQuery("bucket", "month")
	names := []string{bucket}
	if !slices.Contains(periods(), bucket) {
		return &data.InvalidError{Field: "bucket", Problem: "is " + quoted(bucket), Hint: "use one of " + strings.Join(periods(), ", ")}
	}
	if by := c.Query("by"); by != "" {
		names = append(names, by)
	}
	return s.showTally(c, "Timeline", "timeline", names, []string{"by", "bucket"}, "buckets", object{"bucket": bucket, "by": c.Query("by")})
}

// showTally counts by names; list is the member of the answer that holds the
// groups, and own are parameters that are no filters.
func (s *server) showTally(c *gin.Context, title, schema string, names, own []string, list string, answer object) error {
	f, err := negotiate(c, tallyFormats())
	if err != nil {
		return err
	}
	query, err := s.parse(data.Incidents, c.Request.URL.Query(), append(own, ownParameters...)...)
	if err != nil {
		return err
	}
	if err := checkGroupings(query.Schema(), names); err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	found, err := s.store.Group(c.Request.Context(), query, names, summed())
	if err != nil {
		return err
	}
	t := newTallies(names, found)
	links := s.representations(c, f, tallyFormats())
	switch f.name {
	case "csv":
		return writeTallyCSV(c, f, schema, t)
	case "html":
		return s.writePage(c, http.StatusOK, "tally", page{Title: title, Links: links, Body: struct {
			Names, Sums []string
			Rows        [][]string
			Matched     int
			Method      string
		}{names, summed(), t.rows(), t.total.Count, countMethod}})
	}
	answer["total"], answer["method"] = json.RawMessage(t.total.appendJSON(nil, nil)), countMethod
	answer["links"], answer["numberMatched"] = links, t.total.Count
	body, err := encodeJSON(answer)
	if err != nil {
		return err
	}
	c.Data(http.StatusOK, f.media, t.appendGroups(body, list))
	return nil
}

func writeTallyCSV(c *gin.Context, f format, name string, t *tallies) error {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.Write(slices.Concat(t.names, []string{"count"}, summed())); err != nil {
		return err
	}
	if err := w.WriteAll(t.rows()); err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="`+fileName(c, name, ".csv")+`"`)
	c.Data(http.StatusOK, f.media, out.Bytes())
	return nil
}

func tallySchema(groups string) object {
	whole := object{"type": "integer"}
	sums := object{"count": whole, "unknown": object{"type": "object"}}
	for _, name := range summed() {
		sums[name] = object{"type": []string{"integer", "null"}, "description": "null where no figure is known"}
	}
	return members(object{groups: listOf(members(sums, "count")), "total": members(sums, "count"), "by": object{}, "bucket": object{"type": "string"},
		"method": object{"type": "string"}, "links": listOf(reference("link")), "numberMatched": whole}, groups, "total", "numberMatched")
}

func timelineSchema() object { return tallySchema("buckets") }
func summarySchema() object  { return tallySchema("groups") }
