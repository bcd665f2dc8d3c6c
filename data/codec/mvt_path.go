package codec

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Kinds of geometry and commands of a path, as the standard numbers them.
const (
	tileKindPoint, tileKindLine, tileKindPolygon = 1, 2, 3
	tileMoveTo, tileLineTo, tileClose            = 1, 2, 7
)

type tilePoint [2]int64

// tilePath encodes geometry, each position as the step from the one before.
type tilePath struct {
	commands []byte
	at       tilePoint
}

func (p *tilePath) reset() { p.commands, p.at = p.commands[:0], tilePoint{} }

func (p *tilePath) command(id, count int) {
	p.commands = binary.AppendUvarint(p.commands, uint64(count<<3|id))
}

func (p *tilePath) step(to tilePoint) {
	p.commands = binary.AppendVarint(p.commands, to[0]-p.at[0])
	p.commands = binary.AppendVarint(p.commands, to[1]-p.at[1])
	p.at = to
}

// draw encodes a geometry in units of the tile and returns its kind, 0 when
// it has none.
func (p *tilePath) draw(g orb.Geometry) byte {
	switch g := g.(type) {
	case orb.Point:
		p.points([]orb.Point{g})
		return tileKindPoint
	case orb.MultiPoint:
		p.points(g)
		return tileKindPoint
	case orb.LineString:
		p.line(g)
		return tileKindLine
	case orb.MultiLineString:
		for _, line := range g {
			p.line(line)
		}
		return tileKindLine
	case orb.Polygon:
		p.polygon(g)
		return tileKindPolygon
	case orb.MultiPolygon:
		for _, polygon := range g {
			p.polygon(polygon)
		}
		return tileKindPolygon
	}
	return 0
}

func (p *tilePath) points(points []orb.Point) {
	rounded := roundTile(points)
	if len(rounded) == 0 {
		return
	}
	p.command(tileMoveTo, len(rounded))
	for _, to := range rounded {
		p.step(to)
	}
}

func (p *tilePath) line(line []orb.Point) {
	if rounded := straighten(roundTile(line), false); len(rounded) > 1 {
		p.move(rounded)
	}
}

func (p *tilePath) move(points []tilePoint) {
	p.command(tileMoveTo, 1)
	p.step(points[0])
	p.command(tileLineTo, len(points)-1)
	for _, to := range points[1:] {
		p.step(to)
	}
}

// polygon draws the outer ring clockwise on the screen and holes the other
// way. Without its outer ring nothing is drawn.
func (p *tilePath) polygon(polygon orb.Polygon) {
	for i, ring := range polygon {
		rounded := roundTile(ring)
		if len(rounded) > 1 && rounded[0] == rounded[len(rounded)-1] {
			rounded = rounded[:len(rounded)-1]
		}
		rounded = straighten(rounded, true)
		area := doubleArea(rounded)
		if area == 0 && i == 0 {
			return
		}
		if area == 0 {
			continue
		}
		if (area > 0) != (i == 0) {
			slices.Reverse(rounded)
		}
		p.move(rounded)
		p.command(tileClose, 1)
	}
}

// roundTile rounds to whole units and drops points that fall together.
func roundTile(points []orb.Point) []tilePoint {
	rounded := make([]tilePoint, 0, len(points))
	for _, p := range points {
		rounded = append(rounded, tilePoint{int64(math.Round(p[0])), int64(math.Round(p[1]))})
	}
	return slices.Compact(rounded)
}

// straighten drops points that lie on the way from the one before to the one
// after. What remains depends on the line alone, not on its direction, so that
// a shared border stays shared.
func straighten(points []tilePoint, ring bool) []tilePoint {
	if len(points) < 3 {
		return points
	}
	kept := points[:0:len(points)]
	last := len(points) - 1
	for i, p := range points {
		if i == 0 || i == last {
			if !ring {
				kept = append(kept, p)
				continue
			}
		}
		before, after := points[(i+last)%len(points)], points[(i+1)%len(points)]
		if len(kept) > 0 {
			before = kept[len(kept)-1]
		}
		ax, ay := p[0]-before[0], p[1]-before[1]
		bx, by := after[0]-p[0], after[1]-p[1]
		if ax*by != ay*bx || ax*bx+ay*by < 0 {
			kept = append(kept, p)
		}
	}
	return kept
}

// doubleArea is twice the signed area by the surveyor's formula, positive for
// a ring that runs clockwise on the screen.
func doubleArea(ring []tilePoint) int64 {
	if len(ring) < 3 {
		return 0
	}
	var sum int64
	for i, a := range ring {
		b := ring[(i+1)%len(ring)]
		sum += a[0]*b[1] - b[0]*a[1]
	}
	return sum
}

// project returns a copy of g in units of the tile.
func (t Tile) project(g orb.Geometry) orb.Geometry {
	switch g := g.(type) {
	case orb.Point:
		x, y := t.Project(g)
		return orb.Point{x, y}
	case orb.MultiPoint:
		return orb.MultiPoint(t.projectAll(g))
	case orb.LineString:
		return orb.LineString(t.projectAll(g))
	case orb.MultiLineString:
		lines := make(orb.MultiLineString, len(g))
		for i, line := range g {
			lines[i] = t.projectAll(line)
		}
		return lines
	case orb.Polygon:
		return t.projectPolygon(g)
	case orb.MultiPolygon:
		polygons := make(orb.MultiPolygon, len(g))
		for i, p := range g {
			polygons[i] = t.projectPolygon(p)
		}
		return polygons
	}
	return nil
}

func (t Tile) projectPolygon(p orb.Polygon) orb.Polygon {
	rings := make(orb.Polygon, len(p))
	for i, ring := range p {
		rings[i] = t.projectAll(ring)
	}
	return rings
}

func (t Tile) projectAll(points []orb.Point) []orb.Point {
	out := make([]orb.Point, len(points))
	for i, p := range points {
		x, y := t.Project(p)
		out[i] = orb.Point{x, y}
	}
	return out
}
