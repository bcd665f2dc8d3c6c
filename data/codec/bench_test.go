package codec_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"strikewatch/data/codec"
	"strikewatch/data/columns"
)

// wideSchema has as many and such fields as incidents have.
func wideSchema() *columns.Schema {
	s := &columns.Schema{Collection: "incidents", Geometry: "Point", Start: "date_start", End: "date_end"}
	for kind, names := range map[columns.Type]string{
		columns.Text: "id kind date_precision time_local place place_code township township_code state_region location_precision attacker target " +
			"munitions response status held_by held_certainty held_shares held_records said_held_by border border_distances summary notes sources",
		columns.Day: "date_start date_end date_earliest date_latest",
		columns.Int: "munitions_count killed_min killed_max injured_min injured_max civilians_killed_min civilians_killed_max children_killed_min " +
			"children_killed_max women_killed_min women_killed_max combatants_killed_min combatants_killed_max version",
		columns.Real: "uncertainty_m border_km border_km_min border_km_max",
		columns.Time: "recorded_at",
	} {
		for _, name := range strings.Fields(names) {
			s.Fields = append(s.Fields, columns.Field{Name: name, Type: kind, Long: name == "summary" || name == "notes" || name == "sources"})
		}
	}
	order := strings.Fields("id kind date_start date_end date_precision date_earliest date_latest")
	rank := func(name string) int {
		for i, o := range order {
			if o == name {
				return i
			}
		}
		return len(order)
	}
	sortFields(s.Fields, rank)
	return s
}

func sortFields(fields []columns.Field, rank func(string) int) {
	for i := range fields {
		for j := i; j > 0; j-- {
			a, b := fields[j-1].Name, fields[j].Name
			if rank(a) < rank(b) || rank(a) == rank(b) && a < b {
				break
			}
			fields[j-1], fields[j] = fields[j], fields[j-1]
		}
	}
}

// wideFeature is one incident, as sparse as they are.
func wideFeature(dst []byte, s *columns.Schema, r *rand.Rand, i int) []byte {
	dst = fmt.Appendf(dst, `{"type":"Feature","id":"mm-%07d","geometry":{"type":"Point","coordinates":[%.4f,%.4f]},"properties":{`,
		i, 92+r.Float64()*9, 10+r.Float64()*18)
	for j := range s.Fields {
		f := &s.Fields[j]
		if j > 0 {
			dst = append(dst, ',')
		}
		dst = fmt.Appendf(dst, "%q:", f.Name)
		switch {
		case j == 0:
			dst = fmt.Appendf(dst, `"mm-%07d"`, i)
		case f.Type == columns.Day:
			dst = fmt.Appendf(dst, `"202%d-%02d-%02d"`, 1+r.IntN(5), 1+r.IntN(12), 1+r.IntN(28))
		case f.Type == columns.Time:
			dst = fmt.Appendf(dst, `"2026-01-%02dT%02d:04:05.678Z"`, 1+r.IntN(28), r.IntN(24))
		case f.Name == "version":
			dst = append(dst, '1')
		case f.Type == columns.Int && r.IntN(3) > 0:
			dst = append(dst, "null"...)
		case f.Type == columns.Int:
			dst = fmt.Appendf(dst, "%d", r.IntN(20))
		case f.Type == columns.Real:
			dst = fmt.Appendf(dst, "%.3f", r.Float64()*500)
		case f.Name == "border_distances":
			dst = fmt.Appendf(dst, `"mmr-chn:%.3f,mmr-lao:%.3f,mmr-tha:%.3f,mmr-ind:%.3f,mmr-bgd:%.3f"`, r.Float64()*100, r.Float64()*100,
				r.Float64()*100, r.Float64()*100, r.Float64()*100)
		case f.Name == "summary":
			dst = fmt.Appendf(dst, `"Jets dropped %d bombs near ward %d, residents fled toward the border; လားရှိုးမြို့ \"verified\" footage shows a damaged monastery."`, r.IntN(9), r.IntN(99))
		case f.Name == "sources":
			dst = fmt.Appendf(dst, `"The Irrawaddy (2024-11-%02d) https://www.irrawaddy.com/news/%d.html"`, 1+r.IntN(28), r.IntN(1e6))
		case f.Name == "notes" || f.Name == "response" || f.Name == "said_held_by" || f.Name == "munitions":
			dst = append(dst, "null"...)
		default:
			dst = fmt.Appendf(dst, `"%s %d"`, f.Name, r.IntN(40))
		}
	}
	return append(dst, "}}"...)
}

// BenchmarkWriters gives the bytes of stored features that each format takes
// in per second.
func BenchmarkWriters(b *testing.B) {
	s := wideSchema()
	r := rand.New(rand.NewPCG(5, 6))
	features := make([][]byte, 10_000)
	size := 0
	for i := range features {
		features[i] = wideFeature(nil, s, r, i)
		size += len(features[i])
	}
	for _, f := range codec.Formats() {
		b.Run(f.Name, func(b *testing.B) {
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				m := meta(s)
				m.TempDir = b.TempDir()
				w, err := codec.NewWriter(f.Name, io.Discard, m)
				if err != nil {
					b.Fatal(err)
				}
				for _, f := range features {
					if err := w.Write(f); err != nil {
						b.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(features)), "ns/row")
		})
	}
}
