package codec

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"strikewatch/data/columns"
)

// Meta is what a file says of itself beside its rows.
type Meta struct {
	Schema      *columns.Schema // the field dictionary, in column order
	Layer       string          // layer, table or sheet name; the collection's id when empty
	Title       string
	Description string
	Query       string // the request, for example "/api/collections/incidents/items?kind=airstrike"
	KnownAt     time.Time
	Checkpoint  string // the signed tree head in force, empty when none
	Generated   time.Time
	Attribution []Attribution
	LeftOut     int   // rows whose source forbids redistribution: told, not shown
	Rows        int64 // how many features will come; 0 when not known

	HXL   bool  // CSV: a second header row of HXL hashtags
	Style Style // colours; the zero Style takes DefaultStyle of the schema

	// Head are the foreign members written before "features" in GeoJSON; when
	// nil, one member "metadata" is written. Tail gives those written after
	// the features, once they are all written; nil means none.
	Head []Member
	Tail func() ([]Member, error)

	// Stopped is asked again and again while a file is put together at Close,
	// before any of it reaches the output; its error ends the work. nil: nobody
	// stops it.
	Stopped func() error

	// Room is asked for n more bytes of temporary files before they are written,
	// or soon after by a library that writes by itself; its error ends the work.
	// nil: there is room.
	Room func(n int64) error

	TempDir string // for formats that are built aside; the system's when empty
}

// Member is one name and value of a JSON object.
type Member struct {
	Name  string
	Value json.RawMessage
}

// Attribution names the origin and licence of some of the rows.
type Attribution struct {
	Title      string `json:"title"`
	Origin     string `json:"origin,omitempty"` // URL or text
	Licence    string `json:"licence,omitempty"`
	LicenceURL string `json:"licence_url,omitempty"`
	Text       string `json:"text,omitempty"` // the wording that the licence asks for
}

func (m *Meta) stopped() error {
	if m.Stopped == nil {
		return nil
	}
	return m.Stopped()
}

// JSON returns the metadata and the field dictionary as one JSON object: the
// "metadata" member of GeoJSON, and the file that stands beside formats which
// have no place for it.
func (m *Meta) JSON() (json.RawMessage, error) {
	fields := make([]fieldJSON, len(m.Schema.Fields))
	for i := range m.Schema.Fields {
		fields[i] = describeField(&m.Schema.Fields[i])
	}
	attribution := m.Attribution
	if attribution == nil {
		attribution = []Attribution{}
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(struct {
		Collection  string        `json:"collection"`
		Title       string        `json:"title,omitempty"`
		Description string        `json:"description,omitempty"`
		Query       string        `json:"query,omitempty"`
		KnownAt     string        `json:"known_at,omitempty"`
		Generated   string        `json:"generated,omitempty"`
		Checkpoint  string        `json:"checkpoint,omitempty"`
		Licence     string        `json:"licence,omitempty"`
		Attribution []Attribution `json:"attribution"`
		LeftOut     int           `json:"left_out"`
		Fields      []fieldJSON   `json:"fields"`
	}{
		m.Schema.Collection, m.Title, m.Description, m.Query, stamp(m.KnownAt), stamp(m.Generated),
		m.Checkpoint, m.licences(), attribution, m.LeftOut, fields,
	})
	if err != nil {
		return nil, fmt.Errorf("metadata: %w", err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

type fieldJSON struct {
	Name        string     `json:"name"`
	Type        string     `json:"type"`
	Title       string     `json:"title,omitempty"`
	Description string     `json:"description,omitempty"`
	Unit        string     `json:"unit,omitempty"`
	Codes       []codeJSON `json:"codes,omitempty"`
}

type codeJSON struct {
	Value string `json:"value"`
	Title string `json:"title,omitempty"`
	ACLED string `json:"acled,omitempty"`
	UCDP  string `json:"ucdp,omitempty"`
}

func describeField(f *columns.Field) fieldJSON {
	d := fieldJSON{Name: f.Name, Type: typeName(f.Type), Title: f.Title, Description: f.Description, Unit: f.Unit}
	for _, c := range f.Codes {
		d.Codes = append(d.Codes, codeJSON(c))
	}
	return d
}

func typeName(t columns.Type) string {
	switch t {
	case columns.Int:
		return "integer"
	case columns.Real:
		return "number"
	case columns.Bool:
		return "boolean"
	case columns.Day:
		return "date"
	case columns.Time:
		return "date-time"
	}
	return "string"
}

// fact is one line of provenance for people.
type fact struct{ name, value string }

// facts lists the provenance in reading order, without what is not known.
func (m *Meta) facts() []fact {
	all := []fact{
		{"Title", m.Title},
		{"Description", m.Description},
		{"Collection", m.Schema.Collection},
		{"Query", m.Query},
		{"Known at", stamp(m.KnownAt)},
		{"Generated", stamp(m.Generated)},
		{"Checkpoint", m.Checkpoint},
		{"Left out", m.leftOut()},
	}
	for _, a := range m.Attribution {
		all = append(all, fact{"Attribution", a.line()})
	}
	kept := all[:0]
	for _, f := range all {
		if f.value != "" {
			kept = append(kept, f)
		}
	}
	return kept
}

func (m *Meta) leftOut() string {
	switch m.LeftOut {
	case 0:
		return "nothing"
	case 1:
		return "1 row, because its source forbids redistribution"
	}
	return strconv.Itoa(m.LeftOut) + " rows, because their sources forbid redistribution"
}

func (a *Attribution) line() string {
	var parts []string
	for _, s := range []string{a.Title, a.Text, a.Origin, strings.TrimSpace(a.Licence + " " + a.LicenceURL)} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "; ")
}

// licences joins the distinct licences in order of appearance.
func (m *Meta) licences() string {
	var seen []string
	for _, a := range m.Attribution {
		known := a.Licence == ""
		for _, s := range seen {
			known = known || s == a.Licence
		}
		if !known {
			seen = append(seen, a.Licence)
		}
	}
	return strings.Join(seen, ", ")
}

// stamp writes RFC 3339 in UTC, or nothing for the zero time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
