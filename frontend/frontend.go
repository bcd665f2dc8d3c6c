// Package frontend embeds the built web map. Without a build (no Node needed
// for `go build`) the file system holds no index.html; the server then says
// how to build it.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files is the content of dist: index.html, assets/, or only .gitkeep when the
// page has not been built.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		return dist // fs.Sub fails on an invalid path only; "dist" is valid
	}
	return files
}
