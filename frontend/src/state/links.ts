import { formatDay } from './day.ts';
import { unknown } from './columns.ts';
import { searchOf } from './url.ts';
import { listKeys, windowOf, type ListKey, type Period, type View } from './view.ts';

export const formats = ['geojson', 'csv', 'xlsx', 'gpkg', 'kml', 'parquet', 'fgb', 'shp'] as const;
const properties: Readonly<Record<ListKey, string>> = {
  kind: 'kind', attacker: 'attacker', held: 'held_by', certainty: 'held_certainty', status: 'status', target: 'target',
  state: 'state_region',
};

export type Format = (typeof formats)[number];

export const formatNames: Readonly<Record<Format, string>> = {
  geojson: 'GeoJSON', csv: 'CSV', xlsx: 'Excel', gpkg: 'GeoPackage', kml: 'KML', parquet: 'GeoParquet', fgb: 'FlatGeobuf', shp: 'Shapefile',
};

export function extensionOf(format: Format): string {
  return format === 'shp' ? 'zip' : format;
}

/** The API's own parameters for exactly the incidents that the view shows. */
export function apiQuery(view: View): URLSearchParams {
  const f = view.filters;
  const p = new URLSearchParams();
  const [from, to] = windowOf(view);
  p.set('datetime', `${formatDay(from)}/${formatDay(to)}`);
  const unknowns: string[] = [];
  for (const key of listKeys) {
    const [list, name] = [f[key], properties[key]];
    if (list.includes(unknown)) unknowns.push(orUnknown(name, list.filter((v) => v !== unknown)));
    else if (list.length) p.set(name, list.join(','));
  }
  if (f.killed !== null) p.set('killed_min', String(f.killed));
  if (f.border !== null && f.within !== null) {
    p.set('border', f.border);
    p.set('within_km', String(f.within));
    if (f.near) p.set('certainty', f.near);
  }
  if (f.q) p.set('q', f.q);
  if (f.bbox) p.set('bbox', f.bbox.join(','));
  if (unknowns.length) p.set('filter', unknowns.join(' AND '));
  if (view.knownAt) p.set('known_at', view.knownAt);
  return p;
}

/** CQL2 text; "not known" is a null there and has no value of its own. */
function orUnknown(name: string, values: readonly string[]): string {
  if (values.length === 0) return `${name} IS NULL`;
  const said = values.map((v) => `'${v.replaceAll("'", "''")}'`).join(',');
  return `(${name} IS NULL OR ${name} IN (${said}))`;
}

/** Readable: the API's commas, colons and slashes need no escapes. */
function query(p: URLSearchParams): string {
  return p.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%2F', '/');
}

export function itemsLink(view: View, format?: Format): string {
  const p = apiQuery(view);
  if (format) p.set('f', format);
  return `/api/collections/incidents/items?${query(p)}`;
}

/** What is new or changed under the view's filters, of all days: a feed that
 *  ends on the day of the view would soon fall silent. */
export function feedLink(view: View): string {
  const p = apiQuery({ ...view, knownAt: null });
  p.delete('datetime');
  p.set('sortby', '-recorded_at');
  p.set('f', 'atom');
  return `/api/collections/incidents/items?${query(p)}`;
}

/** The border report of the view's window; null without a border. */
export function reportLink(view: View, within: number): string | null {
  if (!view.filters.border) return null;
  const [from, to] = windowOf(view);
  const p = new URLSearchParams({
    border: view.filters.border, within_km: String(view.filters.within ?? within),
    datetime: `${formatDay(from)}/${formatDay(to)}`, f: 'html',
  });
  return `/api/reports/border?${query(p)}`;
}

/** The address that shows the view alone, for a frame in another page. */
export function embedLink(view: View, period: Period, origin: string): string {
  return `${origin}/${searchOf({ ...view, embed: true, panel: 'map' }, period)}`;
}

/** Text to paste into another page. */
export function embedCode(view: View, period: Period, origin: string, title: string): string {
  const safe = (s: string): string => s.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<iframe src="${safe(embedLink(view, period, origin))}" title="${safe(title)}" width="100%" height="520" style="border:0" loading="lazy" allowfullscreen></iframe>`;
}
