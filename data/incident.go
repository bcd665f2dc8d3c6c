package data

import (
	"regexp"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// Incident is one documented attack, as coded from its sources. A nil number
// is not known; an empty text is not said.
type Incident struct {
	ID            string `json:"id"`
	Kind          string `json:"kind"`
	DateStart     string `json:"date_start"`               // civil day, local
	DateEnd       string `json:"date_end"`                 // civil day, inclusive
	DatePrecision string `json:"date_precision,omitempty"` // day, week, month or year
	TimeLocal     string `json:"time_local,omitempty"`     // as said: "20:40", "before dawn"

	Place             string   `json:"place,omitempty"`
	PlaceCode         string   `json:"place_code,omitempty"`
	Township          string   `json:"township,omitempty"`
	TownshipCode      string   `json:"township_code,omitempty"`
	StateRegion       string   `json:"state_region,omitempty"`
	Lon               *float64 `json:"lon,omitempty"` // degrees, WGS 84; nil when nobody knows where
	Lat               *float64 `json:"lat,omitempty"`
	LocationPrecision string   `json:"location_precision,omitempty"` // exact, vicinity, locality, township or region
	UncertaintyM      *float64 `json:"uncertainty_m,omitempty"`      // radius that the point may be off; nil takes the precision's

	Attacker       string `json:"attacker,omitempty"`
	Target         string `json:"target,omitempty"`
	MunitionsCount *int64 `json:"munitions_count,omitempty"`
	Munitions      string `json:"munitions,omitempty"`
	Harm

	Response   string     `json:"response,omitempty"` // the attacker's: claimed, denied or silent
	Status     string     `json:"status"`
	SaidHeldBy string     `json:"said_held_by,omitempty"` // by the reports themselves; never an input to held_by
	Summary    string     `json:"summary,omitempty"`
	Notes      string     `json:"notes,omitempty"`
	Citations  []Citation `json:"citations,omitempty"`

	// The publication gate.
	Withheld        bool   `json:"withheld,omitempty"`
	PublishAfter    string `json:"publish_after,omitempty"`    // RFC 3339; not public before
	PublicPrecision string `json:"public_precision,omitempty"` // township or region: what the public may know of the place
	PublicSummary   string `json:"public_summary,omitempty"`   // shown in place of Summary when the place is coarsened
}

// Harm counts people, each as a range; nil is not known, never zero.
type Harm struct {
	KilledMin           *int64 `json:"killed_min,omitempty"`
	KilledMax           *int64 `json:"killed_max,omitempty"`
	InjuredMin          *int64 `json:"injured_min,omitempty"`
	InjuredMax          *int64 `json:"injured_max,omitempty"`
	CiviliansKilledMin  *int64 `json:"civilians_killed_min,omitempty"`
	CiviliansKilledMax  *int64 `json:"civilians_killed_max,omitempty"`
	ChildrenKilledMin   *int64 `json:"children_killed_min,omitempty"`
	ChildrenKilledMax   *int64 `json:"children_killed_max,omitempty"`
	WomenKilledMin      *int64 `json:"women_killed_min,omitempty"`
	WomenKilledMax      *int64 `json:"women_killed_max,omitempty"`
	CombatantsKilledMin *int64 `json:"combatants_killed_min,omitempty"`
	CombatantsKilledMax *int64 `json:"combatants_killed_max,omitempty"`
}

// Citation is what one source claims of an incident, so that sources may
// disagree in the open.
type Citation struct {
	Source     string `json:"source"`
	Claim      string `json:"claim,omitempty"` // a short paraphrase
	KilledMin  *int64 `json:"killed_min,omitempty"`
	KilledMax  *int64 `json:"killed_max,omitempty"`
	InjuredMin *int64 `json:"injured_min,omitempty"`
	InjuredMax *int64 `json:"injured_max,omitempty"`
	HeldBy     string `json:"held_by,omitempty"`
}

func (*Incident) Collection() string { return Incidents }
func (i *Incident) Key() string      { return i.ID }

// Point returns where the incident was, and whether anybody knows.
func (i *Incident) Point() (orb.Point, bool) {
	if i.Lon == nil || i.Lat == nil {
		return orb.Point{}, false
	}
	return orb.Point{*i.Lon, *i.Lat}, true
}

// Uncertainty returns the radius in metres that the point may be off: the
// record's own, else what its precision stands for.
func (i *Incident) Uncertainty() float64 {
	if i.UncertaintyM != nil {
		return *i.UncertaintyM
	}
	return precisionRadius(i.LocationPrecision)
}

// Window returns the first and last day on which the incident may have
// happened: the dates as given, widened to whole ISO weeks, months or years
// when that is all that is known.
func (i *Incident) Window() (first, last int32, err error) {
	if first, err = parseDay("date_start", i.DateStart); err != nil {
		return 0, 0, err
	}
	if last, err = parseDay("date_end", i.DateEnd); err != nil {
		return 0, 0, err
	}
	f, _ := widenDay(first, i.DatePrecision)
	_, l := widenDay(last, i.DatePrecision)
	return f, l, nil
}

// Check reports the first field that can not stand.
func (i *Incident) Check() error {
	if err := checkID(i.ID); err != nil {
		return err
	}
	for _, f := range []struct {
		name, value string
		codes       []string
		required    bool
	}{
		{"kind", i.Kind, kindCodes, true},
		{"status", i.Status, statusCodes, true},
		{"date_precision", i.DatePrecision, datePrecisionCodes, true},
		{"location_precision", i.LocationPrecision, locationPrecisionCodes, i.Lon != nil},
		{"public_precision", i.PublicPrecision, publicPrecisionCodes, false},
		{"response", i.Response, responseCodes, false},
	} {
		if err := checkCode(f.name, f.value, f.codes, f.required); err != nil {
			return err
		}
	}
	first, last, err := i.Window()
	if err != nil {
		return err
	}
	if last < first || i.DateEnd < i.DateStart {
		return invalid("date_end", "lies before date_start "+i.DateStart, "give the last day on which it may have happened")
	}
	if (i.Lon == nil) != (i.Lat == nil) {
		return invalid("lon", "and lat must come together", "leave both out when the place is not known")
	}
	if p, ok := i.Point(); ok {
		if err := geo.CheckPosition(p); err != nil {
			return invalid("lat", err.Error(), "give lon and lat in degrees, WGS 84")
		}
	}
	if i.UncertaintyM != nil && !(*i.UncertaintyM >= 0 && *i.UncertaintyM <= maxUncertaintyM) {
		return invalid("uncertainty_m", "must lie between 0 and 2000000 metres", "leave it out to take that of location_precision")
	}
	if i.MunitionsCount != nil && *i.MunitionsCount < 0 {
		return invalid("munitions_count", "is negative", "leave it out when it is not known")
	}
	if i.PublishAfter != "" {
		if _, err := parseTime("publish_after", i.PublishAfter); err != nil {
			return err
		}
	}
	return i.Harm.check()
}

func (h *Harm) check() error {
	for _, r := range h.ranges() {
		if r.min != nil && *r.min < 0 || r.max != nil && *r.max < 0 {
			return invalid(r.name, "is negative", "leave it out when it is not known")
		}
		if r.min != nil && r.max != nil && *r.max < *r.min {
			return invalid(r.name+"_max", "is below "+r.name+"_min", "give the range that the sources span")
		}
	}
	return nil
}

type harmRange struct {
	name     string
	min, max *int64
}

func (h *Harm) ranges() []harmRange {
	return []harmRange{
		{"killed", h.KilledMin, h.KilledMax},
		{"injured", h.InjuredMin, h.InjuredMax},
		{"civilians_killed", h.CiviliansKilledMin, h.CiviliansKilledMax},
		{"children_killed", h.ChildrenKilledMin, h.ChildrenKilledMax},
		{"women_killed", h.WomenKilledMin, h.WomenKilledMax},
		{"combatants_killed", h.CombatantsKilledMin, h.CombatantsKilledMax},
	}
}

// maxUncertaintyM keeps a disk well below the size of the Earth.
const maxUncertaintyM = 2_000_000

var idPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:~-]{0,127}$`)

func checkID(id string) error {
	if !idPattern.MatchString(id) {
		return invalid("id", "must be 1 to 128 letters, digits or . _ : ~ -", "for example mm-0119")
	}
	return nil
}
