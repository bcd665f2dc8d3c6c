package geo

import (
	"cmp"
	"math"
	"slices"
)

// gridBox is a box on the grid, its edges included.
type gridBox struct{ minX, minY, maxX, maxY int32 }

func boxOf(s *gridSegment) gridBox {
	return gridBox{min(s.a.x, s.b.x), min(s.a.y, s.b.y), max(s.a.x, s.b.x), max(s.a.y, s.b.y)}
}

func (b gridBox) grown(by int32) gridBox {
	return gridBox{b.minX - by, b.minY - by, b.maxX + by, b.maxY + by}
}

func (b gridBox) meets(c gridBox) bool {
	return b.minX <= c.maxX && c.minX <= b.maxX && b.minY <= c.maxY && c.minY <= b.maxY
}

// boxIndex finds segments by their boxes: a packed tree, tiled by x, then y.
type boxIndex struct {
	floors [][]gridBox
	items  []int32
}

const boxBranching = 8

func newBoxIndex(segments []gridSegment) *boxIndex {
	x := &boxIndex{items: make([]int32, len(segments))}
	for i := range x.items {
		x.items[i] = int32(i)
	}
	slices.SortFunc(x.items, func(i, k int32) int {
		return cmp.Compare(int64(segments[i].a.x)+int64(segments[i].b.x), int64(segments[k].a.x)+int64(segments[k].b.x))
	})
	wide := boxBranching * (1 + int(math.Sqrt(float64(len(x.items))/boxBranching)))
	for slice := range slices.Chunk(x.items, wide) {
		slices.SortFunc(slice, func(i, k int32) int {
			return cmp.Compare(int64(segments[i].a.y)+int64(segments[i].b.y), int64(segments[k].a.y)+int64(segments[k].b.y))
		})
	}
	floor := make([]gridBox, len(x.items))
	for i, item := range x.items {
		floor[i] = boxOf(&segments[item])
	}
	for {
		x.floors = append(x.floors, floor)
		if len(floor) <= boxBranching {
			return x
		}
		var upper []gridBox
		for boxes := range slices.Chunk(floor, boxBranching) {
			all := boxes[0]
			for _, b := range boxes[1:] {
				all = gridBox{min(all.minX, b.minX), min(all.minY, b.minY), max(all.maxX, b.maxX), max(all.maxY, b.maxY)}
			}
			upper = append(upper, all)
		}
		floor = upper
	}
}

// search visits the segments whose boxes meet b.
func (x *boxIndex) search(b gridBox, visit func(i int)) {
	top := len(x.floors) - 1
	x.walk(top, 0, len(x.floors[top]), &b, visit)
}

func (x *boxIndex) walk(floor, first, end int, b *gridBox, visit func(i int)) {
	boxes := x.floors[floor]
	for i := first; i < min(end, len(boxes)); i++ {
		if !boxes[i].meets(*b) {
			continue
		}
		if floor == 0 {
			visit(int(x.items[i]))
		} else {
			x.walk(floor-1, i*boxBranching, (i+1)*boxBranching, b, visit)
		}
	}
}
