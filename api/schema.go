package api

import (
	"strings"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/columns"
)

const jsonSchema = "https://json-schema.org/draft/2020-12/schema"

// showQueryables lists what a collection can be filtered by (OGC API -
// Features part 3).
func (s *server) showQueryables(c *gin.Context) error {
	return s.showFields(c, "Queryables", func(f columns.Field) bool { return !f.Long })
}

// showSchema describes the features of a collection (OGC API - Features
// part 5).
func (s *server) showSchema(c *gin.Context) error {
	return s.showFields(c, "Schema", func(columns.Field) bool { return true })
}

func (s *server) showFields(c *gin.Context, title string, wanted func(columns.Field) bool) error {
	collection := collectionIn(c)
	offers := []format{schemaFormat(), htmlFormat()}
	f, err := negotiate(c, offers)
	if err != nil {
		return err
	}
	if s.notModified(c, f.name) {
		return nil
	}
	fields := make([]columns.Field, 0, len(collection.Schema.Fields))
	for _, field := range collection.Schema.Fields {
		if wanted(field) {
			fields = append(fields, field)
		}
	}
	document := collectionSchema(collection, fields)
	document["$id"] = s.base(c) + c.Request.URL.Path
	return s.answer(c, f, document, "schema", page{Title: collection.Title + ": " + strings.ToLower(title),
		Trail: s.trail(c, collection), Links: s.representations(c, f, offers), Body: fields})
}

func schemaFormat() format {
	return format{name: "json", title: "JSON Schema", media: "application/schema+json", accepts: []string{"application/json"}}
}

// collectionSchema is a JSON Schema of the properties, the geometry among
// them, as the OGC writes schemas of features.
func collectionSchema(c data.Collection, fields []columns.Field) object {
	properties := object{}
	for i, f := range fields {
		schema := fieldSchema(f, true)
		schema["x-ogc-propertySeq"] = i + 1
		switch f.Name {
		case "id", "code":
			if i == 0 {
				schema["x-ogc-role"] = "id"
			}
		case c.Schema.Start:
			schema["x-ogc-role"] = "primary-interval-start"
		case c.Schema.End:
			schema["x-ogc-role"] = "primary-interval-end"
		}
		properties[f.Name] = schema
	}
	if c.Schema.Geometry != "" {
		properties["geometry"] = object{
			"title": "Geometry", "x-ogc-role": "primary-geometry", "x-ogc-propertySeq": len(fields) + 1,
			"format": geometryFormat(c.Schema.Geometry), "description": "Longitude and latitude in degrees, WGS 84 (" + crs84 + ")",
		}
	}
	return object{"$schema": jsonSchema, "type": "object", "title": c.Title, "description": c.Description,
		"properties": properties, "additionalProperties": false}
}

func geometryFormat(geometry string) string {
	if geometry == "Geometry" {
		return "geometry-any"
	}
	return "geometry-" + strings.ToLower(geometry)
}

// fieldSchema is the JSON Schema of one property. Where null may stand for
// not known, the type says so.
func fieldSchema(f columns.Field, null bool) object {
	schema := object{"type": "string"}
	switch f.Type {
	case columns.Int:
		schema["type"] = "integer"
	case columns.Real:
		schema["type"] = "number"
	case columns.Bool:
		schema["type"] = "boolean"
	case columns.Day:
		schema["format"] = "date"
	case columns.Time:
		schema["format"] = "date-time"
	}
	if f.Title != "" && null {
		schema["title"], schema["description"] = f.Title, f.Description
	}
	if f.Unit != "" && null {
		schema["x-ogc-unit"] = f.Unit
	}
	if len(f.Codes) > 0 && !f.List {
		var values []any
		var meanings []object
		for _, code := range f.Codes {
			values = append(values, code.Value)
			meanings = append(meanings, codeMeaning(code))
		}
		if null {
			schema["x-codes"] = meanings
		}
		schema["enum"] = values
	}
	return schema
}

func codeMeaning(code columns.Code) object {
	meaning := object{"value": code.Value, "title": code.Title}
	if code.ACLED != "" {
		meaning["acled"] = code.ACLED
	}
	if code.UCDP != "" {
		meaning["ucdp"] = code.UCDP
	}
	return meaning
}
