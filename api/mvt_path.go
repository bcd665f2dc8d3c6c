package api

import (
	"encoding/binary"
	"slices"

	"github.com/paulmach/orb"
)

// Kinds of geometry and commands of a path, as the standard numbers them.
const (
	mvtPoint, mvtLine, mvtPolygon = 1, 2, 3
	moveTo, lineTo, closePath     = 1, 2, 7
)

// mvtPath encodes geometry, each position as the step from the one before.
type mvtPath struct {
	commands []byte
	at       [2]int64
}

// draw encodes a geometry in units of the tile and returns its kind, 0 when
// nothing is left of it.
func (p *mvtPath) draw(g orb.Geometry) byte {
	switch g := g.(type) {
	case orb.Point:
		p.points([]orb.Point{g})
		return mvtPoint
	case orb.MultiPoint:
		p.points(g)
		return mvtPoint
	case orb.LineString:
		p.line(g)
		return mvtLine
	case orb.MultiLineString:
		for _, line := range g {
			p.line(line)
		}
		return mvtLine
	case orb.Polygon:
		p.polygon(g)
		return mvtPolygon
	case orb.MultiPolygon:
		for _, polygon := range g {
			p.polygon(polygon)
		}
		return mvtPolygon
	}
	return 0
}

func (p *mvtPath) command(id, count int) {
	p.commands = binary.AppendUvarint(p.commands, uint64(count<<3|id))
}

func (p *mvtPath) step(to [2]int64) {
	p.commands = binary.AppendVarint(p.commands, to[0]-p.at[0])
	p.commands = binary.AppendVarint(p.commands, to[1]-p.at[1])
	p.at = to
}

func (p *mvtPath) points(points []orb.Point) {
	rounded := quantise(points)
	if len(rounded) == 0 {
		return
	}
	p.command(moveTo, len(rounded))
	for _, to := range rounded {
		p.step(to)
	}
}

func (p *mvtPath) line(line []orb.Point) {
	if rounded := quantise(line); len(rounded) > 1 {
		p.move(rounded)
	}
}

func (p *mvtPath) move(points [][2]int64) {
	p.command(moveTo, 1)
	p.step(points[0])
	p.command(lineTo, len(points)-1)
	for _, to := range points[1:] {
		p.step(to)
	}
}

// polygon draws the outer ring clockwise on the screen and holes the other
// way. Without its outer ring nothing is drawn.
func (p *mvtPath) polygon(polygon orb.Polygon) {
	for i, ring := range polygon {
		rounded := quantise(ring)
		if len(rounded) > 1 && rounded[0] == rounded[len(rounded)-1] {
			rounded = rounded[:len(rounded)-1]
		}
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
		p.command(closePath, 1)
	}
}

// doubleArea is twice the signed area by the surveyor's formula.
func doubleArea(ring [][2]int64) int64 {
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
