package geo

import (
	"math"

	"github.com/paulmach/orb"
)

// disk is the area within radius metres of a centre, and the plane around it in
// which it is the unit circle: Lambert's azimuthal equal-area projection on the
// sphere that fits the ellipsoid at the centre, x to the east, y to the north.
// The circle is true to 1 cm for a radius of 100 km and to 10 m for 1,000 km.
type disk struct {
	center         orb.Point
	radius         float64
	sinLat, cosLat float64
	// normal is the radius of curvature across the meridian; steep is e^2 /
	// (1 - e^2 sin^2 lat); out and up are the centre's distances from the axis
	// and from the plane of the equator.
	normal, steep, out, up float64
	flat                   float64 // 1 / (mean radius of curvature)^2
	scale                  float64 // 1 / chord of the radius

	box    orb.Bound
	around bool // the box holds all longitudes
	wraps  bool // the box reaches over the antimeridian
	// nearLon and nearLat are the metres of a degree, at least, anywhere in the
	// box; 0 where the disk is too large to say.
	nearLon, nearLat float64
}

// halfMeridian is beyond the farthest that two positions can be apart.
const halfMeridian = 20_003_932.0

func newDisk(center orb.Point, radius float64) disk {
	radius = min(radius, halfMeridian)
	d := disk{center: center, radius: radius}
	d.sinLat, d.cosLat = math.Sincos(center[1] * degree)
	w := 1 - eccentricity2*d.sinLat*d.sinLat
	d.normal, d.steep = equatorialRadius/math.Sqrt(w), eccentricity2/w
	d.out, d.up = d.normal*d.cosLat, d.normal*(1-eccentricity2)*d.sinLat
	d.flat = w * w / (equatorialRadius * equatorialRadius * (1 - eccentricity2))
	curvature := math.Sqrt(d.flat)
	sin, _ := smallSincos(min(radius*curvature, math.Pi) / 2)
	d.scale = curvature / (2 * sin)
	var far float64
	d.box, far = diskBox(center, radius, d.sinLat, d.cosLat)
	d.around = far == 0
	d.wraps = !d.around && (d.box.Min[0] < -180 || d.box.Max[0] > 180)
	if radius < 2e5 && !d.around {
		// The hundredth covers what curvature makes shorter.
		d.nearLat, d.nearLon = 0.99*110574, 0.99*111319*far
	}
	return d
}

// DiskBound is a box of longitudes and latitudes around a disk, a little larger
// than need be. Where the disk reaches over the antimeridian, the box reaches
// beyond -180 or 180; around a pole it holds all longitudes.
func DiskBound(center orb.Point, radius float64) orb.Bound {
	sin, cos := math.Sincos(center[1] * degree)
	b, _ := diskBox(center, radius, sin, cos)
	return b
}

// diskBox is DiskBound with the least cosine of a latitude in the box, or 0
// where the box holds all longitudes.
func diskBox(center orb.Point, radius, sin, cos float64) (b orb.Bound, far float64) {
	// On a sphere that is curved more than the ellipsoid anywhere, the angles
	// of a disk are greater.
	const least = polarRadius * axisRatio
	angle := max(0, radius)/least*1.001 + 1e-9
	wide := angle / degree
	b.Min[1], b.Max[1] = max(-90, center[1]-wide), min(90, center[1]+wide)
	sinAngle, cosAngle := smallSincos(min(angle, math.Pi))
	far = cos*cosAngle - math.Abs(sin)*sinAngle
	if b.Min[1] == -90 || b.Max[1] == 90 || far <= sinAngle {
		b.Min[0], b.Max[0] = -180, 180
		return b, 0
	}
	// The disk is widest where a meridian touches it, at a sine of sin angle /
	// cos lat; with the latitude farthest out, and an arc for its tangent, more.
	wide = sinAngle / math.Sqrt(far*far-sinAngle*sinAngle) / degree
	b.Min[0], b.Max[0] = center[0]-wide, center[0]+wide
	return b, far
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
	// The binomial series of 1 / sqrt(1 - e^2 sin^2 lat) about the centre.
	u := (sinLat - d.sinLat) * (sinLat + d.sinLat) * d.steep
	n := d.normal * (1 + u*(0.5+u*(0.375+u*(0.3125+u*0.2734375))))
	east := n * cosLat * sinLon
	out := n*cosLat*cosLon - d.out
	up := n*(1-eccentricity2)*sinLat - d.up
	north := d.cosLat*up - d.sinLat*out
	// k is (chord / radius of curvature)^2, and the chord is longer than its
	// projection by 1 / sqrt(1 - k / 4).
	k := (east*east + out*out + up*up) * d.flat
	stretch := 1 + k*(0.125+k*(0.0234375+k*0.0048828125))
	if k > 0.01 {
		stretch = 1 / math.Sqrt(max(1-k/4, 1e-12))
	}
	stretch *= d.scale
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
	if d.wraps {
		return d.misses1(minX, minY, maxX, maxY) && d.misses1(minX-360, minY, maxX-360, maxY) && d.misses1(minX+360, minY, maxX+360, maxY)
	}
	return d.misses1(minX, minY, maxX, maxY)
}

// misses1 is misses for a box on the same turn of longitudes.
func (d *disk) misses1(minX, minY, maxX, maxY float64) bool {
	if minX > d.box.Max[0] || maxX < d.box.Min[0] {
		return true
	}
	x := max(minX-d.center[0], d.center[0]-maxX, 0) * d.nearLon
	y := max(minY-d.center[1], d.center[1]-maxY, 0) * d.nearLat
	return x*x+y*y > d.radius*d.radius
}

// course tells how to follow an edge, which is straight in longitude and
// latitude, in the plane: in so many steps from part t0 to part t1 of it, so
// that it strays by no more than 4e-4 of the radius, and 2 cm. Of a long edge
// only what lies in the disk's box is followed; no step means none of it does.
func (d *disk) course(a, b orb.Point) (t0, t1 float64, steps int) {
	limit := 4e-4*d.radius + 0.02
	if bend(a, b, 1) <= limit {
		return 0, 1, 1
	}
	t0, t1 = within(0, 1, a[1], b[1], d.box.Min[1], d.box.Max[1])
	if !d.around && !d.wraps {
		t0, t1 = within(t0, t1, a[0], b[0], d.box.Min[0], d.box.Max[0])
	}
	if t0 >= t1 {
		return 0, 0, 0
	}
	p, q := part(a, b, t0), part(a, b, t1)
	sag := bend(p, q, 1)
	if sag > 256*limit {
		// Worth the cosine, which shortens the parallels near a pole.
		lat := min(math.Abs(p[1]), math.Abs(q[1]))
		if p[1]*q[1] < 0 {
			lat = 0
		}
		sag = bend(p, q, math.Cos(lat*degree))
	}
	return t0, t1, max(1, min(int(math.Ceil(math.Sqrt(sag/limit))), 4096))
}

// bend is by how much, at most, an edge strays from a straight course over the
// ground where the parallels are no longer than shrink of the equator.
func bend(a, b orb.Point, shrink float64) float64 {
	lon, lat := math.Abs(b[0]-a[0])*degree, math.Abs(b[1]-a[1])*degree
	return equatorialRadius * lon * (shrink*lon/8 + lat/4)
}

func part(a, b orb.Point, t float64) orb.Point {
	return orb.Point{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t}
}

// within narrows t0..t1 to where the way from a to b is in low..high.
func within(t0, t1, a, b, low, high float64) (float64, float64) {
	if a == b {
		if a < low || a > high {
			return 1, 0
		}
		return t0, t1
	}
	enter, leave := (low-a)/(b-a), (high-a)/(b-a)
	return max(t0, min(enter, leave)), min(t1, max(enter, leave))
}
