package report_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"image/png"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"strikewatch/data/report"
)

func everyMinute(recipients ...string) report.Schedule {
	return report.Schedule{Name: "China border", Cron: "* * * * *", TimeZone: "Asia/Yangon", Border: "mmr-chn", WithinKM: 110,
		Period: "previous month", Recipients: recipients}
}

func TestTwoReportsArriveAndNoneIsRepeated(t *testing.T) {
	s := everyMinute("desk@example.org")
	s.Directory = filepath.Join(t.TempDir(), "reports")
	d := newDesk(t, "2024-12-01T00:00:30Z", s)
	d.tick("2024-12-01T00:00:30Z")
	if n := len(d.office.received()); n != 0 {
		t.Fatalf("%d reports before any was due", n)
	}
	d.tick("2024-12-01T00:01:00Z")
	d.tick("2024-12-01T00:01:20Z")
	d.restart()
	d.tick("2024-12-01T00:01:40Z")
	d.tick("2024-12-01T00:02:03Z")
	d.restart()
	d.tick("2024-12-01T00:02:04Z")
	letters := d.office.received()
	if len(letters) != 2 {
		t.Fatalf("%d reports, want 2", len(letters))
	}
	b := build(t, d.store, "border=mmr-chn&within_km=110&datetime=2024-11-01/2024-11-30")
	for _, l := range letters {
		checkLetter(t, l, b)
	}
	files, err := os.ReadDir(s.Directory)
	if err != nil || len(files) != 12 {
		t.Fatalf("%d files, %v; want 6 for each report", len(files), err)
	}
	if name := files[0].Name(); name != "china-border_mmr-chn_2024-11-01_2024-11-30_20241201T000100Z.csv" {
		t.Errorf("the first file is %s", name)
	}
}

// checkLetter takes a mail apart as a mail program does.
func checkLetter(t *testing.T, l letter, b *report.BorderReport) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(l.body))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || !strings.Contains(subject, b.Title) {
		t.Errorf("subject %q, %v", subject, err)
	}
	if l.to != "desk@example.org" || m.Header.Get("Message-ID") == "" || m.Header.Get("Date") == "" {
		t.Errorf("to %s, header %v", l.to, m.Header)
	}
	parts := map[string]part{}
	takeApart(t, m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), "", m.Body, parts)
	words, page := string(parts["text/plain"].body), string(parts["text/html"].body)
	if !strings.Contains(words, b.Title) || !strings.Contains(page, b.Title) {
		t.Error("the plain or the HTML part lacks the title")
	}
	for _, i := range b.Incidents {
		if !strings.Contains(words, i.ID) || !strings.Contains(page, i.ID) {
			t.Errorf("%s is missing from a part", i.ID)
		}
	}
	picture := parts["image/png"]
	if !strings.HasPrefix(picture.disposition, "inline") || !strings.Contains(page, `src="cid:`+strings.Trim(picture.id, "<>")+`"`) {
		t.Errorf("the map is %q with id %q; the page does not show it", picture.disposition, picture.id)
	}
	if _, err := png.Decode(bytes.NewReader(picture.body)); err != nil {
		t.Error(err)
	}
	attached := parts["application/geo+json"]
	var collection struct {
		Type     string
		Features []json.RawMessage
	}
	if err := json.Unmarshal(attached.body, &collection); err != nil || collection.Type != "FeatureCollection" || len(collection.Features) != len(b.Incidents) {
		t.Errorf("GeoJSON with %d features, want %d; %v", len(collection.Features), len(b.Incidents), err)
	}
	if !strings.HasPrefix(attached.disposition, "attachment") || !strings.Contains(attached.disposition, ".geojson") {
		t.Errorf("the GeoJSON is %q", attached.disposition)
	}
}

type part struct {
	id, disposition string
	body            []byte
}

func takeApart(t *testing.T, contentType, encoding, disposition string, r io.Reader, into map[string]part) {
	t.Helper()
	media, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(media, "multipart/") {
		for parts := multipart.NewReader(r, params["boundary"]); ; {
			p, err := parts.NextRawPart()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			takeApart(t, p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p.Header.Get("Content-Disposition")+"\n"+p.Header.Get("Content-ID"), p, into)
		}
	}
	switch strings.ToLower(encoding) {
	case "base64":
		r = base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	disposition, id, _ := strings.Cut(disposition, "\n")
	if _, twice := into[media]; twice {
		t.Errorf("two parts of type %s", media)
	}
	into[media] = part{id, disposition, body}
}
