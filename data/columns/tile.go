package columns

import (
	"errors"
	"math/bits"
)

// TileRequest asks for a tile of the Web Mercator quad tree (z, x east, y
// south).
type TileRequest struct {
	Z, X, Y   uint32
	Extent    int      // units along a side, such as 4096
	Buffer    int      // units beyond the sides in which points are given too
	MaxPoints int      // in a tile with more points cells are given instead
	Fields    []string // of points
	Grid      int      // cells along a side, a power of two up to 1024
	MaxCells  int      // the grid is halved until no more cells than this hold anything
	Sums      []string // integer fields summed up by cell
	Dominant  string   // the field whose commonest value in a cell is told; may be empty
}

// Tile is what a tile shows: points, or when these are too many, cells.
type Tile struct {
	Count  int         // matches in the tile, without its buffer
	Points *TilePoints // nil when cells are given
	Cells  *TileCells  // nil when points are given
}

// TilePoints lists points in order of seq.
type TilePoints struct {
	Seqs   []int64
	X, Y   []int32 // in units from the upper left corner
	Fields []TileField
}

// TileField is a property of points or cells, each distinct value once, as
// vector tiles have them.
type TileField struct {
	Name   string
	Values []Value
	Index  []int32 // into Values for each point or cell; -1 for null
}

// TileCells lists the cells that hold anything, by row, then column.
type TileCells struct {
	Grid     int     // cells along a side
	X, Y     []int32 // of the cell's centre, in units from the upper left corner
	Counts   []int
	Sums     [][]Sum   // of each field asked for, by cell
	Dominant TileField // without Index when none was asked for
}

// maxZoom is where a tile of 4096 units resolves what coordinates can tell.
const maxZoom = 24

var errTile = errors.New("there is no such tile")

// Tile gives the matches in a tile. Only tables of points have tiles.
func (t *Table) Tile(q Query, r TileRequest) (Tile, error) {
	if r.Z > maxZoom || r.X>>r.Z != 0 || r.Y>>r.Z != 0 {
		return Tile{}, errTile
	}
	if !t.layout.points {
		return Tile{}, errNotPoint
	}
	tile := newSquare(r)
	p, err := t.plan(q, tile.node(r.Buffer))
	if err != nil {
		return Tile{}, err
	}
	cells, err := p.gridder(r, tile)
	if err != nil {
		return Tile{}, err
	}
	found, n, err := p.folded(cells.folding(r), tile.node(0))
	if err != nil {
		return Tile{}, err
	}
	result := Tile{Count: n}
	if n > r.MaxPoints {
		result.Cells, err = cells.of(found, r)
		return result, err
	}
	result.Points, err = p.points(r, tile, p.selected())
	return result, err
}

// folded lists what is within bounds, and tells how many rows that is.
func (p *plan) folded(f *folding, within node) (found []*selected, rows int, err error) {
	err = p.eachFolded(f, within, func(s *selected) error {
		found = append(found, s)
		rows += s.count()
		return nil
	})
	return found, rows, err
}

func (p *plan) selected() []selected {
	var found []selected
	_ = p.each(func(b *block, rows *bitmap) error { // fails only if visit does
		found = append(found, selected{block: b, rows: *rows})
		return nil
	})
	return found
}

func total(found []selected) int {
	n := 0
	for i := range found {
		n += found[i].rows.count()
	}
	return n
}

// square is a tile's place in the world.
type square struct {
	west, north int64
	shift       uint // log2 of the side in world units
	extent      int64
}

func newSquare(r TileRequest) square {
	shift := 32 - uint(r.Z)
	return square{int64(r.X) << shift, int64(r.Y) << shift, shift, int64(r.Extent)}
}

// node keeps what lies in the square and so many units around it.
func (s square) node(buffer int) node {
	side := int64(1) << s.shift
	around := int64(0)
	if buffer > 0 {
		around = (int64(buffer)*side + s.extent - 1) / s.extent
	}
	return newAnd([]node{
		&rangeLeaf{lane: laneWest, low: lonFrom(s.west - around), high: lonFrom(s.west+side+around) - 1},
		&rangeLeaf{lane: laneWorld, low: s.north - around, high: s.north + side + around - 1},
	})
}

// unit is a world distance from a side in units of the tile.
func (s square) unit(distance int64) int32 { return int32(distance * s.extent >> s.shift) }

// log2 of a power of two.
func log2(n int) uint { return uint(bits.TrailingZeros(uint(n))) }
