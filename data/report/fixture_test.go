package report_test

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"strikewatch/data"
	"strikewatch/data/report"
	"strikewatch/data/starter"
)

// starterFile is a database with the starter dataset, made once.
var starterFile = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "report-test-")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "starter.db")
	// Recorded before the tests' clocks start, which else would not know it.
	recorded := time.Date(2024, 11, 29, 0, 0, 0, 0, time.UTC)
	s, err := data.Open(file, data.Options{Now: func() time.Time { return recorded }})
	if err != nil {
		return "", err
	}
	if _, err := starter.Load(context.Background(), s); err != nil {
		return "", err
	}
	return file, s.Close()
})

func TestMain(m *testing.M) {
	code := m.Run()
	if file, err := starterFile(); err == nil {
		os.RemoveAll(filepath.Dir(file))
	}
	os.Exit(code)
}

// copyStarter gives the test a database of its own.
func copyStarter(t *testing.T) string {
	t.Helper()
	from, err := starterFile()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "test.db")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func openStore(t *testing.T, file string, now func() time.Time) *data.Store {
	t.Helper()
	s, err := data.Open(file, data.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func query(t *testing.T, text string) url.Values {
	t.Helper()
	q, err := url.ParseQuery(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func build(t *testing.T, s *data.Store, text string) *report.BorderReport {
	t.Helper()
	r, err := report.ParseBorder(s, query(t, text))
	if err != nil {
		t.Fatal(err)
	}
	b, err := report.BuildBorder(t.Context(), s, r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// properties are all public incidents, read the plain way.
func properties(t *testing.T, s *data.Store) []map[string]any {
	t.Helper()
	var all []map[string]any
	err := s.Stream(t.Context(), data.Query{Collection: data.Incidents}, func(feature []byte) error {
		var f struct{ Properties map[string]any }
		err := json.Unmarshal(feature, &f)
		all = append(all, f.Properties)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func text(v any) string { s, _ := v.(string); return s }

// distance reads "mmr-chn:101.262,mmr-lao:354.404".
func distance(t *testing.T, distances, border string) (km float64, ok bool) {
	t.Helper()
	_, rest, found := strings.Cut(","+distances, ","+border+":")
	if !found {
		return 0, false
	}
	number, _, _ := strings.Cut(rest, ",")
	if err := json.Unmarshal([]byte(number), &km); err != nil {
		t.Fatal(err)
	}
	return km, true
}
