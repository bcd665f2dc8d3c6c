package api

import (
	"context"
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/maptile"

	"strikewatch/data"
	"strikewatch/data/columns"
)

// denseTile is how many incidents a tile shows one by one; above, it shows
// counts on a grid, since points on points lie about how many there are.
const denseTile = 2000

// gridCells is the grid's width: 64 cells of 4 pixels to a tile of 256.
const gridCells = 64

// gridCell holds what fell into one cell.
type gridCell struct {
	tally
	kinds    map[string]int
	lon, lat float64 // sums, for the mean place
}

// drawGrid counts a dense tile's incidents on a grid: count, casualties, the
// commonest kind, at the mean place of each cell.
func (s *server) drawGrid(ctx context.Context, query data.Query, tile maptile.Tile) ([]byte, error) {
	schema := query.Schema()
	var fields [4]int
	for i, name := range summed() {
		fields[i] = schema.Index(name)
	}
	kind := schema.Index("kind")
	cells := map[[2]int]*gridCell{}
	var record columns.Record
	err := s.store.Stream(ctx, query, func(feature []byte) error {
		if err := schema.Decode(feature, &record); err != nil {
			return fmt.Errorf("tile of %s: %w", query.Collection, err)
		}
		p, ok := record.Geometry.(orb.Point)
		if !ok {
			return nil
		}
		at := maptile.Fraction(p, tile.Z)
		key := [2]int{int((at[0] - float64(tile.X)) * gridCells), int((at[1] - float64(tile.Y)) * gridCells)}
		cell := cells[key]
		if cell == nil {
			cell = &gridCell{kinds: map[string]int{}}
			cells[key] = cell
		}
		cell.add(&record, fields)
		cell.kinds[record.Values[kind].Text]++
		cell.lon += p[0]
		cell.lat += p[1]
		return nil
	})
	if err != nil {
		return nil, err
	}
	layer := newLayer(query.Collection, tile)
	for row := -2; row <= gridCells+1; row++ {
		for col := -2; col <= gridCells+1; col++ {
			if cell := cells[[2]int{col, row}]; cell != nil {
				cell.draw(layer)
			}
		}
	}
	return layer.encode(), nil
}

func (g *gridCell) draw(layer *mvtLayer) {
	n := float64(g.count)
	properties := []mvtProperty{{"count", int64(g.count)}, {"kind", g.commonest()}}
	for i, name := range summed() {
		if sum, known := g.sum(i); known {
			properties = append(properties, mvtProperty{name, sum})
		}
	}
	layer.add(orb.Point{g.lon / n, g.lat / n}, properties)
}

// commonest breaks ties by name, so that a tile is the same each time.
func (g *gridCell) commonest() string {
	best := ""
	for _, kind := range sortedKeys(g.kinds) {
		if g.kinds[kind] > g.kinds[best] {
			best = kind
		}
	}
	return best
}
