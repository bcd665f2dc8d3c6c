package codec

import (
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// rtreeBuilder collects the bounds of rows to write an SQLite R*Tree packed,
// level by level. Inserting a million rows one by one through the R*Tree
// module takes longer than all the rest of the file.
type rtreeBuilder struct {
	count int64 // rows seen: the rowid of the last
	cells []rtreeCell
	bound orb.Bound
	some  bool // whether any row has bounds
}

// rtreeCell is a box with the rowid or node number that it belongs to: the 24
// bytes that SQLite stores. Boxes are rounded outwards to 32-bit floats.
type rtreeCell struct {
	id                     int64
	minX, maxX, minY, maxY float32
}

// SQLite's R*Tree keeps at most 51 cells in a node, so that a 2D node with its
// 4 byte head takes 1228 bytes.
const (
	rtreeFan      = 51
	rtreeNodeSize = 4 + rtreeFan*24
)

func (b *rtreeBuilder) skip() { b.count++ }

func (b *rtreeBuilder) add(bound orb.Bound) {
	b.count++
	if !b.some {
		b.bound, b.some = bound, true
	} else {
		b.bound = b.bound.Union(bound)
	}
	b.cells = append(b.cells, rtreeCell{
		b.count, down(bound.Min[0]), up(bound.Max[0]), down(bound.Min[1]), up(bound.Max[1]),
	})
}

func down(f float64) float32 {
	r := float32(f)
	if float64(r) > f {
		r = math.Nextafter32(r, float32(math.Inf(-1)))
	}
	return r
}

func up(f float64) float32 {
	r := float32(f)
	if float64(r) < f {
		r = math.Nextafter32(r, float32(math.Inf(1)))
	}
	return r
}

// rtreeNode is one node's number, its parent's, and its bytes.
type rtreeNode struct {
	number, parent int64
	data           []byte
}

// pack hands each node, leaves first, to emit, with the level's cells; the
// root has number 1 and comes last. leaf(rowid, node) is called for each row.
func (b *rtreeBuilder) pack(leaf func(rowid, node int64), emit func(rtreeNode) error) error {
	level := b.cells
	slices.SortFunc(level, func(a, c rtreeCell) int {
		return int(int64(hilbertOf(a, b.bound)) - int64(hilbertOf(c, b.bound)))
	})
	next := int64(2)
	for depth := 0; ; depth++ {
		if len(level) <= rtreeFan {
			if depth == 0 {
				for _, c := range level {
					leaf(c.id, 1)
				}
			}
			return emit(rtreeNode{1, 0, rtreeBlob(depth, level)})
		}
		parents := make([]rtreeCell, 0, (len(level)+rtreeFan-1)/rtreeFan)
		firstParent := next + int64(cap(parents))
		isRootNext := cap(parents) <= rtreeFan
		for i := 0; i < len(level); i += rtreeFan {
			cells := level[i:min(i+rtreeFan, len(level))]
			if depth == 0 {
				for _, c := range cells {
					leaf(c.id, next)
				}
			}
			parent := int64(1)
			if !isRootNext {
				parent = firstParent + int64(len(parents)/rtreeFan)
			}
			if err := emit(rtreeNode{next, parent, rtreeBlob(0, cells)}); err != nil {
				return err
			}
			parents = append(parents, enclose(next, cells))
			next++
		}
		level = parents
	}
}

// rtreeBlob encodes a node; depth counts for the root only.
func rtreeBlob(depth int, cells []rtreeCell) []byte {
	data := make([]byte, 0, rtreeNodeSize)
	data = binary.BigEndian.AppendUint16(data, uint16(depth))
	data = binary.BigEndian.AppendUint16(data, uint16(len(cells)))
	for _, c := range cells {
		data = binary.BigEndian.AppendUint64(data, uint64(c.id))
		for _, f := range [4]float32{c.minX, c.maxX, c.minY, c.maxY} {
			data = binary.BigEndian.AppendUint32(data, math.Float32bits(f))
		}
	}
	return data[:rtreeNodeSize]
}

func enclose(id int64, cells []rtreeCell) rtreeCell {
	out := cells[0]
	for _, c := range cells[1:] {
		out.minX, out.maxX = min(out.minX, c.minX), max(out.maxX, c.maxX)
		out.minY, out.maxY = min(out.minY, c.minY), max(out.maxY, c.maxY)
	}
	out.id = id
	return out
}

func hilbertOf(c rtreeCell, bound orb.Bound) uint32 {
	return hilbert(bound, (float64(c.minX)+float64(c.maxX))/2, (float64(c.minY)+float64(c.maxY))/2)
}

// writeIndex fills the R*Tree's own tables. The virtual table made them, with
// an empty root as node 1.
func (g *gpkg) writeIndex() error {
	index := quoteName("rtree_" + g.meta.Layer + "_geom")
	if err := g.exec("CREATE VIRTUAL TABLE " + index + " USING rtree(id, minx, maxx, miny, maxy)"); err != nil {
		return err
	}
	name := func(part string) string { return quoteName("rtree_" + g.meta.Layer + "_geom_" + part) }
	node, err := g.prepare("INSERT OR REPLACE INTO " + name("node") + "(nodeno, data) VALUES (?, ?)")
	if err != nil {
		return err
	}
	defer node.Close()
	parent, err := g.prepare("INSERT INTO " + name("parent") + "(nodeno, parentnode) VALUES (?, ?)")
	if err != nil {
		return err
	}
	defer parent.Close()
	nodeOf := make([]int32, g.index.count+1)
	err = g.index.pack(func(rowid, node int64) { nodeOf[rowid] = int32(node) }, func(n rtreeNode) error {
		if err := g.meta.stopped(); err != nil {
			return err
		}
		if n.parent != 0 {
			if _, err := parent.Exec([]driver.Value{n.number, n.parent}); err != nil {
				return err
			}
		}
		_, err := node.Exec([]driver.Value{n.number, n.data})
		return err
	})
	if err != nil {
		return fmt.Errorf("spatial index: %w", fullDisk(err))
	}
	g.index.cells = nil
	rowid, err := g.prepare("INSERT INTO " + name("rowid") + "(rowid, nodeno) VALUES (?, ?)")
	if err != nil {
		return err
	}
	defer rowid.Close()
	args := make([]driver.Value, 2)
	for row, n := range nodeOf {
		if n == 0 {
			continue
		}
		if err := g.meta.stopped(); err != nil {
			return err
		}
		args[0], args[1] = int64(row), int64(n)
		if _, err := rowid.Exec(args); err != nil {
			return fmt.Errorf("spatial index: %w", fullDisk(err))
		}
	}
	return g.exec(gpkgTriggers(g.meta.Layer))
}
