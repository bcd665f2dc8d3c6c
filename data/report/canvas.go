package report

import (
	"fmt"
	"image/color"
	"strconv"
)

// point is a position on the page: pixels, y downwards.
type point struct{ x, y float64 }

// canvas is what a map is drawn on: SVG for pages, pixels for mail.
type canvas interface {
	// fill paints rings by the non-zero rule: outer rings run one way, holes
	// the other.
	fill(rings [][]point, c color.NRGBA)
	stroke(lines [][]point, p pen)
	text(at point, s string, f font)
	// link makes what draw draws lead to an anchor of the page, with a
	// description; pixels only draw it.
	link(anchor, title string, draw func())
	// clip keeps what draw draws inside a rectangle.
	clip(from, to point, draw func())
}

// pen draws lines: width and dashes in pixels, no dashes for a solid line.
type pen struct {
	width float64
	color color.NRGBA
	dash  []float64
}

type anchor uint8

const (
	start anchor = iota
	middle
	end
)

// font says how a text looks. Its position is on the baseline.
type font struct {
	size   float64
	color  color.NRGBA
	anchor anchor
	bold   bool
	italic bool
	halo   color.NRGBA // drawn around the letters; transparent: none
}

// hex reads #rrggbb; anything else is grey.
func hex(text string) color.NRGBA {
	n, err := strconv.ParseUint(text[min(1, len(text)):], 16, 32)
	if err != nil || len(text) != 7 {
		return color.NRGBA{0x77, 0x77, 0x77, 0xff}
	}
	return color.NRGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}
}

func faded(c color.NRGBA, alpha float64) color.NRGBA {
	c.A = uint8(alpha*255 + 0.5)
	return c
}

// darker mixes a colour with black, for lines and names on its own fill.
func darker(c color.NRGBA, share float64) color.NRGBA {
	mix := func(v uint8) uint8 { return uint8(float64(v) * (1 - share)) }
	return color.NRGBA{mix(c.R), mix(c.G), mix(c.B), c.A}
}

func colorText(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
