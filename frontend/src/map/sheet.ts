import type { Palette } from './palette.ts';

/** Where the map looks: a pixel, the place there in Web Mercator [0, 1], and
 *  the pixels of the whole world. */
export interface Frame {
  x: number;
  y: number;
  atX: number;
  atY: number;
  world: number;
}

/** A canvas of the map's size that is painted by itself: what changes with the
 *  day is drawn here, since the map beneath takes many times as long. */
export abstract class Sheet {
  readonly canvas = document.createElement('canvas');
  protected palette: Palette;
  readonly #ctx: CanvasRenderingContext2D;
  #frame: Frame | null = null;
  #waiting = 0;

  constructor(palette: Palette, name: string) {
    this.palette = palette;
    this.#ctx = this.canvas.getContext('2d')!;
    this.canvas.className = `map-sheet ${name}`;
  }

  /** Draws on a cleared canvas in CSS pixels. */
  protected abstract draw(ctx: CanvasRenderingContext2D, frame: Frame, wide: number, tall: number): void;

  protected get frame(): Frame | null {
    return this.#frame;
  }

  protected get ratio(): number {
    return Math.min(3, Math.max(1, window.devicePixelRatio));
  }

  theme(palette: Palette): void {
    this.palette = palette;
    this.ask();
  }

  resize(width: number, height: number): void {
    this.canvas.width = Math.round(width * this.ratio);
    this.canvas.height = Math.round(height * this.ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    if (this.#frame) this.paint(this.#frame);
  }

  /** However much changes within a frame, it is painted once. */
  protected ask(): void {
    this.#waiting ||= requestAnimationFrame(() => {
      this.#waiting = 0;
      if (this.#frame) this.paint(this.#frame);
    });
  }

  /** Paints where the map looks now. Where that has not changed, what is painted
   *  stands: a map draws many frames until all its data is there. */
  follow(frame: Frame): void {
    if (!this.#frame || !same(this.#frame, frame)) this.paint(frame);
  }

  protected paint(frame: Frame): void {
    this.#frame = frame;
    const [wide, tall] = [this.canvas.width / this.ratio, this.canvas.height / this.ratio];
    this.#ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.#ctx.clearRect(0, 0, wide, tall);
    this.draw(this.#ctx, frame, wide, tall);
  }

  destroy(): void {
    cancelAnimationFrame(this.#waiting);
    this.canvas.remove();
  }
}

function same(a: Frame, b: Frame): boolean {
  return a.x === b.x && a.y === b.y && a.atX === b.atX && a.atY === b.atY && a.world === b.world;
}

/** The pixel of a place. */
export function pixelOf(f: Frame, p: { x: number; y: number }): [number, number] {
  return [f.x + (p.x - f.atX) * f.world, f.y + (p.y - f.atY) * f.world];
}

/** Images by name, drawn once; `forget` when their colours change. */
export class Images {
  readonly #kept = new Map<string, HTMLCanvasElement>();

  get(name: string, draw: () => ImageData | null): HTMLCanvasElement | null {
    const kept = this.#kept.get(name);
    if (kept) return kept;
    const drawn = draw();
    if (!drawn) return null;
    const image = Object.assign(document.createElement('canvas'), { width: drawn.width, height: drawn.height });
    image.getContext('2d')!.putImageData(drawn, 0, 0);
    this.#kept.set(name, image);
    return image;
  }

  forget(): void {
    this.#kept.clear();
  }
}
