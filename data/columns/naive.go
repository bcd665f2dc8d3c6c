package columns

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/paulmach/orb"
)

// Table holds the versions of one collection's records. It is safe for
// concurrent readers while one writer changes it.
type Table struct {
	schema Schema
	mu     sync.RWMutex
	rows   []row
}

type row struct {
	seq, from, until int64
	record           Record
}

// Row is one version of a record: public from From until before Until, both in
// Unix microseconds; Until is math.MaxInt64 while it is open.
type Row struct {
	Seq         int64
	From, Until int64
	Feature     []byte // read before the next row is asked for
}

func NewTable(schema Schema) *Table { return &Table{schema: schema} }

func (t *Table) Schema() *Schema { return &t.schema }

func (t *Table) Load(rows iter.Seq2[Row, error]) error {
	for r, err := range rows {
		if err != nil {
			return err
		}
		if err := t.Append([]Row{r}); err != nil {
			return err
		}
	}
	return nil
}

func (t *Table) Append(rows []Row) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range rows {
		var rec Record
		if err := t.schema.Decode(r.Feature, &rec); err != nil {
			return err
		}
		t.rows = slices.DeleteFunc(t.rows, func(o row) bool { return o.seq == r.Seq })
		t.rows = append(t.rows, row{r.Seq, r.From, r.Until, rec})
	}
	slices.SortFunc(t.rows, func(a, b row) int { return cmp.Compare(a.seq, b.seq) })
	return nil
}

func (t *Table) Close(seqs []int64, until int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range t.rows {
		if slices.Contains(seqs, t.rows[i].seq) {
			t.rows[i].until = until
		}
	}
}

func (t *Table) Withdraw(seqs []int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows = slices.DeleteFunc(t.rows, func(o row) bool { return slices.Contains(seqs, o.seq) })
}

type truth int8

const (
	no truth = iota - 1
	unknown
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

func (t *Table) match(e Expr, r *row) truth {
	switch e := e.(type) {
	case nil:
		return yes
	case Constant:
		return truthOf(bool(e))
	case And:
		least := yes
		for _, p := range e {
			least = min(least, t.match(p, r))
		}
		return least
	case Or:
		most := no
		for _, p := range e {
			most = max(most, t.match(p, r))
		}
		return most
	case Not:
		return -t.match(e.Expr, r)
	case Compare:
		v := r.record.Values[t.schema.Index(e.Field)]
		if v.Kind == Null || e.Value.Kind == Null {
			return unknown
		}
		c := compareValues(v, e.Value)
		return truthOf(opHolds(e.Op, c))
	case In:
		most := no
		for _, v := range e.Values {
			most = max(most, t.match(Compare{Field: e.Field, Value: v, Fold: e.Fold}, r))
		}
		return most
	case Between:
		return t.match(And{Compare{e.Field, GreaterEqual, e.Low, false}, Compare{e.Field, LessEqual, e.High, false}}, r)
	case IsNull:
		return truthOf(r.record.Values[t.schema.Index(e.Field)].Kind == Null)
	case BBox:
		if r.record.Geometry == nil {
			return unknown
		}
		b := r.record.Geometry.Bound()
		lon := b.Max[0] >= e.West && b.Min[0] <= e.East
		if e.West > e.East {
			lon = b.Max[0] >= e.West || b.Min[0] <= e.East
		}
		return truthOf(lon && b.Max[1] >= e.South && b.Min[1] <= e.North)
	case During:
		if t.schema.Start == "" {
			return yes
		}
		s, n := r.record.Values[t.schema.Index(t.schema.Start)], r.record.Values[t.schema.Index(t.schema.End)]
		if s.Kind != Null && s.Int > int64(e.To) {
			return no
		}
		if n.Kind != Null && (n.Int < int64(e.From) || t.schema.EndOpen && n.Int <= int64(e.From)) {
			return no
		}
		return yes
	case Near:
		i := t.schema.Index("border_distances")
		for _, part := range strings.Split(r.record.Values[i].Text, ",") {
			code, _, _ := strings.Cut(part, ":")
			if code == e.Border {
				return yes
			}
		}
		return unknown
	}
	return unknown
}

func opHolds(op Op, c int) bool {
	switch op {
	case Equal:
		return c == 0
	case NotEqual:
		return c != 0
	case Less:
		return c < 0
	case LessEqual:
		return c <= 0
	case Greater:
		return c > 0
	}
	return c >= 0
}

func compareValues(a, b Value) int {
	if a.Kind == TextValue {
		return strings.Compare(a.Text, b.Text)
	}
	x, y := float64(a.Int), float64(b.Int)
	if a.Kind == RealValue {
		x = a.Real
	}
	if b.Kind == RealValue {
		y = b.Real
	}
	return cmp.Compare(x, y)
}

func (t *Table) matches(q Query) []*row {
	t.mu.RLock()
	defer t.mu.RUnlock()
	var found []*row
	for i := range t.rows {
		r := &t.rows[i]
		if r.from <= q.AsOf && q.AsOf < r.until && t.match(q.Filter, r) == yes {
			found = append(found, r)
		}
	}
	return found
}

// Page gives the first rows, in the order asked for, and where to go on; the
// cursor is empty at the end. text, when not nil, stands for q.Text.
func (t *Table) Page(q Query, text TextFinder) (seqs []int64, next Cursor, err error) {
	after := int64(math.MinInt64)
	if q.After != "" {
		p, err := q.After.parse()
		if err != nil {
			return nil, "", err
		}
		after, q.AsOf = p.seq, p.asOf
	}
	for _, r := range t.matches(q) {
		if r.seq <= after {
			continue
		}
		if q.Limit > 0 && len(seqs) == q.Limit {
			return seqs, position{order: fingerprint(q.Sort), asOf: q.AsOf, seq: seqs[len(seqs)-1]}.cursor(), nil
		}
		seqs = append(seqs, r.seq)
	}
	return seqs, "", nil
}

// Count is how many rows match.
func (t *Table) Count(q Query) (int, error) { return len(t.matches(q)), nil }

// Scan visits every match in order of seq, as the table stood when called.
func (t *Table) Scan(q Query, visit func(seq int64) error) error {
	for _, r := range t.matches(q) {
		if err := visit(r.seq); err != nil {
			return err
		}
	}
	return nil
}

// Extent is where and when rows are.
type Extent struct {
	Rows              int
	Bound             orb.Bound // in degrees; of no meaning unless Located
	Located           bool
	FirstDay, LastDay int32 // of no meaning unless Dated
	Dated             bool
}

// Bounds is the extent of what is public at an instant.
func (t *Table) Bounds(asOf int64) Extent {
	rows := t.matches(Query{AsOf: asOf})
	x := Extent{Rows: len(rows)}
	for _, r := range rows {
		if r.record.Geometry == nil {
			continue
		}
		if b := r.record.Geometry.Bound(); x.Located {
			x.Bound = x.Bound.Union(b)
		} else {
			x.Bound, x.Located = b, true
		}
	}
	return x
}
