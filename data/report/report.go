// Package report builds the border report from the public view, draws its map,
// renders it for people and machines, and delivers it when it is due.
package report

import (
	"context"
	"fmt"
	"net/url"
	"strings"

	"strikewatch/data"
)

// Render builds the border report that the parameters ask for and writes it in
// a format: html (the default), json, geojson, csv, text, svg or png. What can
// not be understood is a *data.InvalidError naming the parameter and the fix.
func Render(ctx context.Context, s *data.Store, params url.Values, format string) (contentType string, body []byte, err error) {
	f, err := formatByName(format)
	if err != nil {
		return "", nil, err
	}
	r, err := ParseBorder(s, params)
	if err != nil {
		return "", nil, err
	}
	b, err := BuildBorder(ctx, s, r)
	if err != nil {
		return "", nil, err
	}
	body, err = f.render(ctx, s, b)
	if err != nil {
		return "", nil, fmt.Errorf("border report as %s: %w", f.name, err)
	}
	return f.mediaType, body, nil
}

// format is one way to write a report down.
type format struct {
	name, mediaType string
	render          func(context.Context, *data.Store, *BorderReport) ([]byte, error)
}

func formats() []format {
	return []format{
		{"html", "text/html; charset=utf-8", renderHTML},
		{"json", "application/json", renderJSON},
		{"geojson", "application/geo+json", renderGeoJSON},
		{"csv", "text/csv; charset=utf-8", renderCSV},
		{"text", "text/plain; charset=utf-8", renderText},
		{"svg", "image/svg+xml", renderSVG},
		{"png", "image/png", renderPNG},
	}
}

func formatByName(name string) (format, error) {
	if name == "" {
		name = "html"
	}
	var names []string
	for _, f := range formats() {
		if f.name == name {
			return f, nil
		}
		names = append(names, f.name)
	}
	return format{}, &data.InvalidError{Field: "f", Problem: fmt.Sprintf("is %q, which a report does not come in", name), Hint: "use " + strings.Join(names, ", ")}
}
