// What the makers of the starter files share: where things are, CSV, GeoJSON with stable bytes.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);

export const dataDir = fileURLToPath(new URL('../../data/starter/', import.meta.url));

export const ODBL = 'ODbL 1.0';
export const COUNTRIES = '@geo-maps/countries-maritime-10m';
export const COAST = '@geo-maps/earth-coastlines-10m';
export const RIVERS = '@geo-maps/earth-rivers-10m';

/** "OpenStreetMap through <package> <version>", the version as installed. */
export function origin(...packages) {
  const named = packages.map((p) => `${p} ${require(`${p}/package.json`).version}`);
  return `OpenStreetMap contributors through ${named.join(' and ')}`;
}

/** The GeoJSON of an installed @geo-maps package. */
export function geoMap(name) {
  return JSON.parse(readFileSync(require.resolve(`${name}/map.geo.json`), 'utf8'));
}

/** Rows of a CSV file (RFC 4180) in the data folder, as objects by column name. */
export function readCSV(file) {
  const text = readFileSync(dataDir + file, 'utf8');
  const rows = [];
  let row = [];
  for (const m of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(m[1] === undefined ? m[2] : m[1].replaceAll('""', '"'));
    if (m[3] !== ',') {
      if (row.length > 1) rows.push(row);
      row = [];
    }
  }
  const [head, ...body] = rows;
  return body.map((r) => Object.fromEntries(head.map((h, i) => [h, r[i]])));
}

export function writeCSV(file, columns, rows) {
  const cell = (v) => (/[",\r\n]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v);
  const lines = [columns, ...rows.map((r) => columns.map((c) => r[c]))].map((r) => r.map(cell).join(','));
  write(file, lines.join('\n') + '\n');
}

export const feature = (properties, geometry) => ({ type: 'Feature', properties, geometry });

/** Writes a FeatureCollection, one feature a line, so that a change can be read in a diff. */
export function writeGeoJSON(file, features) {
  const lines = features.map((f) => JSON.stringify(f)).join(',\n');
  write(file, `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`);
}

function write(file, text) {
  writeFileSync(dataDir + file, text);
  console.error(`${file}: ${(Buffer.byteLength(text) / 1000).toFixed(0)} kB`);
}

/** The outer rings of a (Multi)Polygon. */
export const outerRings = (g) => (g.type === 'Polygon' ? [g.coordinates[0]] : g.coordinates.map((p) => p[0]));
