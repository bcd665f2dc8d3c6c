package data

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"strikewatch/data/columns"
	"strikewatch/geo"
)

func parseBBox(_ *Store, _ *Query, value string) (columns.Expr, error) {
	const want = "give west,south,east,north in degrees, for example bbox=97.6,22.8,97.9,23.1"
	parts := strings.Split(value, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return nil, invalid("bbox", fmt.Sprintf("has %d numbers", len(parts)), want)
	}
	n := make([]float64, len(parts))
	for i, p := range parts {
		f, err := strconv.ParseFloat(strings.TrimSpace(p), 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, invalid("bbox", `holds "`+p+`", which is no number`, want)
		}
		n[i] = f
	}
	if len(n) == 6 { // heights are not kept
		n = []float64{n[0], n[1], n[3], n[4]}
	}
	for i, name := range []string{"west", "south", "east", "north"} {
		limit := 180.0
		if i%2 == 1 {
			limit = 90
		}
		if math.Abs(n[i]) > limit {
			return nil, invalid("bbox", fmt.Sprintf("has %s %v, which is outside -%v..%v", name, n[i], limit, limit), want)
		}
	}
	if n[1] > n[3] {
		return nil, invalid("bbox", fmt.Sprintf("has its south %v above its north %v", n[1], n[3]), want)
	}
	return columns.BBox{West: n[0], South: n[1], East: n[2], North: n[3]}, nil
}

func parseDatetime(_ *Store, q *Query, value string) (columns.Expr, error) {
	from, to, interval := strings.Cut(value, "/")
	if !interval {
		to = from
	}
	var err error
	if q.From, err = openEnd(from, interval, firstDay); err != nil {
		return nil, err
	}
	if q.To, err = openEnd(to, interval, lastDay); err != nil {
		return nil, err
	}
	if q.To < q.From {
		return nil, invalid("datetime", "ends before it begins", "write the earlier day first, for example 2024-09-01/2024-11-30")
	}
	return columns.During{From: q.From, To: q.To}, nil
}

// openEnd reads one end of an interval. Of a time of day only the day is
// read, as written: days are local and never shifted through UTC.
func openEnd(text string, interval bool, open int32) (int32, error) {
	if interval && (text == "" || text == "..") {
		return open, nil
	}
	day := text
	if len(text) > 10 {
		if _, err := parseTime("datetime", text); err != nil {
			return 0, err
		}
		day = text[:10]
	}
	d, err := geo.ParseDay(day)
	if err != nil {
		return 0, invalid("datetime", quoted(text)+", which is no calendar day", "write 2024-11-01, 2024-09-01/2024-11-30 or 2024-09-01/..")
	}
	return d, nil
}

// parseNear reads border, within_km and certainty, which belong together.
func (s *Store) parseNear(params url.Values) (*columns.Near, error) {
	border, within, certainty := params.Get("border"), params.Get("within_km"), params.Get("certainty")
	if within == "" {
		if certainty != "" {
			return nil, invalid("certainty", "is given without within_km", "say how near: within_km=50")
		}
		return nil, nil // a border alone is the property: the nearest one
	}
	codes := s.borderCodes()
	if border == "" {
		return nil, invalid("within_km", "is given without border", "say of which border: "+strings.Join(codes, ", "))
	}
	if !slices.Contains(codes, border) {
		return nil, invalid("border", quoted(border)+", which is no border here", "use "+strings.Join(codes, ", "))
	}
	km, err := strconv.ParseFloat(strings.TrimSuffix(within, "km"), 64)
	if err != nil || !(km > 0 && km <= maxWithinKM) {
		return nil, invalid("within_km", quoted(within), fmt.Sprintf("give kilometres above 0 and up to %d", maxWithinKM))
	}
	n := &columns.Near{Border: border, WithinKM: km}
	switch certainty {
	case "":
	case "certain":
		n.Certainty = columns.Certain
	case "possible":
		n.Certainty = columns.Possible
	default:
		return nil, invalid("certainty", quoted(certainty), "use certain or possible, or leave it out for both")
	}
	return n, nil
}

// maxWithinKM is half the Earth's circumference: everything.
const maxWithinKM = 20038

func (s *Store) borderCodes() []string {
	var codes []string
	for code := range s.ref.Load().borders {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	return codes
}
