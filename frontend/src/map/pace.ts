import type { Map as GlMap } from 'maplibre-gl';

/** Frames longer than this, in milliseconds, make a move stutter. */
const slowest = 34;
/** How many in a row say that the device is slow and not just busy. */
const enough = 3;

/** Draws the land coarser while it moves on a device that is slow at it (half
 *  the pixels each way), and sharp again when it rests. A device that was found
 *  slow once starts its next move so. */
export class Pace {
  readonly #map: GlMap;
  readonly #ratio: number;
  #slow = 0;
  #last = NaN;
  #coarse = false;
  #switching = false;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(map: GlMap) {
    this.#map = map;
    this.#ratio = map.getPixelRatio();
    map.on('move', () => this.#frame());
    map.on('moveend', () => this.#end());
  }

  /** Whether it is drawn coarser for now. */
  get coarse(): boolean {
    return this.#coarse;
  }

  #frame(): void {
    if (this.#switching) return;
    const gap = performance.now() - this.#last;
    this.#last = performance.now();
    clearTimeout(this.#resting);
    // Long pauses are the reader's, not the device's.
    if (gap > slowest && gap < 500) this.#slow++;
    else if (gap <= slowest && this.#slow < enough) this.#slow = 0;
    if (this.#slow >= enough && this.#map.isMoving()) this.#draw(true);
  }

  #end(): void {
    if (this.#switching || !this.#coarse) return;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#draw(false), 160);
  }

  #draw(coarse: boolean): void {
    if (coarse === this.#coarse) return;
    this.#coarse = coarse;
    // The map calls this a move of its own.
    this.#switching = true;
    this.#map.setPixelRatio(coarse ? this.#ratio / 2 : this.#ratio);
    this.#switching = false;
  }

  destroy(): void {
    clearTimeout(this.#resting);
  }
}
