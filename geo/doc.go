// Package geo measures and combines shapes on the WGS 84 ellipsoid.
//
// Positions are orb.Point{lon, lat} in degrees, lengths are metres, areas are
// square metres, azimuths are degrees clockwise from north, days are civil
// days since 1970-01-01. The package is pure: no input or output, no clock.
package geo
