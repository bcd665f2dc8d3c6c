package geo_test

import (
	"bufio"
	"bytes"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"strikewatch/geo"
)

// referee runs a program of GeographicLib (Debian: geographiclib-tools) on
// lines of input and answers its lines of numbers. A missing program fails the
// test: scripts/bootstrap installs it.
func referee(t testing.TB, input string, program string, arguments ...string) [][]float64 {
	t.Helper()
	command := exec.Command(program, arguments...)
	command.Stdin = strings.NewReader(input)
	var problems bytes.Buffer
	command.Stderr = &problems
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v %s (install geographiclib-tools)", program, err, problems.String())
	}
	return numbers(t, string(output))
}

// numbers reads lines of numbers; lines that begin with # are comments.
func numbers(t testing.TB, text string) [][]float64 {
	t.Helper()
	var rows [][]float64
	scanner := bufio.NewScanner(strings.NewReader(text))
	for scanner.Scan() {
		if strings.HasPrefix(scanner.Text(), "#") {
			continue
		}
		var row []float64
		for _, field := range strings.Fields(scanner.Text()) {
			x, err := strconv.ParseFloat(field, 64)
			if err != nil {
				t.Fatalf("%q: %v", scanner.Text(), err)
			}
			row = append(row, x)
		}
		rows = append(rows, row)
	}
	return rows
}

// line writes numbers without exponents, which GeographicLib reads as "east".
func line(values ...float64) string {
	fields := make([]string, len(values))
	for i, v := range values {
		fields[i] = strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strings.Join(fields, " ") + "\n"
}

func seeded(name string) *rand.Rand {
	var seed [32]byte
	copy(seed[:], name)
	return rand.New(rand.NewChaCha8(seed))
}

// pairs are positions over the whole earth, near each other, near the
// antipodes, on the equator, on meridians and at the poles.
func pairs(n int) [][2]orb.Point {
	r := seeded("pairs")
	all := make([][2]orb.Point, n)
	for i := range all {
		a := orb.Point{r.Float64()*360 - 180, math.Asin(r.Float64()*2-1) * 180 / math.Pi}
		b := orb.Point{r.Float64()*360 - 180, math.Asin(r.Float64()*2-1) * 180 / math.Pi}
		small := math.Pow(10, -r.Float64()*12)
		switch i % 10 {
		case 1, 2, 3:
			b = orb.Point{a[0] + small*r.NormFloat64(), a[1] + small*r.NormFloat64()}
		case 4:
			b = orb.Point{a[0] + 180 + small*r.NormFloat64(), -a[1] + small*r.NormFloat64()}
		case 5:
			b[0] = a[0]
		case 6:
			a[1], b[1] = 0, small
		case 7:
			a[1] = math.Copysign(90, a[1])
		case 8:
			a, b = orb.Point{90 + 20*r.Float64(), 5 + 25*r.Float64()}, orb.Point{90 + 20*r.Float64(), 5 + 25*r.Float64()}
		case 9:
			a = orb.Point{math.Round(a[0]), math.Round(a[1])}
			b = orb.Point{math.Round(b[0]), math.Round(b[1])}
		}
		b[1] = math.Max(-90, math.Min(90, b[1]))
		all[i] = [2]orb.Point{a, b}
	}
	return all
}

func TestDistanceAgainstGeodSolve(t *testing.T) {
	all := pairs(100_000)
	var input strings.Builder
	for _, p := range all {
		input.WriteString(line(p[0][1], p[0][0], p[1][1], p[1][0]))
	}
	worst := 0.0
	for i, row := range referee(t, input.String(), "GeodSolve", "-i", "-p", "10") {
		got := geo.Distance(all[i][0], all[i][1])
		if d := math.Abs(got - row[2]); d > 1e-7 || math.IsNaN(got) {
			t.Errorf("%v to %v: %.9f, want %.9f", all[i][0], all[i][1], got, row[2])
		} else {
			worst = math.Max(worst, d)
		}
	}
	t.Logf("worst difference %.3g m", worst)
}

func TestDestinationAgainstGeodSolve(t *testing.T) {
	r := seeded("destinations")
	type leg struct {
		from          orb.Point
		azimuth, long float64
	}
	legs := make([]leg, 50_000)
	var input strings.Builder
	for i := range legs {
		l := leg{orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}, r.Float64()*720 - 360, math.Pow(10, r.Float64()*9-2)}
		if i%5 == 0 {
			l.azimuth = math.Round(l.azimuth/90) * 90
		}
		if i%7 == 0 {
			l.from[1] = math.Copysign(90, l.from[1])
		}
		l.long = math.Min(l.long, 2e7)
		legs[i] = l
		input.WriteString(line(l.from[1], l.from[0], l.azimuth, l.long))
	}
	for i, row := range referee(t, input.String(), "GeodSolve", "-p", "10") {
		got := geo.Destination(legs[i].from, legs[i].azimuth, legs[i].long)
		if d := geo.Distance(got, orb.Point{row[1], row[0]}); !(d < 1e-7) || got[0] < -180 || got[0] > 180 {
			t.Errorf("%+v: %v, want %v (%g m off)", legs[i], got, row, d)
		}
	}
}

func TestAreaAgainstPlanimeter(t *testing.T) {
	r := seeded("areas")
	for i := range 300 {
		center := orb.Point{r.Float64()*360 - 180, r.Float64()*180 - 90}
		radius := math.Pow(10, 1+r.Float64()*5.7)
		n := 3 + r.IntN(200)
		ring := make(orb.Ring, 0, n+1)
		var input strings.Builder
		for k := range n {
			p := geo.Destination(center, -360*float64(k)/float64(n), radius*(0.3+0.7*r.Float64()))
			ring = append(ring, p)
			input.WriteString(line(p[1], p[0]))
		}
		ring = append(ring, ring[0])
		if i%2 == 1 {
			ring.Reverse()
		}
		want := math.Abs(referee(t, input.String(), "Planimeter", "-s", "-p", "10")[0][2])
		got := geo.Area(orb.MultiPolygon{{ring}})
		if math.Abs(got-want) > 0.01+1e-12*want {
			t.Errorf("ring of %d around %v, radius %.0f m: %.4f, want %.4f", n, center, radius, got, want)
		}
		half := orb.MultiPolygon{{ring, shrunk(ring, center)}}
		if whole := geo.Area(half); whole >= got || whole <= 0 {
			t.Errorf("a hole does not lessen the area: %f of %f", whole, got)
		}
	}
}

// shrunk is the ring at half the distance from its centre.
func shrunk(ring orb.Ring, center orb.Point) orb.Ring {
	small := make(orb.Ring, len(ring))
	for i, p := range ring {
		small[i] = geo.Destination(center, -360*float64(i)/float64(len(ring)-1), geo.Distance(center, p)/2)
	}
	return small
}

// The table was written by
//
//	GeodSolve -i -f -p 10 < pairs
//
// so that the package is held to GeographicLib where that is not installed.
func TestGeodesicTable(t *testing.T) {
	table, err := os.ReadFile("testdata/geodesics.txt")
	if err != nil {
		t.Fatal(err)
	}
	rows := numbers(t, string(table))
	if len(rows) < 200 {
		t.Fatalf("only %d rows", len(rows))
	}
	for _, row := range rows {
		a, b := orb.Point{row[1], row[0]}, orb.Point{row[4], row[3]}
		if got := geo.Distance(a, b); math.Abs(got-row[6]) > 1e-7 {
			t.Errorf("%v to %v: %.9f, want %.9f", a, b, got, row[6])
		}
		if got := geo.Destination(a, row[2], row[6]); geo.Distance(got, b) > 1e-7 {
			t.Errorf("from %v at %g for %g m: %v, want %v", a, row[2], row[6], got, b)
		}
	}
}

func BenchmarkDistance(b *testing.B) {
	all := pairs(1000)
	for i := range b.N {
		geo.Distance(all[i%1000][0], all[i%1000][1])
	}
}
