import type { Feature, FeatureCollection, Point } from 'geojson';
import polylabel from 'polylabel';
import { mercatorX, mercatorY, type Columns, type Texts } from '../state/columns.ts';
import type { AreaFeature, PlaceFeature, TerritoryFeature } from '../state/feature.ts';
import type { Held } from '../state/territory.ts';
import { placesOf } from '../state/territory.ts';
import type { Lang } from '../state/view.ts';
import { imageName } from './images.ts';
import type { Name } from './marks.ts';
import type { Palette } from './palette.ts';

export function collection(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

export function pointFeature(lon: number, lat: number, properties: Record<string, unknown>): Feature {
  return { type: 'Feature', geometry: { type: 'Point', coordinates: [lon, lat] }, properties };
}

/** The holders' codes where the map would place them, before it does. */
export function holderNames(states: readonly Held[], ink: (actor: string) => string, spots: LabelSpots): Name[] {
  return holderFeatures(states, ink, spots).map(({ geometry, properties }) => {
    const [lon = 0, lat = 0] = (geometry as Point).coordinates;
    return { x: mercatorX(lon), y: mercatorY(lat), image: String(properties!['image']) };
  });
}

/** The holder's code in the midst of each large part it controls: a name
 *  tells holders apart where colour cannot. */
export function holderFeatures(
  states: readonly Held[], ink: (actor: string) => string, spots: LabelSpots,
): Feature[] {
  return states
    .filter((s) => s.feature.properties.status === 'controlled')
    .flatMap(({ feature }) =>
      spots.of(feature).map(({ at, area }) =>
        pointFeature(at[0], at[1], {
          image: imageName.label('holder', feature.properties.actor, ink(feature.properties.actor)), area,
        }),
      ),
    );
}

interface LabelSpot { at: [number, number]; area: number }

/** Where names of polygons go; worked out once per feature. */
export class LabelSpots {
  #known = new WeakMap<TerritoryFeature | AreaFeature, LabelSpot[]>();

  of(feature: TerritoryFeature | AreaFeature): LabelSpot[] {
    let spots = this.#known.get(feature);
    if (!spots) {
      const g = feature.geometry;
      const parts = g === null ? [] : g.type === 'Polygon' ? [g.coordinates] : g.coordinates;
      spots = parts
        .map((rings) => ({ rings, area: boxArea(rings[0] ?? []) }))
        .sort((a, b) => b.area - a.area)
        .filter((p, k) => k === 0 || (k < 6 && p.area > 0.35))
        .map(({ rings, area }) => {
          const at = polylabel(rings as number[][][], 0.05);
          return { at: [at[0] ?? 0, at[1] ?? 0] as [number, number], area };
        });
      this.#known.set(feature, spots);
    }
    return spots;
  }
}

function boxArea(ring: readonly number[][]): number {
  const x = ring.map((p) => p[0]!);
  const y = ring.map((p) => p[1]!);
  const span = (v: number[]): number => v.reduce((a, b) => Math.max(a, b), -Infinity) - v.reduce((a, b) => Math.min(a, b), Infinity);
  return ring.length ? span(x) * span(y) : 0;
}

export function placeName(p: PlaceFeature['properties'], lang: Lang): string {
  return (lang === 'my' ? p.name_my : lang === 'zh' ? p.name_zh : null) || p.name;
}

/** How much the record speaks of each place: incidents there, and towns whose
 *  holder is known. */
export function placeWeights(c: Columns, held: readonly Held[]): Map<string, number> {
  const by = new Map<string, number>();
  const add = (key: string, n: number): void => void by.set(key, (by.get(key) ?? 0) + n);
  const places = tallyOf(c.placeCode, c.count);
  const townships = new Uint32Array(c.township.texts.length);
  for (let i = 0; i < c.count; i++) if (c.placeCode.codes[i] === 0) townships[c.township.codes[i]!]!++;
  c.placeCode.texts.forEach((code, k) => add(code, 2 * places[k]!));
  c.township.texts.forEach((name, k) => add(name, townships[k]!));
  for (const name of new Set(held.flatMap((h) => placesOf(h.feature)))) add(name, 3);
  by.delete('');
  return by;
}

function tallyOf(column: Texts, count: number): Uint32Array {
  const tally = new Uint32Array(column.texts.length);
  for (let i = 0; i < count; i++) tally[column.codes[i]!]!++;
  return tally;
}

export function placeFeatures(
  places: readonly PlaceFeature[], weights: ReadonlyMap<string, number>, lang: Lang, c: Palette,
): Feature[] {
  return places.flatMap((place) => {
    if (!place.geometry) return [];
    const p = place.properties;
    const [lon = 0, lat = 0] = place.geometry.coordinates;
    const village = p.kind === 'village';
    const weight = Math.min(99, (weights.get(p.code) ?? 0) + (village ? 0 : (weights.get(p.name) ?? 0)));
    return [pointFeature(lon, lat, {
      image: imageName.label(village ? 'village' : 'town', placeName(p, lang)), weight, kind: p.kind, dot: c.labelSoft,
    })];
  });
}
