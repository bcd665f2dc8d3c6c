package proof_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"strikewatch/data/proof"
)

// bundle carries every row that is public, and the export of its features.
func (h *history) bundle(t testing.TB, signed []byte, size int64, sidecar bool) (bundle []byte, features [][]byte) {
	t.Helper()
	var out bytes.Buffer
	w, err := proof.NewBundle(&out, signed, json.RawMessage(`{ "licence": "CC-BY <4>" }`), proof.NewReader(h.chunks))
	if err != nil {
		t.Fatal(err)
	}
	for seq := int64(1); seq <= size; seq++ {
		feature := h.rows[seq-1].Feature
		if feature == nil {
			continue
		}
		features = append(features, feature)
		if sidecar {
			feature = nil
		}
		if err := w.Add(h.leaf(seq), feature); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), features
}

func TestBundle(t *testing.T) {
	h := newHistory(t, 60, 7)
	h.checkpoints = nil
	signed := h.tip(t)
	trust := proof.Trust{Keys: []string{h.key.Verifier}}
	bundle, features := h.bundle(t, signed, 7, false)
	report, err := proof.VerifyBundle(bytes.NewReader(bundle), trust)
	if err != nil || !report.Sound() || report.Rows != int64(len(features)) || report.Size != 7 {
		t.Fatalf("sound bundle: %+v, %v", report, err)
	}
	about := bytes.Index(bundle, []byte(`,"about":`))
	aboutEnd := bytes.IndexByte(bundle, '\n')
	r := rand.New(newSource(61))
	for i := range bundle {
		if i > about && i < aboutEnd {
			continue // proves nothing, and says so
		}
		b := bytes.Clone(bundle)
		b[i] ^= byte(1 + r.IntN(255))
		report, err := proof.VerifyBundle(bytes.NewReader(b), trust)
		if err != nil || report.Sound() {
			t.Fatalf("byte %d of %q changed to %q: %v", i, bundle[max(0, i-20):i+1], b[i], err)
		}
		line := int64(bytes.Count(bundle[:i], []byte{'\n'})) + 1
		if at := report.Findings[0].At; at != line {
			t.Fatalf("byte %d lies in line %d, found %v", i, line, report.Findings)
		}
	}
	for cut := range bundle {
		report, err := proof.VerifyBundle(bytes.NewReader(bundle[:cut]), trust)
		if err != nil || report.Sound() {
			t.Fatalf("cut at %d: %v", cut, err)
		}
	}
	if _, err := proof.VerifyBundle(bytes.NewReader(bundle), proof.Trust{}); err == nil {
		t.Error("verifies without a key")
	}
}

func TestBundleRefusesWhatItCanNotProve(t *testing.T) {
	h := newHistory(t, 62, 9)
	signed := h.tip(t)
	more := newHistory(t, 62, 12)
	w, err := proof.NewBundle(&bytes.Buffer{}, signed, nil, proof.NewReader(h.chunks))
	if err != nil {
		t.Fatal(err)
	}
	if w.Add(more.leaf(10), nil) == nil {
		t.Error("adds a leaf that is younger than the checkpoint")
	}
	if w.Add(h.leaf(1), []byte("{}")) == nil {
		t.Error("adds another feature")
	}
}

func TestBundleAgainstTrustedCheckpoint(t *testing.T) {
	h := newHistory(t, 63, 50)
	h.checkpoints = nil
	now := h.tip(t)
	signer, err := proof.ParseSigner(h.key.Signer)
	if err != nil {
		t.Fatal(err)
	}
	old, err := proof.Sign(proof.Checkpoint{Origin: origin, Size: 20, Root: h.root(20)}, signer)
	if err != nil {
		t.Fatal(err)
	}
	fork, err := proof.Sign(proof.Checkpoint{Origin: origin, Size: 20, Root: h.root(19)}, signer)
	if err != nil {
		t.Fatal(err)
	}
	joint, err := proof.ConsistencyProof(20, 50, proof.NewReader(h.chunks))
	if err != nil {
		t.Fatal(err)
	}
	keys := []string{h.key.Verifier}
	young, _ := h.bundle(t, now, 50, false)
	aged, _ := h.bundle(t, old, 20, false)
	for name, test := range map[string]struct {
		bundle []byte
		trust  proof.Trust
		sound  bool
	}{
		"same":                   {young, proof.Trust{Keys: keys, Checkpoint: now}, true},
		"older, joined":          {young, proof.Trust{Keys: keys, Checkpoint: old, Consistency: joint}, true},
		"younger, joined":        {aged, proof.Trust{Keys: keys, Checkpoint: now, Consistency: joint}, true},
		"older, not joined":      {young, proof.Trust{Keys: keys, Checkpoint: old}, false},
		"of a fork":              {young, proof.Trust{Keys: keys, Checkpoint: fork, Consistency: joint}, false},
		"of a fork at same size": {aged, proof.Trust{Keys: keys, Checkpoint: fork}, false},
	} {
		report, err := proof.VerifyBundle(bytes.NewReader(test.bundle), test.trust)
		if err != nil || report.Sound() != test.sound {
			t.Errorf("%s: %v, %v", name, report, err)
		}
	}
}

func TestVerifyExport(t *testing.T) {
	h := newHistory(t, 64, 60)
	signed := h.tip(t)
	trust := proof.Trust{Keys: []string{h.key.Verifier}}
	bundle, features := h.bundle(t, signed, 60, true)
	collection := `{"type":"FeatureCollection","licence":"x","features":[` + string(bytes.Join(features, []byte(",\n"))) + "],\"numberReturned\":3}\n"
	sequence := "\x1e" + string(bytes.Join(features, []byte("\n\x1e"))) + "\n"
	first := string(features[0])
	for name, test := range map[string]struct {
		export string
		want   string
	}{
		"collection":       {collection, ""},
		"sequence":         {sequence, ""},
		"lines":            {strings.ReplaceAll(sequence, "\x1e", ""), ""},
		"altered":          {strings.Replace(collection, first, strings.Replace(first, "null", "nul1", 1), 1), "export: is not GeoJSON"},
		"altered value":    {strings.Replace(collection, first, strings.Replace(first, `"seq":`, `"seq":1`, 1), 1), "is not one that the bundle proves"},
		"row left out":     {strings.Replace(collection, first+",", "", 1), "is proven by the bundle but missing"},
		"line left out":    {strings.Replace(sequence, "\x1e"+first+"\n", "", 1), "is proven by the bundle but missing"},
		"cut":              {collection[:len(collection)/2], "is not GeoJSON from here on"},
		"cut at the end":   {collection[:len(collection)-3], "is not GeoJSON from here on"},
		"something after":  {collection + "{}", "is not GeoJSON from here on"},
		"nothing":          {"", "is proven by the bundle but missing"},
		"no features":      {`{"type":"FeatureCollection"}`, "is not GeoJSON from here on"},
		"features no list": {`{"type":"FeatureCollection","features":{}}`, "is not GeoJSON from here on"},
	} {
		report, err := proof.VerifyExport(strings.NewReader(test.export), bytes.NewReader(bundle), trust)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if test.want == "" {
			if !report.Sound() || report.Rows != int64(len(features)) {
				t.Errorf("%s: %+v", name, report)
			}
			continue
		}
		if report.Sound() || !strings.Contains(report.Findings[0].String(), test.want) {
			t.Errorf("%s: want %q, got %v", name, test.want, report.Findings)
		}
	}
}

func FuzzVerifyBundle(f *testing.F) {
	h := newHistory(f, 65, 6)
	signed := h.tip(f)
	whole, _ := h.bundle(f, signed, 6, false)
	sidecar, features := h.bundle(f, signed, 6, true)
	f.Add(whole, []byte(""))
	f.Add(sidecar, bytes.Join(features, []byte("\n")))
	f.Add(sidecar, []byte(`{"type":"FeatureCollection","features":[{},[1]]}`))
	trust := proof.Trust{Keys: []string{h.key.Verifier}}
	f.Fuzz(func(t *testing.T, bundle, export []byte) {
		report, err := proof.VerifyExport(bytes.NewReader(export), bytes.NewReader(bundle), trust)
		if err != nil {
			t.Fatal(err)
		}
		if report.Sound() && !bytes.HasPrefix(bundle, whole[:100]) {
			t.Errorf("%q is sound", bundle)
		}
	})
}
