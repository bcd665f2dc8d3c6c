package data

import (
	"strings"
	"time"
)

// The publication gate. Everything that the public ever sees of a record is
// made here, once, when a version is written; map, API, tiles, search, counts,
// exports, reports and change log read only what this file lets through.

// gate says whether and from when the public may see a version.
type gate struct {
	withheld bool
	after    string // publish_after, RFC 3339
	coarse   string // public_precision of an incident
}

func gateOf(d Document) gate {
	switch d := d.(type) {
	case *Incident:
		return gate{d.Withheld || d.Status == "draft", d.PublishAfter, d.PublicPrecision}
	case *Control:
		return gate{d.Withheld, d.PublishAfter, ""}
	case *Source:
		return gate{withheld: d.Confidential}
	}
	return gate{}
}

// opens returns when a version recorded at the given time becomes public;
// ok is false when it never does.
func (g gate) opens(recorded time.Time) (at time.Time, ok bool, err error) {
	if g.withheld {
		return time.Time{}, false, nil
	}
	at, err = publishTime(g.after, recorded)
	return at, err == nil, err
}

// stricterThan reports whether g hides something that before showed: then the
// earlier versions must not be shown any more either.
func (g gate) stricterThan(before gate) bool {
	return g.withheld && !before.withheld || g.after != "" && g.after > before.after ||
		coarseness(g.coarse) > coarseness(before.coarse)
}

func coarseness(precision string) int {
	switch precision {
	case "township":
		return 1
	case "region":
		return 2
	}
	return 0
}

// publicIncident returns the incident as the public may see it. A coarsened
// one takes the point of its gazetteer unit with the unit's radius: random
// jitter is a lie, and rounding can cross a border. What would give the place
// away is left out with it. ok is false when the rows may not be shown at all.
func (r *reference) publicIncident(in Incident) (out Incident, ok bool) {
	out = in
	out.Withheld, out.PublishAfter, out.PublicPrecision, out.PublicSummary = false, "", "", ""
	out.Citations = r.publicCitations(in.Citations)
	if r.allForbidden(in.Citations) {
		return Incident{}, false
	}
	if in.PublicPrecision == "" || coarseness(in.PublicPrecision) <= coarseness(in.LocationPrecision) {
		return out, true
	}
	out.Place, out.PlaceCode, out.Target, out.Notes = "", "", "", ""
	out.Summary = in.PublicSummary
	out.LocationPrecision = in.PublicPrecision
	out.UncertaintyM = nil
	out.Citations = nil
	seat := r.seats[in.TownshipCode]
	if in.PublicPrecision == "region" {
		out.Township, out.TownshipCode, seat = "", "", r.regionSeat(in.StateRegion)
	}
	out.Lon, out.Lat = nil, nil
	if seat != nil {
		out.Lon, out.Lat = &seat.Lon, &seat.Lat
	}
	return out, true
}

// publicCitations leaves out what a confidential source says: even that it
// exists.
func (r *reference) publicCitations(cs []Citation) []Citation {
	var public []Citation
	for _, c := range cs {
		if s := r.sources[c.Source]; s != nil {
			public = append(public, c)
		}
	}
	return public
}

// allForbidden reports whether there are sources and all forbid redistribution.
func (r *reference) allForbidden(cs []Citation) bool {
	for _, c := range cs {
		if s := r.sources[c.Source]; s == nil || !s.NoRedistribution {
			return false
		}
	}
	return len(cs) > 0
}

// regionSeat returns the place that stands for a first-level unit: of its
// townships' seats, the one nearest to their middle.
func (r *reference) regionSeat(region string) *Place {
	var lon, lat, n float64
	for _, p := range r.seats {
		if p.StateRegion == region {
			lon, lat, n = lon+p.Lon, lat+p.Lat, n+1
		}
	}
	var best *Place
	square := func(p *Place) float64 { return (p.Lon-lon/n)*(p.Lon-lon/n) + (p.Lat-lat/n)*(p.Lat-lat/n) }
	for _, p := range r.seats {
		if p.StateRegion == region && (best == nil || square(p) < square(best) || square(p) == square(best) && p.Code < best.Code) {
			best = p
		}
	}
	return best
}

// describeSources writes the public sources of an incident on one line.
func (r *reference) describeSources(cs []Citation) string {
	var parts []string
	for _, c := range cs {
		s := r.sources[c.Source]
		text := s.Publisher
		if s.Published != "" {
			text += " (" + s.Published + ")"
		}
		if s.URL != "" {
			text += " " + s.URL
		}
		parts = append(parts, strings.TrimSpace(text))
	}
	return strings.Join(parts, "; ")
}
