package columns_test

import (
	"math"

	"github.com/paulmach/orb"

	"strikewatch/data/columns"
)

// filter makes a random filter, nested up to depth.
func (w *world) filter(depth int) columns.Expr {
	if depth > 0 {
		switch w.IntN(6) {
		case 0:
			return columns.Not{Expr: w.filter(depth - 1)}
		case 1, 2:
			return columns.And{w.filter(depth - 1), w.filter(depth - 1)}
		case 3:
			return columns.Or{w.filter(depth - 1), w.filter(depth - 1), w.filter(depth - 1)}
		}
	}
	return w.leaf()
}

func (w *world) leaf() columns.Expr {
	f := &w.schema.Fields[w.IntN(len(w.schema.Fields))]
	switch w.IntN(16) {
	case 0, 1, 2:
		return columns.Compare{Field: f.Name, Op: w.op(), Value: w.literal(f), Fold: f.Type == columns.Text && w.IntN(3) == 0}
	case 3:
		in := columns.In{Field: f.Name, Fold: f.Type == columns.Text && w.IntN(3) == 0}
		for range w.IntN(4) {
			in.Values = append(in.Values, w.literal(f))
		}
		return in
	case 4:
		return columns.Between{Field: f.Name, Low: w.literal(f), High: w.literal(f)}
	case 5:
		return columns.IsNull{Field: pick(w, f.Name, columns.GeometryField)}
	case 6:
		return columns.Like{Field: pick(w, "kind", "held_by", "summary", "id"), Fold: w.IntN(2) == 0,
			Pattern: pick(w, "%strike", "a%", "A_r%", "%", "", "mndaa", "%NLA%", "mm-0__1", `10\%%`, `%\\%`, "ဗုံ_", "%e%e%", "_")}
	case 7:
		return columns.Search{Text: pick(w, "market", "TNLA", "nowhere")}
	case 8:
		from := int32(18_990 + w.IntN(60))
		return columns.During{From: pick(w, from, math.MinInt32), To: pick(w, from, from+5, from-1, math.MaxInt32)}
	case 9, 10:
		return columns.Temporal{Relation: columns.TemporalRelation(w.IntN(15)), Left: w.period(), Right: w.period()}
	case 11:
		return columns.Near{Border: pick(w, "mmr-chn", "mmr-tha", "mmr-ind"), WithinKM: pick(w, 5.0, 30, 41.5, 0, 100),
			Certainty: pick(w, columns.AnyCertainty, columns.Certain, columns.Possible)}
	case 12:
		a, b := w.position(), w.position()
		if a[1] > b[1] {
			a[1], b[1] = b[1], a[1]
		}
		return columns.BBox{West: a[0], South: a[1], East: b[0], North: b[1]}
	case 13, 14:
		if w.IntN(4) == 0 { // enough vertices to be divided into cells, none where points are
			return columns.Spatial{Relation: columns.Relation(w.IntN(5)), Geometry: circle(w.position(), 0.3+2*w.Float64(), 50)}
		}
		return columns.Spatial{Relation: columns.Relation(w.IntN(8)), Geometry: w.anyGeometry()}
	}
	return columns.DWithin{Geometry: pick[orb.Geometry](w, w.position(), w.position(), w.polygon(), w.line()), Metres: pick(w, 0, 20_123.0, 111_777, 300_333, -1)}
}

func (w *world) op() columns.Op { return columns.Op(w.IntN(6)) }

// literal is mostly a value of the field, sometimes one between.
func (w *world) literal(f *columns.Field) columns.Value {
	if f.Type == columns.Int && w.IntN(4) == 0 {
		return real(pick(w, 0.5, 1, -3.5, 1e30, -1e30, math.Inf(1)))
	}
	if f.Type == columns.Real && w.IntN(4) == 0 {
		return pick(w, whole(2), real(1.2345), real(math.Inf(-1)), real(1e308))
	}
	return w.value(f)
}

func (w *world) period() columns.Period {
	if w.IntN(2) == 0 {
		return columns.Period{Instant: true, Start: w.moment(false)}
	}
	return columns.Period{Start: w.moment(true), End: w.moment(true)}
}

func (w *world) moment(open bool) columns.Moment {
	switch w.IntN(5) {
	case 0:
		return columns.Moment{Field: "earliest"}
	case 1:
		return columns.Moment{Field: pick(w, "latest", "recorded_at")}
	case 2:
		if open {
			return columns.Moment{}
		}
		fallthrough
	case 3:
		return columns.Moment{Value: moment(1_700_000_000_000_000 + w.Int64N(40)*3_600_000_000)}
	}
	return columns.Moment{Value: day(pick(w, 19_000+w.IntN(40), 19_675, 19_676))}
}
