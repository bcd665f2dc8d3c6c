package api

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"strikewatch/data"
	"strikewatch/data/report"
)

// incidentPage is an incident for people without the map: what a link to it
// opens, and what others show of that link.
type incidentPage struct {
	*report.Incident
	Base        string // scheme and host
	Address     string // of this page, canonical
	Picture     string // empty without a place
	Map         string // the same incident on the map
	Record      string // in the API
	KnownAt     string // as asked for; empty: now
	Description string
	Ladder      []rung
	Aside       string // disputed or retracted, off the ladder
	Holders     []holderShare
	Assertions  []report.Assertion
	Place       placeNames
	Rows        []citationRow
	Compared    bool // what sources say apart is recorded for one at least
	Versions    []historyRow
	Cite        citation
	Correct     string // where to report an error; empty: nowhere
	Linked      linkedData
}

// rung is one step of how sure it is that this happened as told.
type rung struct {
	Name, Meaning string
	Here          bool
}

type holderShare struct {
	Actor string
	Share float64
}

type placeNames struct {
	Code, Name string
	Others     []string
}

// routeIncidents serves the pages beside the API.
func (s *server) routeIncidents(g *gin.Engine) {
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		g.Handle(method, "/incidents", s.wrap(s.showIncidents))
		g.Handle(method, "/incidents/:fid", s.wrap(s.showIncident))
		g.Handle(method, "/incidents/:fid/map.png", s.wrap(s.showIncidentPicture))
	}
}

// showIncidents leads to the list that needs no script.
func (s *server) showIncidents(c *gin.Context) error {
	c.Redirect(http.StatusFound, "/api/collections/incidents/items?f=html")
	return nil
}

// showIncident answers with the page. Parameters that it does not know, which
// the sites that links are shared on add, change nothing.
func (s *server) showIncident(c *gin.Context) error {
	incident, known, err := s.findIncident(c)
	if err != nil {
		return s.missingIncident(c, err)
	}
	if s.notModified(c, "incident") {
		return nil
	}
	body := incidentPage{Incident: incident, Base: s.base(c), Description: incident.Description(), KnownAt: known,
		Ladder: ladder(incident.Status), Holders: holderShares(incident.HeldShares)}
	if len(slices.DeleteFunc(slices.Clone(body.Ladder), func(r rung) bool { return !r.Here })) == 0 {
		body.Aside = incident.StatusWords
	}
	address := "/incidents/" + url.PathEscape(incident.ID)
	body.Address, body.Record = body.Base+address, body.Base+"/api/collections/incidents/items/"+url.PathEscape(incident.ID)
	body.Map = body.Base + "/?" + readable.Replace(url.Values{"day": {incident.DateEnd}, "id": {incident.ID}}.Encode())
	if known != "" {
		asOf := "?" + readable.Replace(url.Values{"known_at": {known}}.Encode())
		body.Address, body.Record = body.Address+asOf, body.Record+asOf
		body.Map += "&" + asOf[1:]
	}
	if incident.Located {
		body.Picture = body.Base + address + "/map.png" + strings.TrimPrefix(body.Address, body.Base+address)
	}
	if err := s.fillIncident(c, &body); err != nil {
		return err
	}
	return s.writePage(c, http.StatusOK, "incident", page{Title: incident.Title, Body: body, Trail: s.trailHome(c)})
}

// fillIncident reads what stands in other records.
func (s *server) fillIncident(c *gin.Context, body *incidentPage) (err error) {
	ctx, i := c.Request.Context(), body.Incident
	if body.Assertions, err = i.Assertions(ctx, s.store); err != nil {
		return err
	}
	if body.Rows, err = citationRows(i.Citations); err != nil {
		return err
	}
	body.Compared = slices.ContainsFunc(body.Rows, func(r citationRow) bool { return r.Killed+r.Injured+r.HeldBy+r.Claim != "" })
	if body.Place, err = s.placeNames(c, i.PlaceCode); err != nil {
		return err
	}
	collection, err := s.findCollection(c, data.Incidents)
	if err != nil {
		return err
	}
	entries, err := s.store.History(ctx, data.Incidents, i.ID)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	body.Versions = historyRows(collection, slices.DeleteFunc(entries, func(e data.HistoryEntry) bool { return e.Version > i.Version }))
	if body.Cite, err = s.cite(c, body); err != nil {
		return err
	}
	body.Correct = s.correctionLink(body)
	body.Linked = linkedOf(body, s.store.Deployment())
	return nil
}

// showIncidentPicture draws what previews of the page show.
func (s *server) showIncidentPicture(c *gin.Context) error {
	incident, known, err := s.findIncident(c)
	if err != nil {
		return s.missingIncident(c, err)
	}
	if s.notModified(c, "picture") {
		return nil
	}
	seq, _ := s.store.DataVersion()
	key := strings.Join([]string{"picture", base36(seq), incident.ID, known}, " ")
	picture, drawn := s.tiles.get(key)
	if !drawn {
		if picture, err = incident.Picture(c.Request.Context(), s.store); err != nil {
			return s.missingIncident(c, err)
		}
		s.tiles.put(key, picture)
	}
	c.Data(http.StatusOK, "image/png", picture)
	return nil
}

// findIncident reads the incident of the path as known at the time asked for,
// which it returns as written.
func (s *server) findIncident(c *gin.Context) (*report.Incident, string, error) {
	asked := url.Values{}
	if at := c.Query("known_at"); at != "" {
		asked.Set("known_at", at)
	}
	query, err := s.parse(data.Incidents, asked)
	if err != nil {
		return nil, "", err
	}
	incident, err := report.ReadIncident(c.Request.Context(), s.store, c.Param("fid"), query.KnownAt)
	return incident, asked.Get("known_at"), err
}

func (s *server) missingIncident(c *gin.Context, err error) error {
	if !errors.Is(err, data.ErrNotFound) {
		return err
	}
	return hinted{err, "there is no incident " + quoted(c.Param("fid")) + " here", "fid",
		"it may have been withdrawn; all that are public are in " + s.base(c) + "/incidents"}
}

// ladder is how sure it is; a status that is not on it stands nowhere.
func ladder(status string) []rung {
	rungs := []rung{{Name: "Draft", Meaning: "not reviewed"}, {Name: "Reported", Meaning: "by one source"},
		{Name: "Corroborated", Meaning: "by two independent sources"}, {Name: "Verified", Meaning: "geolocated or officially confirmed"}}
	for i := range rungs {
		rungs[i].Here = strings.ToLower(rungs[i].Name) == status
	}
	return rungs
}

// holderShares reads "MNDAA:0.83,TNLA:0.17".
func holderShares(text string) []holderShare {
	var all []holderShare
	for part := range strings.SplitSeq(text, ",") {
		code, number, _ := strings.Cut(part, ":")
		share, err := strconv.ParseFloat(number, 64)
		if err == nil {
			all = append(all, holderShare{code, share})
		}
	}
	return all
}

// Percent says a share as people do.
func (h holderShare) Percent() string { return strconv.FormatFloat(h.Share*100, 'f', 0, 64) + " %" }

// placeNames reads what the gazetteer calls a place; empty where it is in none.
func (s *server) placeNames(c *gin.Context, code string) (placeNames, error) {
	if code == "" {
		return placeNames{}, nil
	}
	item, err := s.store.Item(c.Request.Context(), data.Places, code, time.Time{})
	if errors.Is(err, data.ErrNotFound) {
		return placeNames{}, nil
	}
	if err != nil {
		return placeNames{}, err
	}
	read, err := propertiesOf[struct {
		Name    string
		Burmese string `json:"name_my"`
		Chinese string `json:"name_zh"`
	}](item.Feature)
	names := placeNames{Code: code, Name: cmp.Or(read.Name, code)}
	for _, name := range []string{read.Burmese, read.Chinese} {
		if name != "" {
			names.Others = append(names.Others, name)
		}
	}
	return names, err
}
