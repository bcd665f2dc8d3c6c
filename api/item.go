package api

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

func itemParameters() []parameter {
	return []parameter{knownAtParameter(), crsParameter()}
}

// showItem answers with one feature and, for an incident, with what each of
// its sources says.
func (s *server) showItem(c *gin.Context) error {
	collection := collectionIn(c)
	offers := featureFormats()
	f, err := negotiate(c, offers)
	if err != nil {
		return err
	}
	system, err := parseCRS("crs", c.Request.URL.Query())
	if err != nil {
		return err
	}
	known, err := s.parseKnownAt(c, collection.ID)
	if err != nil {
		return err
	}
	item, err := s.findItem(c, collection.ID, known)
	if err != nil {
		return err
	}
	if !item.RecordedAt.IsZero() {
		c.Header("Last-Modified", httpTime(item.RecordedAt))
	}
	if s.unchanged(c, s.itemTag(item, f)) {
		return nil
	}
	links := append(s.representations(c, f, offers),
		link{Href: s.base(c) + "/api/collections/" + collection.ID, Rel: "collection", Type: "application/json", Title: collection.Title})
	if collection.ID == data.Incidents {
		links = append(links, link{Href: s.base(c) + "/incidents/" + url.PathEscape(c.Param("fid")), Rel: "related", Type: "text/html", Title: "Page of this incident"})
	}
	if hasHistory(collection) {
		links = append(links, link{Href: s.base(c) + c.Request.URL.Path + "/history", Rel: "version-history", Type: "application/json", Title: "History of this record"},
			link{Href: s.base(c) + c.Request.URL.Path + "/proof", Rel: "related", Type: "application/json", Title: "Proof that the change log holds it"})
	}
	if f.name == "html" {
		return s.showRecord(c, collection, item, links)
	}
	body, err := withMembers(system.apply(item.Feature), links, item.Citations, collection.ID == data.Incidents)
	if err != nil {
		return err
	}
	c.Header("Content-Crs", "<"+system.uri+">")
	c.Data(200, f.media, body)
	return nil
}

// itemTag is the version for JSON, so that a writer can say which version it
// saw; what is computed has the data's version.
func (s *server) itemTag(item data.Item, f format) string {
	if item.Version > 0 && f.name == "json" {
		return quoted(strconv.FormatInt(item.Version, 10))
	}
	seq, _ := s.store.DataVersion()
	return fmt.Sprintf(`W/"%s.%d.%s.%s"`, base36(seq), item.Version, f.name, s.pages.version)
}

// findItem looks a feature up; what is withheld is not there.
func (s *server) findItem(c *gin.Context, collection string, known time.Time) (data.Item, error) {
	fid := c.Param("fid")
	item, err := s.store.Item(c.Request.Context(), collection, fid, known)
	if errors.Is(err, data.ErrNotFound) {
		return item, hinted{data.ErrNotFound, "there is no " + quoted(fid) + " in " + collection, "fid",
			"the ids are in " + s.itemsURL(c, collection)}
	}
	return item, err
}

// parseKnownAt reads known_at the way that the store does for items.
func (s *server) parseKnownAt(c *gin.Context, collection string) (time.Time, error) {
	query, err := s.parse(collection, c.Request.URL.Query(), ownParameters...)
	return query.KnownAt, err
}

// withMembers adds foreign members to a feature (RFC 7946 section 6.1).
func withMembers(feature []byte, links []link, citations []data.PublicCitation, cited bool) ([]byte, error) {
	out := bytes.TrimSuffix(bytes.TrimSpace(feature), []byte("}"))
	out = append(bytes.Clone(out), `,"links":`...)
	text, err := encodeJSON(links)
	if err != nil {
		return nil, fmt.Errorf("encode links: %w", err)
	}
	out = append(out, text...)
	if cited {
		if citations == nil {
			citations = []data.PublicCitation{}
		}
		if text, err = encodeJSON(citations); err != nil {
			return nil, fmt.Errorf("encode citations: %w", err)
		}
		out = append(append(out, `,"citations":`...), text...)
	}
	return append(out, "}\n"...), nil
}

// hasHistory: what is computed has none.
func hasHistory(c data.Collection) bool { return c.ID != data.Territory }
