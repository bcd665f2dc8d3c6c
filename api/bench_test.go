package api_test

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"strikewatch/api"
	"strikewatch/data"
)

// BenchmarkItems is what a request costs beside the store's reading.
func BenchmarkItems(b *testing.B) {
	store := newStore(b)
	var strikes []data.Document
	for n := range 5000 {
		strikes = append(strikes, strike(fmt.Sprintf("mm-%05d", n), fmt.Sprintf("2024-%02d-%02d", 1+n%12, 1+n%28)))
	}
	write(b, store, strikes...)
	h := api.New(store, api.Options{})
	for _, target := range []string{"/api/collections/incidents/items?limit=1000&bbox=97.6,22.8,97.9,23.1", "/api/collections/incidents/items?limit=100", "/api/collections/incidents/items?f=geojson",
		"/api/collections/incidents/items?limit=1", "/api/collections/incidents/tiles/WebMercatorQuad/8/111/197"} {
		b.Run(target, func(b *testing.B) {
			for b.Loop() {
				r := httptest.NewRecorder()
				h.ServeHTTP(r, httptest.NewRequest("GET", target, nil))
				if r.Code != 200 {
					b.Fatal(r.Code, r.Body)
				}
				b.SetBytes(int64(r.Body.Len()))
			}
		})
	}
}
