package report

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"strikewatch/data"
	"strikewatch/data/codec"
)

func renderJSON(_ context.Context, _ *data.Store, b *BorderReport) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(b)
	return out.Bytes(), err
}

// renderGeoJSON writes the strikes as features, and the report without its
// list as foreign members before them.
func renderGeoJSON(ctx context.Context, s *data.Store, b *BorderReport) ([]byte, error) {
	head, err := b.members(ctx, s)
	if err != nil {
		return nil, err
	}
	return b.encode(s, "geojson", head)
}

func renderCSV(_ context.Context, s *data.Store, b *BorderReport) ([]byte, error) {
	return b.encode(s, "csv", nil)
}

func (b *BorderReport) encode(s *data.Store, format string, head []codec.Member) ([]byte, error) {
	q, err := b.request.query(s, b.request.From, b.request.To)
	if err != nil {
		return nil, err
	}
	knownAt, err := time.Parse(time.RFC3339Nano, b.KnownAt)
	if err != nil {
		return nil, err
	}
	m := codec.Meta{Schema: q.Schema(), Layer: "strikes", Title: b.Title, Description: b.Method, KnownAt: knownAt, Rows: int64(len(b.Incidents)), Head: head}
	if b.Checkpoint != nil {
		m.Checkpoint = b.Checkpoint.Note
	}
	for _, a := range b.Attribution {
		m.Attribution = append(m.Attribution, codec.Attribution{Title: a.Title, Origin: a.Origin, Licence: a.Licence, LicenceURL: a.LicenceURL, Text: a.Attribution})
	}
	var out bytes.Buffer
	w, err := codec.NewWriter(format, &out, m)
	if err != nil {
		return nil, err
	}
	for _, strike := range b.Incidents {
		if err := w.Write(strike.feature); err != nil {
			break // Close returns it
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// members are the report's JSON members in their order, but the list.
func (b *BorderReport) members(ctx context.Context, s *data.Store) ([]codec.Member, error) {
	text, err := renderJSON(ctx, s, b)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	var members []codec.Member
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, fmt.Errorf("member %v: %w", name, err)
		}
		if name != "incidents" {
			members = append(members, codec.Member{Name: fmt.Sprint(name), Value: value})
		}
	}
	return members, nil
}
