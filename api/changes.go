package api

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/columns"
)

const atomMedia = "application/atom+xml"

func changesFormats() []format {
	return []format{jsonFormat(), {name: "atom", title: "Atom feed", media: atomMedia + "; charset=utf-8", accepts: []string{"application/xml", "text/xml"}}, htmlFormat()}
}

func changesParameters() []parameter {
	return []parameter{
		{name: "collection", description: "Only these collections.", schema: object{"type": "array", "items": object{"type": "string", "enum": feedCollections()}}, list: true, example: []string{data.Incidents}},
		{name: "updated_since", description: "Only what was recorded after this time (RFC 3339).", schema: object{"type": "string", "format": "date-time"}, example: "2020-01-01T00:00:00Z"},
		{name: "known_at", description: "Only what was public at this time (RFC 3339): with updated_since, what changed between two times.", schema: object{"type": "string", "format": "date-time"}, example: "2030-01-01T00:00:00Z"},
		{name: "limit", description: "Changes at most.", schema: object{"type": "integer", "minimum": 1, "maximum": 10000, "default": 100}, example: 10},
	}
}

// feedCollections are those whose records are written by people.
func feedCollections() []string {
	return slices.DeleteFunc(data.CollectionIDs(), func(id string) bool { return id == data.Territory })
}

// publicChange is a record's newest public version.
type publicChange struct {
	Collection string `json:"collection"`
	ID         string `json:"id"`
	Version    int64  `json:"version"`
	Operation  string `json:"operation"` // create or update
	RecordedAt string `json:"recorded_at"`
	Title      string `json:"title"`
	Href       string `json:"href"`

	at time.Time
}

// listChanges lists the records that changed, the latest first.
func (s *server) listChanges(c *gin.Context) error {
	f, err := negotiate(c, changesFormats())
	if err != nil {
		return err
	}
	wanted, err := parseCollections(c.Query("collection"))
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	query := c.Request.URL.Query()
	query.Set("sortby", "-recorded_at")
	limit := data.DefaultLimit
	var changes []publicChange
	for _, id := range wanted {
		q, err := s.parse(id, query, "f", "collection")
		if err != nil {
			return err
		}
		limit = q.Limit
		some, err := s.readChanges(c.Request.Context(), q, s.itemsURL(c, id))
		if err != nil {
			return err
		}
		changes = append(changes, some...)
	}
	slices.SortStableFunc(changes, func(a, b publicChange) int { return cmp.Compare(b.at.UnixMicro(), a.at.UnixMicro()) })
	changes = changes[:min(limit, len(changes))]
	links := s.representations(c, f, changesFormats())
	if f.name == "atom" {
		return s.writeAtom(c, changes, links)
	}
	if changes == nil {
		changes = []publicChange{}
	}
	seq, _ := s.store.DataVersion()
	return s.answer(c, f, object{"links": links, "data_version": seq, "numberReturned": len(changes), "changes": changes}, "changes",
		page{Title: "Changes", Links: links, Body: changes})
}

func parseCollections(list string) ([]string, error) {
	all := feedCollections()
	if list == "" {
		return all, nil
	}
	wanted := strings.Split(list, ",")
	for _, id := range wanted {
		if !slices.Contains(all, id) {
			return nil, &data.InvalidError{Field: "collection", Problem: "names " + quoted(id), Hint: "use one or more of " + strings.Join(all, ", ")}
		}
	}
	return wanted, nil
}

func (s *server) readChanges(ctx context.Context, q data.Query, items string) ([]publicChange, error) {
	result, err := s.store.Page(ctx, q)
	if err != nil {
		return nil, err
	}
	schema := q.Schema()
	var record columns.Record
	var changes []publicChange
	for _, feature := range result.Features {
		if err := schema.Decode(feature, &record); err != nil {
			return nil, fmt.Errorf("changes of %s: %w", q.Collection, err)
		}
		version, at := record.Values[schema.Index("version")].Int, time.UnixMicro(record.Values[schema.Index("recorded_at")].Int)
		change := publicChange{Collection: q.Collection, ID: record.ID, Version: version, Operation: "update", at: at,
			RecordedAt: at.UTC().Format(time.RFC3339Nano), Title: recordTitle(schema, &record), Href: items + "/" + url.PathEscape(record.ID)}
		if version == 1 {
			change.Operation = "create"
		}
		changes = append(changes, change)
	}
	return changes, nil
}

// recordTitle names a record for people by the first of these that it has.
func recordTitle(schema *columns.Schema, record *columns.Record) string {
	var parts []string
	for _, name := range []string{"kind", "name", "place", "actor", "publisher", "date_start", "valid_from"} {
		if i := schema.Index(name); i >= 0 {
			if text := valueText(record.Values[i]); text != "" {
				parts = append(parts, strings.ReplaceAll(text, "_", " "))
			}
		}
	}
	if len(parts) == 0 {
		return record.ID
	}
	return strings.Join(parts, ", ")
}

func changesSchema() object {
	text := object{"type": "string"}
	return members(object{"links": listOf(reference("link")), "data_version": object{"type": "integer"}, "numberReturned": object{"type": "integer"},
		"changes": listOf(members(object{"collection": text, "id": text, "version": object{"type": "integer"}, "operation": object{"type": "string", "enum": []string{"create", "update"}},
			"recorded_at": object{"type": "string", "format": "date-time"}, "title": text, "href": text},
			"collection", "id", "version", "operation", "recorded_at"))}, "links", "data_version", "changes")
}
