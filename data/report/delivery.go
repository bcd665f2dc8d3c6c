package report

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"strikewatch/data"
)

// Parcel is a report in the forms in which it is delivered.
type Parcel struct {
	Name    string // of files: schedule, period and due time
	Subject string
	ID      string // the same for every attempt, so that a repeated mail can be told
	Text    string
	HTML    []byte // self-contained
	Mail    []byte // the HTML for mail: its map is the part MapID
	Map     []byte // PNG
	GeoJSON []byte
	JSON    []byte
	CSV     []byte
}

// MapID names the part of a mail that holds the map.
const MapID = "map.png"

// pack renders a report for delivery.
func pack(ctx context.Context, s *data.Store, b *BorderReport, schedule string, due time.Time) (*Parcel, error) {
	name := strings.Join([]string{slug(schedule), b.Border, b.Period.From, b.Period.To, due.UTC().Format("20060102T150405Z")}, "_")
	p := &Parcel{Name: name, ID: name, Subject: fmt.Sprintf("%s, %s: %s", b.Title, periodWords(b.Period), b.counted()), Text: plainText(s, b)}
	m, err := NewMap(ctx, s, b)
	if err != nil {
		return nil, err
	}
	if p.HTML, err = m.page(s, b); err != nil {
		return nil, err
	}
	if p.Mail, err = m.mail(s, b, "cid:"+MapID); err != nil {
		return nil, err
	}
	if p.Map, err = m.png(wideMap); err != nil {
		return nil, err
	}
	for _, part := range []struct {
		into   *[]byte
		render func(context.Context, *data.Store, *BorderReport) ([]byte, error)
	}{{&p.GeoJSON, renderGeoJSON}, {&p.JSON, renderJSON}, {&p.CSV, renderCSV}} {
		if *part.into, err = part.render(ctx, s, b); err != nil {
			return nil, err
		}
	}
	return p, nil
}

var notInName = regexp.MustCompile(`[^a-z0-9]+`)

// slug makes a name fit for files.
func slug(name string) string {
	text := strings.Trim(notInName.ReplaceAllString(strings.ToLower(name), "-"), "-")
	if text == "" {
		return "report"
	}
	return text
}
