package codec_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"strikewatch/data/codec"
)

// run starts a foreign reader and fails on anything it says on stderr: a
// warning is a defect of the file. A missing program is a failure too.
func run(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("%s is missing: scripts/bootstrap installs it (Debian: gdal-bin)", name)
	}
	var out, problems bytes.Buffer
	c := exec.Command(name, args...)
	c.Stdout, c.Stderr = &out, &problems
	err := c.Run()
	if problems.Len() > 0 || err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, problems.String())
	}
	return out.Bytes()
}

// file encodes a collection into a file with the format's extension.
func file(t testing.TB, format string, m codec.Meta, features [][]byte) string {
	t.Helper()
	f, ok := codec.FormatByName(format)
	if !ok {
		t.Fatalf("no format %q", format)
	}
	path := filepath.Join(t.TempDir(), m.Layer+f.Extension)
	if err := os.WriteFile(path, encode(t, format, m, features), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// readOGR reads a layer with GDAL.
func readOGR(t testing.TB, path, layer string, options ...string) []row {
	t.Helper()
	args := []string{"-f", "GeoJSON", "/vsistdout/", path}
	if layer != "" {
		args = append(args, layer)
	}
	args = append(args, "-lco", "COORDINATE_PRECISION=15", "-lco", "WRITE_NAME=NO")
	return parseRows(t, run(t, "ogr2ogr", append(args, options...)...))
}
