package api_test

import (
	"net/http"
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
	h := newHandler(t, store, func(o *api.Options) { o.KeptBytes = int64(len(whole)) })
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
