package report

import (
	"fmt"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
)

// fonts measures texts for both canvases and draws them in pixels.
type fonts struct {
	regular, bold, italic *opentype.Font
	faces                 map[faceKey]xfont.Face
}

type faceKey struct {
	font *opentype.Font
	size float64
}

func newFonts() (*fonts, error) {
	f := &fonts{faces: map[faceKey]xfont.Face{}}
	for _, part := range []struct {
		into **opentype.Font
		ttf  []byte
	}{{&f.regular, goregular.TTF}, {&f.bold, gobold.TTF}, {&f.italic, goitalic.TTF}} {
		var err error
		if *part.into, err = opentype.Parse(part.ttf); err != nil {
			return nil, fmt.Errorf("font: %w", err)
		}
	}
	return f, nil
}

func (f *fonts) face(style font, scale float64) (xfont.Face, error) {
	key := faceKey{f.regular, style.size * scale}
	switch {
	case style.bold:
		key.font = f.bold
	case style.italic:
		key.font = f.italic
	}
	if face, ok := f.faces[key]; ok {
		return face, nil
	}
	face, err := opentype.NewFace(key.font, &opentype.FaceOptions{Size: key.size, DPI: 72, Hinting: xfont.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("font: %w", err)
	}
	f.faces[key] = face
	return face, nil
}

// width returns the length of a text in pixels of the page.
func (f *fonts) width(s string, style font) float64 {
	const fine = 4 // measured larger, since a face's advances are rounded
	face, err := f.face(style, fine)
	if err != nil {
		return float64(len(s)) * style.size / 2
	}
	return float64(xfont.MeasureString(face, s)) / 64 / fine
}
