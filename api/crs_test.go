package api_test

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"os/exec"
	"strings"
	"testing"
)

const epsg = "http://www.opengis.net/def/crs/EPSG/0/"

// TestCRS compares coordinates with GDAL's, and asks for the same box in each
// system.
func TestCRS(t *testing.T) {
	h := newHandler(t, newStore(t))
	const item, items = "/api/collections/incidents/items/mm-0119", "/api/collections/incidents/items"
	for code, box := range map[string]string{
		"4326":  "22.8,97.6,23.1,97.9",
		"3857":  "10864700,2610000,10898100,2640000",
		"32646": "970000,2520000,1000000,2580000",
		"32647": "356000,2520000,387000,2560000",
	} {
		r := get(t, h, item+"?crs="+epsg+code)
		if got := r.Header.Get("Content-Crs"); got != "<"+epsg+code+">" {
			t.Errorf("%s: Content-Crs %s", code, got)
		}
		var at [2]float64
		if err := json.Unmarshal(decode[feature](t, r).Geometry.Coordinates, &at); err != nil {
			t.Fatal(err)
		}
		page := decode[collection](t, get(t, h, items+"?limit=1&bbox-crs="+epsg+code+"&bbox="+box+"&crs="+epsg+code))
		if page.NumberMatched != 12 {
			t.Errorf("%s: %d in %s, at %v", code, page.NumberMatched, box, at)
		}
		for _, filter := range []string{filterBox(t, box), `{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[` + box + `]}]}`} {
			page = decode[collection](t, get(t, h, items+"?limit=1&filter-crs="+epsg+code+"&filter="+url.QueryEscape(filter)))
			if page.NumberMatched != 12 {
				t.Errorf("%s: %d with filter %s", code, page.NumberMatched, filter)
			}
		}
		if want, ok := gdalPoint(t, code); ok {
			if code == "4326" {
				want[0], want[1] = want[1], want[0]
			}
			if math.Abs(at[0]-want[0]) > 1e-3 || math.Abs(at[1]-want[1]) > 1e-3 {
				t.Errorf("%s: %v, GDAL says %v", code, at, want)
			}
		}
	}
	for _, code := range []string{"4326", "3857", "32646", "32647"} {
		for _, bad := range []string{"1,2,3", "a,b,c,d", "5,5,1,1", "NaN,1,2,3"} {
			checkProblem(t, get(t, h, items+"?bbox="+bad+"&bbox-crs="+epsg+code), 400)
		}
	}
	checkProblem(t, get(t, h, items+"?crs="+epsg+"9999"), 400)
	checkProblem(t, get(t, h, items+"?filter-crs="+epsg+"9999"), 400)
	checkProblem(t, get(t, h, items+"?filter-crs="+epsg+"4326&filter="+url.QueryEscape("S_INTERSECTS(geometry, POINT(97 22))")), 400)
	checkProblem(t, get(t, h, items+"?f=csv&crs="+epsg+"3857"), 400)
}

// filterBox asks for a box by its corners.
func filterBox(t *testing.T, box string) string {
	t.Helper()
	n := strings.Split(box, ",")
	return fmt.Sprintf("S_INTERSECTS(geometry, POLYGON((%[1]s %[2]s, %[3]s %[2]s, %[3]s %[4]s, %[1]s %[4]s, %[1]s %[2]s)))", n[0], n[1], n[2], n[3])
}

// gdalPoint is Lashio as GDAL projects it, in traditional order of axes.
func gdalPoint(t *testing.T, code string) (p [2]float64, ok bool) {
	t.Helper()
	if _, err := exec.LookPath("gdaltransform"); err != nil {
		return p, false
	}
	command := exec.CommandContext(t.Context(), "gdaltransform", "-s_srs", "EPSG:4326", "-t_srs", "EPSG:"+code)
	command.Stdin = strings.NewReader("97.7498 22.9359\n")
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscan(string(out), &p[0], &p[1]); err != nil {
		t.Fatal(err)
	}
	return p, true
}
