import type { LayerSpecification } from 'maplibre-gl';
import type { Palette } from '../palette.ts';

/** How far the points may be off, drawn to scale. */
export function diskLayers(c: Palette): LayerSpecification[] {
  return [
    {
      id: 'disks', type: 'fill', source: 'disks',
      paint: { 'fill-color': c.disk, 'fill-opacity': ['case', ['get', 'chosen'], 0.16, 0.05] },
    },
    {
      id: 'disk-edges', type: 'line', source: 'disks',
      paint: {
        'line-color': ['case', ['get', 'chosen'], c.accent, c.disk],
        'line-width': ['case', ['get', 'chosen'], 2, 1],
        'line-opacity': ['case', ['get', 'chosen'], 1, 0.45], 'line-dasharray': [2, 2],
      },
    },
  ];
}

export function incidentLayers(c: Palette): LayerSpecification[] {
  return [
    {
      id: 'chosen', type: 'circle', source: 'chosen',
      paint: {
        'circle-radius': ['get', 'radius'], 'circle-color': 'transparent',
        'circle-stroke-color': c.accent, 'circle-stroke-width': 3,
      },
    },
    {
      id: 'incidents', type: 'symbol', source: 'incidents',
      layout: {
        'icon-image': ['get', 'image'], 'icon-allow-overlap': true, 'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'rank'], 'icon-padding': 0,
      },
    },
  ];
}
