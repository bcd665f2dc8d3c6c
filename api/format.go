package api

import (
	"cmp"
	"mime"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/codec"
)

// format is one representation that a route can answer with.
type format struct {
	name      string
	title     string
	media     string   // Content-Type
	extension string   // of a download; empty when it is read in place
	records   bool     // an export that takes records as well as features
	accepts   []string // further media types that an Accept header may name
}

func jsonFormat() format {
	return format{name: "json", title: "JSON", media: "application/json"}
}

func htmlFormat() format {
	return format{name: "html", title: "HTML", media: "text/html; charset=utf-8", accepts: []string{"application/xhtml+xml"}}
}

func resourceFormats() []format { return []format{jsonFormat(), htmlFormat()} }

// pageFormat answers one page of items, with links to the next.
func pageFormat() format {
	return format{name: "json", title: "GeoJSON, in pages", media: "application/geo+json", accepts: []string{"application/json", "application/vnd.geo+json"}}
}

// featureFormats answer with one feature.
func featureFormats() []format {
	one := pageFormat()
	one.title = "GeoJSON"
	return []format{one, htmlFormat()}
}

func atomFormat() format {
	return format{name: "atom", title: "Atom feed", media: atomMedia + "; charset=utf-8", accepts: []string{"application/xml", "text/xml"}}
}

// itemsFormats are pages for programs and people, every format that an export
// can be written in, and the feed of what is new.
func itemsFormats() []format {
	formats := []format{pageFormat(), htmlFormat()}
	for _, f := range codec.Formats() {
		formats = append(formats, format{name: f.Name, title: f.Title, media: f.MediaType, extension: f.Extension, records: f.Records})
	}
	return append(formats, atomFormat())
}

// negotiate chooses the representation: f decides, else the Accept header,
// else the first.
func negotiate(c *gin.Context, offers []format) (format, error) {
	if name, given := c.GetQuery("f"); given {
		var names []string
		for _, offer := range offers {
			if offer.name == name {
				return offer, nil
			}
			names = append(names, offer.name)
		}
		return format{}, &data.InvalidError{Field: "f", Problem: "is " + quoted(name) + ", which is no format here", Hint: "use one of " + strings.Join(names, ", ")}
	}
	c.Writer.Header().Add("Vary", "Accept")
	header := strings.Join(c.Request.Header.Values("Accept"), ",")
	if strings.TrimSpace(header) == "" {
		return offers[0], nil
	}
	for _, range_ := range parseAccept(header) {
		for _, offer := range offers {
			if offer.matches(range_.media) {
				return offer, nil
			}
		}
	}
	var medias []string
	for _, offer := range offers {
		medias = append(medias, bareMedia(offer.media))
	}
	return format{}, hinted{errFormat, "nothing here is " + header, "Accept", "accept one of " + strings.Join(medias, ", ")}
}

func (f format) matches(media string) bool {
	for _, own := range append([]string{bareMedia(f.media)}, f.accepts...) {
		major, _, _ := strings.Cut(own, "/")
		if media == own || media == "*/*" || media == major+"/*" {
			return true
		}
	}
	return false
}

type mediaRange struct {
	media   string
	quality float64
}

// parseAccept returns the acceptable media ranges, the most wanted first; the
// order of the header stands among equals, wildcards last.
func parseAccept(header string) []mediaRange {
	var ranges []mediaRange
	for _, part := range strings.Split(header, ",") {
		media, params, err := mime.ParseMediaType(part)
		if err != nil {
			continue
		}
		quality := 1.0
		if q, ok := params["q"]; ok {
			if quality, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		if quality > 0 {
			ranges = append(ranges, mediaRange{media, quality})
		}
	}
	slices.SortStableFunc(ranges, func(a, b mediaRange) int {
		return cmp.Or(cmp.Compare(b.quality, a.quality), cmp.Compare(strings.Count(a.media, "*"), strings.Count(b.media, "*")))
	})
	return ranges
}

func bareMedia(media string) string {
	bare, _, _ := strings.Cut(media, ";")
	return strings.TrimSpace(bare)
}
