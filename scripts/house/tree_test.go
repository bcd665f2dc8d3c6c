package house_test

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

const maxLines = 400

// long lists the hand-written Go files that may pass maxLines, with the reason.
var long = map[string]string{}

var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

func TestTopLevel(t *testing.T) {
	allowed := []string{"cmd", "geo", "data", "api", "frontend", "scripts", "go.mod", "go.sum", "README.md", "LICENSE"}
	for _, name := range tracked(t) {
		top, _, _ := strings.Cut(name, "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(allowed, top) {
			t.Errorf("%s: the top level holds only %s and dotfiles", name, strings.Join(allowed, " "))
		}
	}
}

func TestGoFilesAreShort(t *testing.T) {
	for _, name := range tracked(t) {
		if path.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		content := read(t, name)
		lines := strings.Count(content, "\n")
		if lines > maxLines && long[name] == "" && !generated.MatchString(content) {
			t.Errorf("%s has %d lines: a Go file has at most %d, or a reason in this test", name, lines, maxLines)
		}
	}
}

func TestNothingLocalIsCommitted(t *testing.T) {
	// Assembled from halves, so that the rule does not find itself.
	machine := regexp.MustCompile(`(?m)(?:^|[\s"'=(:,<>\x60])(/(?:root|wor` + `k|home/[a-z][a-z0-9_-]*|tmp/[a-z]+\.[A-Za-z0-9]{6,}|Users/[A-Za-z]+)/)`)
	hosts := []string{"registry.npm" + "js.org", "registry.yarn" + "pkg.com", "proxy.go" + "lang.org", "sum.go" + "lang.org",
		"files.python" + "hosted.org", "deb.deb" + "ian.org", "repo1.ma" + "ven.org", "static.cra" + "tes.io"}
	for _, name := range tracked(t) {
		content := read(t, name)
		if !utf8.ValidString(content) {
			continue
		}
		if found := machine.FindStringSubmatch(content); found != nil {
			t.Errorf("%s contains %q: no file names a path of one machine", name, found[1])
		}
		for _, host := range hosts {
			if strings.Contains(content, host) {
				t.Errorf("%s contains %q: no file names a package registry's host; clients are set up outside", name, host)
			}
		}
	}
}

func TestBuiltFilesAreNotCommitted(t *testing.T) {
	built := regexp.MustCompile(`(^|/)(node_modules|__pycache__)/|^bin/|^frontend/dist/[^.]|\.(db|db-wal|db-shm|pyc)$`)
	for _, name := range tracked(t) {
		if built.MatchString(name) {
			t.Errorf("%s: what is built or downloaded is not committed", name)
		}
	}
}

func TestScriptsAreExecutable(t *testing.T) {
	for line := range strings.SplitSeq(strings.TrimSpace(string(run(t, "git", "ls-files", "-s", "scripts", ".ci"))), "\n") {
		mode, name, found := strings.Cut(line, " ")
		if !found {
			continue
		}
		_, name, _ = strings.Cut(name, "\t")
		if strings.HasPrefix(read(t, name), "#!") && mode != "100755" {
			t.Errorf("%s begins with #! and is not executable: scripts are called by name", name)
		}
	}
}
