package api

import (
	"fmt"
	"net/url"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/columns"
)

// feedItems answers with a page of records as a feed, for readers that look
// again: what was recorded last comes first, unless another order is asked
// for. A record that changes comes again as a new entry; what is computed has
// no version, and changes with the data.
func (s *server) feedItems(c *gin.Context, collection data.Collection, query data.Query) error {
	schema := query.Schema()
	recorded, version := schema.Index("recorded_at"), schema.Index("version")
	if recorded >= 0 && c.Query("sortby") == "" {
		params := c.Request.URL.Query()
		params.Set("sortby", "-recorded_at")
		var err error
		if query, err = s.parse(collection.ID, params, ownParameters...); err != nil {
			return err
		}
	}
	result, err := s.store.Page(c.Request.Context(), query)
	if err != nil {
		return err
	}
	deployment := s.store.Deployment()
	_, updated := s.store.DataVersion()
	feed := atomFeed{ID: s.self(c), Title: deployment.Title + ": " + collection.Title, Updated: rfc3339(updated), Author: deployment.Title,
		Links: []atomLink{{s.self(c), "self", atomMedia}, {s.self(c, "f", "html"), "alternate", "text/html"}}}
	if result.Next != "" {
		feed.Links = append(feed.Links, atomLink{s.nextURL(c, result.Next), "next", atomMedia})
	}
	var record columns.Record
	err = result.Each(func(feature []byte) error {
		if err := schema.Decode(feature, &record); err != nil {
			return fmt.Errorf("feed of %s: %w", collection.ID, err)
		}
		href := s.itemsURL(c, collection.ID) + "/" + url.PathEscape(record.ID)
		page := href + "?f=html"
		if collection.ID == data.Incidents {
			page = s.base(c) + "/incidents/" + url.PathEscape(record.ID)
		}
		entry := atomEntry{ID: href, Title: recordTitle(schema, &record), Updated: feed.Updated,
			Category: atomTerm{collection.ID}, Links: []atomLink{{page, "alternate", "text/html"}, {href, "related", "application/geo+json"}}}
		if recorded >= 0 && version >= 0 {
			entry.ID, entry.Updated = href+"#version-"+valueText(record.Values[version]), valueText(record.Values[recorded])
		}
		if i := schema.Index("summary"); i >= 0 {
			entry.Summary = valueText(record.Values[i])
		}
		feed.Entries = append(feed.Entries, entry)
		return nil
	})
	if err != nil {
		return err
	}
	return s.sendAtom(c, feed)
}
