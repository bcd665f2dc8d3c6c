package api

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

// atomFeed is RFC 4287, as much of it as a list of changes needs.
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
}

type atomEntry struct {
	ID       string     `xml:"id"`
	Title    string     `xml:"title"`
	Updated  string     `xml:"updated"`
	Category atomTerm   `xml:"category"`
	Links    []atomLink `xml:"link"`
	Summary  string     `xml:"summary"`
}

type atomTerm struct {
	Term string `xml:"term,attr"`
}

func (s *server) writeAtom(c *gin.Context, changes []publicChange, links []link) error {
	deployment := s.store.Deployment()
	_, updated := s.store.DataVersion()
	feed := atomFeed{ID: s.base(c) + "/api/changes", Title: deployment.Title + ": changes", Updated: rfc3339(updated), Author: deployment.Title}
	for _, l := range links {
		feed.Links = append(feed.Links, atomLink{l.Href, l.Rel, l.Type})
	}
	for _, change := range changes {
		feed.Entries = append(feed.Entries, s.atomEntry(c, change))
	}
	return s.sendAtom(c, feed)
}

func (s *server) sendAtom(c *gin.Context, feed atomFeed) error {
	body, err := xml.Marshal(feed)
	if err != nil {
		return fmt.Errorf("encode feed: %w", err)
	}
	c.Data(http.StatusOK, atomMedia+"; charset=utf-8", append([]byte(xml.Header), body...))
	return nil
}

// atomEntry tells one change; what was deleted has an entry with no address
// but the list's own.
func (s *server) atomEntry(c *gin.Context, change publicChange) atomEntry {
	entry := atomEntry{Title: change.Title, Updated: change.RecordedAt, Category: atomTerm{change.Collection},
		Summary: change.Operation + " of " + change.Collection + " " + change.ID}
	if change.Operation == data.Delete {
		entry.ID, entry.Title = s.itemsURL(c, change.Collection)+"/"+url.PathEscape(change.ID)+"#deleted-"+strconv.FormatInt(change.seq, 10), change.ID+" deleted"
		entry.Links = []atomLink{{s.itemsURL(c, change.Collection) + "?f=html", "alternate", "text/html"}}
		return entry
	}
	version := strconv.FormatInt(change.Version, 10)
	entry.ID, entry.Summary = change.Href+"#version-"+version, entry.Summary+", version "+version
	entry.Links = []atomLink{{change.Href + "?f=html", "alternate", "text/html"}, {change.Href, "alternate", "application/geo+json"}}
	return entry
}
