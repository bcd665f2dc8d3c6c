package main

import (
	"encoding/json"
	"math"
	"math/rand/v2"

	"strikewatch/data"
	"strikewatch/geo"
)

// holder is an actor whose ground shifts around a centre.
type holder struct {
	actor    string
	lon, lat float64
	radius   float64 // degrees
}

func holders() []holder {
	return []holder{{"MNDAA", 97.7, 23.2, 1.0}, {"KIA", 97.3, 25.5, 1.1}, {"AA", 93.6, 20.3, 1.2}, {"KNDF", 97.2, 19.4, 0.8}, {"MILITARY", 95.8, 20.9, 1.6}}
}

// phases is how many polygons each holder has, one after the other in time.
const phases = 300

// controls draws 5 x 300 polygons of 200 to 2,000 vertices: a wavy outline
// that grows and shifts from one to the next, with rough edges.
func (w *world) controls() ([]*data.Control, error) {
	var all []*data.Control
	days := float64(w.last - w.first + 1)
	for h, at := range holders() {
		random := rand.New(rand.NewPCG(seed, 1500+uint64(h)))
		outline := newWaves(random)
		for phase := range phases {
			n := 200 + random.IntN(1800)
			heights, highest := outline.at(phase, n)
			ring := make([][2]float64, n+1)
			size := at.radius * (0.75 + 0.35*float64(phase)/phases)
			for i := range n {
				r := size*(1+0.25*heights[i]/highest) + random.NormFloat64()*at.radius*0.002
				sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
				ring[i] = [2]float64{math.Round((at.lon+r*cos)*1e5) / 1e5, math.Round((at.lat+r*sin)*1e5) / 1e5}
			}
			ring[n] = ring[0]
			geometry, err := json.Marshal(map[string]any{"type": "Polygon", "coordinates": [][][2]float64{ring}})
			if err != nil {
				return nil, err
			}
			from, to := w.first+int32(days*float64(phase)/phases), w.first+int32(days*float64(phase+1)/phases)
			all = append(all, &data.Control{
				ID: at.actor + "-" + geo.FormatDay(from), Actor: at.actor, Status: "controlled", Geometry: geometry,
				ValidFrom: geo.FormatDay(from), ValidTo: geo.FormatDay(to), DatePrecision: "day", How: "drawn by scripts/bench",
			})
		}
	}
	return all, nil
}

// waves is a sum of 24 sines around a circle whose phases drift.
type waves [24]struct{ height, phase, drift float64 }

func newWaves(random *rand.Rand) *waves {
	var w waves
	for m := range w {
		w[m].height, w[m].phase, w[m].drift = random.NormFloat64(), random.Float64()*2*math.Pi, random.NormFloat64()*0.02
	}
	return &w
}

// at returns the heights at n angles, and the greatest of their sizes.
func (w *waves) at(phase, n int) (heights []float64, highest float64) {
	heights = make([]float64, n)
	for i := range heights {
		angle := 2 * math.Pi * float64(i) / float64(n)
		for m, wave := range w {
			k := float64(m + 1)
			heights[i] += wave.height / math.Pow(k, 1.1) * math.Sin(k*angle+wave.phase+wave.drift*float64(phase))
		}
		highest = max(highest, math.Abs(heights[i]))
	}
	return heights, highest
}
