import type { Feature } from 'geojson';
import type { GeoJSONSourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Basemap } from './basemap.ts';
import { collection } from './features.ts';
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
export function styleOf(
  c: Palette, basemap: Basemap | null = null, data: (name: SourceName) => Feature[] = () => [],
): StyleSpecification {
  const source = (name: SourceName): GeoJSONSourceSpecification => ({
    type: 'geojson',
    data: collection(data(name)),
    // Half a pixel: the gaps that this opens between neighbours lie below the
    // line of their boundary.
    tolerance: 0.5,
    // As wide as the widest line; by default a tile holds as much again of what
    // surrounds it, which is drawn in vain.
    buffer: 8,
    maxzoom: 11,
  });
  return {
    version: 8,
    // A change of colours takes a frame, not a third of a second of frames.
    transition: { duration: 0, delay: 0 },
    ...(basemap?.glyphs ? { glyphs: basemap.glyphs } : {}),
    ...(basemap?.sprite ? { sprite: basemap.sprite } : {}),
    sources: { ...Object.fromEntries(sourceNames.map((name) => [name, source(name)])), ...basemap?.sources },
    layers: [
      ...baseLayers(c), ...(basemap?.layers(c) ?? []), ...borderLayers(c),
      ...nameLayers(), ...holderLayers(), ...mainTownLayers(), ...gateLayers(),
    ],
  };
}
