package api_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"strikewatch/api"
)

// TestRangesAreBounded: what lies on the disk for ranges has a bound in bytes.
// A file above it is answered whole, and those that fit push each other out.
func TestRangesAreBounded(t *testing.T) {
	store := newStore(t)
	whole := body(t, get(t, newHandler(t, store), "/api/collections/incidents/items?f=csv"))
	h := newHandler(t, store, func(o *api.Options) { o.DiskBytes = int64(len(whole)) })
	files := pinnedFiles(t, h)
	for range 3 {
		if r := get(t, h, files["csv"], "Range", "bytes=0-9"); r.StatusCode != http.StatusPartialContent || body(t, r) != whole[:10] {
			t.Errorf("a file within the bound: %d", r.StatusCode)
		}
		if r := get(t, h, files["csv"]+"&kind=airstrike", "Range", "bytes=0-9"); r.StatusCode != http.StatusPartialContent {
			t.Errorf("another file within the bound: %d", r.StatusCode)
		}
		r := get(t, h, files["xlsx"], "Range", "bytes=0-9")
		if large := body(t, r); r.StatusCode != http.StatusOK || !strings.HasPrefix(large, "PK") || len(large) <= len(whole) || r.Header.Get("Accept-Ranges") != "none" {
			t.Errorf("a file above the bound: %d, %d bytes, %v", r.StatusCode, len(large), r.Header)
		}
		if r := ask(t, h, http.MethodHead, files["xlsx"]); r.StatusCode != http.StatusOK {
			t.Errorf("head of a file above the bound: %d", r.StatusCode)
		}
	}
}

// TestFilesInTheMakingAreBounded: files built aside share the bound with all
// others. One that would take more alone is refused for good, one that finds
// others there is asked to come again, and does get it once they are gone.
func TestFilesInTheMakingAreBounded(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	store := newNoisyStore(t)
	const file = "/api/collections/incidents/items?f="
	whole := body(t, get(t, newHandler(t, store), file+"gpkg"))
	small := newHandler(t, store, func(o *api.Options) { o.DiskBytes = int64(len(whole)) / 2 })
	for _, f := range []string{"gpkg", "fgb"} {
		checkProblem(t, get(t, small, file+f), http.StatusInsufficientStorage)
	}
	if r := get(t, small, file+"csv"); r.StatusCode != http.StatusOK || len(body(t, r)) < 1<<20 {
		t.Errorf("what streams: %d", r.StatusCode)
	}

	h := newHandler(t, store, func(o *api.Options) { o.DiskBytes = int64(len(whole)) * 3 / 2 })
	ended := make(chan int)
	server := httptest.NewServer(leavers{h, ended})
	defer server.Close()
	for range 3 { // what a client that hangs up took is there again
		first, err := http.Get(server.URL + file + "gpkg") // is sent one buffer, then waits
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range []string{file + "gpkg", file + "fgb", pinnedFiles(t, h)["gpkg"]} {
			r := get(t, h, target, "Range", "bytes=0-9")
			if p := checkProblem(t, r, http.StatusServiceUnavailable); r.Header.Get("Retry-After") != "30" || !strings.Contains(fmt.Sprint(p["hint"]), "csv") {
				t.Errorf("%s beside another: %v %v", target, r.Header, p)
			}
		}
		if r := get(t, h, pinnedFiles(t, h)["csv"], "Range", "bytes=0-9"); r.StatusCode != http.StatusOK || r.Header.Get("Accept-Ranges") != "none" {
			t.Errorf("a part of what streams, beside another: %d", r.StatusCode)
		}
		first.Body.Close()
		<-ended
		if r := get(t, h, file+"gpkg"); r.StatusCode != http.StatusOK || len(body(t, r)) != len(whole) {
			t.Errorf("once the other is gone: %d", r.StatusCode)
		}
		if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	}
}

// TestFullDisk: what streams is answered whole although ranges were asked for;
// what must be built aside says what is missing; and the server goes on.
func TestFullDisk(t *testing.T) {
	temp := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", temp).CombinedOutput(); err != nil {
		t.Skipf("only root can make a small disk: %v %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", temp).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	h := newHandler(t, newNoisyStore(t))
	files := pinnedFiles(t, h)
	t.Setenv("TMPDIR", temp)
	for range 2 {
		if r := get(t, h, files["csv"], "Range", "bytes=0-9"); r.StatusCode != http.StatusOK || len(body(t, r)) < 1<<20 {
			t.Errorf("CSV: %d", r.StatusCode)
		}
		for _, f := range []string{"gpkg", "fgb", "shp"} {
			p := checkProblem(t, get(t, h, files[f]), http.StatusInsufficientStorage)
			if hint, _ := p["hint"].(string); !strings.Contains(hint, "csv") || strings.Contains(p["detail"].(string), temp) {
				t.Errorf("%s: %v", f, p)
			}
		}
		if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v %v", left, err)
		}
	}
}
