package data

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

// Collection describes one collection and what of it is public now.
type Collection struct {
	ID, Title, Description string
	Schema                 *columns.Schema
	Count                  int
	Bound                  orb.Bound // of no meaning unless Located
	Located                bool
	FirstDay, LastDay      string // empty when timeless
}

// collectionTexts name the collections for people, in the order of listing.
var collectionTexts = []struct{ id, title, description string }{
	{Incidents, "Incidents", "Documented attacks: what was hit, where, when, by whom, with what harm, who held the place, how far from the borders"},
	{Territory, "Territory", "Who holds what: one polygon per actor, status and span of days, computed from control"},
	{Controls, "Control", "Sourced assertions that an actor controls, contests or claims a place over a period"},
	{Areas, "Areas", "Administrative and generalised polygons"},
	{Places, "Places", "Gazetteer of towns and villages, with names in several scripts"},
	{Borders, "Borders", "International land borders"},
	{Gates, "Gates", "Crossings on the borders"},
	{Actors, "Actors", "Armed organisations and forces, with the names that the press uses"},
	{Sources, "Sources", "Publications that the records rest on"},
}

// Collections describes all collections.
func (s *Store) Collections(ctx context.Context) ([]Collection, error) {
	var all []Collection
	for _, t := range collectionTexts {
		c, err := s.Collection(ctx, t.id)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// Collection describes one, or fails with ErrNotFound.
func (s *Store) Collection(ctx context.Context, id string) (Collection, error) {
	for _, t := range collectionTexts {
		if t.id != id {
			continue
		}
		src, cq, err := s.sourceOf(ctx, Query{Collection: id})
		if err != nil {
			return Collection{}, err
		}
		s.views.RLock()
		x := src.table.Bounds(cq.AsOf)
		s.views.RUnlock()
		c := Collection{ID: id, Title: t.title, Description: t.description, Schema: schemaOf(id), Count: x.Rows, Bound: x.Bound, Located: x.Located}
		if x.Dated {
			c.FirstDay, c.LastDay = formatDay(x.FirstDay), formatDay(x.LastDay)
		}
		return c, nil
	}
	return Collection{}, fmt.Errorf("collection %q: %w", id, ErrNotFound)
}

// CollectionIDs lists the collections in the order of listing.
func CollectionIDs() []string {
	ids := make([]string, len(collectionTexts))
	for i, t := range collectionTexts {
		ids[i] = t.id
	}
	return ids
}

// Attribution says where data comes from and on what terms.
type Attribution struct {
	File        string `json:"file,omitempty"`
	Title       string `json:"title"`
	Origin      string `json:"origin,omitempty"`
	Licence     string `json:"licence,omitempty"`
	LicenceURL  string `json:"licence_url,omitempty"`
	Attribution string `json:"attribution"`
}

// Deployment is what this instance says of itself.
type Deployment struct {
	Title       string        `json:"title"`
	Description string        `json:"description"`
	TimeZone    string        `json:"time_zone"` // IANA name; civil days are local to it
	Attribution []Attribution `json:"attribution"`
}

// Deployment returns what SetDeployment recorded, or plain defaults.
func (s *Store) Deployment() Deployment { return *s.deployment.Load() }

func (s *Store) loadDeployment(ctx context.Context) error {
	d := Deployment{Title: "Strikewatch", Description: "Documented strikes and dated territorial control", TimeZone: "UTC"}
	var text string
	err := s.read.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = 'deployment'`).Scan(&text)
	if err == nil {
		err = json.Unmarshal([]byte(text), &d)
	} else if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("setting deployment: %w", err)
	}
	s.deployment.Store(&d)
	return nil
}

// SetDeployment records what the instance says of itself.
func (s *Store) SetDeployment(ctx context.Context, d Deployment) error {
	if _, err := time.LoadLocation(d.TimeZone); err != nil {
		return invalid("time_zone", quoted(d.TimeZone)+", which is no IANA time zone", "for example Asia/Yangon")
	}
	text, err := json.Marshal(d)
	if err != nil {
		return err
	}
	if _, err = s.write.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES ('deployment', ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, string(text)); err != nil {
		return err
	}
	s.deployment.Store(&d)
	return nil
}
