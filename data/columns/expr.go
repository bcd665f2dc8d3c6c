package columns

import "github.com/paulmach/orb"

// Expr is a filter over rows. It follows SQL's three-valued logic: a
// comparison with a null is unknown, the negation of unknown is unknown, and
// only rows for which the whole is true match.
type Expr interface{ isExpr() }

// Constant matches every row or none.
type Constant bool

// And is true when all parts are; with no parts it is true.
type And []Expr

// Or is true when any part is; with no parts it is false.
type Or []Expr

// Not is true when Expr is false.
type Not struct{ Expr Expr }

// Op compares two values.
type Op uint8

const (
	Equal Op = iota
	NotEqual
	Less
	LessEqual
	Greater
	GreaterEqual
)

// Compare sets a field beside a value. Text orders by code point. An equality
// on a List field holds for the whole text and for any element. Int and Real
// compare with either kind of number.
type Compare struct {
	Field string
	Op    Op
	Value Value
	Fold  bool // regardless of case (CASEI)
}

// CompareFields sets two fields of comparable types beside each other.
type CompareFields struct {
	Left  string
	Op    Op
	Right string
	Fold  bool
}

// In is true when the field equals any of the values.
type In struct {
	Field  string
	Values []Value
	Fold   bool
}

// Between is true from Low to High, both included.
type Between struct {
	Field     string
	Low, High Value
}

// Like matches a text field against a pattern: % is any run of characters, _
// is one, and \ makes the next character literal. On a List field any element
// may match.
type Like struct {
	Field, Pattern string
	Fold           bool
}

// IsNull is true when the field is null; never unknown.
type IsNull struct{ Field string }

// Search is the full-text question of the q parameter. It is answered by the
// query's TextFinder and is never unknown.
type Search struct{ Text string }

// BBox is true when the geometry meets the box, edges included, in degrees.
// West > East is a box across the antimeridian. Unknown without a geometry.
type BBox struct{ West, South, East, North float64 }

// Relation is one of the relations of simple features (OGC 06-103r4).
type Relation uint8

const (
	Intersects Relation = iota
	Disjoint
	Within
	Contains
	Touches
	Crosses
	Overlaps
	Equals
)

// Since is true when the row appeared after a time, in microseconds.
type Since int64

// Spatial is true when the row's geometry has the relation to Geometry, on the
// plane of longitude and latitude. Unknown without a geometry.
type Spatial struct {
	Relation Relation
	Geometry orb.Geometry
}

// DWithin is true when the geodesic distance between the row's geometry and
// Geometry is at most Metres. Unknown without a geometry.
type DWithin struct {
	Geometry orb.Geometry
	Metres   float64
}

// During is true when the row's window [Start, End] of the schema meets the
// days From to To, both included. A null bound of the window is unbounded, and
// so is everything in a timeless schema; math.MinInt32 and math.MaxInt32 leave
// a side open. Never unknown.
type During struct{ From, To int32 }

// Certainty tells how sure it is that something lies within a distance.
type Certainty uint8

const (
	AnyCertainty Certainty = iota
	Certain                // even at the far side of its uncertainty
	Possible               // only at the near side
)

// Near is true when the distance to the border called Border (field
// border_distances, km), give or take uncertainty_m, is within WithinKM.
// Unknown when the distance is; a null uncertainty counts as 0.
type Near struct {
	Border    string
	WithinKM  float64
	Certainty Certainty
}

func (Constant) isExpr()      {}
func (And) isExpr()           {}
func (Or) isExpr()            {}
func (Not) isExpr()           {}
func (Compare) isExpr()       {}
func (CompareFields) isExpr() {}
func (In) isExpr()            {}
func (Between) isExpr()       {}
func (Like) isExpr()          {}
func (IsNull) isExpr()        {}
func (Search) isExpr()        {}
func (BBox) isExpr()          {}
func (Since) isExpr()         {}
func (Spatial) isExpr()       {}
func (DWithin) isExpr()       {}
func (During) isExpr()        {}
func (Temporal) isExpr()      {}
func (Near) isExpr()          {}
