package codec_test

import (
	"fmt"
	"io"
	"testing"

	"strikewatch/data/codec"
)

// BenchmarkWriters gives the bytes of stored features that each format takes
// in per second.
func BenchmarkWriters(b *testing.B) {
	s := incidentSchema()
	const rows = 10000
	features := make([][]byte, rows)
	size := 0
	for i := range features {
		geometry := fmt.Sprintf(`{"type":"Point","coordinates":[%.5f,%.5f]}`, 92+float64(i*7919%rows)/1000, 10+float64(i*104729%rows)/600)
		features[i] = feature(b, s, geometry, fmt.Sprintf("mm-%07d", i), "airstrike", "2024-11-01", "2024-11-02", "Lashio", i%7, float64(i)/10, i%2 == 0,
			"exact", "Jets dropped bombs near the market, residents fled; လားရှိုးမြို့ \"verified\" footage shows a damaged monastery and clinic.", "2024-11-02T03:04:05Z")
		size += len(features[i])
	}
	for _, f := range codec.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				m := meta(s)
				m.TempDir = b.TempDir()
				w, err := codec.NewWriter(f.Name, io.Discard, m)
				if err != nil {
					b.Fatal(err)
				}
				for _, f := range features {
					if err := w.Write(f); err != nil {
						b.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
