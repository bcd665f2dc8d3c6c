package api

import (
	"errors"
	"fmt"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

// showHistory lists the public versions of a record, newest first, with what
// changed between them.
func (s *server) showHistory(c *gin.Context) error {
	collection, fid := collectionIn(c), c.Param("fid")
	offers := resourceFormats()
	f, err := negotiate(c, offers)
	if err != nil {
		return err
	}
	entries, err := s.store.History(c.Request.Context(), collection.ID, fid)
	if errors.Is(err, data.ErrNotFound) {
		return hinted{data.ErrNotFound, "there is no " + quoted(fid) + " in " + collection.ID, "fid", "the ids are in " + s.itemsURL(c, collection.ID)}
	}
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	item := s.itemsURL(c, collection.ID) + "/" + fid
	links := append(s.representations(c, f, offers), link{Href: item, Rel: "latest-version", Type: "application/geo+json", Title: "The record"})
	return s.answer(c, f, object{"collection": collection.ID, "id": fid, "versions": entries, "links": links}, "history",
		page{Title: "History of " + fid, Links: links, Body: historyRows(collection, entries),
			Trail: append(s.trail(c, collection), link{Href: item + "?f=html", Title: fid})})
}

type historyRow struct {
	data.HistoryEntry
	Changes []changeRow
}

type changeRow struct{ Field, Before, After string }

func historyRows(collection data.Collection, entries []data.HistoryEntry) []historyRow {
	var rows []historyRow
	for _, entry := range entries {
		r := historyRow{HistoryEntry: entry}
		for _, d := range entry.Differences {
			title := d.Property
			if i := collection.Schema.Index(d.Property); i >= 0 {
				title = collection.Schema.Fields[i].Title
			}
			r.Changes = append(r.Changes, changeRow{title, knownText(d.Before), knownText(d.After)})
		}
		rows = append(rows, r)
	}
	return rows
}

func knownText(v any) string {
	if v == nil {
		return "not known"
	}
	return fmt.Sprint(v)
}
