package data

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"strikewatch/data/columns"
)

// Item is one record as the public may see it.
type Item struct {
	Feature    []byte
	Version    int64
	RecordedAt time.Time
	Citations  []PublicCitation // of an incident: what each source says
}

// PublicCitation is what one source claims, with where it was published.
type PublicCitation struct {
	Citation
	Publisher string `json:"publisher,omitempty"`
	URL       string `json:"url,omitempty"`
	Published string `json:"published,omitempty"`
	Language  string `json:"language,omitempty"`
}

// Item returns the record as the public view stood at a time; zero is now. It
// fails with ErrNotFound, no less for a record that is withheld.
func (s *Store) Item(ctx context.Context, collection, id string, knownAt time.Time) (Item, error) {
	if collection == Territory {
		return s.territoryItem(ctx, id, knownAt)
	}
	if !isStored(collection) {
		return Item{}, fmt.Errorf("collection %q: %w", collection, ErrNotFound)
	}
	at := s.asOf(knownAt)
	var item Item
	var recorded string
	var doc []byte
	err := s.read.QueryRowContext(ctx, `SELECT feature, version, recorded_at, doc FROM version
		WHERE collection = ? AND id = ?2 AND public_from <= ?3 AND (public_until IS NULL OR public_until > ?3) AND withdrawn_by IS NULL
		ORDER BY version DESC LIMIT 1`, collection, id, formatTime(at)).Scan(&item.Feature, &item.Version, &recorded, &doc)
	if errors.Is(err, sql.ErrNoRows) {
		return Item{}, fmt.Errorf("%s %q: %w", collection, id, ErrNotFound)
	}
	if err != nil {
		return Item{}, err
	}
	if item.RecordedAt, err = parseTime("recorded_at", recorded); err != nil {
		return Item{}, err
	}
	if collection == Incidents {
		item.Citations, err = s.citations(doc)
	}
	return item, err
}

// citations are what the public may know of an incident's sources.
func (s *Store) citations(doc []byte) ([]PublicCitation, error) {
	d, err := ParseDocument(Incidents, doc)
	if err != nil {
		return nil, err
	}
	ref := s.ref.Load()
	public, ok := ref.publicIncident(*d.(*Incident))
	if !ok {
		return nil, nil
	}
	var all []PublicCitation
	for _, c := range public.Citations {
		src := ref.sources[c.Source]
		all = append(all, PublicCitation{c, src.Publisher, src.URL, src.Published, src.Language})
	}
	return all, nil
}

func (s *Store) territoryItem(ctx context.Context, id string, knownAt time.Time) (Item, error) {
	q := Query{Collection: Territory, KnownAt: knownAt, Limit: 1,
		Filter: columns.Compare{Field: "id", Op: columns.Equal, Value: textValue(id)}}
	page, err := s.Page(ctx, q)
	if err != nil {
		return Item{}, err
	}
	if page.Returned == 0 {
		return Item{}, fmt.Errorf("territory %q: %w", id, ErrNotFound)
	}
	item := Item{Version: 1}
	_, item.RecordedAt = s.DataVersion()
	return item, page.Each(func(feature []byte) error {
		item.Feature = slices.Clone(feature)
		return nil
	})
}
