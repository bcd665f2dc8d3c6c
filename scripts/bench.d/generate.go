package main

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"

	"strikewatch/geo"
)

// seed makes every run the same.
const seed = 20210201

// The period and the box (degrees: west, south, east, north) of the incidents.
const (
	firstDay = "2021-02-01"
	lastDay  = "2026-10-31"
	west     = 92.0
	south    = 9.5
	east     = 101.5
	north    = 28.5
)

// incident is what requests are made from; the rest stands in the CSV file.
type incident struct {
	lon, lat               float64
	day                    int32
	town                   uint8
	kind, precision, dated uint8
}

// world is the generated dataset.
type world struct {
	first, last int32 // days
	incidents   []incident
	byTown      [][]int32 // of incidents near each town
}

func newWorld(n int) (*world, error) {
	first, err := geo.ParseDay(firstDay)
	if err != nil {
		return nil, err
	}
	last, err := geo.ParseDay(lastDay)
	if err != nil {
		return nil, err
	}
	w := &world{first: first, last: last, incidents: make([]incident, n), byTown: make([][]int32, len(towns()))}
	random := rand.New(rand.NewPCG(seed, uint64(n)))
	days := make([]int32, n)
	for i := range days {
		days[i] = first + int32(beta(random)*float64(last-first+1))
	}
	slices.Sort(days) // ids are in order of time
	weights := make([]weighted, 0, len(towns()))
	for _, t := range towns() {
		weights = append(weights, weighted{t.name, t.weight})
	}
	all := towns()
	for i := range w.incidents {
		x := &w.incidents[i]
		x.day, x.town = days[i], uint8(pick(weights, random.Float64()))
		t, spread := all[x.town], []float64{0.03, 0.10, 0.30}[pick([]weighted{{"", 35}, {"", 40}, {"", 25}}, random.Float64())]
		x.lon, x.lat = t.lon+random.NormFloat64()*spread, t.lat+random.NormFloat64()*spread
		diffuse := random.Float64() < 0.05
		if diffuse {
			x.lon, x.lat = west+random.Float64()*(east-west), south+random.Float64()*(north-south)
		}
		x.precision = uint8(pick(locationPrecisions(), random.Float64()))
		grid := []float64{1e-5, 1e-5, 0.02, 0.1}[x.precision]
		x.lon = onGrid(min(max(x.lon, west), east), grid)
		x.lat = onGrid(min(max(x.lat, south), north), grid)
		x.kind, x.dated = uint8(pick(kinds(), random.Float64())), uint8(pick(datePrecisions(), random.Float64()))
		if !diffuse {
			w.byTown[x.town] = append(w.byTown[x.town], int32(i))
		}
	}
	return w, nil
}

// onGrid rounds to a multiple of step and to five decimals.
func onGrid(v, step float64) float64 {
	return math.Round(math.Round(v/step)*step*1e5) / 1e5
}

// beta draws from the beta distribution (1.6, 1.1), by Jöhnk's rejection: more
// incidents later.
func beta(random *rand.Rand) float64 {
	for {
		x, y := math.Pow(random.Float64(), 1/1.6), math.Pow(random.Float64(), 1/1.1)
		if s := x + y; s > 0 && s <= 1 {
			return min(x/s, 1-1e-9)
		}
	}
}

// poisson draws by Knuth's product of uniforms; mean is small.
func poisson(random *rand.Rand, mean float64) int {
	least, n := math.Exp(-mean), 0
	for p := random.Float64(); p > least; p *= random.Float64() {
		n++
	}
	return n
}

const header = "id,kind,date_start,date_end,date_precision,place,township,state_region,lon,lat,location_precision,attacker,munitions_count," +
	"killed_min,killed_max,injured_min,injured_max,civilians_killed_min,civilians_killed_max,status,summary\n"

// writeCSV writes the incidents as `strikewatch import` reads them, and into
// a second file every tenth of them with another casualty count.
func (w *world) writeCSV(name, corrections string) error {
	return writeFile(name, func(out *bufio.Writer) error {
		return writeFile(corrections, func(tenth *bufio.Writer) error { return w.write(out, tenth) })
	})
}

func writeFile(name string, fill func(*bufio.Writer) error) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 1<<20)
	return errors.Join(fill(out), out.Flush(), f.Close())
}

func (w *world) write(out, tenth *bufio.Writer) error {
	for _, f := range []*bufio.Writer{out, tenth} {
		if _, err := f.WriteString(header); err != nil {
			return err
		}
	}
	random := rand.New(rand.NewPCG(seed, 1+uint64(len(w.incidents))))
	all, vocabulary, who := towns(), strings.Fields(words), attackers()
	var line []byte
	for i, x := range w.incidents {
		t := all[x.town]
		line = fmt.Appendf(line[:0], "bench-%07d,%s,%s,%s,%s,%s,%s,%s,", i+1, kinds()[x.kind].code, geo.FormatDay(x.day), geo.FormatDay(x.day),
			datePrecisions()[x.dated].code, t.name, t.name, t.region)
		line = append(strconv.AppendFloat(line, x.lon, 'f', -1, 64), ',')
		line = append(strconv.AppendFloat(line, x.lat, 'f', -1, 64), ',')
		line = append(append(line, locationPrecisions()[x.precision].code...), ',')
		line = append(append(line, who[random.IntN(len(who))]...), ',')
		place := len(line)
		line = appendHarm(line, random)
		rest := len(line)
		line = append(append(line, statuses()[pick(statuses(), random.Float64())].code...), ',')
		line = append(appendProse(line, random, vocabulary, i), '\n')
		if _, err := out.Write(line); err != nil {
			return err
		}
		if i%10 == 0 {
			if _, err := fmt.Fprintf(tenth, "%s,1,3,0,5,,,%s", line[:place], line[rest:]); err != nil {
				return err
			}
		}
	}
	return nil
}

// appendHarm writes munitions and casualties; three in ten are not known.
func appendHarm(line []byte, random *rand.Rand) []byte {
	if random.Float64() < 0.3 {
		line = strconv.AppendInt(line, int64(1+poisson(random, 2)), 10)
	}
	line = append(line, ',')
	if random.Float64() < 0.3 {
		return append(line, ",,,,,,"...)
	}
	mean := 0.0
	if random.Float64() < 0.25 {
		mean = 2.5
	}
	killed, injured := poisson(random, mean), poisson(random, 2*mean)
	more, most := poisson(random, 0.6), poisson(random, 0.9)
	return fmt.Appendf(line, "%d,%d,%d,%d,%d,%d,", killed, killed+more, injured, injured+most, killed/2, (killed+more)/2)
}

func appendProse(line []byte, random *rand.Rand, vocabulary []string, i int) []byte {
	from := len(line) + 1
	line = append(line, '"')
	for k := range 22 + random.IntN(12) {
		if k > 0 {
			line = append(line, ' ')
		}
		line = append(line, vocabulary[random.IntN(len(vocabulary))]...)
	}
	line[from] -= 'a' - 'A'
	if random.Float64() < 0.05 {
		line = append(line, " တိုက်ပွဲ"...)
	}
	if i%7 == 0 {
		line = append(line, `, ""unconfirmed""`...)
	}
	return append(line, `."`...)
}

const words = "forces column near village troops withdrew after clash artillery shells landed houses damaged residents fled monastery school clinic " +
	"checkpoint road bridge convoy resupply helicopter jet dropped bombs drone munition explosion wounded civilians reportedly local sources said " +
	"unconfirmed verified footage geolocated outpost hilltop base captured shelling continued overnight toward township border crossing trade gate " +
	"displaced families shelter rice store burned ward township battalion light infantry division joint operation ambush mine detonated morning evening"
