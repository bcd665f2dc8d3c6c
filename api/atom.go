package api

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"
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
		version := strconv.FormatInt(change.Version, 10)
		feed.Entries = append(feed.Entries, atomEntry{
			ID: change.Href + "#version-" + version, Title: change.Title, Updated: change.RecordedAt, Category: atomTerm{change.Collection},
			Links:   []atomLink{{change.Href + "?f=html", "alternate", "text/html"}, {change.Href, "alternate", "application/geo+json"}},
			Summary: change.Operation + " of " + change.Collection + " " + change.ID + ", version " + version,
		})
	}
	body, err := xml.Marshal(feed)
	if err != nil {
		return fmt.Errorf("encode feed: %w", err)
	}
	c.Data(http.StatusOK, atomMedia+"; charset=utf-8", append([]byte(xml.Header), body...))
	return nil
}
