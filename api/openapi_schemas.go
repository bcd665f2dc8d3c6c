package api

import (
	"maps"

	"strikewatch/data"
)

// answerSchemas describes the JSON answers.
func answerSchemas(collections []data.Collection) object {
	text, whole := object{"type": "string"}, object{"type": "integer"}
	instant := object{"type": "string", "format": "date-time"}
	links := listOf(reference("link"))
	schemas := object{
		"link": members(object{"href": text, "rel": text, "type": text, "title": text, "templated": object{"type": "boolean"}}, "href", "rel"),
		"problem": members(object{"type": object{"type": "string", "format": "uri"}, "title": text, "status": whole, "detail": text,
			"instance": object{"type": "string", "format": "uri-reference"}, "field": text, "hint": text, "request_id": text},
			"type", "title", "status", "detail", "instance", "request_id"),
		"landing": members(object{"title": text, "description": text, "links": links, "attribution": object{"type": []string{"array", "null"}},
			"time_zone": text, "version": text, "data_version": whole, "updated": instant, "contact": text,
			"basemap": members(object{"type": object{"type": "string", "enum": []string{"pmtiles", "style"}}, "href": text}, "type", "href")}, "title", "links"),
		"conformance": members(object{"conformsTo": listOf(text), "links": links}, "conformsTo"),
		"collection":  members(object{"id": text, "title": text, "description": text, "links": links, "extent": object{"type": "object"}, "itemType": text, "crs": listOf(text), "storageCrs": text, "itemCount": whole}, "id", "links"),
		"collections": members(object{"links": links, "collections": listOf(reference("collection")), "numberMatched": whole, "numberReturned": whole}, "links", "collections"),
		"schema":      members(object{"$schema": text, "$id": text, "type": text, "title": text, "description": text, "properties": object{"type": "object"}, "additionalProperties": object{"type": "boolean"}}, "$schema", "$id", "type", "properties"),
		"history": members(object{"collection": text, "id": text, "links": links, "versions": listOf(members(object{
			"version": whole, "recorded_at": instant, "until": instant, "operation": text,
			"differences": listOf(members(object{"property": text, "before": object{}, "after": object{}}, "property", "before", "after")),
		}, "version", "recorded_at", "operation"))}, "collection", "id", "versions"),
		"timeline": timelineSchema(), "summary": summarySchema(), "changes": changesSchema(), "checkpoint": checkpointSchema(), "proof": proofSchema(), "metadata": metadataSchema(),
		"tilesets":       members(object{"links": links, "tilesets": listOf(object{"type": "object"})}, "links", "tilesets"),
		"tileset":        object{"type": "object"},
		"tileMatrixSets": members(object{"links": links, "tileMatrixSets": listOf(members(object{"id": text, "uri": text, "crs": text, "links": links}, "id", "links"))}, "tileMatrixSets"),
		"tileMatrixSet":  members(object{"id": text, "title": text, "uri": text, "crs": text, "orderedAxes": listOf(text), "wellKnownScaleSet": text, "tileMatrices": listOf(object{"type": "object"}), "links": links}, "id", "crs", "tileMatrices"),
	}
	maps.Copy(schemas, territorySchemas())
	for _, c := range collections {
		feature := featureSchema(c)
		schemas[c.ID+"Feature"] = feature
		file := members(object{"type": object{"const": "FeatureCollection"}, "metadata": object{"type": "object"}, "features": listOf(reference(c.ID + "Feature"))}, "type", "metadata", "features")
		page := members(object{"type": object{"const": "FeatureCollection"}, "features": listOf(reference(c.ID + "Feature")),
			"numberMatched": whole, "numberReturned": whole, "timeStamp": instant, "links": links,
			"left_out": object{"type": "integer", "description": "Records that stay out of every answer because their sources forbid to hand them on; missing when none"},
			"deleted":  object{"type": "array", "items": text, "description": "With updated_since, on the first page: ids that left the collection since, whatever the filters"}},
			"type", "features", "numberMatched", "numberReturned", "timeStamp", "links")
		schemas[c.ID+"Features"] = object{"anyOf": []object{page, file}}
	}
	return schemas
}

func featureSchema(c data.Collection) object {
	properties := object{}
	for _, f := range c.Schema.Fields {
		field := fieldSchema(f, true)
		field["type"] = []any{field["type"], "null"}
		if values, found := field["enum"].([]any); found {
			field["enum"] = append(append([]any{}, values...), nil)
		}
		properties[f.Name] = field
	}
	if c.ID == data.Incidents {
		properties["certainty"] = object{"type": "string", "description": "With border and within_km: whether it certainly or possibly lies within", "enum": []string{"certain", "possible"}}
	}
	geometry := object{"type": "null"}
	if c.Schema.Geometry != "" {
		geometry = object{"type": []string{"object", "null"}, "required": []string{"type", "coordinates"}}
	}
	all := object{"type": object{"const": "Feature"}, "id": object{"type": "string"}, "geometry": geometry,
		"properties": object{"type": "object", "properties": properties, "additionalProperties": false}, "links": listOf(reference("link"))}
	if c.ID == data.Incidents {
		all["citations"] = listOf(object{"type": "object"})
	}
	return members(all, "type", "id", "geometry", "properties")
}

func members(properties object, required ...string) object {
	return object{"type": "object", "properties": maps.Clone(properties), "required": required}
}

func listOf(items object) object { return object{"type": "array", "items": items} }
