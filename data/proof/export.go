package proof

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
)

// VerifyExport checks a GeoJSON export against the bundle that was written
// beside it: each feature must be, byte for byte, one that the bundle proves,
// and each that the bundle proves must be there. The export is a
// FeatureCollection or a text sequence (one feature a line, with or without
// record separators); features to which members were added on the way out
// (such as certainty) are not the ones that were logged. Report.Rows counts
// the features. Memory: about 100 bytes per item of the bundle.
func VerifyExport(export, bundle io.Reader, trust Trust) (*Report, error) {
	report, proven, err := verifyBundle(bundle, trust)
	if err != nil {
		return nil, err
	}
	report.Rows = 0
	seen := make(map[Digest]bool, len(proven))
	err = eachFeature(export, func(feature []byte) {
		report.Rows++
		d := DigestOf(feature)
		if _, ok := proven[d]; !ok {
			report.add(Finding{Kind: KindItem, At: report.Rows, Field: "feature" + featureName(feature),
				Problem: "is not one that the bundle proves"})
		}
		seen[d] = true
	})
	if err != nil {
		var syntax *json.SyntaxError
		if !errors.As(err, &syntax) && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, errNotGeoJSON) {
			return nil, fmt.Errorf("verify export: feature %d: %w", report.Rows+1, err)
		}
		report.add(Finding{Kind: KindItem, At: report.Rows + 1, Field: "export", Problem: "is not GeoJSON from here on: " + err.Error()})
		return report, nil
	}
	maps.DeleteFunc(proven, func(d Digest, _ int64) bool { return seen[d] })
	for _, seq := range slices.Sorted(maps.Values(proven)) {
		report.row(seq, "feature", "is proven by the bundle but missing in the export")
	}
	return report, nil
}

func featureName(feature []byte) string {
	var f struct {
		ID json.RawMessage `json:"id"`
	}
	if json.Unmarshal(feature, &f) != nil || len(f.ID) == 0 || len(f.ID) > 200 {
		return ""
	}
	return " " + string(f.ID)
}

var (
	collectionHead = regexp.MustCompile(`^\s*\{\s*"type"\s*:\s*"FeatureCollection"`)
	errNotGeoJSON  = errors.New("neither a FeatureCollection nor a sequence of features")
)

// eachFeature yields the features' bytes as they stand in the file.
func eachFeature(r io.Reader, yield func([]byte)) error {
	in := bufio.NewReaderSize(r, 1<<16)
	begin, err := in.Peek(256)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	d := json.NewDecoder(separatorless{in})
	if !collectionHead.Match(begin) {
		return eachValue(d, yield)
	}
	if err := eachOfCollection(d, yield); err != nil {
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		}
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.Join(errNotGeoJSON, err)
	}
	return nil
}

func eachOfCollection(d *json.Decoder, yield func([]byte)) error {
	if _, err := d.Token(); err != nil {
		return err
	}
	found := false
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var value json.RawMessage
		if name != "features" {
			if err := d.Decode(&value); err != nil {
				return err
			}
			continue
		}
		found = true
		if t, err := d.Token(); err != nil || t != json.Delim('[') {
			return errors.Join(errNotGeoJSON, err)
		}
		for d.More() {
			if err := d.Decode(&value); err != nil {
				return err
			}
			yield(value)
		}
		if _, err := d.Token(); err != nil {
			return err
		}
	}
	if !found {
		return errNotGeoJSON
	}
	_, err := d.Token()
	return err
}

func eachValue(d *json.Decoder, yield func([]byte)) error {
	for {
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		yield(value)
	}
}

// separatorless turns the record separators of RFC 8142 into spaces. They can
// not occur inside JSON.
type separatorless struct{ r io.Reader }

func (s separatorless) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	for i := 0; ; i++ {
		at := bytes.IndexByte(b[i:n], 0x1e)
		if at < 0 {
			return n, err
		}
		i += at
		b[i] = ' '
	}
}
