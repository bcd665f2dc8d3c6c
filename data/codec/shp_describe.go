package codec

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"

	"strikewatch/data/columns"
)

func writeEntry(archive *zip.Writer, name, text string) error {
	w, err := archive.Create(name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
}

// shortNames gives each field a name of at most 10 characters: the words of a
// longer one are shortened, the longest first, and of two that end alike the
// later gets a number.
func shortNames(s *columns.Schema) []string {
	names := make([]string, len(s.Fields))
	taken := map[string]bool{}
	for i := range s.Fields {
		if name := s.Fields[i].Name; len(name) <= 10 {
			names[i], taken[strings.ToLower(name)] = name, true
		}
	}
	for i := range s.Fields {
		if names[i] != "" {
			continue
		}
		name := shorten(s.Fields[i].Name, 10)
		for n := 2; taken[strings.ToLower(name)]; n++ {
			end := fmt.Sprint(n)
			name = shorten(s.Fields[i].Name, 10-len(end)) + end
		}
		names[i], taken[strings.ToLower(name)] = name, true
	}
	return names
}

func shorten(name string, size int) string {
	words := strings.Split(name, "_")
	for {
		short := strings.Join(words, "_")
		if len(short) <= size {
			return short
		}
		longest := 0
		for i, w := range words {
			if len(w) >= len(words[longest]) {
				longest = i
			}
		}
		if len(words[longest]) < 2 {
			return short[:size]
		}
		words[longest] = words[longest][:len(words[longest])-1]
	}
}

// fieldMap is the CSV that maps short names to full ones.
func (s *shapefile) fieldMap() string {
	b := []byte("short_name,name,title,type,unit,description\r\n")
	for i := range s.meta.Schema.Fields {
		f := &s.meta.Schema.Fields[i]
		for j, cell := range []string{s.names[i], f.Name, f.Title, typeName(f.Type), f.Unit, fieldText(f)} {
			if j > 0 {
				b = append(b, ',')
			}
			b = appendQuoted(b, cell)
		}
		b = append(b, "\r\n"...)
	}
	return string(b)
}

// readme tells provenance and what the format lost.
func (s *shapefile) readme() string {
	var b strings.Builder
	for _, f := range s.meta.facts() {
		fmt.Fprintf(&b, "%s: %s\r\n", f.name, strings.ReplaceAll(strings.TrimSpace(f.value), "\n", " / "))
	}
	fmt.Fprintf(&b, "\r\nCoordinates are longitude and latitude on WGS 84; texts are UTF-8.\r\nLimits of shapefiles: %s.\r\n", shpLimits)
	fmt.Fprintf(&b, "%s_fields.csv gives the full name and the meaning of each field.\r\n", s.meta.Layer)
	for _, p := range s.parts {
		for i, n := range p.table.cut {
			if n > 0 {
				fmt.Fprintf(&b, "%s: %d texts of %s were cut to 254 bytes.\r\n", p.name, n, s.meta.Schema.Fields[i].Name)
			}
		}
	}
	return b.String()
}
