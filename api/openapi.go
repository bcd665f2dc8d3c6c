package api

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
)

const (
	openAPIMedia   = "application/vnd.oai.openapi+json;version=3.1"
	openAPI30Media = "application/vnd.oai.openapi+json;version=3.0"
)

func openAPIFormats() []format {
	return []format{{name: "json", title: "OpenAPI 3.1", media: openAPIMedia, accepts: []string{"application/json", "application/openapi+json"}},
		{name: "json30", title: "OpenAPI 3.0", media: openAPI30Media}}
}

// showOpenAPI describes the API. The document is made from the table of
// routes and the field dictionaries, which also serve the requests.
func (s *server) showOpenAPI(c *gin.Context) error {
	f, err := negotiate(c, openAPIFormats())
	if err != nil {
		return err
	}
	// Accept headers tell the versions apart by a parameter.
	if accept := c.GetHeader("Accept"); c.Query("f") == "" && strings.Contains(accept, "version=3.0") && !strings.Contains(accept, "version=3.1") {
		f = openAPIFormats()[1]
	}
	if s.notModified(c, f.name) {
		return nil
	}
	collections, err := s.store.Collections(c.Request.Context())
	if err != nil {
		return err
	}
	deployment := s.store.Deployment()
	document := object{
		"openapi": "3.1.0",
		"info": object{"title": deployment.Title, "description": deployment.Description, "version": versionOr(s.options.Version),
			"license": object{"name": "Apache-2.0", "identifier": "Apache-2.0"}},
		"servers":    []object{{"url": s.base(c) + "/api"}},
		"paths":      s.describePaths(collections),
		"components": object{"schemas": answerSchemas(collections)},
	}
	if f.name == "json30" {
		if document, err = openAPI30(document); err != nil {
			return err
		}
	}
	return s.answer(c, f, document, "", page{})
}

func versionOr(version string) string {
	if version == "" {
		return "unreleased"
	}
	return version
}

// describePaths writes one path for each route, and for each collection where
// the route speaks of one, since each has its own parameters.
func (s *server) describePaths(collections []data.Collection) object {
	paths := object{}
	for _, r := range s.routes {
		if !r.ofCollection() {
			var about *data.Collection
			if r.filters != nil {
				about = &collections[0]
			}
			paths[r.path] = object{strings.ToLower(r.method): r.describe(about, s.describeLinks(r, about, collections))}
			continue
		}
		for _, collection := range collections {
			if r.exists(collection) {
				path := strings.Replace(r.path, "{collection}", collection.ID, 1)
				paths[path] = object{strings.ToLower(r.method): r.describe(&collection, s.describeLinks(r, &collection, collections))}
			}
		}
	}
	return paths
}

func (r route) describe(c *data.Collection, links object) object {
	summary, schema := r.summary, r.schema
	if c != nil && r.ofCollection() {
		summary += " (" + c.Title + ")"
		if schema == "features" || schema == "feature" {
			schema = c.ID + upperFirst(schema)
		}
	}
	parameters := []object{}
	for _, segment := range strings.Split(r.path, "/") {
		if name, found := strings.CutPrefix(segment, "{"); found && segment != "{collection}" {
			parameters = append(parameters, pathParameter(strings.TrimSuffix(name, "}")).describe())
		}
	}
	for _, p := range r.parametersFor(c) {
		parameters = append(parameters, p.describe())
	}
	return object{"operationId": r.operationID(c), "summary": summary, "tags": []string{r.tag}, "parameters": parameters, "responses": r.describeAnswers(schema, links)}
}

// operationID names the operation that a route is of a collection.
func (r route) operationID(c *data.Collection) string {
	switch {
	case c == nil || !r.ofCollection():
		return r.id
	case r.suffix != "":
		return c.ID + r.suffix
	}
	return r.id + "." + c.ID
}

func (r route) describeAnswers(schema string, links object) object {
	content := object{}
	for _, f := range r.formats {
		body := object{}
		if f.name == "json" && schema != "" {
			body["schema"] = reference(schema)
		}
		if media := bareMedia(f.media); content[media] == nil { // the page comes before the file of the same type
			content[media] = body
		}
	}
	answer := object{"description": "The answer", "content": content}
	if len(links) > 0 {
		answer["links"] = links
	}
	answers := object{
		"200": answer,
		"304": object{"description": "What If-None-Match or If-Modified-Since names is still true"},
	}
	titles := map[int]string{}
	for _, f := range failures {
		if f.status == statusClientGone || f.status == 405 || f.status == 409 {
			continue
		}
		titles[f.status] = strings.TrimPrefix(titles[f.status]+". Or: "+f.title, ". Or: ")
	}
	for status, title := range titles {
		answers[strconv.Itoa(status)] = failure(title)
	}
	busy := failure(titles[http.StatusServiceUnavailable])
	busy["headers"] = object{"Retry-After": object{"description": "Seconds until it is worth asking again", "schema": object{"type": "integer"}}}
	answers["503"] = busy
	answers["500"] = failure("Internal error")
	if r.id == "listItems" {
		answers["206"] = object{"description": "The part of the file that Range asks for, where v is the present version", "content": content}
		answers["303"] = object{"description": "The form's address without its empty fields"}
	}
	if r.id == "showTile" {
		answers["204"] = object{"description": "An empty tile"}
	}
	return answers
}

func failure(title string) object {
	return object{"description": title, "content": object{
		"application/problem+json": object{"schema": reference("problem")},
		"text/html":                object{},
	}}
}

func reference(schema string) object { return object{"$ref": "#/components/schemas/" + schema} }

func (p parameter) describe() object {
	o := object{"name": p.name, "in": "query", "required": p.required, "schema": maps.Clone(p.schema)}
	if p.in == "path" {
		o["in"], o["required"] = "path", true
	} else {
		o["style"], o["explode"] = "form", false // as the standard spells out, of single values too
	}
	if p.empty {
		o["allowEmptyValue"] = true
	}
	if p.description != "" {
		o["description"] = p.description
	}
	if p.example != nil {
		o["example"] = p.example
	}
	return o
}

func upperFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}
