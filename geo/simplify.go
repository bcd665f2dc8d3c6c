package geo

import "github.com/paulmach/orb"

// SimplifyCoverage drops vertices so that no edge moves by more than
// toleranceM metres; edges that parts share stay identical.
func SimplifyCoverage(parts []orb.MultiPolygon, toleranceM float64) []orb.MultiPolygon {
	return parts
}

// SimplifyLine drops vertices so that no line moves by more than toleranceM
// metres; the ends stay.
func SimplifyLine(lines orb.MultiLineString, toleranceM float64) orb.MultiLineString {
	return lines
}
