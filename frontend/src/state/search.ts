import type { PlaceFeature } from './feature.ts';
import { fold } from './text.ts';

export interface PlaceHit {
  code: string;
  name: string;
  other: string;
  where: string;
  kind: string;
  lon: number;
  lat: number;
}

export interface PlaceIndex {
  rows: readonly { hit: PlaceHit; names: readonly string[] }[];
}

export function placeIndex(places: readonly PlaceFeature[]): PlaceIndex {
  const rows = [];
  for (const { properties: p, geometry } of places) {
    if (!geometry) continue;
    const [lon = 0, lat = 0] = geometry.coordinates;
    const other = [p.name_my, p.name_zh].filter(Boolean).join(' · ');
    const aliases = (p.aliases ?? '').split(/[|;,]/);
    rows.push({
      hit: {
        code: p.code, name: p.name, other, lon, lat, kind: p.kind ?? '',
        where: [p.township === p.name ? null : p.township, p.state_region].filter(Boolean).join(', '),
      },
      names: [p.name, p.name_my ?? '', p.name_zh ?? '', p.code, ...aliases].map(fold).filter(Boolean),
    });
  }
  return { rows };
}

/** Places by name in any script: whole name first, then beginnings, then
 *  parts; towns before villages. */
export function findPlaces(index: PlaceIndex, q: string, limit: number): PlaceHit[] {
  const asked = fold(q);
  if (!asked) return [];
  const tight = asked.replaceAll(' ', '');
  const scored: { hit: PlaceHit; score: number }[] = [];
  for (const { hit, names } of index.rows) {
    let best = 9;
    for (const name of names) {
      const solid = name.replaceAll(' ', '');
      if (name === asked || solid === tight) best = 0;
      else if (solid.startsWith(tight)) best = Math.min(best, 1);
      else if (name.split(' ').some((w) => w.startsWith(asked))) best = Math.min(best, 2);
      else if (tight.length > 2 && solid.includes(tight)) best = Math.min(best, 3);
    }
    if (best < 9) scored.push({ hit, score: best * 2 + (hit.kind === 'village' ? 1 : 0) });
  }
  scored.sort((a, b) => a.score - b.score || a.hit.name.localeCompare(b.hit.name));
  return scored.slice(0, limit).map((s) => s.hit);
}
