package geo_test
import ("testing";"time";"fmt";"math";"math/rand/v2";"strikewatch/geo";"github.com/paulmach/orb")
func TestHeldMin(t *testing.T){ var b testing.B; w:=newHeldWorld(&b,20000); tot:=0.0
 byR:=map[float64]float64{}; n:=map[float64]float64{}
 for i:=range 20000 { best:=1e18; for range 7 { t0:=time.Now(); w.held(i); best=math.Min(best,float64(time.Since(t0))) }; tot+=best; byR[w.radius[i]]+=best; n[w.radius[i]]++ }
 fmt.Printf("held min: %.0f ns avg",tot/20000); for r:=range byR { fmt.Printf("  %g: %.0f",r,byR[r]/n[r]) }; fmt.Println()
 cnt:=0; t0:=math.Inf(1); for range 7 { s:=time.Now(); for i:=range 20000 { w.index.Search(geo.DiskBound(w.points[i], w.radius[i]), w.day[i], w.day[i]+1, func(k int) { cnt++ }) }; t0=math.Min(t0,float64(time.Since(s))) }
 fmt.Printf("held search %.0f ns, %.2f found\n",t0/20000,float64(cnt)/140000)
}
func TestShareMin(t *testing.T){
	r := rand.New(rand.NewPCG(1, 2))
	region := mustRegion(t, orb.MultiPolygon{{blob(r, orb.Point{97, 22}, 1.5, 1000)}})
 for _,rad:=range []float64{0,3000,20000,80000} { tot:=0.0; for range 1000 { p:=orb.Point{95.5 + 3*r.Float64(), 20.5 + 3*r.Float64()}; best:=1e18; for range 9 { t0:=time.Now(); region.Share(p,rad); best=math.Min(best,float64(time.Since(t0))) }; tot+=best }; fmt.Printf("share min %g: %.0f\n",rad,tot/1000) }
}
func BenchmarkHeld80(b *testing.B){ var bb testing.B; w:=newHeldWorld(&bb,20000); var is []int; for i:=range 20000 { if w.radius[i]==80000 { is=append(is,i) } }; b.ResetTimer(); for i:=range b.N { w.held(is[i%len(is)]) } }
