import type { LayerSpecification } from 'maplibre-gl';
import type { Palette } from '../palette.ts';

/** Holders' colours: plain when controlled, striped when contested, dotted
 *  when only claimed. The edge is the colour itself, whatever the status. */
export function territoryLayers(c: Palette): LayerSpecification[] {
  return [
    {
      id: 'territory-held', type: 'fill', source: 'territory',
      filter: ['==', ['get', 'status'], 'controlled'],
      paint: { 'fill-color': ['get', 'color'], 'fill-opacity': c.fill, 'fill-antialias': false },
    },
    {
      id: 'territory-hatched', type: 'fill', source: 'territory',
      filter: ['!=', ['get', 'status'], 'controlled'],
      paint: { 'fill-pattern': ['get', 'image'], 'fill-opacity': Math.min(1, c.fill + 0.25) },
    },
    {
      id: 'territory-edge', type: 'line', source: 'territory',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': ['get', 'color'],
        'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.8, 9, 1.8],
        'line-opacity': 0.85,
      },
    },
  ];
}

export function holderLayers(): LayerSpecification[] {
  return [
    {
      id: 'holders', type: 'symbol', source: 'holders',
      layout: {
        'icon-image': ['get', 'image'], 'icon-padding': 8,
        'symbol-sort-key': ['-', 0, ['get', 'area']],
      },
    },
  ];
}
