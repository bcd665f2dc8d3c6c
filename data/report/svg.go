package report

import (
	"fmt"
	"html"
	"image/color"
	"strconv"
	"strings"
)

// svg writes a drawing as one self-contained SVG element.
type svg struct {
	out   strings.Builder
	clips int
	scope string // keeps the ids of two drawings on one page apart
}

func newSVG(width, height float64, label, scope string) *svg {
	s := &svg{scope: scope}
	fmt.Fprintf(&s.out, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" role="group" aria-label="%s" font-family="Go, system-ui, 'Helvetica Neue', Arial, sans-serif">`,
		pixel(width), pixel(height), pixel(width), pixel(height), html.EscapeString(label))
	return s
}

func (s *svg) String() string { return s.out.String() + "</svg>" }

// pixel writes a coordinate to a tenth of a pixel.
func pixel(f float64) string {
	text := strconv.FormatFloat(f, 'f', 1, 64)
	text = strings.TrimSuffix(text, ".0")
	if text == "-0" {
		return "0"
	}
	return text
}

func (s *svg) path(lines [][]point, closed bool) {
	for _, line := range lines {
		for i, p := range line {
			switch i {
			case 0:
				s.out.WriteByte('M')
			case 1:
				s.out.WriteByte('L')
			default:
				s.out.WriteByte(' ')
			}
			s.out.WriteString(pixel(p.x))
			s.out.WriteByte(' ')
			s.out.WriteString(pixel(p.y))
		}
		if closed {
			s.out.WriteByte('Z')
		}
	}
}

func opacity(name string, c color.NRGBA) string {
	if c.A == 0xff {
		return ""
	}
	return fmt.Sprintf(` %s="%.2g"`, name, float64(c.A)/255)
}

func (s *svg) fill(rings [][]point, c color.NRGBA) {
	if len(rings) == 0 {
		return
	}
	s.out.WriteString(`<path d="`)
	s.path(rings, true)
	fmt.Fprintf(&s.out, `" fill="%s"%s/>`, colorText(c), opacity("fill-opacity", c))
}

func (s *svg) stroke(lines [][]point, p pen) {
	if len(lines) == 0 {
		return
	}
	s.out.WriteString(`<path d="`)
	s.path(lines, false)
	fmt.Fprintf(&s.out, `" fill="none" stroke="%s"%s stroke-width="%s" stroke-linejoin="round" stroke-linecap="%s"`,
		colorText(p.color), opacity("stroke-opacity", p.color), strconv.FormatFloat(p.width, 'g', 3, 64), lineCap(p))
	if len(p.dash) > 0 {
		var parts []string
		for _, d := range p.dash {
			parts = append(parts, pixel(d))
		}
		fmt.Fprintf(&s.out, ` stroke-dasharray="%s"`, strings.Join(parts, " "))
	}
	s.out.WriteString("/>")
}

func lineCap(p pen) string {
	if len(p.dash) > 0 {
		return "butt"
	}
	return "round"
}

func (s *svg) text(at point, text string, f font) {
	fmt.Fprintf(&s.out, `<text x="%s" y="%s" font-size="%s" fill="%s"`, pixel(at.x), pixel(at.y), pixel(f.size), colorText(f.color))
	switch f.anchor {
	case middle:
		s.out.WriteString(` text-anchor="middle"`)
	case end:
		s.out.WriteString(` text-anchor="end"`)
	}
	if f.bold {
		s.out.WriteString(` font-weight="700"`)
	}
	if f.italic {
		s.out.WriteString(` font-style="italic"`)
	}
	if f.halo.A > 0 {
		fmt.Fprintf(&s.out, ` stroke="%s"%s stroke-width="3" stroke-linejoin="round" paint-order="stroke"`, colorText(f.halo), opacity("stroke-opacity", f.halo))
	}
	fmt.Fprintf(&s.out, `>%s</text>`, html.EscapeString(text))
}

func (s *svg) link(anchor, title string, draw func()) {
	fmt.Fprintf(&s.out, `<a href="#%s"><title>%s</title>`, html.EscapeString(anchor), html.EscapeString(title))
	draw()
	s.out.WriteString("</a>")
}

func (s *svg) clip(from, to point, draw func()) {
	s.clips++
	id := s.scope + strconv.Itoa(s.clips)
	fmt.Fprintf(&s.out, `<clipPath id="%s"><rect x="%s" y="%s" width="%s" height="%s"/></clipPath><g clip-path="url(#%s)">`,
		id, pixel(from.x), pixel(from.y), pixel(to.x-from.x), pixel(to.y-from.y), id)
	draw()
	s.out.WriteString("</g>")
}
