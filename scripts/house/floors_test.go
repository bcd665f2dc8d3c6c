package house_test

import (
	"slices"
	"strings"
	"testing"
)

// mayImport says which other rooms each room may import: downwards only.
//
//	cmd
//	 |        frontend (embedded files, imports nothing)
//	api
//	 |
//	report                                        (sends what codec writes)
//	 |
//	starter  codec  extract  collect              (side by side, apart)
//	 |
//	data
//	 |
//	cql2
//	 |
//	columns  proof
//	 |
//	geo
//
// "*" is every room. A package's own room is always open to it.
var mayImport = map[string][]string{
	"geo":          nil,
	"data/columns": {"geo"},
	"data/proof":   nil,
	"data/cql2":    {"geo", "data/columns"},
	"data":         {"geo", "data/columns", "data/cql2", "data/proof"},
	"data/starter": {"geo", "data", "data/columns", "data/proof"},
	"data/codec":   {"geo", "data", "data/columns", "data/proof"},
	"data/extract": {"geo", "data", "data/columns", "data/proof"},
	"data/collect": {"geo", "data", "data/columns", "data/proof"},
	"data/report":  {"geo", "data", "data/columns", "data/proof", "data/codec"},
	"api":          {"geo", "data", "data/columns", "data/proof", "data/starter", "data/codec", "data/extract", "data/report"},
	"frontend":     nil,
	"cmd":          {"*"},
	"scripts":      {"*"},
}

// only says which rooms may import a package of the standard library, or one
// below it, in code that is not a test. Modules have theirs in the README.
var only = map[string][]string{
	"database/sql": {"data", "data/codec", "scripts"},
	"net/http":     {"api", "cmd", "data/collect", "data/report", "scripts"},
	"net/smtp":     nil,
	"plugin":       nil,
	"testing":      nil,
	"unsafe":       nil,
}

// never says what a room may not import although others may.
var never = map[string]struct {
	imports []string
	because string
}{
	"geo":          {[]string{"os", "io/fs", "net", "log", "syscall", "os/exec"}, "geo is pure: no I/O, no clock, no globals"},
	"data/columns": {[]string{"os", "net", "log", "database/sql"}, "data/columns is memory only: no SQL, no I/O"},
	"data/cql2":    {[]string{"os", "net", "log", "database/sql"}, "data/cql2 turns text into filters: no SQL, no I/O"},
	"data/proof":   {[]string{"os", "net", "log", "database/sql"}, "data/proof is arithmetic over leaves that others store"},
	"data/extract": {[]string{"os", "net", "log", "os/exec"}, "data/extract is pure: article in, drafts out"},
}

func TestRoomsImportDownwardsOnly(t *testing.T) {
	for _, p := range packages(t) {
		room := p.room()
		if room == "" {
			t.Errorf("%s stands in no room: every package belongs to one of the rooms in this test", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			other := roomOf(imported)
			if other == "" || other == room {
				continue
			}
			if allowed := mayImport[room]; !slices.Contains(allowed, other) && !slices.Contains(allowed, "*") {
				t.Errorf("%s imports %s: room %s may import %s only, since imports go downwards",
					p.ImportPath, imported, room, orNone(allowed))
			}
		}
	}
}

func TestStandardLibraryHasItsRooms(t *testing.T) {
	for _, p := range packages(t) {
		room := p.room()
		for _, imported := range p.Imports {
			for name, rooms := range only {
				if within(imported, name) && !slices.Contains(rooms, room) {
					t.Errorf("%s imports %s: only %s may", p.ImportPath, imported, orNone(rooms))
				}
			}
			if slices.Contains(never[room].imports, imported) {
				t.Errorf("%s imports %s: %s", p.ImportPath, imported, never[room].because)
			}
		}
	}
}

func TestNoRoomIsADrawer(t *testing.T) {
	drawers := []string{"util", "utils", "common", "helper", "helpers", "misc", "shared", "base", "lib"}
	for _, p := range packages(t) {
		if slices.Contains(drawers, strings.TrimSuffix(p.Name, "_test")) {
			t.Errorf("%s: a package is named after what it is about, not %q", p.ImportPath, p.Name)
		}
	}
}

func orNone(rooms []string) string {
	if len(rooms) == 0 {
		return "none"
	}
	return strings.Join(rooms, ", ")
}
