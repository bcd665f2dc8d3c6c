package codec_test

import (
	"strings"
	"testing"
)

func TestKMLTellsTimeAndColour(t *testing.T) {
	for name, c := range map[string]struct {
		in   collection
		want []string
	}{
		"classes": {collections(t)["points"], []string{
			"<TimeSpan><begin>2024-11-01</begin><end>2024-11-01</end></TimeSpan>", "<styleUrl>#class0</styleUrl>",
			`<Style id="class0"><IconStyle><color>ff8c6d4a</color>`, `<SimpleField name="killed_min" type="int"><displayName>Killed, at least (persons)`,
			"<name>လားရှိုးမြို့</name>", "腊戌\tmarket&#13;\nsecond line", "ODbL-1.0", "2024-11-05T06:07:08Z", "3 rows, because their sources forbid redistribution",
		}},
		"colour property, half-open": {collections(t)["polygons"], []string{
			"<begin>2024-08-03</begin><end>2025-04-20</end>", "<styleUrl>#other</styleUrl><Style><IconStyle><color>ff7733aa</color>",
			"<begin>2024-01-01</begin></TimeSpan>", "<innerBoundaryIs>",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			out := string(encode(t, "kml", meta(c.in.schema), c.in.features))
			wellFormed(t, out)
			for _, want := range c.want {
				if !strings.Contains(out, want) {
					t.Errorf("KML lacks %q", want)
				}
			}
			if strings.Contains(out, "http://maps") || strings.Contains(out, "<href>") {
				t.Error("KML asks another host for an icon")
			}
		})
	}
}

func TestKMLReplacesWhatXMLCanNotHold(t *testing.T) {
	s := sourceSchema()
	f := []byte(`{"type":"Feature","id":"a","geometry":null,"properties":{"id":"a","publisher":"x\u0001\u0000y\ufffe<&>","published":null}}`)
	out := string(encode(t, "kml", meta(s), [][]byte{f}))
	wellFormed(t, out)
	if !strings.Contains(out, "x\uFFFD\uFFFDy\uFFFD&lt;&amp;&gt;") {
		t.Error(out)
	}
}
