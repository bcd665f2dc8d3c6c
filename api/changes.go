package api

import (
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
	return []format{jsonFormat(), atomFormat(), htmlFormat()}
}

func changesParameters() []parameter {
	return []parameter{
		{name: "collection", description: "Only these collections.", schema: object{"type": "array", "items": object{"type": "string", "enum": feedCollections()}}, example: []string{data.Incidents}},
		{name: "updated_since", description: "Only what changed after this time (RFC 3339).", schema: object{"type": "string", "format": "date-time"}, example: "2020-01-01T00:00:00Z"},
		{name: "known_at", description: "Only what had changed by this time (RFC 3339): with updated_since, what changed between two times.", schema: object{"type": "string", "format": "date-time"}, example: "2030-01-01T00:00:00Z"},
		{name: "limit", description: "Changes at most.", schema: object{"type": "integer", "minimum": 1, "maximum": 10000, "default": 100}, example: 10},
	}
}

// feedCollections are those whose records are written by people.
func feedCollections() []string {
	return slices.DeleteFunc(data.CollectionIDs(), func(id string) bool { return id == data.Territory })
}

// publicChange is one step of the public view. Of what left it no more is told
// than its id.
type publicChange struct {
	Collection string `json:"collection"`
	ID         string `json:"id"`
	Version    int64  `json:"version,omitempty"`
	Operation  string `json:"operation"`
	RecordedAt string `json:"recorded_at"` // when the public view changed
	Title      string `json:"title,omitempty"`
	Href       string `json:"href,omitempty"`

	seq int64
}

// listChanges lists the steps of the public view, the latest first. Clients
// that keep a copy learn here what to drop.
func (s *server) listChanges(c *gin.Context) error {
	f, err := negotiate(c, changesFormats())
	if err != nil {
		return err
	}
	wanted, err := parseCollections(c.Query("collection"))
	if err != nil {
		return err
	}
	query, err := s.parse(data.Incidents, c.Request.URL.Query(), "f", "collection")
	if err != nil {
		return err
	}
	after, err := parseInstant("updated_since", c.Query("updated_since"))
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	found, err := s.store.Changes(c.Request.Context(), after, query.KnownAt, query.Limit, wanted...)
	if err != nil {
		return err
	}
	changes := make([]publicChange, 0, len(found))
	for _, one := range found {
		change, err := s.describeChange(c, one)
		if err != nil {
			return err
		}
		changes = append(changes, change)
	}
	links := s.representations(c, f, changesFormats())
	if f.name == "atom" {
		return s.writeAtom(c, changes, links)
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

// describeChange names the record for people.
func (s *server) describeChange(c *gin.Context, one data.PublicChange) (publicChange, error) {
	change := publicChange{Collection: one.Collection, ID: one.ID, Version: one.Version, Operation: one.Operation, RecordedAt: one.At.UTC().Format(time.RFC3339Nano), seq: one.Seq}
	if one.Feature == nil {
		return change, nil
	}
	collection, err := s.findCollection(c, one.Collection)
	if err != nil {
		return change, err
	}
	var record columns.Record
	if err := collection.Schema.Decode(one.Feature, &record); err != nil {
		return change, fmt.Errorf("change of %s %s: %w", one.Collection, one.ID, err)
	}
	change.Title, change.Href = recordTitle(collection.Schema, &record), s.itemsURL(c, one.Collection)+"/"+url.PathEscape(one.ID)
	return change, nil
}

// parseInstant reads a time; the zero time where there is none.
func parseInstant(name, value string) (time.Time, error) {
	if value == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339Nano, value)
	if err != nil {
		return at, &data.InvalidError{Field: name, Problem: "is " + quoted(value) + ", which is no RFC 3339 time", Hint: "for example 2024-11-04T06:30:00Z"}
	}
	return at, nil
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
		"changes": listOf(members(object{"collection": text, "id": text, "version": object{"type": "integer"}, "operation": object{"type": "string", "enum": []string{"create", "update", "derive", "delete"},
			"description": "derive: computed anew after control or a border changed. delete: no longer public, for whatever reason"},
			"recorded_at": object{"type": "string", "format": "date-time"}, "title": text, "href": text},
			"collection", "id", "operation", "recorded_at"))}, "links", "data_version", "changes")
}
