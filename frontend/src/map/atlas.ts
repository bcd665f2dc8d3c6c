import type { Feature } from 'geojson';
import maplibregl, { type MapMouseEvent } from 'maplibre-gl';
import { worldPixels, type Extent } from '../state/cluster.ts';
import { mercatorX, mercatorY } from '../state/columns.ts';
import type { Camera } from '../state/view.ts';
import type { Basemap } from './basemap.ts';
import { Ground } from './ground.ts';
import type { Marks } from './marks.ts';
import { Overlay } from './overlay.ts';
import { Pace } from './pace.ts';
import type { Palette } from './palette.ts';
import { PatientMap } from './patient-map.ts';
import { Shades, type Shade } from './shades.ts';
import type { SourceName } from './style.ts';

// Its worker reads its script while the data is on its way.
maplibregl.prewarm();

export interface AtlasEvents {
  /** A row of the columns under the pointer was chosen, or null for bare map. */
  pick(row: number | null): void;
  /** The reader moved the map and let go. */
  moved(camera: Camera): void;
  /** What is in view, with as much again on each side. */
  viewed(extent: Extent): void;
  /** The zoom changed enough that spots join or part. */
  zoomed(zoom: number): void;
  hover(row: number | null, x: number, y: number): void;
}

export interface Padding { top: number; right: number; bottom: number; left: number }

/** The one map of the page: the ground, shades and marks over it, and how the
 *  reader moves them. */
export class Atlas {
  readonly #map: PatientMap;
  readonly #events: AtlasEvents;
  readonly #ground: Ground;
  readonly #shades: Shades;
  readonly #overlay: Overlay;
  readonly #pace: Pace;
  #wide = 0;
  #tall = 0;
  #rests = false;

  constructor(container: HTMLElement, palette: Palette, basemap: Basemap | null, camera: Camera, events: AtlasEvents) {
    this.#events = events;
    this.#map = new PatientMap({
      container,
      center: [camera.lon, camera.lat],
      zoom: camera.zoom,
      minZoom: 2.5,
      maxZoom: 15,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: 0,
      renderWorldCopies: false,
    });
    this.#ground = new Ground(this.#map, palette, basemap);
    this.#shades = new Shades(palette);
    this.#overlay = new Overlay(palette);
    this.#map.getCanvasContainer().append(this.#shades.canvas, this.#overlay.canvas);
    this.#pace = new Pace(this.#map);
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#listen();
    this.resize();
  }

  get zoom(): number {
    return this.#map.getZoom();
  }

  #listen(): void {
    const map = this.#map;
    // For whoever looks from outside (tests, pictures): all that was asked for is drawn.
    map.on('dataloading', () => this.#rest(false));
    map.on('idle', () => this.#rest(!this.#pace.coarse));
    void map.once('idle', () => map.hurry());
    // The marks move in the same frame as the land.
    map.on('render', () => this.#paint());
    let seen = NaN;
    map.on('move', () => {
      const now = performance.now();
      if (now - seen < 120) return;
      seen = now;
      this.#events.viewed(this.#around());
    });
    map.on('moveend', (e) => {
      this.#events.viewed(this.#around());
      // Only the reader's own moves have it, and it may be undefined at their end.
      if ('originalEvent' in e) this.#events.moved(this.camera());
    });
    let step = NaN;
    map.on('zoom', () => {
      const now = Math.floor(map.getZoom() * 2);
      if (now !== step) {
        step = now;
        this.#events.zoomed(map.getZoom());
      }
    });
    map.on('click', (e) => this.#events.pick(this.#rowAt(e)));
    map.on('mousemove', (e) => {
      const row = this.#rowAt(e);
      map.getCanvas().style.cursor = row === null ? '' : 'pointer';
      this.#events.hover(row, e.point.x, e.point.y);
    });
    map.on('mouseout', () => this.#events.hover(null, 0, 0));
  }

  #rest(rests: boolean): void {
    this.#rests = rests;
    this.#map.getContainer().dataset['idle'] = String(rests);
  }

  #rowAt({ point }: MapMouseEvent): number | null {
    return this.#overlay.rowAt(point.x, point.y, matchMedia('(pointer: coarse)').matches ? 10 : 2);
  }

  /** Who holds the land, until the next call. */
  shade(shades: readonly Shade[]): void {
    this.#shades.show(shades);
  }

  /** What is painted over the land, until the next call. */
  mark(marks: Marks): void {
    this.#overlay.show(marks);
  }

  #paint(): void {
    const center = this.#map.getCenter();
    const { x, y } = this.#map.project(center);
    const { x: atX, y: atY } = maplibregl.MercatorCoordinate.fromLngLat(center);
    const frame = { x, y, atX, atY, world: worldPixels(this.zoom) };
    this.#shades.follow(frame);
    this.#overlay.follow(frame);
  }

  /** What the ground shows by that name, until the next call. */
  set(name: SourceName, features: Feature[]): void {
    this.#ground.set(name, features);
  }

  theme(palette: Palette, basemap: Basemap | null): void {
    if (!this.#ground.theme(palette, basemap)) return;
    this.#rest(false);
    this.#map.hurry();
    this.#shades.theme(palette);
    this.#overlay.theme(palette);
  }

  camera(): Camera {
    const at = this.#map.getCenter();
    return { lon: at.lng, lat: at.lat, zoom: this.#map.getZoom() };
  }

  bounds(): [number, number, number, number] {
    const b = this.#map.getBounds();
    return [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()].map((v) => Number(v.toFixed(4))) as [
      number, number, number, number,
    ];
  }

  /** Longitude and latitude at a place of the screen. */
  at(x: number, y: number): [number, number] {
    const { lng, lat } = this.#map.unproject([x, y]);
    return [lng, lat];
  }

  /** What is in view, with as much again on each side. */
  #around(): Extent {
    const b = this.#map.getBounds();
    const [w, e, n, s] = [mercatorX(b.getWest()), mercatorX(b.getEast()), mercatorY(b.getNorth()), mercatorY(b.getSouth())];
    return [w - (e - w), n - (s - n), e + (e - w), s + (s - n)];
  }

  jump(camera: Camera): void {
    this.#map.jumpTo({ center: [camera.lon, camera.lat], zoom: camera.zoom });
  }

  /** Tells where the map looks, now and with each move, until stopped. */
  follow(told: (camera: Camera) => void): () => void {
    const tell = (): void => told(this.camera());
    tell();
    this.#map.on('move', tell);
    return () => void this.#map.off('move', tell);
  }

  /** Moves by the shortest way, at once for readers who asked for less motion. */
  fly(lon: number, lat: number, zoom: number, padding: Padding): void {
    this.#tellWhenThere();
    this.#map.easeTo({ center: [lon, lat], zoom: Math.max(this.zoom, zoom), padding, duration: 600 });
  }

  /** Brings a point into view only when it is hidden. */
  reveal(lon: number, lat: number, padding: Padding): void {
    const p = this.#map.project([lon, lat]);
    const box = this.#map.getContainer();
    const inside = p.x > padding.left && p.y > padding.top
      && p.x < box.clientWidth - padding.right && p.y < box.clientHeight - padding.bottom;
    if (!inside) this.#map.easeTo({ center: [lon, lat], padding, duration: 400 });
  }

  fit(box: readonly [number, number, number, number], padding: Padding): void {
    this.#map.fitBounds([[box[0], box[1]], [box[2], box[3]]], { padding, duration: 0 });
  }

  zoomBy(step: number): void {
    this.#tellWhenThere();
    this.#map.easeTo({ zoom: this.zoom + step, duration: 200 });
  }

  /** Asked before the move: with reduced motion it is over at once. */
  #tellWhenThere(): void {
    void this.#map.once('moveend', () => this.#events.moved(this.camera()));
  }

  /** All that is drawn; only within a frame does the map hold its pixels. */
  painted(): Promise<HTMLCanvasElement> {
    const map = this.#map;
    return new Promise((done) => {
      void map.once('render', () => {
        done(this.#copy());
      });
      map.triggerRepaint();
    });
  }

  /** Resolves when what was asked for is drawn, or the map is gone. */
  async settled(): Promise<void> {
    if (this.#rests) return;
    const idle = async (): Promise<void> => {
      do await this.#map.once('idle'); while (this.#pace.coarse);
    };
    await Promise.race([idle(), this.#map.once('remove')]);
  }

  /** The same at once: for paper, which does not wait for a frame. */
  still(): HTMLCanvasElement {
    this.#map.redraw();
    return this.#copy();
  }

  #copy(): HTMLCanvasElement {
    const map = this.#map.getCanvas();
    const copy = Object.assign(document.createElement('canvas'), { width: map.width, height: map.height });
    const ctx = copy.getContext('2d')!;
    ctx.drawImage(map, 0, 0);
    ctx.globalCompositeOperation = this.#shades.blend;
    ctx.drawImage(this.#shades.canvas, 0, 0, copy.width, copy.height);
    ctx.globalCompositeOperation = 'source-over';
    ctx.drawImage(this.#overlay.canvas, 0, 0, copy.width, copy.height);
    return copy;
  }

  /** Takes the size of its container; without a change all stays as it is drawn. */
  resize(): void {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    if (clientWidth === this.#wide && clientHeight === this.#tall) return;
    [this.#wide, this.#tall] = [clientWidth, clientHeight];
    this.#map.resize();
    this.#shades.resize(clientWidth, clientHeight);
    this.#overlay.resize(clientWidth, clientHeight);
    this.#paint();
    this.#events.viewed(this.#around());
  }

  destroy(): void {
    this.#pace.destroy();
    this.#ground.destroy();
    this.#shades.destroy();
    this.#overlay.destroy();
    this.#map.remove();
  }
}
