package geo

import (
	"fmt"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
	"github.com/peterstace/simplefeatures/geom"
)

// Shape is a geometry of any kind, ready to be related to others on the plane
// of longitude and latitude by the rules of simple features (OGC 06-103r4,
// 6.1.15). It is immutable.
type Shape struct{ shape geom.Geometry }

// NewShape takes a geometry as it is; see Validate.
func NewShape(g orb.Geometry) (Shape, error) {
	data, err := wkb.Marshal(g)
	if err != nil {
		return Shape{}, fmt.Errorf("encode shape: %w", err)
	}
	shape, err := geom.UnmarshalWKB(data, geom.NoValidate{})
	if err != nil {
		return Shape{}, fmt.Errorf("decode shape: %w", err)
	}
	return Shape{shape}, nil
}

// Validate says what is wrong with a shape, such as a ring that crosses itself.
// Relations of shapes that are not valid may be wrong or fail.
func (s Shape) Validate() error { return s.shape.Validate() }

// Intersects tells whether the shapes have a position in common.
func (s Shape) Intersects(o Shape) bool { return geom.Intersects(s.shape, o.shape) }

// Within tells whether s lies in o, and not on its boundary alone.
func (s Shape) Within(o Shape) (bool, error) { return geom.Within(s.shape, o.shape) }

// Contains tells whether o lies within s.
func (s Shape) Contains(o Shape) (bool, error) { return geom.Contains(s.shape, o.shape) }

// Touches tells whether the shapes meet with their boundaries only.
func (s Shape) Touches(o Shape) (bool, error) { return geom.Touches(s.shape, o.shape) }

// Crosses tells whether the insides meet in less than the larger dimension.
func (s Shape) Crosses(o Shape) (bool, error) { return geom.Crosses(s.shape, o.shape) }

// Overlaps tells whether shapes of one dimension share a part, but neither has
// it all.
func (s Shape) Overlaps(o Shape) (bool, error) { return geom.Overlaps(s.shape, o.shape) }

// Equals tells whether the shapes cover the same positions.
func (s Shape) Equals(o Shape) (bool, error) { return geom.Equals(s.shape, o.shape) }
