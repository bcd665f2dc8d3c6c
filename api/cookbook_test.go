package api_test

import (
	"encoding/xml"
	"errors"
	"html"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	recipeOf  = regexp.MustCompile(`(?s)<h3>([^<]*)</h3><pre class="([a-z]*)">(.*?)</pre>`)
	addressIn = regexp.MustCompile(`http://\S+`)
)

// TestCookbook runs each recipe of /api/docs with the tool that it is for.
// scripts/bootstrap installs them.
func TestCookbook(t *testing.T) {
	server := httptest.NewServer(newStarterHandler(t))
	defer server.Close()
	s := suite{t, server.URL}
	_, docs := s.get("/api/docs")
	tools := map[string]int{}
	for _, found := range recipeOf.FindAllStringSubmatch(string(docs), -1) {
		title, tool, text := html.UnescapeString(found[1]), found[2], html.UnescapeString(found[3])
		tools[tool]++
		t.Run(title, func(t *testing.T) {
			k := kitchen{t, t.TempDir()}
			switch tool {
			case "shell":
				k.shell(text)
			case "r":
				k.wantText(k.run("Rscript", "-e", text), "MNDAA")
			case "python":
				k.wantText(k.run(pythonPath(t), "-c", text), "MNDAA")
			case "html":
				k.leaflet(text)
			default:
				k.address(title, addressIn.FindString(text))
			}
		})
	}
	for _, tool := range []string{"shell", "r", "python", "html", "address"} {
		if tools[tool] == 0 {
			t.Errorf("no recipe for %s", tool)
		}
	}
}

// kitchen is a directory to run recipes in.
type kitchen struct {
	*testing.T
	dir string
}

func (k kitchen) run(name string, args ...string) string {
	k.Helper()
	command := exec.CommandContext(k.Context(), name, args...)
	command.Dir = k.dir
	out, err := command.CombinedOutput()
	if err != nil {
		k.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
	return string(out)
}

func (k kitchen) wantText(text, want string) {
	k.Helper()
	if !strings.Contains(text, want) {
		k.Errorf("no %q in %.600s", want, text)
	}
}

// shell runs the line as it is, save that curl fails where the server does.
// It must bring something, on the screen or in a file.
func (k kitchen) shell(line string) {
	k.Helper()
	out := k.run("bash", "-c", `curl() { command curl --fail --silent --show-error "$@"; }; `+line)
	files, err := os.ReadDir(k.dir)
	if err != nil {
		k.Fatal(err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".gpkg") {
			out += k.run("ogrinfo", "-q", "-al", f.Name())
		} else {
			text, err := os.ReadFile(filepath.Join(k.dir, f.Name()))
			if err != nil {
				k.Fatal(err)
			}
			out += string(text)
		}
	}
	if strings.Contains(line, "/territory/") {
		k.wantText(out, "MNDAA")
	} else {
		k.wantText(out, "airstrike")
	}
}

func (k kitchen) address(title, address string) {
	k.Helper()
	switch title {
	case "QGIS": // reads by the same requests as GDAL
		k.wantText(k.run("ogrinfo", "OAPIF:"+address), ": incidents ")
		return
	case "Excel":
		k.run("curl", "--fail", "--silent", "--output", "strikes.xlsx", address)
		k.wantText(k.run(pythonPath(k.T), "-c", `import openpyxl
sheet = openpyxl.load_workbook("strikes.xlsx").worksheets[0]
print(sheet.title, sheet.max_row, [c.value for c in sheet[1]][:3], [type(c.value).__name__ for c in sheet[2]])`), "datetime")
		return
	}
	text := k.run("curl", "--fail", "--silent", address)
	k.wantText(strings.ToLower(text), "airstrike")
	if strings.HasPrefix(text, "<?xml") {
		decoder := xml.NewDecoder(strings.NewReader(text))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				k.Fatal(err)
			}
		}
	}
}

// leaflet opens the page in a browser and wants its markers.
func (k kitchen) leaflet(page string) {
	k.Helper()
	dist, err := filepath.Abs("../frontend/node_modules/leaflet/dist")
	if err != nil {
		k.Fatal(err)
	}
	if _, err := os.Stat(dist); err != nil {
		k.Fatalf("%v: scripts/bootstrap installs it", err)
	}
	if err := os.CopyFS(k.dir, os.DirFS(dist)); err != nil {
		k.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(k.dir, "page.html"), []byte("<!doctype html>"+page), 0o600); err != nil {
		k.Fatal(err)
	}
	dom := k.run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+filepath.Join(k.dir, "profile"),
		"--virtual-time-budget=20000", "--dump-dom", "file://"+filepath.Join(k.dir, "page.html"))
	if n := strings.Count(dom, "leaflet-marker-icon"); n < 100 {
		k.Errorf("%d markers in %.1000s", n, dom)
	}
}

// pythonPath is the interpreter with geopandas and openpyxl.
func pythonPath(t *testing.T) string {
	t.Helper()
	path, err := filepath.Abs("../.cache/python/bin/python")
	if own := os.Getenv("STRIKEWATCH_PYTHON"); own != "" {
		path = own
	}
	if err == nil {
		_, err = os.Stat(path)
	}
	if err != nil {
		t.Fatalf("%v: scripts/bootstrap makes it", err)
	}
	return path
}
