package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// pageFigures are what the browser run reports, by name.
type pageFigures map[string]float64

// measurePage opens the web map in headless Chromium under software rendering:
// on the starter set, on 100,000 incidents, and on all when these are more.
func (b *bench) measurePage() error {
	starter, err := b.starterFigures()
	if err != nil {
		return err
	}
	b.addFigure("page: first view of the starter set, from a cold server", "ms", starter["first view with its map, ms"], "under 1.5 s", 1500, true)
	b.addFigure("page: script, compressed", "kB", starter["script, kB compressed"], "under 450 kB", 450, true)
	few := b
	if b.incidents > 100_000 {
		few = &bench{ctx: b.ctx, dir: b.dir, program: b.program, frontend: b.frontend, incidents: 100_000, quick: true, alone: true}
		if err := few.prepare(); err != nil {
			return err
		}
	}
	figures, err := few.figures()
	if few != b {
		err = errors.Join(err, few.close())
	}
	if err != nil {
		return err
	}
	b.addPage(figures, few.incidents, 30, 100)
	if few == b {
		return nil
	}
	if figures, err = b.figures(); err != nil {
		return err
	}
	b.addPage(figures, b.incidents, 0, 0)
	return nil
}

// addPage judges what has an aim; fps and filter are 0 where none is set.
func (b *bench) addPage(f pageFigures, incidents int, fps, filter float64) {
	of := fmt.Sprintf("page, %d incidents: ", incidents)
	b.addFigure(of+"first view", "ms", f["first view with its map, ms"], "", 0, true)
	b.addFigure(of+"playing", "frames/s", f["playing, frames/s"], "30 frames/s", fps, false)
	b.addFigure(of+"scrubbing", "frames/s", f["scrubbing, frames/s"], "30 frames/s", fps, false)
	b.addFigure(of+"requests meanwhile", "", f["requests while playing and scrubbing"], "none", 0.5, true)
	b.addFigure(of+"panning", "frames/s", f["panning, frames/s"], "20 frames/s", 20, false)
	b.addFigure(of+"zooming", "frames/s", f["zooming, frames/s"], "20 frames/s", 20, false)
	b.addFigure(of+"a filter to its count", "ms", f["a filter to its count, ms"], "under 100 ms", filter, true)
	b.addFigure(of+"largest tile (it draws from columns)", "kB", f["largest tile, kB"], "at most 500 kB", 500, true)
}

// addFigure adds a line; without a bound it has no aim. most: the bound is the
// most that meets it, else the least.
func (b *bench) addFigure(what, unit string, value float64, aim string, bound float64, most bool) {
	l := line{what: what, ours: fmt.Sprintf("%.0f %s", value, unit)}
	if bound > 0 {
		l.aim, l.met = aim, check(value >= bound)
		if most {
			l.met = check(value <= bound)
		}
	}
	b.table.add(l)
}

// starterFigures opens the page on a server that has just made its database.
func (b *bench) starterFigures() (pageFigures, error) {
	dir, err := os.MkdirTemp(b.dir, "starter-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	s, err := b.serveFile(filepath.Join(dir, "starter.db"))
	if err != nil {
		return nil, err
	}
	figures, err := b.browse(s, "-t", "opens")
	return figures, errors.Join(err, s.stop())
}

func (b *bench) figures() (pageFigures, error) {
	s, err := b.serve()
	if err != nil {
		return nil, err
	}
	return b.browse(s)
}

// browse runs the browser's measurements against a server.
func (b *bench) browse(s *server, args ...string) (pageFigures, error) {
	out := b.file("page.jsonl")
	if err := os.WriteFile(out, nil, 0o644); err != nil {
		return nil, err
	}
	defer os.Remove(out)
	cmd := quiet(b.ctx, "npm", append([]string{"run", "--silent", "speed", "--"}, args...)...)
	cmd.Dir = b.frontend
	cmd.Env = append(os.Environ(), "STRIKEWATCH_URL=http://"+s.address, "STRIKEWATCH_SPEED="+out)
	if text, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("browser run (it needs frontend/node_modules and Chromium: scripts/bootstrap): %w\n%s", err, text)
	}
	return readFigures(out)
}

func readFigures(name string) (pageFigures, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	figures := pageFigures{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var f struct {
			Name  string
			Value float64
		}
		if err := json.Unmarshal(lines.Bytes(), &f); err != nil {
			return nil, err
		}
		figures[f.Name] = f.Value
	}
	return figures, lines.Err()
}
