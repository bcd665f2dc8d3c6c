import type { IncidentFeature, Page, IncidentProperties } from '../state/feature.ts';
import type { PlaceHit } from '../state/search.ts';
import { getJson } from './api.ts';
import type { Record } from './load.ts';

/** Rows whose record holds the words, or the Latin name of the place that they
 *  name best in another script, or that have this id; the newest first. Looked
 *  for here when the whole record is here, else asked of the server. */
export async function findIncidents(record: Record, q: string, places: readonly PlaceHit[], limit: number): Promise<number[]> {
  const { ids, count } = record.columns;
  const own = ids.row(q.toLowerCase());
  const out = own < 0 ? [] : [own];
  const latin = /^[\u0000-\u024f]*$/.test(q);
  const asked = !latin && places[0] ? `${q},${places[0].name}` : q;
  const known = record.words.known(asked);
  if (known) {
    for (let i = count - 1; i >= 0 && out.length < limit; i--) if (known[i] && i !== own) out.push(i);
    return out;
  }
  const query = `limit=${limit}&sortby=-date_start&properties=id&q=${encodeURIComponent(asked)}${record.query}`;
  const page = await getJson<Page<IncidentProperties>>(`/api/collections/incidents/items?${query}`).catch(() => null);
  for (const f of (page?.features ?? []) as IncidentFeature[]) {
    const row = ids.row(f.id);
    if (row >= 0 && row !== own && out.length < limit) out.push(row);
  }
  return out;
}
