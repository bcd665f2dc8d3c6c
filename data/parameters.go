package data

import "fmt"

// Parameter describes one query parameter of a collection, for documents and
// for the command's flags.
type Parameter struct {
	Name        string
	Description string
	Property    bool // it is a property of the collection, compared with =
}

// Parameters lists what Parse understands for a collection, properties last.
func Parameters(collection string) ([]Parameter, error) {
	schema := schemaOf(collection)
	if schema == nil {
		return nil, fmt.Errorf("collection %q: %w", collection, ErrNotFound)
	}
	var all []Parameter
	named := map[string]bool{}
	for _, p := range parameters() {
		if p.only == "" || p.only == collection {
			all = append(all, Parameter{Name: p.name, Description: p.description})
			named[p.name] = true
		}
	}
	for _, f := range schema.Fields {
		if !named[f.Name] {
			all = append(all, Parameter{Name: f.Name, Description: f.Title + " is one of these, comma-separated", Property: true})
		}
	}
	return all, nil
}
