// Countries cut to their land, at source resolution and simplified for the map.
import mapshaper from 'mapshaper';
import { COAST, feature, geoMap, outerRings } from './common.mjs';

/** West, south, east, north of the window that the offline map shows. */
const WINDOW = [84, 3, 110, 33];

/** Greatest distance in metres between a simplified outline and its source. */
const MYANMAR_TOLERANCE_M = 150;
const NEIGHBOUR_TOLERANCE_M = 1500;

const [west, south, east, north] = WINDOW;
const inWindow = (ring) => ring.some(([x, y]) => x > west && x < east && y > south && y < north);

/** The polygons of the given package that reach into the window, as one feature. */
export function polygonsIn(name) {
  const coordinates = geoMap(name).geometries.flatMap((g) => g.coordinates).filter((p) => inWindow(p[0]));
  return feature({ name }, { type: 'MultiPolygon', coordinates });
}

/** Lagoons count as land. */
const filled = ({ properties, geometry }) =>
  feature(properties, { type: 'MultiPolygon', coordinates: outerRings(geometry).map((r) => [r]) });

/** Runs mapshaper commands on GeoJSON features by layer name; returns the features of out.json. */
export async function shape(layers, ...commands) {
  const input = {};
  for (const [name, features] of Object.entries(layers)) {
    input[`${name}.json`] = JSON.stringify({ type: 'FeatureCollection', features });
  }
  const line = `-i ${Object.keys(input)[0]} ${commands.join(' ')} -o out.json format=geojson precision=0.00001`;
  const output = await mapshaper.applyCommands(`-quiet ${line}`, input);
  return JSON.parse(output['out.json']).features;
}

/** The land of every country in the window, one feature each with its A3, at source resolution. */
export async function countryLand(rings) {
  const countries = [...rings]
    .filter(([, parts]) => parts.some(inWindow))
    .map(([A3, parts]) => feature({ A3 }, { type: 'MultiPolygon', coordinates: parts.map((r) => [r]) }));
  const bbox = `bbox=${WINDOW}`;
  const coast = (await shape({ coast: [polygonsIn(COAST)] }, `-clip ${bbox}`)).map(filled);
  const inside = await shape({ countries }, `-clip ${bbox}`);
  return (await shape({ inside, coast }, '-clip coast.json')).map(filled);
}

/** The same with fewer vertices, Myanmar's outline finer; common outlines stay common. Islets are left out. */
export function simplifyLand(land) {
  return shape(
    { land },
    `-simplify dp variable interval='A3 == "MMR" ? ${MYANMAR_TOLERANCE_M} : ${NEIGHBOUR_TOLERANCE_M}'`,
    '-filter-islands min-area=1km2',
  );
}
