package codec

import "strikewatch/data/columns"

// Style says how features look where a format can say so. Colours are
// "#rrggbb".
type Style struct {
	ColorField string  // the property that holds each feature's colour; wins over the classes
	ClassField string  // the property whose value chooses a class
	Classes    []Class // in legend order
	Color      string  // of what no class fits
}

// Class is one entry of a legend.
type Class struct {
	Value string
	Title string
	Color string
}

// plainColor stands where nothing says which colour to take.
const plainColor = "#8a8f94"

// DefaultStyle takes the colour from a property "color" where the schema has
// one, else from the codes of "kind": each known code has the hue that the web
// map's charts give it, apart in lightness too for colour-blind eyes.
func DefaultStyle(s *columns.Schema) Style {
	style := Style{Color: plainColor}
	if s.Index("color") >= 0 {
		style.ColorField = "color"
		return style
	}
	i := s.Index("kind")
	if i < 0 {
		return style
	}
	style.ClassField = "kind"
	for _, code := range s.Fields[i].Codes {
		title := code.Title
		if title == "" {
			title = code.Value
		}
		style.Classes = append(style.Classes, Class{code.Value, title, kindColor(code.Value)})
	}
	return style
}

func kindColor(kind string) string {
	switch kind {
	case "airstrike":
		return "#4a6d8c"
	case "helicopter_attack":
		return "#8ab0cf"
	case "drone_strike":
		return "#c77f3a"
	case "paramotor_attack":
		return "#e8bd7f"
	case "shelling":
		return "#6b5b95"
	case "explosion":
		return "#a3485d"
	case "battle":
		return "#3f7f6b"
	}
	return plainColor
}

// style returns the style to use: the one given, or the default.
func (m *Meta) style() Style {
	s := m.Style
	if s.ColorField == "" && s.ClassField == "" && s.Color == "" {
		s = DefaultStyle(m.Schema)
	}
	if !isColor(s.Color) {
		s.Color = plainColor
	}
	for i := range s.Classes {
		if !isColor(s.Classes[i].Color) {
			s.Classes[i].Color = s.Color
		}
	}
	return s
}

// isColor reports whether s is "#rrggbb".
func isColor(s string) bool {
	if len(s) != 7 || s[0] != '#' {
		return false
	}
	for _, c := range []byte(s[1:]) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') && (c < 'A' || c > 'F') {
			return false
		}
	}
	return true
}

// rgb returns the channels of a "#rrggbb".
func rgb(color string) (r, g, b byte) {
	nibble := func(c byte) byte {
		switch {
		case c >= 'a':
			return c - 'a' + 10
		case c >= 'A':
			return c - 'A' + 10
		}
		return c - '0'
	}
	pair := func(i int) byte { return nibble(color[i])<<4 | nibble(color[i+1]) }
	return pair(1), pair(3), pair(5)
}
