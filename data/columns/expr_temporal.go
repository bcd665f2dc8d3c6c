package columns

// TemporalRelation is one of the relations of CQL2 (OGC 21-065r2, 7.9), in
// which the left period stands to the right one.
type TemporalRelation uint8

const (
	TIntersects TemporalRelation = iota
	TDisjoint
	TEquals
	TBefore
	TAfter
	TMeets
	TMetBy
	TOverlaps
	TOverlappedBy
	TDuring
	TContains
	TStarts
	TStartedBy
	TFinishes
	TFinishedBy
)

// Temporal is true when Left has the relation to Right. Unknown when an
// instant is null; a null bound of an interval is unbounded. When a field in it
// is a timestamp, or there is no field, dates mean their whole day in UTC;
// otherwise timestamps mean their UTC day.
type Temporal struct {
	Relation    TemporalRelation
	Left, Right Period
}

// Period is an interval of time, both ends included, or an instant.
type Period struct {
	Instant    bool // End is not used
	Start, End Moment
}

// Moment is the field called Field, or else the day or time Value, or else,
// when that is null, open.
type Moment struct {
	Field string
	Value Value
}
