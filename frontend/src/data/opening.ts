/** What the page asks for when it opens. The document names these addresses too
 *  (vite.config.ts), so that the answers are on their way while the script is. */

/** The properties that the page holds of every incident. */
export const properties = [
  'id', 'kind', 'date_start', 'date_end', 'date_precision', 'date_earliest', 'date_latest', 'place', 'place_code',
  'township', 'state_region', 'location_precision', 'uncertainty_m', 'attacker', 'target', 'killed_min', 'killed_max',
  'injured_min', 'injured_max', 'status', 'held_by', 'held_certainty', 'border', 'border_km', 'border_distances',
] as const;

/** The first page of a collection's items; `query` begins with "&". */
export function itemsPath(collection: string, query = ''): string {
  return `/api/collections/${collection}/items?limit=10000${query}`;
}

export const landingPath = '/api';
export const incidentsPath = `/api/collections/incidents/items?f=arrow&properties=${properties.join(',')}`;
export const territoryPath = '/api/collections/territory/items?f=jsonl';
export const ofCountries = '&level=country';
export const ofRivers = '&level=river';

/** The small ones first: a browser asks for six things at a time, and all of
 *  these are needed for a view. */
export const openingPaths: readonly string[] = [
  landingPath, incidentsPath, itemsPath('actors'), itemsPath('gates'), itemsPath('places'), itemsPath('areas', ofRivers),
  itemsPath('areas', ofCountries), itemsPath('borders'), territoryPath,
];
