// Package starter brings the dataset that a new database begins with: cited
// strikes, sources, actors, towns, dated control, borders and gates. README.md
// beside this file says where each part comes from and on what terms.
package starter

import (
	"context"
	"embed"
	"encoding/json"
	"fmt"

	"strikewatch/data"
)

//go:embed *.csv *.geojson attribution.json deployment.json
var files embed.FS

// author is who the change log names for the starter records.
const author = "starter dataset"

// Load fills a store with the starter dataset, in one transaction. It returns
// how many records it wrote.
func Load(ctx context.Context, s *data.Store) (int, error) {
	deployment, err := Deployment()
	if err != nil {
		return 0, err
	}
	documents, err := Documents()
	if err != nil {
		return 0, err
	}
	edits := make([]data.Edit, len(documents))
	for i, d := range documents {
		edits[i] = data.Edit{Operation: data.Create, Document: d, Reason: "starter dataset"}
	}
	if err := s.SetDeployment(ctx, deployment); err != nil {
		return 0, err
	}
	receipt, err := s.Write(ctx, author, edits)
	if err != nil {
		return 0, fmt.Errorf("starter dataset: %w", err)
	}
	return receipt.Written, nil
}

// Deployment returns what a deployment of the starter dataset says of itself.
func Deployment() (data.Deployment, error) {
	var d data.Deployment
	for _, part := range []struct {
		name string
		into any
	}{{"deployment.json", &d}, {"attribution.json", &d.Attribution}} {
		text, err := files.ReadFile(part.name)
		if err != nil {
			return d, err
		}
		if err := json.Unmarshal(text, part.into); err != nil {
			return d, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return d, nil
}

// Documents reads all files of the dataset into documents.
func Documents() ([]data.Document, error) {
	places, err := readPlaces()
	if err != nil {
		return nil, err
	}
	documents := make([]data.Document, 0, 2048)
	for _, p := range places {
		documents = append(documents, p)
	}
	gazetteer := data.NewGazetteer(places)
	for _, read := range []func() ([]data.Document, error){
		readActors, readSources, readAreas, readBorders, readGates, readControl,
		func() ([]data.Document, error) { return readIncidents(gazetteer) },
	} {
		more, err := read()
		if err != nil {
			return nil, err
		}
		documents = append(documents, more...)
	}
	return documents, nil
}
