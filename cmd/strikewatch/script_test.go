package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"strikewatch/data"
	"strikewatch/data/starter"
)

// TestMain lets the scripts run this very test binary as strikewatch.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"strikewatch": main})
}

// TestScripts runs testdata/*.txt: what a person types, and what comes back.
// Each finds the starter database as $STARTER.
func TestScripts(t *testing.T) {
	db := filepath.Join(t.TempDir(), "starter.db")
	s, err := data.Open(db, data.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := starter.Load(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("STARTER", filepath.Join(e.WorkDir, "starter.db"))
			text, err := os.ReadFile(db)
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(e.WorkDir, "starter.db"), text, 0o644)
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}
