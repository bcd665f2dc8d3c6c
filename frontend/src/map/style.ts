import type { GeoJSONSourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Basemap } from './basemap.ts';
import { baseLayers, mainTownLayers, nameLayers } from './layers/base.ts';
import { borderLayers, gateLayers } from './layers/border.ts';
import { holderLayers } from './layers/territory.ts';
import type { Palette } from './palette.ts';

/** Every source of the map is data that the page already holds. */
export const sourceNames = [
  'land', 'rivers', 'countries', 'holders', 'band', 'box', 'borders', 'gates', 'places',
] as const;
export type SourceName = (typeof sourceNames)[number];

/** The whole style but for what changes with the day: incidents and territory
 *  are painted over the map (sheet.ts). No glyphs and no sprite of our own, so nothing
 *  is asked of any host but what the deployment's basemap names. That lies over
 *  our land and water, which stay where it ends. */
export function styleOf(c: Palette, basemap: Basemap | null = null): StyleSpecification {
  const empty = (name: SourceName): GeoJSONSourceSpecification => ({
    type: 'geojson',
    data: { type: 'FeatureCollection', features: [] },
    // Land is drawn edge to edge: a coarser simplification would open gaps
    // between neighbours that share a boundary.
    tolerance: name === 'land' ? 0.2 : 0.375,
    maxzoom: 11,
  });
  return {
    version: 8,
    ...(basemap?.glyphs ? { glyphs: basemap.glyphs } : {}),
    ...(basemap?.sprite ? { sprite: basemap.sprite } : {}),
    sources: { ...Object.fromEntries(sourceNames.map((name) => [name, empty(name)])), ...basemap?.sources },
    layers: [
      ...baseLayers(c), ...(basemap?.layers(c) ?? []), ...borderLayers(c),
      ...nameLayers(), ...holderLayers(), ...mainTownLayers(), ...gateLayers(),
    ],
  };
}
