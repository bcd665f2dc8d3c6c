package report

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"strikewatch/data"
)

// Incident is one incident in words, for a page of its own and for what others
// show of a link to it.
type Incident struct {
	*Strike
	Version    int64
	RecordedAt time.Time
	Citations  []data.PublicCitation

	Title                       string // kind, place and day
	KindWord                    string
	WhenWords, WhereWords       string
	StatusWords, PrecisionWords string
	AttackerWords, TargetWords  string
	KilledWords, InjuredWords   string
	Among                       []Part // of those killed, as far as sources say
	HeldWords                   string
	HeldRecords                 []string // ids in control
	SaidHeldBy                  string   // by the reports themselves
	PlaceCode                   string
	Response                    string
	Border, BorderName          string // the nearest; empty without a place

	knownAt time.Time
}

// Part is a share of those harmed.
type Part struct{ Name, Words string }

// ReadIncident reads an incident as the public view stood at a time; zero is
// now. It fails with data.ErrNotFound, no less for one that is withheld.
func ReadIncident(ctx context.Context, s *data.Store, id string, knownAt time.Time) (*Incident, error) {
	item, err := s.Item(ctx, data.Incidents, id, knownAt)
	if err != nil {
		return nil, err
	}
	q, err := s.Parse(data.Incidents, url.Values{})
	if err != nil {
		return nil, err
	}
	reader := newStrikeReader(q.Schema())
	strike, err := reader.read(item.Feature)
	if err != nil {
		return nil, err
	}
	actors, err := readActors(ctx, s, knownAt)
	if err != nil {
		return nil, err
	}
	i := &Incident{
		Strike: strike, Version: item.Version, RecordedAt: item.RecordedAt, Citations: item.Citations, knownAt: knownAt,
		KindWord: kindWord(strike.Kind), WhenWords: upperFirst(strike.When()), WhereWords: strike.where(),
		StatusWords: upperFirst(statusWord(strike.Status)), PrecisionWords: strike.precision(),
		AttackerWords: actors.title(strike.Attacker), TargetWords: strings.ReplaceAll(strike.Target, "_", " "),
		KilledWords: rangeWords(strike.KilledMin, strike.KilledMax, false), InjuredWords: rangeWords(strike.InjuredMin, strike.InjuredMax, false),
		HeldWords: actors.held(strike), PlaceCode: reader.text("place_code"), Response: reader.text("response"),
		SaidHeldBy: strings.ReplaceAll(reader.text("said_held_by"), "|", ", "), Border: reader.text("border"),
	}
	if i.Attacker == "" {
		i.AttackerWords = ""
	}
	if records := reader.text("held_records"); records != "" {
		i.HeldRecords = strings.Split(records, ",")
	}
	for _, part := range []string{"civilians", "children", "women", "combatants"} {
		least, most := reader.count(part+"_killed_min"), reader.count(part+"_killed_max")
		if least != nil || most != nil {
			i.Among = append(i.Among, Part{part, rangeWords(least, most, false)})
		}
	}
	i.Title = i.KindWord + ", " + cmp.Or(i.Place, i.Township, i.StateRegion, "place not named") + ", " + i.When()
	if i.Border != "" {
		i.BorderName, err = borderName(ctx, s, BorderRequest{Border: i.Border, KnownAt: knownAt})
	}
	return i, err
}

// Description says the incident in one sentence or two, as a preview shows it.
func (i *Incident) Description() string {
	text := fmt.Sprintf("Killed: %s. Injured: %s. %s. %s.", i.KilledWords, i.InjuredWords, i.HeldWords, i.StatusWords)
	if i.Summary != "" {
		text = i.Summary + " " + text
	}
	return text
}

// Assertion is a control record that a holder rests on.
type Assertion struct{ ID, Actor, Status, Place, From, To, Publisher, URL string }

// Assertions reads the control records behind the holder; one that has gone
// since is left out.
func (i *Incident) Assertions(ctx context.Context, s *data.Store) ([]Assertion, error) {
	var all []Assertion
	for _, id := range i.HeldRecords {
		item, err := s.Item(ctx, data.Controls, id, i.knownAt)
		if errors.Is(err, data.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var f struct {
			Properties struct {
				Actor, Status, Place, Publisher string
				From                            string `json:"valid_from"`
				To                              string `json:"valid_to"`
				URL                             string `json:"source_url"`
			}
		}
		if err := json.Unmarshal(item.Feature, &f); err != nil {
			return nil, fmt.Errorf("control %s: %w", id, err)
		}
		p := f.Properties
		all = append(all, Assertion{id, p.Actor, p.Status, p.Place, p.From, p.To, p.Publisher, p.URL})
	}
	return all, nil
}
