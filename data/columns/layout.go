package columns

// The fields that Near reads.
const (
	distancesField   = "border_distances"
	uncertaintyField = "uncertainty_m"
)

// laneUntil is kept apart from the other lanes, because it changes.
const laneUntil = -1

// Lanes that every table has; lanes of its fields follow, then one per border
// in order of appearance.
const (
	laneSeq = iota
	laneFrom
	laneWest  // units of 10^-7 degrees, as are the next three
	laneSouth //
	laneEast  // points: not used, laneWest is the longitude
	laneNorth // points: not used, laneSouth is the latitude
	laneWorld // points: Mercator ordinate from the north, see worldY
	firstFieldLane
)

// layout says what a table keeps in which lane.
type layout struct {
	schema      Schema
	points      bool // every geometry is a point
	start, end  int  // indices of the fields that bound a row's time, or -1
	distances   int  // index of border_distances, or -1
	uncertainty int  // index of uncertainty_m, or -1
	texts       []*dictionary
}

func newLayout(s Schema) *layout {
	l := &layout{schema: s, points: s.Geometry == "Point", start: -1, end: -1,
		distances: s.Index(distancesField), uncertainty: s.Index(uncertaintyField)}
	if s.Start != "" {
		l.start, l.end = s.Index(s.Start), s.Index(s.End)
	}
	l.texts = make([]*dictionary, len(s.Fields))
	for i := range s.Fields {
		if s.Fields[i].Type == Text && !l.prose(i) {
			l.texts[i] = newDictionary()
		}
	}
	return l
}

// prose tells that only the presence of a field's value is kept in memory.
func (l *layout) prose(field int) bool {
	return l.schema.Fields[field].Long || field == l.distances
}

func (l *layout) lane(field int) int { return firstFieldLane + field }
func (l *layout) firstBorder() int   { return firstFieldLane + len(l.schema.Fields) }

// reals tells that a lane's values are orderReal's.
func (l *layout) reals(lane int) bool {
	if lane >= l.firstBorder() {
		return true
	}
	return lane >= firstFieldLane && l.schema.Fields[lane-firstFieldLane].Type == Real
}
