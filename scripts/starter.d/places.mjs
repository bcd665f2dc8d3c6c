// places-extra.csv: the places of control.csv that have no P-code, with what control.csv says of them.
import { readCSV, writeCSV } from './common.mjs';

// Name as in control.csv, by which its rows find the place; code; kind; aliases, which are parts of the name.
const PLACES = [
  ['Hpawng Hseng (Phaung Sai)', 'mm-hpawng-hseng', 'town', 'Hpawng Hseng|Phaung Sai'],
  ['Kyin San Kyawt border gate', 'mm-kyin-san-kyawt-gate', 'gate', ''],
  ['Laiza', 'mm-laiza', 'town', ''],
  ['Mobye', 'mm-mobye', 'town', ''],
  ['Muse 105-Mile Trade Zone', 'mm-muse-105-mile', 'trade_zone', ''],
  ['Pangwa', 'mm-pangwa', 'town', ''],
  ['Panlong (Hopang Tsp)', 'mm-panlong', 'town', 'Panlong'],
  ['Yan Lon Kyaing border gate', 'mm-yan-lon-kyaing-gate', 'gate', ''],
];

const COLUMNS = ['code', 'name', 'kind', 'township', 'township_code', 'state_region', 'lon', 'lat', 'aliases', 'coordinates', 'source'];

export function writePlaces() {
  const control = readCSV('control.csv');
  const towns = readCSV('towns.csv');
  const uncoded = new Set(control.filter((r) => !r.place_code).map((r) => r.place));
  if (uncoded.size !== PLACES.length) throw new Error(`control.csv has ${uncoded.size} places without a code, not ${PLACES.length}`);
  const rows = PLACES.map(([name, code, kind, aliases]) => {
    const { township, state_region, lon, lat, coordinates } = control.find((r) => r.place === name && !r.place_code);
    const { township_code } = towns.find((t) => t.township === township && t.state_region === state_region);
    return { code, name, kind, township, township_code, state_region, lon, lat, aliases, coordinates, source: 'control.csv' };
  });
  writeCSV('places-extra.csv', COLUMNS, rows);
}
