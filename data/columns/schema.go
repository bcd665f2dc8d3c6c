// Package columns answers questions over the public features of one
// collection from memory: which rows match a filter, in what order, how many,
// and grouped how. It reads features as they are stored (GeoJSON, RFC 7946)
// and never changes them, so a count, a tile and an export can not disagree.
//
// A Table keeps rows in runs, each a range of seqs arranged so that its blocks
// of 4,096 rows are close in space and time. A block keeps each field as a lane
// of small integers whose range alone often tells that none or all of its rows
// match; otherwise a filter narrows a bitmap of them, lane by lane. Points are
// kept exactly (7 decimals); of lines and areas only the box is, and of prose
// only whether there is any: what these leave open is decided by the feature,
// which the query's Fetch brings. What readers see never changes: a write makes
// a new content that shares what is the same.
package columns

// Type says how a property is written in a feature and compared in a filter.
type Type uint8

const (
	Text Type = iota // JSON string
	Int              // JSON integer
	Real             // JSON number
	Bool             // JSON true or false
	Day              // "YYYY-MM-DD", a civil day in the deployment's time zone
	Time             // RFC 3339 in UTC
)

// Code is one allowed value of a field, with its equivalents elsewhere.
type Code struct {
	Value string
	Title string
	ACLED string // event or sub-event type, empty when none fits
	UCDP  string // type_of_violence or precision code, empty when none fits
}

// Field describes one flat property of a collection's features. The field
// dictionary drives queryables, schemas, table columns and documentation.
type Field struct {
	Name        string
	Type        Type
	Title       string
	Description string
	Unit        string // "m", "km", "km²", "persons" or empty
	Codes       []Code // the allowed values, empty when open
	Long        bool   // prose that is read from the feature, not kept in memory
	List        bool   // a comma-joined list of codes, matched by any element
	Unique      bool   // hardly ever the same in two rows, as a list of measures
}

// Schema is the field dictionary of a collection, in the order in which the
// properties are written.
type Schema struct {
	Collection string
	Fields     []Field
	Geometry   string // "Point", "MultiLineString", "MultiPolygon", "Geometry" or "" for none
	Start, End string // names of the Day fields that bound a row's time; empty when timeless
	EndOpen    bool   // End is exclusive (half-open periods); a null bound is unbounded
}

// Index returns the position of the field called name, or -1.
func (s *Schema) Index(name string) int {
	for i := range s.Fields {
		if s.Fields[i].Name == name {
			return i
		}
	}
	return -1
}

// Sortable names the fields that rows can be sorted and grouped by: all but
// prose, of which memory does not hold enough.
func (s *Schema) Sortable() []string {
	var names []string
	for i := range s.Fields {
		if f := &s.Fields[i]; !f.Long && f.Name != distancesField {
			names = append(names, f.Name)
		}
	}
	return names
}

// Value is one property's value. The zero Value is null: not known.
type Value struct {
	Kind ValueKind
	Int  int64   // IntValue; DayValue as days since 1970-01-01; BoolValue as 0 or 1; TimeValue as Unix microseconds
	Real float64 // RealValue
	Text string  // TextValue
}

// ValueKind tells which member of a Value holds.
type ValueKind uint8

const (
	Null ValueKind = iota
	TextValue
	IntValue
	RealValue
	BoolValue
	DayValue
	TimeValue
)
