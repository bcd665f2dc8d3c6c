package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

// compareImports lets PostGIS and GDAL read the same file. Neither works out
// holders or distances, nor keeps a log.
func (b *bench) compareImports(ours imported) error {
	p, err := b.peer()
	if err != nil || p == nil {
		return err
	}
	f, err := os.Open(b.csv())
	if err != nil {
		return err
	}
	defer f.Close()
	start := time.Now()
	if err := p.sql(f, statement("import")); err != nil {
		return err
	}
	if err := p.sql(nil, statement("import_index")); err != nil {
		return err
	}
	took := time.Since(start)
	b.table.add(line{what: "  the same file, rows and indexes only", ours: seconds(ours.took), peer: "PostGIS " + seconds(took), ratio: took.Seconds() / ours.took.Seconds()})
	if err := p.sql(nil, "DROP TABLE raw"); err != nil {
		return err
	}
	took, err = b.gdal("GPKG", "import.gpkg", b.csv(), "-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-oo", "AUTODETECT_TYPE=YES", "-a_srs", "EPSG:4326")
	if err != nil {
		return err
	}
	b.table.add(line{what: "  the same file, rows and one index only", ours: seconds(ours.took), peer: "ogr2ogr to GeoPackage " + seconds(took), ratio: took.Seconds() / ours.took.Seconds()})
	return os.Remove(b.file("import.gpkg"))
}

// gdal times a conversion into a file of the directory.
func (b *bench) gdal(driver, to, from string, more ...string) (time.Duration, error) {
	target := to
	if !strings.HasPrefix(to, "/") {
		target = b.file(to)
		if err := os.RemoveAll(target); err != nil {
			return 0, err
		}
	}
	cmd := quiet(b.ctx, "ogr2ogr", append([]string{"-f", driver, target, from}, more...)...)
	cmd.Env = append(os.Environ(), "OGR_SQLITE_SYNCHRONOUS=OFF")
	var problems strings.Builder
	cmd.Stderr = &problems // standard output goes nowhere
	start := time.Now()
	if err := cmd.Run(); err != nil {
		return 0, fmt.Errorf("ogr2ogr to %s: %w\n%s", driver, err, problems.String())
	}
	return time.Since(start), nil
}

// loaded starts PostGIS with the incidents and the questions in it.
func (b *bench) loaded() (*postgis, error) {
	p, err := b.peer()
	if err != nil || p == nil || p.has["incidents"] {
		return p, err
	}
	s, err := b.serve()
	if err != nil {
		return nil, err
	}
	progress("  loading PostGIS with the same")
	response, err := http.Get("http://" + s.address + itemsPath + "?f=csv")
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	if err := p.sql(response.Body, statement("load")); err != nil {
		return nil, err
	}
	if err := p.sql(nil, statement("index")); err != nil {
		return nil, err
	}
	if err := p.sql(b.askedBoxes(), "COPY asked (question, k, west, south, east, north, first, last, kind) FROM STDIN"); err != nil {
		return nil, err
	}
	if err := p.sql(b.askedTiles(), "COPY tiles FROM STDIN"); err != nil {
		return nil, err
	}
	for s := range strings.SplitSeq(strings.TrimSpace(statement("index_asked")), "\n") { // VACUUM stands alone
		if err := p.sql(nil, s); err != nil {
			return nil, err
		}
	}
	p.has["incidents"] = true
	return p, nil
}

func (b *bench) askedBoxes() io.Reader {
	var text strings.Builder
	for name, boxes := range map[string][]box{"town": b.world.townBoxes(0, 1000), "selective": b.world.selectiveBoxes(0, 100)} {
		for k, q := range boxes {
			fmt.Fprintf(&text, "%s\t%d\t%.5f\t%.5f\t%.5f\t%.5f\t%s\t%s\t%s\n", name, k, q.west, q.south, q.east, q.north, day(q.from), day(q.to), q.kind)
		}
	}
	return strings.NewReader(text.String())
}

func (b *bench) askedTiles() io.Reader {
	var text strings.Builder
	for _, zoom := range comparedZooms() {
		for k, t := range b.world.tiles(0, zoom) {
			fmt.Fprintf(&text, "%d\t%d\t%d\t%d\n", t.zoom, k, t.x, t.y)
		}
	}
	return strings.NewReader(text.String())
}

// beside puts a peer's latencies into a line.
func (l *line) beside(who string, ours, theirs *load) {
	l.peer = fmt.Sprintf("%s %.1f/s, p50 %s, p99 %s", who, theirs.rate(), seconds(theirs.percentile(50)), seconds(theirs.percentile(99)))
	l.ratio = ours.rate() / theirs.rate()
}

func (b *bench) compareLoad(l *line, ours *load, script string, n int, variables ...string) error {
	p, err := b.loaded()
	if err != nil || p == nil || script == "" {
		return err
	}
	theirs, err := p.load(script, n, variables...)
	if err == nil {
		l.beside("PostGIS", ours, theirs)
	}
	return err
}

// compareTiles asks for fewer of the tiles that take PostGIS long.
func (b *bench) compareTiles(l *line, ours *load, zoom int) error {
	return b.compareLoad(l, ours, "tile", map[int]int{6: 16, 8: 80, 10: 400}[zoom], fmt.Sprintf("zoom=%d", zoom))
}

// compareExport converts the same rows from a GeoPackage. Where GDAL has no
// such driver, or one that takes hours, there is nothing beside ours.
func (b *bench) compareExport(l *line, ours time.Duration, format string) error {
	driver := map[string]string{"geojson": "GeoJSON", "geojsonseq": "GeoJSONSeq", "csv": "CSV", "fgb": "FlatGeobuf", "gpkg": "GPKG", "kml": "KML", "xlsx": "XLSX"}[format]
	if b.alone || driver == "" {
		return nil
	}
	from := b.file("export.gpkg")
	if !exists(from) {
		if _, err := b.gdal("GPKG", "export.gpkg", "http://"+b.server.address+itemsPath+"?f=jsonl"); err != nil {
			return err
		}
	}
	file := "exported." + format // by which one driver knows its format
	to := file
	var more []string
	switch format {
	case "geojson", "geojsonseq", "csv":
		to = "/vsistdout/" // as ours, into nothing
	}
	switch format {
	case "csv":
		more = []string{"-lco", "GEOMETRY=AS_XY"}
	case "xlsx":
		more = []string{"-where", "date_earliest <= '" + workbookEnd + "'"}
	}
	took, err := b.gdal(driver, to, from, more...)
	if err != nil {
		return err
	}
	l.peer, l.ratio = "ogr2ogr "+seconds(took), took.Seconds()/ours.Seconds()
	return os.RemoveAll(b.file(file))
}
