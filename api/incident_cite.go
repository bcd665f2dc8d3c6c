package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

// citation names a record so that what it said can be found again and checked.
type citation struct{ Text, BibTeX string }

// cite names the record, its version, the moment and the head of the change
// log. Without known_at the moment is the last change of the data, so that the
// same page always cites the same.
func (s *server) cite(c *gin.Context, p *incidentPage) (citation, error) {
	at := p.KnownAt
	if at == "" {
		_, changed := s.store.DataVersion()
		at = changed.UTC().Format(time.RFC3339Nano)
	}
	record := fmt.Sprintf("record %s, version %d, as known at %s", p.ID, p.Version, at)
	note := "As known at " + at
	checkpoint, err := s.store.Checkpoint(c.Request.Context())
	if err == nil {
		head := fmt.Sprintf("change log of %d entries, root %s", checkpoint.Size, checkpoint.Root)
		record, note = record+"; "+head, note+"; "+head
	} else if !errors.Is(err, data.ErrNotFound) {
		return citation{}, err
	}
	link := p.Base + "/incidents/" + url.PathEscape(p.ID) + "?known_at=" + readable.Replace(url.QueryEscape(at))
	title := s.store.Deployment().Title
	bare := strings.NewReplacer("{", "", "}", "", `\`, "")
	return citation{
		Text: fmt.Sprintf("%s. %s. %s. %s", title, p.Title, upperFirst(record), link),
		BibTeX: fmt.Sprintf("@misc{strikewatch-%s,\n  title = {{%s}},\n  howpublished = {%s, record %s, version %d},\n  year = {%s},\n  url = {%s},\n  note = {%s}\n}",
			p.ID, bare.Replace(p.Title), bare.Replace(title), p.ID, p.Version, p.DateStart[:4], link, note),
	}, nil
}

// correctionLink leads to whoever mends errors, as the deployment says: its
// page, or a letter that names the record already.
func (s *server) correctionLink(p *incidentPage) string {
	contact := s.options.Contact
	if contact == "" || strings.HasPrefix(contact, "https://") || strings.HasPrefix(contact, "http://") {
		return contact
	}
	subject := fmt.Sprintf("Error in %s, version %d", p.ID, p.Version)
	body := fmt.Sprintf("Record: %s, version %d\nAddress: %s\n\nWhat is wrong:\n\nWhere it is told better (a source that others can read):\n", p.ID, p.Version, p.Address)
	return "mailto:" + contact + "?subject=" + url.PathEscape(subject) + "&body=" + url.PathEscape(body)
}

// linkedData is schema.org's description of the page for search engines: a
// work about a place and a day, resting on others. An attack is no Event there,
// for those are shown as something to attend.
type linkedData struct {
	Context  string      `json:"@context"`
	Type     string      `json:"@type"`
	Name     string      `json:"name"`
	Abstract string      `json:"abstract"`
	URL      string      `json:"url"`
	ID       string      `json:"identifier"`
	Version  int64       `json:"version"`
	Changed  string      `json:"dateModified"`
	Days     string      `json:"temporalCoverage"`
	Place    linkedPlace `json:"spatialCoverage"`
	Sources  []string    `json:"isBasedOn,omitempty"`
	Licence  string      `json:"license,omitempty"`
	Image    string      `json:"image,omitempty"`
}

type linkedPlace struct {
	Type string     `json:"@type"`
	Name string     `json:"name"`
	Geo  *linkedGeo `json:"geo,omitempty"`
}

type linkedGeo struct {
	Type      string  `json:"@type"`
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

func linkedOf(p *incidentPage, d data.Deployment) linkedData {
	l := linkedData{Context: "https://schema.org", Type: "CreativeWork", Name: p.Title, Abstract: p.Description, URL: p.Address, ID: p.ID,
		Version: p.Version, Changed: p.RecordedAt.UTC().Format(time.RFC3339), Days: p.DateStart + "/" + p.DateEnd,
		Place: linkedPlace{Type: "Place", Name: p.WhereWords}, Image: p.Picture}
	if p.Located {
		l.Place.Geo = &linkedGeo{"GeoCoordinates", p.Point[1], p.Point[0]}
	}
	for _, row := range p.Rows {
		if row.URL != "" {
			l.Sources = append(l.Sources, row.URL)
		}
	}
	if len(d.Attribution) > 0 {
		l.Licence = d.Attribution[0].LicenceURL
	}
	return l
}

// propertiesOf reads the properties of a feature into a shape.
func propertiesOf[T any](feature []byte) (T, error) {
	var f struct{ Properties T }
	if err := json.Unmarshal(feature, &f); err != nil {
		return f.Properties, fmt.Errorf("read feature: %w", err)
	}
	return f.Properties, nil
}
