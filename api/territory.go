package api

import (
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/geo"
)

func knownAtParameter() parameter {
	return parameter{name: "known_at", description: "Answer as the public view stood at this time (RFC 3339).",
		schema: object{"type": "string", "format": "date-time"}, example: "2030-01-01T00:00:00Z"}
}

func territoryChangesParameters() []parameter {
	day := object{"type": "string", "format": "date"}
	return []parameter{
		{name: "from", description: "The earlier day.", schema: day, example: "2024-06-01", required: true},
		{name: "to", description: "The later day.", schema: day, example: "2024-11-01", required: true},
		knownAtParameter(),
	}
}

func territorySizesParameters() []parameter {
	return []parameter{
		{name: "datetime", description: "The period, both days included; where it is open or left out, as far as the record goes.", schema: object{"type": "string", "minLength": 1}, example: "2024-06-01/2024-11-01"},
		{name: "step", description: "Days from one measurement to the next.", schema: object{"type": "integer", "minimum": 1, "maximum": maxStep, "default": 7}, example: 30},
		knownAtParameter(),
	}
}

const maxStep = 36_525 // a century

// showTerritoryChanges compares who held what on two days.
func (s *server) showTerritoryChanges(c *gin.Context) error {
	f, err := negotiate(c, tallyFormats())
	if err != nil {
		return err
	}
	from, err := requiredDay(c, "from", "2024-06-01")
	if err != nil {
		return err
	}
	to, err := requiredDay(c, "to", "2024-11-01")
	if err != nil {
		return err
	}
	if to < from {
		return &data.InvalidError{Field: "to", Problem: "is before from", Hint: "from is the earlier day"}
	}
	query, err := s.parse(data.Territory, c.Request.URL.Query(), "f", "from", "to")
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	changes, err := s.store.TerritoryChanges(c.Request.Context(), from, to, query.KnownAt)
	if err != nil {
		return err
	}
	t := table{Title: "Territory gained and lost", About: "From " + geo.FormatDay(from) + " to " + geo.FormatDay(to) + ". " + territoryMethod,
		Columns: []string{"actor", "actor_name", "status", "before_km2", "after_km2", "gained_km2", "lost_km2", "gained_places", "lost_places"}}
	for _, one := range changes {
		t.add(one.Actor, one.ActorName, one.Status, one.BeforeKM2, one.AfterKM2, one.GainedKM2, one.LostKM2, strings.Join(one.GainedPlaces, "; "), strings.Join(one.LostPlaces, "; "))
	}
	return s.answerTable(c, f, "territory-changes", t, object{"from": geo.FormatDay(from), "to": geo.FormatDay(to), "changes": changes, "method": territoryMethod})
}

const territoryMethod = "Areas are square kilometres on the ellipsoid, of the polygons that sourced control records add up to. " +
	"What passes from one status to another is lost in the one and gained in the other. Places that nobody is recorded to hold count for nobody."

func requiredDay(c *gin.Context, name, example string) (int32, error) {
	text := strings.TrimSuffix(c.Query(name), "T")
	day, err := geo.ParseDay(text)
	if text == "" {
		return 0, &data.InvalidError{Field: name, Problem: "is missing", Hint: "for example " + name + "=" + example}
	}
	if err != nil {
		return 0, &data.InvalidError{Field: name, Problem: "is " + quoted(text) + ", which is no calendar day", Hint: "write YYYY-MM-DD, for example " + name + "=" + example}
	}
	return day, nil
}

// showTerritorySizes measures who held how much, day by day.
func (s *server) showTerritorySizes(c *gin.Context) error {
	f, err := negotiate(c, tallyFormats())
	if err != nil {
		return err
	}
	step := 7
	if text, given := c.GetQuery("step"); given {
		if step, err = strconv.Atoi(text); err != nil || step < 1 || step > maxStep {
			return &data.InvalidError{Field: "step", Problem: "is " + quoted(text), Hint: "give whole days from 1 to " + strconv.Itoa(maxStep)}
		}
	}
	query, err := s.parse(data.Territory, c.Request.URL.Query(), "f", "step")
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	answer := object{"step": step, "sizes": []data.TerritorySize{}, "method": territoryMethod}
	t := table{Title: "Territory over time", About: territoryMethod, Columns: []string{"day", "actor", "status", "area_km2", "places"}}
	from, to, found, err := s.territoryPeriod(c, query)
	if err != nil {
		return err
	}
	if found {
		sizes, err := s.store.TerritorySizes(c.Request.Context(), from, to, int32(step), query.KnownAt)
		if err != nil {
			return err
		}
		for _, one := range sizes {
			t.add(one.Day, one.Actor, one.Status, one.AreaKM2, float64(one.Places))
		}
		answer["from"], answer["to"], answer["sizes"] = geo.FormatDay(from), geo.FormatDay(to), sizes
	}
	return s.answerTable(c, f, "territory-sizes", t, answer)
}

// territoryPeriod closes the open ends of the period asked for with the days
// that the record goes to. Not found: there are none.
func (s *server) territoryPeriod(c *gin.Context, query data.Query) (from, to int32, found bool, err error) {
	territory, err := s.findCollection(c, data.Territory)
	if err != nil {
		return 0, 0, false, err
	}
	first, last, interval := strings.Cut(plainPeriod(c.Query("datetime")), "/")
	from, to, found = query.From, query.To, true
	if first == "" || first == ".." {
		if from, err = geo.ParseDay(territory.FirstDay); err != nil {
			return 0, 0, false, nil
		}
		from = min(from, to)
	}
	if interval && last == "" || last == ".." || first == "" && !interval {
		if to, err = geo.ParseDay(territory.LastDay); err != nil {
			return 0, 0, false, nil
		}
		to = max(from, to)
	}
	return from, to, found, nil
}

// answerTable writes the document, or its rows as CSV or as a page.
func (s *server) answerTable(c *gin.Context, f format, name string, t table, document object) error {
	if f.name == "csv" {
		return writeTableCSV(c, f, name, t)
	}
	links := s.representations(c, f, tallyFormats())
	document["links"] = links
	return s.answer(c, f, document, "table", page{Title: t.Title, Links: links, Body: t})
}

func territorySchemas() object {
	text, real := object{"type": "string"}, object{"type": "number", "minimum": 0}
	day, places := object{"type": "string", "format": "date"}, object{"type": "array", "items": object{"type": "string"}}
	links := listOf(reference("link"))
	return object{
		"territoryChanges": members(object{"from": day, "to": day, "method": text, "links": links, "changes": listOf(members(object{
			"actor": text, "actor_name": text, "color": text, "status": text, "before_km2": real, "after_km2": real, "gained_km2": real, "lost_km2": real,
			"gained_places": places, "lost_places": places,
		}, "actor", "actor_name", "status", "before_km2", "after_km2", "gained_km2", "lost_km2", "gained_places", "lost_places"))}, "from", "to", "changes", "method", "links"),
		"territorySizes": members(object{"from": day, "to": day, "step": object{"type": "integer", "minimum": 1}, "method": text, "links": links, "sizes": listOf(members(object{
			"day": day, "actor": text, "status": text, "area_km2": real, "places": object{"type": "integer", "minimum": 0},
		}, "day", "actor", "status", "area_km2", "places"))}, "step", "sizes", "method", "links"),
	}
}
