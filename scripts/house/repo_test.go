// Package house_test holds the repository to its own rules: which room may
// import which, what may stand at the top, what a file may contain. Each
// failure states the rule it enforces. A room that does not exist yet breaks
// no rule.
package house_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

const module = "strikewatch"

// root is the checkout, seen from this package's folder, where go test runs.
var root = filepath.Join("..", "..")

// goPackage is what `go list -json` tells of one package of ours.
type goPackage struct {
	ImportPath   string
	Name         string
	Dir          string
	GoFiles      []string
	CgoFiles     []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// room names the innermost room that the package belongs to, "" for none.
func (p goPackage) room() string { return roomOf(p.ImportPath) }

// files lists the package's Go files but for its tests.
func (p goPackage) files() []string {
	var all []string
	for _, name := range append(append([]string(nil), p.GoFiles...), p.CgoFiles...) {
		all = append(all, filepath.Join(p.Dir, name))
	}
	return all
}

func run(t *testing.T, name string, args ...string) []byte {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, stderr.String())
	}
	return out
}

// packages lists all packages of this module.
func packages(t *testing.T) []goPackage {
	t.Helper()
	out := run(t, "go", "list", "-e", "-json=ImportPath,Name,Dir,GoFiles,CgoFiles,Imports,TestImports,XTestImports", "./...")
	decoder := json.NewDecoder(bytes.NewReader(out))
	var all []goPackage
	for {
		var p goPackage
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, p)
	}
}

// tracked lists the files of the commit in the making, by slash-separated
// path, leaving out those deleted but not yet committed so.
func tracked(t *testing.T) []string {
	t.Helper()
	var files []string
	for name := range strings.SplitSeq(string(run(t, "git", "ls-files", "-z")), "\x00") {
		if name == "" {
			continue
		}
		if info, err := os.Lstat(filepath.Join(root, name)); err == nil && info.Mode().IsRegular() {
			files = append(files, name)
		}
	}
	return files
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func goMod(t *testing.T) *modfile.File {
	t.Helper()
	file, err := modfile.Parse("go.mod", []byte(read(t, "go.mod")), nil)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// within tells whether the import path, or module path, is outer or below it.
func within(inner, outer string) bool {
	return inner == outer || strings.HasPrefix(inner, outer+"/")
}

// longest returns the longest of the candidates that holds the import path, "" for none.
func longest(importPath string, candidates []string) string {
	best := ""
	for _, c := range candidates {
		if within(importPath, c) && len(c) > len(best) {
			best = c
		}
	}
	return best
}

// roomOf names the innermost room of an import path of ours, "" for none.
func roomOf(importPath string) string {
	if !within(importPath, module) {
		return ""
	}
	var names []string
	for name := range mayImport {
		names = append(names, path.Join(module, name))
	}
	return strings.TrimPrefix(longest(importPath, names), module+"/")
}
