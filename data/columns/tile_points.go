package columns

import (
	"cmp"
	"slices"
)

// points lists the found rows with their fields.
func (p *plan) points(r TileRequest, tile square, found []selected) (*TilePoints, error) {
	type point struct {
		seq  int64
		x, y int32
		at   int // in the order of blocks
	}
	var all []point
	keyers := make([]*keyer, len(r.Fields))
	for i, name := range r.Fields {
		k, err := p.keyer(name, total(found))
		if err != nil {
			return nil, err
		}
		keyers[i] = k
	}
	numbers := make([][]uint32, len(keyers))
	var list [blockRows]uint16
	var part slots
	for i := range found {
		b := found[i].block
		rows := found[i].rows.rows(&list)
		lon, south, seq := b.lane(laneWest), b.lane(laneWorld), b.lane(laneSeq)
		for _, row := range rows {
			x := tile.unit(worldX(lon.value(int(row))) - tile.west)
			y := tile.unit(south.value(int(row)) - tile.north)
			all = append(all, point{seq.value(int(row)), x, y, len(all)})
		}
		for j, k := range keyers {
			if err := k.number(b, rows, &part); err != nil {
				return nil, err
			}
			numbers[j] = append(numbers[j], part[:len(rows)]...)
		}
	}
	slices.SortFunc(all, func(a, b point) int { return cmp.Compare(a.seq, b.seq) })
	points := &TilePoints{}
	for _, pt := range all {
		points.Seqs = append(points.Seqs, pt.seq)
		points.X, points.Y = append(points.X, pt.x), append(points.Y, pt.y)
	}
	for j, k := range keyers {
		field := newTileField(r.Fields[j], k.values)
		for _, pt := range all {
			field.add(numbers[j][pt.at])
		}
		points.Fields = append(points.Fields, field.TileField)
	}
	return points, nil
}

// tileField lists values in the order in which they are used first, so that a
// tile's bytes do not depend on how rows are arranged.
type tileField struct {
	TileField
	values []Value
	place  []int32
}

const (
	unplaced = -2
	nothing  = -1
)

func newTileField(name string, values []Value) *tileField {
	f := &tileField{TileField{Name: name}, values, make([]int32, len(values))}
	for i, v := range values {
		f.place[i] = unplaced
		if v.Kind == Null {
			f.place[i] = nothing
		}
	}
	return f
}

func (f *tileField) add(number uint32) {
	if f.place[number] == unplaced {
		f.place[number] = int32(len(f.Values))
		f.Values = append(f.Values, f.values[number])
	}
	f.Index = append(f.Index, f.place[number])
}
