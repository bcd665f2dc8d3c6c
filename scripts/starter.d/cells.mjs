// town-areas.geojson: the Thiessen cell of every town and of the towns and villages of places-extra.csv.
//
// The bisectors are great circles on the sphere (d3-geo-voronoi), which beside the ellipsoid's bisectors
// are off by less than 0.3 % of the distance to the towns; the area's stated accuracy is 15 km.
import { geoArea, geoDistance, geoInterpolate } from 'd3-geo';
import { geoVoronoi } from 'd3-geo-voronoi';
import { COAST, COUNTRIES, ODBL, feature, origin, outerRings, readCSV, writeGeoJSON } from './common.mjs';
import { shape } from './land.mjs';

const EARTH_M = 6_371_008;

// The gazetteer lists two towns twice, a few metres apart, under the township that the state counts them
// to and under that of the Wa administration. Entries as close as this share one cell.
const SAME_TOWN_M = 50;

// Straight lines in degrees leave a great circle by less than 5 m over this length.
const EDGE_M = 25_000;

// A part of a cell that the outline cuts off and that is smaller than this is a sliver.
const SLIVER_KM2 = 0.25;

// Far points around the country bound the outer cells; none is nearer to any land of it than a town is.
const GUARDS = Array.from({ length: 36 }, (_, i) => {
  const turn = (i * Math.PI) / 18;
  return [96.5 + 22 * Math.cos(turn), 19 + 22 * Math.sin(turn)];
});

/** Writes the file; `land` holds the simplified outline. */
export async function writeTownAreas(land) {
  const outline = land.filter((f) => f.properties.A3 === 'MMR');
  const sites = loadSites();
  const diagram = geoVoronoi([...sites.map((s) => s.point), ...GUARDS]).polygons().features;
  const rings = new Map(diagram.map((c) => [c.properties.site.join(), c.geometry.coordinates[0]]));
  const areas = sites.map(({ point, properties }) =>
    feature(properties, { type: 'Polygon', coordinates: [bent(rings.get(point.join()))] }),
  );
  const cells = await shape({ areas, outline }, '-clip outline.json');
  writeGeoJSON('town-areas.geojson', await absorbSlivers(cells));
}

/** Gives the slivers that the outline cuts from a cell to the neighbour with the longest common edge. */
async function absorbSlivers(cells) {
  const parts = cells.flatMap(({ properties, geometry }) =>
    outerRings(geometry).map((ring) => ({ code: properties.code, ring, km2: km2(ring) })),
  );
  const owners = new Map();
  for (const part of parts) {
    for (const { key } of edges(part.ring)) owners.set(key, part);
  }
  for (const sliver of parts.filter((p) => p.km2 < SLIVER_KM2)) {
    const common = new Map();
    for (const { back, length } of edges(sliver.ring)) {
      const other = owners.get(back);
      if (other && other.km2 >= SLIVER_KM2) common.set(other.code, (common.get(other.code) ?? 0) + length);
    }
    const [longest] = [...common].sort((a, b) => b[1] - a[1]);
    if (longest) sliver.code = longest[0];
  }
  const features = parts.map(({ code, ring }) => feature({ code }, ringPolygon(ring)));
  const merged = await shape({ parts: features }, '-dissolve code');
  const geometry = new Map(merged.map((f) => [f.properties.code, f.geometry]));
  return cells.map(({ properties }) => feature(properties, geometry.get(properties.code)));
}

/** d3-geo takes the inside to be on the right; GeoJSON, as RFC 7946 has it, on the left. */
const km2 = (ring) => (geoArea(ringPolygon(ring.toReversed())) * EARTH_M ** 2) / 1e6;

const ringPolygon = (ring) => ({ type: 'Polygon', coordinates: [ring] });

/** The ring's edges: their key, the key of the same edge the other way and the length. */
function edges(ring) {
  return ring.slice(1).map((b, i) => {
    const a = ring[i];
    return { key: `${a} ${b}`, back: `${b} ${a}`, length: geoDistance(a, b) };
  });
}

function loadSites() {
  const extra = readCSV('places-extra.csv').filter((p) => ['town', 'village'].includes(p.kind));
  const towns = readCSV('towns.csv').sort((a, b) => (a.code < b.code ? -1 : 1));
  const sites = [];
  for (const place of [...towns, ...extra]) {
    const point = [Number(place.lon), Number(place.lat)];
    const twin = sites.find((s) => geoDistance(s.point, point) * EARTH_M < SAME_TOWN_M);
    if (twin) {
      twin.properties.place_codes += `,${place.code}`;
      continue;
    }
    const properties = {
      code: `area-${place.code}`,
      place_code: place.code,
      place_codes: place.code,
      name: place.name,
      name_my: place.name_my || null,
      level: 'town',
      township: place.township,
      township_code: place.township_code,
      state_region: place.state_region,
      generalised: true,
      accuracy_m: 15000,
      source: `Strikewatch, Thiessen cells of the towns (MIMU P-codes) cut to the land by ${origin(COUNTRIES, COAST)}`,
      licence: ODBL,
    };
    sites.push({ point, properties });
  }
  return sites;
}

/** The ring with points added along its great circles, the same for the neighbour that shares the edge. */
function bent(ring) {
  return ring.flatMap((a, i) => {
    const b = ring[i + 1];
    if (!b) return [rounded(a)];
    const turned = a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);
    const along = turned ? geoInterpolate(b, a) : geoInterpolate(a, b);
    const steps = Math.ceil((geoDistance(a, b) * EARTH_M) / EDGE_M);
    const between = Array.from({ length: Math.max(0, steps - 1) }, (_, k) => rounded(along((k + 1) / steps)));
    return [rounded(a), ...(turned ? between.reverse() : between)];
  });
}

const rounded = ([x, y]) => [Number(x.toFixed(6)), Number(y.toFixed(6))];
