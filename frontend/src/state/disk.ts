import type { Polygon, Position } from 'geojson';

const earth = 6_371_008.8; // mean radius, metres

/** The disk of `radius` metres about a point, on the sphere; 64 corners. */
export function diskOf(lon: number, lat: number, radius: number): Polygon {
  const ring: Position[] = [];
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  const d = radius / earth;
  for (let k = 0; k <= 64; k++) {
    const bearing = (-k / 64) * 2 * Math.PI;
    const phi2 = Math.asin(Math.sin(phi) * Math.cos(d) + Math.cos(phi) * Math.sin(d) * Math.cos(bearing));
    const turn = Math.atan2(
      Math.sin(bearing) * Math.sin(d) * Math.cos(phi),
      Math.cos(d) - Math.sin(phi) * Math.sin(phi2),
    );
    ring.push([((lambda + turn) * 180) / Math.PI, (phi2 * 180) / Math.PI]);
  }
  return { type: 'Polygon', coordinates: [ring] };
}

/** Metres of one pixel at a latitude and zoom (512-pixel tiles). */
export function metresPerPixel(lat: number, zoom: number): number {
  return (2 * Math.PI * 6_378_137 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);
}
