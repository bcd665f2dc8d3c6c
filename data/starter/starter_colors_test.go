package starter_test

import (
	"math"
	"strconv"
	"testing"
)

type vector [3]float64
type matrix [3]vector

func (m matrix) times(v vector) (r vector) {
	for i, row := range m {
		r[i] = row[0]*v[0] + row[1]*v[1] + row[2]*v[2]
	}
	return r
}

// sights are how linear sRGB is seen: Machado, Oliveira and Fernandes,
// "A Physiologically-based Model for Simulation of Color Vision Deficiency"
// (2009), severity 1.
var sights = map[string]matrix{
	"normal":       {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
}

// oklab is https://bottosson.github.io/posts/oklab, of linear sRGB.
func oklab(rgb vector) vector {
	cone := matrix{{0.4122214708, 0.5363325363, 0.0514459929}, {0.2119034982, 0.6806995451, 0.1073969566}, {0.0883024619, 0.2817188376, 0.6299787005}}
	lab := matrix{{0.2104542553, 0.793617785, -0.0040720468}, {1.9779984951, -2.428592205, 0.4505937099}, {0.0259040371, 0.7827717662, -0.808675766}}
	for i, c := range rgb {
		rgb[i] = min(max(c, 0), 1)
	}
	l := cone.times(rgb)
	return lab.times(vector{math.Cbrt(l[0]), math.Cbrt(l[1]), math.Cbrt(l[2])})
}

func linear(t *testing.T, color string) (rgb vector) {
	t.Helper()
	n, err := strconv.ParseUint(color[1:], 16, 32)
	if err != nil || len(color) != 7 || color[0] != '#' {
		t.Fatalf("color %q is not #rrggbb", color)
	}
	for i := range rgb {
		c := float64(n>>(16-8*i)&255) / 255
		if rgb[i] = c / 12.92; c > 0.04045 {
			rgb[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return rgb
}

func luminance(rgb vector) float64 { return 0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2] }

// TestHoldersCanBeToldApart compares the colours of all actors that control.csv
// names, as people with and without colour blindness see them, and against a
// light and a dark map.
func TestHoldersCanBeToldApart(t *testing.T) {
	const leastApart = 0.06    // in OKLab; 0.02 is a difference that can just be seen
	const leastContrast = 1.75 // WCAG ratio, for a filled area
	holds := map[string]bool{}
	for _, row := range table(t, "control.csv") {
		holds[row["actor"]] = true
	}
	colors, used := map[string]vector{}, map[string]string{}
	for _, row := range table(t, "actors.csv") {
		if other, twice := used[row["color"]]; twice {
			t.Errorf("%s and %s have one colour", row["code"], other)
		}
		used[row["color"]] = row["code"]
		rgb := linear(t, row["color"])
		if holds[row["code"]] {
			colors[row["code"]] = rgb
			for _, ground := range []string{"#fbfaf7", "#1b222a"} {
				a, b := luminance(rgb)+0.05, luminance(linear(t, ground))+0.05
				if ratio := max(a, b) / min(a, b); ratio < leastContrast {
					t.Errorf("%s on %s: contrast %.2f", row["code"], ground, ratio)
				}
			}
		}
	}
	for sight, m := range sights {
		for a, first := range colors {
			for b, second := range colors {
				p, q := oklab(m.times(first)), oklab(m.times(second))
				if apart := math.Hypot(math.Hypot(p[0]-q[0], p[1]-q[1]), p[2]-q[2]); a < b && apart < leastApart {
					t.Errorf("%s and %s are %.3f apart with %s sight", a, b, apart, sight)
				}
			}
		}
	}
}
