import type { Feature } from 'geojson';
import type { GeoJSONSource, Map as GlMap } from 'maplibre-gl';
import type { Basemap } from './basemap.ts';
import { collection } from './features.ts';
import { drawImage } from './images.ts';
import type { Palette } from './palette.ts';
import { styleOf, type SourceName } from './style.ts';

/** As many names of countries and holders as a map has. */
const few = 100;

/** What lies under shades and marks: the style and the data that it draws. The
 *  data is kept here too, so that a change of theme lays the same data under
 *  another style. */
export class Ground {
  readonly #map: GlMap;
  readonly #data = new Map<SourceName, Feature[]>();
  /** What changed while a style was on its way. */
  readonly #late = new Set<SourceName>();
  #palette: Palette;
  #basemap: Basemap | null;
  #state: 'asked' | 'coming' | 'laid' | 'gone' = 'laid';

  constructor(map: GlMap, palette: Palette, basemap: Basemap | null) {
    this.#map = map;
    this.#palette = palette;
    this.#basemap = basemap;
    map.on('style.load', () => {
      this.#state = 'laid';
      for (const features of this.#data.values()) this.#drawImages(features);
      for (const name of this.#late) this.#put(name);
      this.#late.clear();
    });
    map.on('styleimagemissing', ({ id }) => this.#drawImage(id));
    this.#ask();
  }

  /** Whether the theme is another one than before. */
  theme(palette: Palette, basemap: Basemap | null): boolean {
    if (palette === this.#palette && basemap === this.#basemap) return false;
    this.#palette = palette;
    this.#basemap = basemap;
    this.#ask();
    return true;
  }

  set(name: SourceName, features: Feature[]): void {
    if (features.length === 0 && !this.#data.get(name)?.length) return;
    this.#data.set(name, features);
    if (this.#state === 'laid') this.#put(name);
    else if (this.#state === 'coming') this.#late.add(name);
  }

  /** The style is laid when all that is given at the same time is here: each
   *  source is then read once, with its data. */
  #ask(): void {
    if (this.#state === 'asked') return;
    this.#state = 'asked';
    queueMicrotask(() => {
      if (this.#state === 'asked') this.#lay();
    });
  }

  /** Called before the map is removed. */
  destroy(): void {
    this.#state = 'gone';
  }

  #lay(): void {
    this.#state = 'coming';
    this.#late.clear();
    const data = (name: SourceName): Feature[] => this.#data.get(name) ?? [];
    this.#map.setStyle(styleOf(this.#palette, this.#basemap, data), { diff: false });
  }

  #put(name: SourceName): void {
    const features = this.#data.get(name) ?? [];
    this.#drawImages(features);
    this.#map.getSource<GeoJSONSource>(name)?.setData(collection(features));
  }

  /** Draws the images of few features before they are asked for: the map reads
   *  a tile twice when one was missing. Those of many are drawn when they show. */
  #drawImages(features: readonly Feature[]): void {
    if (features.length > few) return;
    for (const { properties } of features) if (typeof properties?.['image'] === 'string') this.#drawImage(properties['image']);
  }

  #drawImage(id: string): void {
    if (this.#map.hasImage(id)) return;
    const ratio = Math.min(3, Math.max(1, window.devicePixelRatio));
    const drawn = drawImage(id, this.#palette, ratio);
    if (drawn) this.#map.addImage(id, drawn, { pixelRatio: ratio });
  }
}
