package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// served runs `strikewatch serve` and returns its address and a way to stop it.
func served(t *testing.T, args ...string) (address string, stop func() int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	p := &program{stdout: io.Discard, stderr: w, environ: func(string) string { return "" }, now: time.Now}
	code := make(chan int, 1)
	go func() {
		code <- p.main(ctx, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...))
		w.Close()
	}()
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if _, after, ok := strings.Cut(lines.Text(), "Strikewatch at "); ok {
			go io.Copy(io.Discard, r)
			return after, func() int { cancel(); return <-code }
		}
	}
	cancel()
	t.Fatalf("serve did not start: exit code %d", <-code)
	return "", nil
}

func get(t *testing.T, url string, into any) {
	t.Helper()
	answer, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s", url, answer.Status)
	}
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		t.Fatalf("%s: %v", url, err)
	}
}

func TestServeMakesAndKeepsTheDatabase(t *testing.T) {
	db := filepath.Join(t.TempDir(), "new.db")
	for _, round := range []string{"made", "kept"} {
		address, stop := served(t, "--db", db)
		var items struct{ NumberMatched int }
		get(t, address+"/api/collections/incidents/items", &items)
		if items.NumberMatched != 235 {
			t.Errorf("%s: %d incidents, want 235", round, items.NumberMatched)
		}
		if code := stop(); code != exitOK {
			t.Errorf("%s: exit code %d", round, code)
		}
	}
	if info, err := os.Stat(db + ".key"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the signing key: %v, %v", info, err)
	}
}

func TestServeEmpty(t *testing.T) {
	address, stop := served(t, "--db", filepath.Join(t.TempDir(), "empty.db"), "--empty")
	defer stop()
	var items struct{ NumberMatched int }
	get(t, address+"/api/collections/incidents/items", &items)
	if items.NumberMatched != 0 {
		t.Errorf("%d incidents, want none", items.NumberMatched)
	}
}

// TestExportEqualsTheAPI compares them feature by feature, over all pages.
func TestExportEqualsTheAPI(t *testing.T) {
	db := filepath.Join(t.TempDir(), "same.db")
	address, stop := served(t, "--db", db)
	defer stop()
	type collection struct {
		Features []json.RawMessage
		Links    []struct{ Rel, Href string }
	}
	var paged []string
	for next := address + "/api/collections/incidents/items?limit=50"; next != ""; {
		var page collection
		get(t, next, &page)
		next = ""
		for _, f := range page.Features {
			paged = append(paged, string(f))
		}
		for _, l := range page.Links {
			if l.Rel == "next" {
				next = l.Href
			}
		}
	}
	file := filepath.Join(t.TempDir(), "all.geojson")
	p := &program{stdout: io.Discard, stderr: io.Discard, environ: func(string) string { return "" }, now: time.Now}
	if code := p.main(context.Background(), []string{"export", "--db", db, "-o", file}); code != exitOK {
		t.Fatalf("export: exit code %d", code)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var exported collection
	if err := json.Unmarshal(text, &exported); err != nil {
		t.Fatal(err)
	}
	if len(exported.Features) != 235 || len(paged) != 235 {
		t.Fatalf("%d exported, %d paged, want 235", len(exported.Features), len(paged))
	}
	for i, f := range exported.Features {
		if string(f) != paged[i] {
			t.Fatalf("feature %d differs:\n%s\n%s", i, f, paged[i])
		}
	}
}

// TestExportPutsMetadataBeside: CSV has no place for it, GeoPackage has.
func TestExportPutsMetadataBeside(t *testing.T) {
	dir := t.TempDir()
	p := &program{stdout: io.Discard, stderr: io.Discard, environ: func(string) string { return "" }, now: time.Now}
	db := filepath.Join(dir, "a.db")
	_, stop := served(t, "--db", db)
	stop()
	for format, beside := range map[string]bool{"csv": true, "jsonl": true, "geojsonseq": true, "geojson": false} {
		file := filepath.Join(dir, "all."+format)
		if code := p.main(context.Background(), []string{"export", "--db", db, "--format", format, "--kind", "airstrike", "-o", file}); code != exitOK {
			t.Fatalf("%s: exit code %d", format, code)
		}
		text, err := os.ReadFile(file + "-metadata.json")
		if (err == nil) != beside {
			t.Errorf("%s: %v", format, err)
		}
		var about struct {
			Query, Licence string
			Fields         []struct{ Name string }
		}
		if !beside {
			continue
		}
		if err := json.Unmarshal(text, &about); err != nil || !strings.Contains(about.Query, "kind=airstrike") || about.Licence == "" || len(about.Fields) < 20 {
			t.Errorf("%s: %v %.300s", format, err, text)
		}
	}
}
