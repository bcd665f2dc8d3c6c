package geo

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// CheckPosition refuses a position that is not finite or not on the globe and
// names a likely swap of longitude and latitude.
func CheckPosition(p orb.Point) error {
	lon, lat := p[0], p[1]
	switch {
	case math.IsNaN(lon) || math.IsInf(lon, 0):
		return fmt.Errorf("lon %v is not a finite number", lon)
	case math.IsNaN(lat) || math.IsInf(lat, 0):
		return fmt.Errorf("lat %v is not a finite number", lat)
	case math.Abs(lat) > 90 && math.Abs(lat) <= 180 && math.Abs(lon) <= 90:
		return fmt.Errorf("lat %v is outside -90..90: are longitude and latitude swapped? the order is lon, lat", lat)
	case math.Abs(lat) > 90:
		return fmt.Errorf("lat %v is outside -90..90", lat)
	case math.Abs(lon) > 180:
		return fmt.Errorf("lon %v is outside -180..180", lon)
	}
	return nil
}
