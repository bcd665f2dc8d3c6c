package house_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// dependencyRow matches a row of the README's tables of dependencies:
// | `module` | rooms | why |
var dependencyRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|$")

// dependencyRooms reads from the README which rooms may import each module;
// "tests" and "tool" stand for none.
func dependencyRooms(t *testing.T) map[string][]string {
	t.Helper()
	_, text, found := strings.Cut(read(t, "README.md"), "\n## Dependencies\n")
	if !found {
		t.Fatal("README.md has no section '## Dependencies', where every direct dependency is named with its reason")
	}
	text, _, _ = strings.Cut(text, "\n## ")
	rooms := map[string][]string{}
	for _, row := range dependencyRow.FindAllStringSubmatch(text, -1) {
		for room := range strings.SplitSeq(row[2], ",") {
			rooms[row[1]] = append(rooms[row[1]], strings.TrimSpace(room))
		}
	}
	return rooms
}

func TestModulesHaveAReasonAndARoom(t *testing.T) {
	rooms := dependencyRooms(t)
	file := goMod(t)
	indirect := map[string]bool{}
	var modules []string
	for _, require := range file.Require {
		modules = append(modules, require.Mod.Path)
		indirect[require.Mod.Path] = require.Indirect
		if _, named := rooms[require.Mod.Path]; !named && !require.Indirect {
			t.Errorf("go.mod requires %s: every direct dependency is named in README.md, Dependencies, with one line of why", require.Mod.Path)
		}
	}
	told := map[string]bool{}
	for _, p := range packages(t) {
		check := func(imported string, inTest bool) {
			name := longest(imported, modules)
			if name == "" {
				return
			}
			allowed := rooms[name]
			if allowed == nil {
				t.Errorf("%s imports %s: %s is not named in README.md, Dependencies", p.ImportPath, imported, name)
			} else if !inTest && !slices.Contains(allowed, p.room()) {
				t.Errorf("%s imports %s: README.md, Dependencies gives %s to %s", p.ImportPath, imported, name, strings.Join(allowed, ", "))
			}
			if indirect[name] && !told[name] {
				told[name] = true
				t.Errorf("%s imports %s: go.mod calls %s indirect; run go mod tidy", p.ImportPath, imported, name)
			}
		}
		for _, imported := range p.Imports {
			check(imported, false)
		}
		for _, imported := range append(p.TestImports, p.XTestImports...) {
			check(imported, true)
		}
	}
}

func TestPackagesOfThePageHaveAReason(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(root, "frontend", "package.json"))
	if os.IsNotExist(err) {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Dependencies    map[string]string
		DevDependencies map[string]string
	}
	if err := json.Unmarshal(content, &manifest); err != nil {
		t.Fatalf("frontend/package.json: %v", err)
	}
	rooms := dependencyRooms(t)
	exact := regexp.MustCompile(`^\d+\.\d+\.\d+(-[\w.]+)?$`)
	for _, group := range []map[string]string{manifest.Dependencies, manifest.DevDependencies} {
		for name, version := range group {
			if _, named := rooms[name]; !named {
				t.Errorf("frontend/package.json has %s: every direct dependency is named in README.md, Dependencies, with one line of why", name)
			}
			if !exact.MatchString(version) {
				t.Errorf("frontend/package.json has %s %s: versions are exact, so that a build can be repeated", name, version)
			}
		}
	}
}

func TestReadmeNamesNoDeadDependency(t *testing.T) {
	known := map[string]bool{}
	for _, require := range goMod(t).Require {
		known[require.Mod.Path] = true
	}
	for name := range dependencyRooms(t) {
		first, _, _ := strings.Cut(name, "/")
		if strings.Contains(first, ".") && !known[name] {
			t.Errorf("README.md, Dependencies names %s, which go.mod does not require", name)
		}
	}
}
