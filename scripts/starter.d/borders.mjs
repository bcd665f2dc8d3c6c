// borders.geojson: the land borders of Myanmar, boundary rivers included, at source resolution.
import geographic from 'geographiclib-geodesic';
import { COUNTRIES, ODBL, feature, origin, outerRings, writeGeoJSON } from './common.mjs';

// A boundary river has two shores; the sea begins where the line leaves either behind by more than this.
const SHORE_M = 3000;

const NAMES = { CHN: 'China', THA: 'Thailand', IND: 'India', BGD: 'Bangladesh', LAO: 'Laos' };

/** Writes the file. Every line runs clockwise around Myanmar, which lies to its right. */
export function writeBorders(sections, land) {
  const shores = (country) => outerRings(land.find((f) => f.properties.A3 === country).geometry);
  const features = Object.entries(NAMES).map(([country, name]) => {
    let line = sections.get(country);
    // The sea lies where Myanmar's ring, clockwise, leaves Thailand and comes to Bangladesh.
    const onLand = (p) => [country, 'MMR'].every((c) => nearShore(p, shores(c)));
    if (country === 'THA') line = line.slice(0, line.findLastIndex(onLand) + 1);
    if (country === 'BGD') line = line.slice(line.findIndex(onLand));
    return feature(
      {
        code: `mmr-${country.toLowerCase()}`,
        name: `Myanmar–${name} border`,
        countries: `MMR,${country}`,
        length_km: Number(lengthKm(line).toFixed(3)),
        source: origin(COUNTRIES),
        licence: ODBL,
      },
      { type: 'LineString', coordinates: line },
    );
  });
  writeGeoJSON('borders.geojson', features);
}

/** Geodesic length on WGS 84. */
function lengthKm(line) {
  const { WGS84 } = geographic.Geodesic;
  let metres = 0;
  for (let i = 1; i < line.length; i++) {
    const [[x0, y0], [x1, y1]] = [line[i - 1], line[i]];
    metres += WGS84.Inverse(y0, x0, y1, x1).s12;
  }
  return metres / 1000;
}

/** Whether a ring comes within SHORE_M of p, on a plane that touches the globe at p. */
function nearShore([lon, lat], rings) {
  const kx = 111_320 * Math.cos((lat * Math.PI) / 180);
  const ky = 110_700;
  return rings.some((ring) => {
    let [ax, ay] = [Infinity, Infinity];
    return ring.some(([x, y]) => {
      const [bx, by] = [(x - lon) * kx, (y - lat) * ky];
      const near = originToSegment(ax, ay, bx, by) <= SHORE_M;
      [ax, ay] = [bx, by];
      return near;
    });
  });
}

function originToSegment(ax, ay, bx, by) {
  if (ax === Infinity) return Infinity;
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / square));
  return Math.hypot(ax + t * dx, ay + t * dy);
}
