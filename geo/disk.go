package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// disk is the area within radius metres of a centre, and the plane around it in
// which it is the unit circle: azimuthal equidistant, x to the east, y to the
// north. Directions and distances from the centre are true to 1e-6 for a
// radius of 100 km and to 1e-4 for 1,000 km.
type disk struct {
	center         orb.Point
	radius         float64
	sinLat, cosLat float64
	outX, outZ     float64 // the centre's distance from the axis and the equatorial plane
	flat           float64 // 1 / (mean radius of curvature)^2
	box            orb.Bound
	around         bool // the box holds all longitudes
	// near holds the metres of a degree of longitude and of latitude, at least,
	// anywhere in the box; 0 where the disk is too large to say.
	nearLon, nearLat float64
}

func newDisk(center orb.Point, radius float64) disk {
	d := disk{center: center, radius: radius}
	d.sinLat, d.cosLat = math.Sincos(center[1] * degree)
	w := 1 - eccentricity2*d.sinLat*d.sinLat
	n := equatorialRadius / math.Sqrt(w)
	d.outX, d.outZ = n*d.cosLat, n*(1-eccentricity2)*d.sinLat
	d.flat = w * w / (equatorialRadius * equatorialRadius * (1 - eccentricity2))
	d.box, d.around = diskBound(center, radius)
	if radius < 2e5 && !d.around {
		lat := math.Max(math.Abs(d.box.Min[1]), math.Abs(d.box.Max[1]))
		// The hundredth covers what the curvature makes shorter.
		d.nearLat = 0.99 * 110574
		d.nearLon = 0.99 * 111319 * math.Cos(lat*degree)
	}
	return d
}

// DiskBound is a box of longitudes and latitudes around a disk, a little larger
// than need be. Where the disk reaches over the antimeridian, the box reaches
// beyond -180 or 180; around a pole it holds all longitudes.
func DiskBound(center orb.Point, radius float64) orb.Bound {
	b, _ := diskBound(center, radius)
	return b
}

func diskBound(center orb.Point, radius float64) (b orb.Bound, around bool) {
	// On a sphere no larger than the ellipsoid anywhere, a degree is shortest.
	const least = polarRadius * axisRatio
	angle := radius/least*(1+1e-9) + 1e-12
	lat := center[1] * degree
	south, north := lat-angle*1.0001, lat+angle*1.0001
	b.Min[1] = math.Max(-90, south/degree)
	b.Max[1] = math.Min(90, north/degree)
	// Geodetic latitudes turn by a fifth of a degree at most against those of
	// the sphere; near the poles all longitudes are in.
	if south <= -math.Pi/2 || north >= math.Pi/2 {
		b.Min[0], b.Max[0] = -180, 180
		return b, true
	}
	// A disk is widest where a meridian touches it.
	sine := math.Sin(angle) / math.Cos(math.Max(math.Abs(south), math.Abs(north)))
	if angle >= math.Pi/2 || sine >= 1 {
		b.Min[0], b.Max[0] = -180, 180
		return b, true
	}
	wide := math.Asin(sine) / degree * 1.0001
	b.Min[0], b.Max[0] = center[0]-wide, center[0]+wide
	return b, wide >= 180
}

// spot is a place in the plane of a disk.
type spot struct{ x, y float64 }

func (p spot) square() float64           { return p.x*p.x + p.y*p.y }
func (p spot) cross(q spot) float64      { return p.x*q.y - p.y*q.x }
func (p spot) inside() bool              { return p.square() <= 1 }
func (p spot) to(q spot, t float64) spot { return spot{p.x + (q.x-p.x)*t, p.y + (q.y-p.y)*t} }

// place projects a position.
func (d *disk) place(p orb.Point) spot {
	sinLon, cosLon := smallSincos((p[0] - d.center[0]) * degree)
	sin, cos := smallSincos((p[1] - d.center[1]) * degree)
	sinLat := d.sinLat*cos + d.cosLat*sin
	cosLat := d.cosLat*cos - d.sinLat*sin
	n := equatorialRadius / math.Sqrt(1-eccentricity2*sinLat*sinLat)
	east := n * cosLat * sinLon
	out := n*cosLat*cosLon - d.outX
	axial := n*(1-eccentricity2)*sinLat - d.outZ
	north := d.cosLat*axial - d.sinLat*out
	// k is (chord / radius of curvature)^2; an angle over its sine in terms of
	// 4 sin^2 of its half.
	k := (east*east + out*out + axial*axial) * d.flat
	stretch := 1 + k*(1.0/6+k*(1.0/30+k*(1.0/140+k/630)))
	if k > 0.1 {
		half := math.Asin(math.Min(1, math.Sqrt(k)/2))
		stretch = 2 * half / math.Max(math.Sin(2*half), 1e-9)
	}
	stretch /= d.radius
	return spot{east * stretch, north * stretch}
}

// smallSincos is quick for angles of a few degrees.
func smallSincos(a float64) (sin, cos float64) {
	if math.Abs(a) > 0.05 {
		return math.Sincos(a)
	}
	q := a * a
	return a * (1 - q*(1.0/6-q*(1.0/120-q/5040))), 1 - q*(1.0/2-q*(1.0/24-q*(1.0/720-q/40320)))
}

// misses tells that a box certainly lies outside the disk.
func (d *disk) misses(minX, minY, maxX, maxY float64) bool {
	if minY > d.box.Max[1] || maxY < d.box.Min[1] {
		return true
	}
	if d.around {
		return false
	}
	missing := func(turn float64) bool {
		lo, hi := minX-d.center[0]+turn, maxX-d.center[0]+turn
		if lo > d.box.Max[0]-d.center[0] || hi < d.box.Min[0]-d.center[0] {
			return true
		}
		if d.nearLat == 0 {
			return false
		}
		x := max(lo, -hi, 0) * d.nearLon
		y := max(minY-d.center[1], d.center[1]-maxY, 0) * d.nearLat
		return x*x+y*y > d.radius*d.radius
	}
	if !missing(0) {
		return false
	}
	return (d.box.Min[0] >= -180 || missing(-360)) && (d.box.Max[0] <= 180 || missing(360))
}

// pieces is into how many parts an edge must be cut so that its course, which
// is straight in longitude and latitude, is straight in the plane to 1e-4 of
// the radius.
func (d *disk) pieces(a, b orb.Point) int {
	lon, lat := math.Abs(b[0]-a[0])*degree, math.Abs(b[1]-a[1])*degree
	// The parallels' curvature is below 1 / (R cos lat) everywhere.
	sag := equatorialRadius * lon * (lon/8 + lat/4)
	if limit := 1e-4*d.radius + 0.02; sag > limit {
		return int(math.Min(math.Ceil(math.Sqrt(sag/limit)), 20_000))
	}
	return 1
}
