package report

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// raster draws into pixels, scale of them to a pixel of the page.
type raster struct {
	image *image.RGBA
	to    draw.Image // image, or the part of it that clip leaves
	scale float64
	fonts *fonts
	err   error
}

func newRaster(width, height, scale float64, f *fonts) *raster {
	im := image.NewRGBA(image.Rect(0, 0, int(math.Ceil(width*scale)), int(math.Ceil(height*scale))))
	return &raster{image: im, to: im, scale: scale, fonts: f}
}

func (r *raster) png() ([]byte, error) {
	if r.err != nil {
		return nil, r.err
	}
	var out bytes.Buffer
	err := png.Encode(&out, r.image)
	return out.Bytes(), err
}

// paint fills what trace traces, within the bounds of its points.
func (r *raster) paint(lines [][]point, margin float64, c color.NRGBA, trace func(z *vector.Rasterizer, origin point)) {
	box := r.to.Bounds()
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, line := range lines {
		for _, p := range line {
			low = point{min(low.x, p.x), min(low.y, p.y)}
			high = point{max(high.x, p.x), max(high.y, p.y)}
		}
	}
	area := image.Rect(int((low.x-margin)*r.scale)-1, int((low.y-margin)*r.scale)-1,
		int((high.x+margin)*r.scale)+2, int((high.y+margin)*r.scale)+2).Intersect(box)
	if low.x > high.x || area.Empty() {
		return
	}
	z := vector.NewRasterizer(area.Dx(), area.Dy())
	trace(z, point{float64(area.Min.X), float64(area.Min.Y)})
	z.Draw(r.to, area, image.NewUniform(c), image.Point{})
}

func (r *raster) fill(rings [][]point, c color.NRGBA) {
	r.paint(rings, 0, c, func(z *vector.Rasterizer, o point) {
		for _, ring := range rings {
			r.trace(z, o, ring)
		}
	})
}

func (r *raster) trace(z *vector.Rasterizer, o point, ring []point) {
	for i, p := range ring {
		x, y := float32(p.x*r.scale-o.x), float32(p.y*r.scale-o.y)
		if i == 0 {
			z.MoveTo(x, y)
		} else {
			z.LineTo(x, y)
		}
	}
	z.ClosePath()
}

func (r *raster) stroke(lines [][]point, p pen) {
	if len(p.dash) > 0 {
		lines = dashed(lines, p.dash)
	}
	// All pieces run the same way around, so that where they overlap the
	// non-zero rule paints once.
	r.paint(lines, p.width, p.color, func(z *vector.Rasterizer, o point) {
		for _, line := range lines {
			for i := 1; i < len(line); i++ {
				if q := segment(line[i-1], line[i], p.width/2); q != nil {
					r.trace(z, o, q)
				}
				if i+1 < len(line) && p.width > 1 {
					r.trace(z, o, circle(line[i], p.width/2, 8))
				}
			}
		}
	})
}

// segment is the rectangle around a line from a to b.
func segment(a, b point, half float64) []point {
	dx, dy := b.x-a.x, b.y-a.y
	n := math.Hypot(dx, dy)
	if n == 0 {
		return nil
	}
	dx, dy = dx/n*half, dy/n*half
	return []point{{a.x + dy, a.y - dx}, {b.x + dy, b.y - dx}, {b.x - dy, b.y + dx}, {a.x - dy, a.y + dx}}
}

func (r *raster) link(_, _ string, draw func()) { draw() }

func (r *raster) clip(from, to point, draw func()) {
	whole := r.to
	part := image.Rect(int(from.x*r.scale), int(from.y*r.scale), int(to.x*r.scale), int(to.y*r.scale))
	if sub, ok := r.image.SubImage(part).(*image.RGBA); ok {
		r.to = sub
	}
	draw()
	r.to = whole
}

func (r *raster) text(at point, s string, f font) {
	face, err := r.fonts.face(f, r.scale)
	if err != nil {
		r.err = err
		return
	}
	switch width := r.fonts.width(s, f); f.anchor {
	case middle:
		at.x -= width / 2
	case end:
		at.x -= width
	}
	write := func(c color.NRGBA, dx, dy float64) {
		d := xfont.Drawer{Dst: r.to, Src: image.NewUniform(c), Face: face,
			Dot: fixed.Point26_6{X: fixed.Int26_6((at.x*r.scale + dx) * 64), Y: fixed.Int26_6((at.y*r.scale + dy) * 64)}}
		d.DrawString(s)
	}
	if f.halo.A > 0 {
		solid := f.halo
		solid.A = 0xff
		for i := range 12 {
			a := float64(i) * math.Pi / 6
			write(solid, 1.5*r.scale*math.Cos(a), 1.5*r.scale*math.Sin(a))
		}
	}
	write(f.color, 0, 0)
}
