package main

import (
	"fmt"
	"net/http"
	"time"

	"strikewatch/data/codec"
)

// workbookEnd bounds the workbooks by day, since GDAL keeps one in memory.
const workbookEnd = "2021-12-31"

// measureExports downloads everything once in every format.
func (b *bench) measureExports() error {
	s, err := b.serve()
	if err != nil {
		return err
	}
	for _, f := range codec.Formats() {
		what, path := "export of all as "+f.Name, itemsPath+"?f="+f.Name
		switch f.Name {
		case "shp":
			continue // the format holds less
		case "xlsx":
			what, path = "export of the first months as xlsx", path+"&datetime=../"+workbookEnd
		}
		if err := s.resetPeak(); err != nil {
			return err
		}
		took, size, err := b.download(s.address, path)
		if err != nil {
			return err
		}
		_, _, peak, err := s.memory()
		if err != nil {
			return err
		}
		rate := float64(size) / 1e6 / took.Seconds()
		row := line{what: what, ours: fmt.Sprintf("%s, %.2f GB, %.0f MB/s, %d MB resident", seconds(took), float64(size)/1e9, rate, peak>>20)}
		if f.Name == "geojson" {
			row.aim, row.met = "300 MB/s", check(rate >= 300)
		}
		if err := b.compareExport(&row, took, f.Name); err != nil {
			return err
		}
		b.table.add(row)
	}
	resident, own, _, err := s.memory()
	if err != nil {
		return err
	}
	b.table.add(line{what: "memory of the server after that", ours: fmt.Sprintf("%d MB resident, %d of them its own", resident>>20, own>>20)})
	return nil
}

// download reads an answer and throws it away.
func (b *bench) download(address, path string) (took time.Duration, size int64, err error) {
	start := time.Now()
	request, err := http.NewRequestWithContext(b.ctx, http.MethodGet, "http://"+address+path, nil)
	if err != nil {
		return 0, 0, err
	}
	transport := &http.Transport{DisableCompression: true, DisableKeepAlives: true, ReadBufferSize: 256 << 10}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return 0, 0, err
	}
	size, head, err := drain(response.Body, make([]byte, 1<<20))
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", path, response.Status, head)
	}
	return time.Since(start), size, err
}
