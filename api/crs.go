package api

import (
	"bytes"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"strikewatch/data"
)

// crs is a coordinate reference system that answers can be had in (OGC API -
// Features part 2). All are on WGS 84.
type crs struct {
	uri      string
	forward  func(lon, lat float64) (first, second float64) // in the system's own order of axes
	inverse  func(first, second float64) (lon, lat float64)
	decimals int // 0.1 mm or better
}

func allCRS() []crs {
	same := func(a, b float64) (float64, float64) { return a, b }
	swap := func(a, b float64) (float64, float64) { return b, a }
	utm46, utm47 := newUTM(46), newUTM(47)
	return []crs{
		{crs84, same, same, 9},
		{"http://www.opengis.net/def/crs/EPSG/0/4326", swap, swap, 9},
		{"http://www.opengis.net/def/crs/EPSG/0/3857", toMercator, fromMercator, 4},
		{"http://www.opengis.net/def/crs/EPSG/0/32646", utm46.forward, utm46.inverse, 4},
		{"http://www.opengis.net/def/crs/EPSG/0/32647", utm47.forward, utm47.inverse, 4},
	}
}

func crsURIs() []string {
	var uris []string
	for _, system := range allCRS() {
		uris = append(uris, system.uri)
	}
	return uris
}

// parseCRS reads the parameter of that name; without it, CRS84.
func parseCRS(parameter string, params url.Values) (crs, error) {
	all, value := allCRS(), params.Get(parameter)
	if !params.Has(parameter) {
		return all[0], nil
	}
	for _, system := range all {
		if system.uri == strings.Trim(value, "[]") {
			return system, nil
		}
	}
	return crs{}, &data.InvalidError{Field: parameter, Problem: "is " + quoted(value) + ", which is not offered", Hint: "use one of " + strings.Join(crsURIs(), ", ")}
}

// lonLat turns positions of the system into longitude and latitude; nil where
// they are that.
func (s crs) lonLat() func(orb.Point) (orb.Point, error) {
	if s.uri == crs84 {
		return nil
	}
	return func(p orb.Point) (orb.Point, error) {
		lon, lat := s.inverse(p[0], p[1])
		if !(math.Abs(lon) <= 180 && math.Abs(lat) <= 90) { // NaN too
			return p, fmt.Errorf("%v %v is no position of %s", p[0], p[1], s.uri)
		}
		return orb.Point{lon, lat}, nil
	}
}

// apply returns the feature with its coordinates in the system. A feature that
// is not as the store writes it is returned as it is.
func (s crs) apply(feature []byte) []byte {
	if s.uri == crs84 {
		return feature
	}
	start := bytes.Index(feature, []byte(`"geometry":{`))
	end := bytes.Index(feature, []byte(`,"properties":{`))
	if start < 0 || end < start {
		return feature
	}
	out := append(make([]byte, 0, len(feature)+len(feature)/2), feature[:start]...)
	rest := feature[start:end]
	for {
		i := bytes.IndexByte(rest, '[')
		if i < 0 {
			break
		}
		out = append(out, rest[:i+1]...)
		rest = rest[i+1:]
		closing := bytes.IndexByte(rest, ']')
		if closing <= 0 || rest[0] == '[' {
			continue
		}
		lonText, latText, _ := strings.Cut(string(rest[:closing]), ",")
		lon, err := strconv.ParseFloat(lonText, 64)
		lat, err2 := strconv.ParseFloat(latText, 64)
		if err != nil || err2 != nil {
			return feature
		}
		first, second := s.forward(lon, lat)
		out = append(s.appendNumber(out, first), ',')
		out = s.appendNumber(out, second)
		rest = rest[closing:]
	}
	out = append(out, rest...)
	return append(out, feature[end:]...)
}

func (s crs) appendNumber(out []byte, v float64) []byte {
	scale := math.Pow10(s.decimals)
	return strconv.AppendFloat(out, math.Round(v*scale)/scale, 'f', -1, 64)
}

// box turns a bbox of this system into one of CRS84 that holds it: straight
// edges bend, so points along them are turned too.
func (s crs) box(text string) (string, error) {
	if s.uri == crs84 || text == "" {
		return text, nil
	}
	invalid := &data.InvalidError{Field: "bbox", Problem: "is not four numbers of " + s.uri, Hint: "give the least of both axes, then the most, in the system's own order of axes"}
	var n [4]float64
	parts := strings.Split(text, ",")
	if len(parts) != 4 {
		return "", invalid
	}
	for i, part := range parts {
		v, err := strconv.ParseFloat(part, 64)
		if err != nil || math.IsInf(v, 0) || math.IsNaN(v) {
			return "", invalid
		}
		n[i] = v
	}
	if n[2] < n[0] || n[3] < n[1] {
		return "", invalid
	}
	const steps = 16
	west, south, east, north := 180.0, 90.0, -180.0, -90.0
	for i := range steps + 1 {
		for j := range steps + 1 {
			lon, lat := s.inverse(n[0]+(n[2]-n[0])*float64(i)/steps, n[1]+(n[3]-n[1])*float64(j)/steps)
			if math.IsNaN(lon) || math.IsNaN(lat) || math.Abs(lon) > 180 || math.Abs(lat) > 90 {
				return "", &data.InvalidError{Field: "bbox", Problem: "reaches beyond the earth in " + s.uri, Hint: "give the numbers in the system's own order of axes"}
			}
			west, east = min(west, lon), max(east, lon)
			south, north = min(south, lat), max(north, lat)
		}
	}
	var out []string
	for _, v := range []float64{west, south, east, north} {
		out = append(out, strconv.FormatFloat(v, 'f', -1, 64))
	}
	return strings.Join(out, ","), nil
}
