package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"time"

	"strikewatch/geo"
)

func (b *bench) measureImport() error {
	cost, err := b.makeDatabase()
	if err != nil {
		return err
	}
	info, err := os.Stat(b.database())
	if err != nil {
		return err
	}
	l := line{
		what: "import of a CSV file, with holders, distances, log leaves",
		ours: fmt.Sprintf("%s, %.0f rows/s, %d MB at most, file %.1f GB", seconds(cost.took), float64(b.incidents)/cost.took.Seconds(), cost.memory>>20, float64(info.Size())/1e9),
		aim:  "a million under 30 s",
	}
	if !b.quick {
		l.met = check(cost.took < 30*time.Second)
	}
	b.table.add(l)
	return b.compareImports(cost)
}

func (b *bench) measureStart() error {
	s, err := b.serve()
	if err != nil {
		return err
	}
	resident, own, _, err := s.memory()
	if err != nil {
		return err
	}
	l := line{what: "start until the first answer", ours: fmt.Sprintf("%s, %d MB resident, %d of them its own", seconds(s.started), resident>>20, own>>20),
		aim: "a million under 500 MB"}
	if !b.quick {
		l.met = check(own < 500<<20)
	}
	b.table.add(l)
	return nil
}

func (b *bench) measureItems() error {
	for _, question := range []struct {
		name, peer string
		boxes      func(run, count int) []box
		count      int
		aim        time.Duration
	}{
		{"items of a town box, 1,000 features", "town", b.world.townBoxes, 1000, 15 * time.Millisecond},
		{"items by box, time and kind, 100 features", "selective", b.world.selectiveBoxes, 100, 0},
	} {
		l, err := b.measure(func(run int) []string { return paths(question.boxes(run, question.count), question.count, "") })
		if err != nil {
			return err
		}
		row := line{what: question.name, ours: l.String()}
		if question.aim > 0 {
			row.aim, row.met = "p99 under "+seconds(question.aim), check(l.percentile(99) < question.aim)
		}
		if err := b.compareLoad(&row, l, question.peer, 200); err != nil {
			return err
		}
		b.table.add(row)
	}
	return nil
}

func (b *bench) measureKnown() error {
	if err := b.ensureDatabase(); err != nil {
		return err
	}
	known, err := os.ReadFile(b.knownFile())
	if err != nil {
		return err
	}
	ask := func(more string) (*load, error) {
		return b.measure(func(run int) []string { return paths(b.world.townBoxes(run, 1000), 1000, more) })
	}
	plain, err := ask("")
	if err != nil {
		return err
	}
	then, err := ask("&known_at=" + strings.TrimSpace(string(known)))
	if err != nil {
		return err
	}
	ratio := then.percentile(99).Seconds() / plain.percentile(99).Seconds()
	b.table.add(line{what: "the same as known before a tenth was corrected", ours: fmt.Sprintf("%s; %.2f of plain", then, ratio),
		aim: "at most twice the plain", met: check(ratio <= 2)})
	return nil
}

func comparedZooms() []int { return []int{6, 8, 10} }

func (b *bench) measureTiles() error {
	const uncached, cached, largest = 30 * time.Millisecond, 2 * time.Millisecond, 500_000
	for _, zoom := range append(comparedZooms(), -1) {
		for _, filtered := range []bool{false, true} {
			name := fmt.Sprintf("tiles at zoom %d", zoom)
			if zoom < 0 {
				name = "tiles at zooms 0 to 14"
			}
			if filtered {
				name += ", filtered"
			}
			l, err := b.measure(func(run int) []string { return b.world.tilePaths(run, zoom, filtered) })
			if err != nil {
				return err
			}
			row := line{what: name, ours: fmt.Sprintf("%s, %.0f kB at most", l, float64(l.largest)/1000), aim: "p99 under 30 ms, 500 kB",
				met: check(l.percentile(99) < uncached && l.largest <= largest)}
			if !filtered && zoom >= 0 {
				if err := b.compareTiles(&row, l, zoom); err != nil {
					return err
				}
			}
			b.table.add(row)
		}
	}
	one := b.world.tilePaths(runs, 10, true)[:50]
	var again []string
	for range requests / len(one) {
		again = append(again, one...)
	}
	if _, err := closedLoop(b.ctx, b.server.address, one); err != nil {
		return err
	}
	l, err := b.measure(func(int) []string { return again })
	if err != nil {
		return err
	}
	b.table.add(line{what: "cached tiles at zoom 10", ours: l.String(), aim: "p99 under 2 ms", met: check(l.percentile(99) < cached)})
	return nil
}

func (b *bench) measureCounts() error {
	for _, question := range []struct{ name, path, peer string }{
		{"timeline by month", "/api/timeline?bucket=month", "timeline"},
		{"timeline by week and kind", "/api/timeline?bucket=week&by=kind", ""},
		{"summary by state and kind", "/api/summary?by=state_region,kind", "summary"},
	} {
		l, err := b.measure(func(run int) []string {
			random := rand.New(rand.NewPCG(seed, uint64(500+run)))
			all := make([]string, requests)
			for i := range all {
				all[i] = question.path + b.world.filters(random) + "&" + b.world.everywhere(run*requests+i)
			}
			return all
		})
		if err != nil {
			return err
		}
		row := line{what: question.name + ", filtered", ours: l.String(), aim: "p99 under 20 ms", met: check(l.percentile(99) < 20*time.Millisecond)}
		if err := b.compareLoad(&row, l, question.peer, 80); err != nil {
			return err
		}
		b.table.add(row)
	}
	return nil
}

func day(n int32) string { return geo.FormatDay(n) }
