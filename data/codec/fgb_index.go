package codec

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// fgbNodeSize is how many children a node of the index has.
const fgbNodeSize = 16

// writeIndexed writes header, packed R-tree and the features in its order.
func (f *fgb) writeIndexed() error {
	bound := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	for i := range f.items {
		it := &f.items[i]
		bound.Min = orb.Point{min(bound.Min[0], it.minX), min(bound.Min[1], it.minY)}
		bound.Max = orb.Point{max(bound.Max[0], it.maxX), max(bound.Max[1], it.maxY)}
	}
	if len(f.items) == 0 {
		return f.writeHeader(0, nil)
	}
	if err := f.writeHeader(len(f.items), &bound); err != nil {
		return err
	}
	for i := range f.items {
		it := &f.items[i]
		if err := f.meta.stopped(); err != nil {
			return err
		}
		if it.minX <= it.maxX {
			it.place = hilbert(bound, (it.minX+it.maxX)/2, (it.minY+it.maxY)/2)
		}
	}
	slices.SortFunc(f.items, func(a, b fgbItem) int {
		if a.place != b.place {
			return int(int64(a.place) - int64(b.place))
		}
		return int(a.offset - b.offset)
	})
	if err := f.writeTree(); err != nil {
		return err
	}
	var data []byte
	for i := range f.items {
		it := &f.items[i]
		data = slices.Grow(data[:0], int(it.size))[:it.size]
		if _, err := f.spool.ReadAt(data, it.offset); err != nil {
			return err
		}
		if _, err := f.out.Write(data); err != nil {
			return err
		}
	}
	return nil
}

// fgbNode is an inner node of the index; first is the number of its first
// child, counted from the root.
type fgbNode struct {
	minX, minY, maxX, maxY float64
	first                  uint64
}

// writeTree writes the packed R-tree: the levels from the root down, the
// leaves last, each node as four doubles and where it leads.
func (f *fgb) writeTree() error {
	sizes := []int{len(f.items)}
	for len(sizes) == 1 || sizes[len(sizes)-1] > 1 {
		sizes = append(sizes, (sizes[len(sizes)-1]+fgbNodeSize-1)/fgbNodeSize)
	}
	starts := make([]int, len(sizes))
	for at, level := 0, len(sizes)-1; level >= 0; level-- {
		starts[level] = at
		at += sizes[level]
	}
	inner := make([][]fgbNode, len(sizes))
	below := func(level, i int) fgbNode {
		if level == 0 {
			it := &f.items[i]
			return fgbNode{it.minX, it.minY, it.maxX, it.maxY, 0}
		}
		return inner[level][i]
	}
	for level := 1; level < len(sizes); level++ {
		inner[level] = make([]fgbNode, sizes[level])
		for i := range inner[level] {
			from := i * fgbNodeSize
			node := below(level-1, from)
			for j := from + 1; j < min(from+fgbNodeSize, sizes[level-1]); j++ {
				child := below(level-1, j)
				node.minX, node.minY = min(node.minX, child.minX), min(node.minY, child.minY)
				node.maxX, node.maxY = max(node.maxX, child.maxX), max(node.maxY, child.maxY)
			}
			node.first = uint64(starts[level-1] + from)
			inner[level][i] = node
		}
	}
	var buf []byte
	write := func(n fgbNode) error {
		buf = appendFloat(appendFloat(appendFloat(appendFloat(buf[:0], n.minX), n.minY), n.maxX), n.maxY)
		_, err := f.out.Write(appendUint64(buf, n.first))
		return err
	}
	for level := len(sizes) - 1; level > 0; level-- {
		for _, n := range inner[level] {
			if err := write(n); err != nil {
				return err
			}
		}
	}
	var offset uint64
	for i := range f.items {
		leaf := below(0, i)
		leaf.first = offset
		if err := write(leaf); err != nil {
			return err
		}
		offset += uint64(f.items[i].size)
	}
	return nil
}

func appendUint64(dst []byte, v uint64) []byte { return binary.LittleEndian.AppendUint64(dst, v) }

func putUint32(dst []byte, v uint32) { binary.LittleEndian.PutUint32(dst, v) }
