package house_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"testing"
)

// parsed calls visit with every hand-written file of ours that is not a test.
func parsed(t *testing.T, visit func(p goPackage, files *token.FileSet, all []*ast.File)) {
	t.Helper()
	for _, p := range packages(t) {
		files := token.NewFileSet()
		var all []*ast.File
		for _, name := range p.files() {
			file, err := parser.ParseFile(files, name, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			if !ast.IsGenerated(file) {
				all = append(all, file)
			}
		}
		visit(p, files, all)
	}
}

// TestClockAndExitBelongToCmd: pure rooms never ask for the time or for
// chance, and nobody but cmd ends the process.
func TestClockAndExitBelongToCmd(t *testing.T) {
	pure := []string{"geo", "data/columns", "data/proof", "data/extract"}
	clock := []string{"Now", "Since", "Until", "After", "Tick", "NewTimer", "NewTicker", "Sleep"}
	fatal := []string{"Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln"}
	parsed(t, func(p goPackage, files *token.FileSet, all []*ast.File) {
		room := p.room()
		for _, file := range all {
			ast.Inspect(file, func(n ast.Node) bool {
				sel, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				from, ok := sel.X.(*ast.Ident)
				if !ok {
					return true
				}
				at := position(files, sel)
				switch {
				case from.Name == "time" && slices.Contains(clock, sel.Sel.Name) && slices.Contains(pure, room):
					t.Errorf("%s: time.%s in %s: pure rooms are given the time, they do not ask for it", at, sel.Sel.Name, room)
				case from.Name == "os" && sel.Sel.Name == "Exit" && room != "cmd" && room != "scripts",
					from.Name == "log" && slices.Contains(fatal, sel.Sel.Name) && room != "cmd" && room != "scripts":
					t.Errorf("%s: %s.%s: only cmd ends the process; others return errors", at, from.Name, sel.Sel.Name)
				}
				return true
			})
		}
	})
}

// TestNoPackageVariableChanges finds assignments to package-level variables:
// tables and sentinel errors are welcome there, state is not.
func TestNoPackageVariableChanges(t *testing.T) {
	parsed(t, func(p goPackage, files *token.FileSet, all []*ast.File) {
		global := packageVariables(all)
		for _, file := range all {
			for _, decl := range file.Decls {
				function, ok := decl.(*ast.FuncDecl)
				if !ok || function.Body == nil {
					continue
				}
				local := localNames(function)
				report := func(target ast.Expr) {
					name := leftmost(target)
					if name != nil && global[name.Name] && !local[name.Name] {
						t.Errorf("%s: %s is assigned in %s: package-level variables never change; hand the state in",
							position(files, name), name.Name, function.Name.Name)
					}
				}
				ast.Inspect(function.Body, func(n ast.Node) bool {
					switch n := n.(type) {
					case *ast.AssignStmt:
						if n.Tok != token.DEFINE {
							for _, target := range n.Lhs {
								report(target)
							}
						}
					case *ast.IncDecStmt:
						report(n.X)
					}
					return true
				})
			}
		}
	})
}

func packageVariables(all []*ast.File) map[string]bool {
	names := map[string]bool{}
	for _, file := range all {
		for _, decl := range file.Decls {
			group, ok := decl.(*ast.GenDecl)
			if !ok || group.Tok != token.VAR {
				continue
			}
			for _, spec := range group.Specs {
				for _, name := range spec.(*ast.ValueSpec).Names {
					names[name.Name] = name.Name != "_"
				}
			}
		}
	}
	return names
}

// localNames collects every name the function declares anywhere inside, its
// receiver, parameters and closures included. A name that is both a local
// somewhere in the function and a package variable escapes the rule.
func localNames(function *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	add := func(list ...*ast.Ident) {
		for _, name := range list {
			names[name.Name] = true
		}
	}
	ast.Inspect(function, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field:
			add(n.Names...)
		case *ast.ValueSpec:
			add(n.Names...)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, target := range n.Lhs {
					if name, ok := target.(*ast.Ident); ok {
						add(name)
					}
				}
			}
		case *ast.RangeStmt:
			for _, target := range []ast.Expr{n.Key, n.Value} {
				if name, ok := target.(*ast.Ident); ok && n.Tok == token.DEFINE {
					add(name)
				}
			}
		}
		return true
	})
	return names
}

// leftmost is the variable that an assignment to x, x.f, x[i] or *x changes.
func leftmost(target ast.Expr) *ast.Ident {
	for {
		switch e := target.(type) {
		case *ast.Ident:
			return e
		case *ast.SelectorExpr:
			target = e.X
		case *ast.IndexExpr:
			target = e.X
		case *ast.StarExpr:
			target = e.X
		case *ast.ParenExpr:
			target = e.X
		default:
			return nil
		}
	}
}

func position(files *token.FileSet, n ast.Node) string {
	at := files.Position(n.Pos())
	if top, err := filepath.Abs(root); err == nil {
		if name, err := filepath.Rel(top, at.Filename); err == nil {
			at.Filename = name
		}
	}
	return at.String()
}
