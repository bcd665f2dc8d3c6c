import type { LayerSpecification } from 'maplibre-gl';

/** The holders' names; their land is painted over the map (shades.ts). */
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
