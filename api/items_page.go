package api

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/columns"
)

// itemsPage is a page of features for people.
type itemsPage struct {
	Action  string
	Inputs  []input
	Kept    []input // what the form does not show but must not lose
	Columns []string
	Rows    []row
	Matched int
	LeftOut int
	First   string
	Next    string
}

type input struct {
	Name, Title, Value, Example string
	Codes                       []columns.Code
}

type row struct {
	Href  string
	Cells []cell
}

type cell struct {
	Text   string
	Number bool
	Short  bool // a code, an id or a day: not to be broken over lines
}

// shownColumns are those that fit a page; a record's own page has all.
func shownColumns(collection string) []string {
	switch collection {
	case data.Incidents:
		return []string{"id", "date_earliest", "date_latest", "kind", "place", "killed_min", "killed_max", "injured_min", "injured_max", "held_by", "held_certainty", "border", "border_km", "status"}
	case data.Controls:
		return []string{"id", "place", "actor", "status", "valid_from", "valid_to", "how", "publisher"}
	case data.Territory:
		return []string{"id", "actor_name", "status", "valid_from", "valid_to", "area_km2", "place_count"}
	case data.Areas:
		return []string{"code", "name", "level", "township", "state_region", "generalised", "accuracy_m"}
	case data.Places:
		return []string{"code", "name", "name_my", "kind", "township", "state_region"}
	case data.Gates:
		return []string{"id", "name", "other_side", "border", "controller", "controller_last_seen"}
	case data.Actors:
		return []string{"code", "name", "kind", "alliance", "aliases"}
	}
	return nil
}

// filterInputs are the filters that the page's form offers.
func filterInputs(collection data.Collection) []string {
	var inputs []string
	if collection.Schema.Index("recorded_at") >= 0 {
		inputs = append(inputs, "q")
	}
	if collection.Schema.Start != "" {
		inputs = append(inputs, "datetime")
	}
	if collection.Schema.Geometry != "" {
		inputs = append(inputs, "bbox")
	}
	for _, f := range collection.Schema.Fields {
		if len(f.Codes) > 0 && slices.Contains(shownColumns(collection.ID), f.Name) {
			inputs = append(inputs, f.Name)
		}
	}
	return append(inputs, "sortby", "limit")
}

func (s *server) showItems(c *gin.Context, collection data.Collection, query data.Query, f format, offers []format) error {
	result, err := s.store.Page(c.Request.Context(), query)
	if err != nil {
		return err
	}
	body := itemsPage{Action: s.itemsURL(c, collection.ID), Matched: result.Matched}
	if body.LeftOut, err = s.leftOut(c.Request.Context(), collection.ID); err != nil {
		return err
	}
	if result.Next != "" {
		body.Next = s.nextURL(c, result.Next)
	}
	if c.Query("after") != "" {
		body.First = s.self(c, "after", "")
	}
	body.Inputs, body.Kept = s.formInputs(c, collection)
	var fields []int
	schema, shown := query.Schema(), append(shownColumns(collection.ID), "certainty")
	for i, field := range schema.Fields {
		if len(shown) == 1 && !field.Long || slices.Contains(shown, field.Name) {
			fields = append(fields, i)
			body.Columns = append(body.Columns, columnTitle(field))
		}
	}
	var record columns.Record
	err = result.Each(func(feature []byte) error {
		if err := schema.Decode(feature, &record); err != nil {
			return fmt.Errorf("show %s: %w", collection.ID, err)
		}
		body.Rows = append(body.Rows, s.showRow(c, collection, &record, fields))
		return nil
	})
	if err != nil {
		return err
	}
	return s.writePage(c, 200, "items", page{Title: collection.Title, Trail: s.trail(c, collection), Links: s.pageLinks(c, f, offers, result.Next), Body: body})
}

func columnTitle(f columns.Field) string {
	if f.Unit != "" && f.Unit != "persons" {
		return f.Title + " (" + f.Unit + ")"
	}
	return f.Title
}

func (s *server) showRow(c *gin.Context, collection data.Collection, record *columns.Record, fields []int) row {
	r := row{Href: s.itemsURL(c, collection.ID) + "/" + record.ID + "?f=html"}
	if known := c.Query("known_at"); known != "" {
		r.Href += "&known_at=" + known
	}
	for _, i := range fields {
		v := record.Values[i]
		text := valueText(v)
		r.Cells = append(r.Cells, cell{text, v.Kind == columns.IntValue || v.Kind == columns.RealValue, len(text) < 16 && !strings.Contains(text, " ")})
	}
	return r
}

// formInputs splits the request's parameters into those that the form shows
// and those that it keeps.
func (s *server) formInputs(c *gin.Context, collection data.Collection) (shown, kept []input) {
	known := (route{filters: itemsParameters, parameters: pageParameters()}).parametersFor(&collection)
	names := filterInputs(collection)
	for _, name := range names {
		in := input{Name: name, Title: inputTitle(name), Value: c.Query(name)}
		if i := collection.Schema.Index(name); i >= 0 {
			in.Title, in.Codes = collection.Schema.Fields[i].Title, collection.Schema.Fields[i].Codes
		}
		for _, p := range known {
			if p.name == name {
				in.Example = exampleText(p.example)
			}
		}
		shown = append(shown, in)
	}
	query := c.Request.URL.Query()
	for _, name := range sortedKeys(query) {
		if !slices.Contains(names, name) && !slices.Contains([]string{"f", "form", "after"}, name) {
			kept = append(kept, input{Name: name, Value: query.Get(name)})
		}
	}
	return shown, kept
}

func inputTitle(parameter string) string {
	switch parameter {
	case "q":
		return "Words"
	case "datetime":
		return "Days"
	case "bbox":
		return "Box: west,south,east,north"
	case "sortby":
		return "Sort by"
	case "limit":
		return "On a page"
	}
	return parameter
}

func exampleText(example any) string {
	switch e := example.(type) {
	case nil:
		return ""
	case []float64:
		var parts []string
		for _, n := range e {
			parts = append(parts, strconv.FormatFloat(n, 'f', -1, 64))
		}
		return strings.Join(parts, ",")
	case []string:
		return strings.Join(e, ",")
	}
	return fmt.Sprint(example)
}
