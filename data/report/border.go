package report

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"strikewatch/data"
	"strikewatch/data/proof"
	"strikewatch/geo"
)

// BorderReport lists the strikes near one border in one period, told apart by
// whether they lie within the distance for certain or possibly, with the equal
// period right before beside them.
type BorderReport struct {
	Title      string  `json:"title"`
	Border     string  `json:"border"`
	BorderName string  `json:"border_name"`
	WithinKM   float64 `json:"within_km"`
	Tally
	Previous    Tally                 `json:"previous"` // the same number of days right before
	ByHolder    []Group               `json:"by_holder"`
	ByKind      []Group               `json:"by_kind"`
	Incidents   []*Strike             `json:"incidents"` // nearest first
	KnownAt     string                `json:"known_at"`
	Checkpoint  *proof.CheckpointView `json:"checkpoint,omitempty"` // absent when the log has no key
	Licence     string                `json:"licence"`
	Attribution []data.Attribution    `json:"attribution"`
	Method      string                `json:"method"`

	request BorderRequest
	actors  actors
}

// Period is a span of civil days, both included.
type Period struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// BuildBorder answers a request from the public view. It fails with a
// *data.InvalidError when the request can not stand.
func BuildBorder(ctx context.Context, s *data.Store, r BorderRequest) (*BorderReport, error) {
	knownAt, err := instant(ctx, s, r)
	if err != nil {
		return nil, err
	}
	// All incidents are read as of one instant, so that a write meanwhile
	// leaves the report of one piece.
	at := r
	at.KnownAt = knownAt
	strikes, err := readStrikes(ctx, s, at, r.From, r.To)
	if err != nil {
		return nil, err
	}
	days := r.To - r.From + 1
	before, err := readStrikes(ctx, s, at, r.From-days, r.From-1)
	if err != nil {
		return nil, err
	}
	b := &BorderReport{
		Border: r.Border, WithinKM: r.WithinKM, Incidents: strikes, request: r,
		Tally:    tally(strikes, r.From, r.To),
		Previous: tally(before, r.From-days, r.From-1),
		KnownAt:  knownAt.Format(time.RFC3339Nano),
	}
	if b.BorderName, err = borderName(ctx, s, r); err != nil {
		return nil, err
	}
	if b.actors, err = readActors(ctx, s, r.KnownAt); err != nil {
		return nil, err
	}
	b.ByHolder = groupBy(strikes, func(s *Strike) string { return sortedHolders(s.HeldBy) }, b.actors.title)
	b.ByKind = groupBy(strikes, func(s *Strike) string { return s.Kind }, kindTitle)
	b.Title = fmt.Sprintf("%s within %s km of the %s", b.subject(), formatKM(r.WithinKM), borderPhrase(b.BorderName))
	b.Method = b.method()
	d := s.Deployment()
	b.Attribution, b.Licence = d.Attribution, licence(d.Attribution)
	checkpoint, err := s.Checkpoint(ctx)
	if err == nil {
		b.Checkpoint = &checkpoint
	} else if !errors.Is(err, data.ErrNotFound) {
		return nil, err
	}
	return b, nil
}

// instant is the one that the request names, or the store's present.
func instant(ctx context.Context, s *data.Store, r BorderRequest) (time.Time, error) {
	if !r.KnownAt.IsZero() {
		return r.KnownAt.UTC(), nil
	}
	q, err := r.query(s, r.From, r.To)
	if err != nil {
		return time.Time{}, err
	}
	q.Limit = 1
	page, err := s.Page(ctx, q)
	return page.AsOf, err
}

func readStrikes(ctx context.Context, s *data.Store, r BorderRequest, from, to int32) ([]*Strike, error) {
	q, err := r.query(s, from, to)
	if err != nil {
		return nil, err
	}
	reader := newStrikeReader(q.Schema())
	strikes := []*Strike{}
	err = s.Stream(ctx, q, func(feature []byte) error {
		strike, err := reader.readNear(feature)
		strikes = append(strikes, strike)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(strikes, func(a, b *Strike) int {
		return cmp.Or(cmp.Compare(a.KM, b.KM), cmp.Compare(a.DateStart, b.DateStart), cmp.Compare(a.ID, b.ID))
	})
	return strikes, nil
}

// borderName is what the border is called; one that was not recorded yet when
// the report asks has its present name.
func borderName(ctx context.Context, s *data.Store, r BorderRequest) (string, error) {
	item, err := s.Item(ctx, data.Borders, r.Border, r.KnownAt)
	if errors.Is(err, data.ErrNotFound) {
		item, err = s.Item(ctx, data.Borders, r.Border, time.Time{})
	}
	if err != nil {
		return "", err
	}
	var f struct {
		Properties struct{ Name string }
	}
	if err := json.Unmarshal(item.Feature, &f); err != nil {
		return "", fmt.Errorf("border %s: %w", r.Border, err)
	}
	return cmp.Or(f.Properties.Name, r.Border), nil
}

// actor is what a report says of a holder.
type actor struct{ Code, Name, Color string }

// actors are known by their codes.
type actors map[string]actor

func readActors(ctx context.Context, s *data.Store, knownAt time.Time) (actors, error) {
	known := actors{}
	q := data.Query{Collection: data.Actors, KnownAt: knownAt}
	err := s.Stream(ctx, q, func(feature []byte) error {
		var f struct{ Properties actor }
		if err := json.Unmarshal(feature, &f); err != nil {
			return fmt.Errorf("actor: %w", err)
		}
		known[f.Properties.Code] = f.Properties
		return nil
	})
	return known, err
}

// whoIsWho explains the codes of holders and attackers that the report names.
func (b *BorderReport) whoIsWho() []actor {
	named := map[string]bool{}
	for _, s := range b.Incidents {
		for code := range strings.SplitSeq(s.HeldBy+","+s.Attacker, ",") {
			named[code] = true
		}
	}
	var who []actor
	for _, code := range slices.Sorted(maps.Keys(named)) {
		if a, ok := b.actors[code]; ok {
			who = append(who, a)
		}
	}
	return who
}

// subject names what the report counts.
func (b *BorderReport) subject() string {
	if b.request.namesKinds() {
		return "Incidents"
	}
	return "Strikes"
}

func (b *BorderReport) days() int32 { return b.request.To - b.request.From + 1 }

func period(from, to int32) Period { return Period{geo.FormatDay(from), geo.FormatDay(to)} }
