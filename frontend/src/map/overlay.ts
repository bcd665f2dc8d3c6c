import { countSize, drawCount, drawImage, type Drawn } from './images.ts';
import { noMarks, type Mark, type Marks } from './marks.ts';
import type { Palette } from './palette.ts';

/** Where the map looks: the pixel of a known place, and pixels of the world. */
export interface Frame {
  x: number;
  y: number;
  /** Web Mercator of the place at that pixel. */
  atX: number;
  atY: number;
  world: number;
}

/** The incidents, painted on a canvas above the map: they change with each day
 *  that is scrubbed over, and the map beneath need not be drawn anew for that. */
export class Overlay {
  readonly canvas = document.createElement('canvas');
  readonly #ctx: CanvasRenderingContext2D;
  readonly #images = new Map<string, HTMLCanvasElement>();
  #palette: Palette;
  #marks: Marks = noMarks;
  #frame: Frame | null = null;
  #waiting = 0;

  constructor(palette: Palette) {
    this.#palette = palette;
    this.#ctx = this.canvas.getContext('2d')!;
    this.canvas.className = 'map-marks';
  }

  show(marks: Marks): void {
    this.#marks = marks;
    this.#ask();
  }

  theme(palette: Palette): void {
    if (palette === this.#palette) return;
    this.#palette = palette;
    this.#images.clear();
    this.#ask();
  }

  resize(width: number, height: number): void {
    const ratio = this.#ratio();
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    if (this.#frame) this.paint(this.#frame);
  }

  /** However much changes within a frame, it is painted once. */
  #ask(): void {
    this.#waiting ||= requestAnimationFrame(() => {
      this.#waiting = 0;
      if (this.#frame) this.paint(this.#frame);
    });
  }

  destroy(): void {
    cancelAnimationFrame(this.#waiting);
    this.canvas.remove();
  }

  #ratio(): number {
    return Math.min(3, Math.max(1, window.devicePixelRatio));
  }

  paint(frame: Frame): void {
    this.#frame = frame;
    const ratio = this.#ratio();
    const ctx = this.#ctx;
    const [wide, tall] = [this.canvas.width / ratio, this.canvas.height / ratio];
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, wide, tall);
    this.#paintDisks(frame, wide, tall);
    const seen = (x: number, y: number): boolean => x > -40 && y > -40 && x < wide + 40 && y < tall + 40;
    ctx.fillStyle = this.#palette.paper;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    for (const mark of this.#marks.marks) {
      const [x, y] = at(frame, mark);
      if (seen(x, y)) this.#paintMark(mark, x, y, ratio);
    }
    if (!this.#marks.ring) return;
    const [x, y] = at(frame, this.#marks.ring);
    ctx.beginPath();
    ctx.arc(x, y, 21, 0, 2 * Math.PI);
    ctx.strokeStyle = this.#palette.accent;
    ctx.lineWidth = 3;
    ctx.stroke();
  }

  #paintMark(mark: Mark, x: number, y: number, ratio: number): void {
    const name = mark.image || `n|${countSize(mark.n)}`;
    const image = this.#image(name, () =>
      mark.image ? drawImage(name, this.#palette, ratio) : drawCount(countSize(mark.n), this.#palette, ratio));
    if (!image) return;
    const [w, h] = [image.width / ratio, image.height / ratio];
    this.#ctx.drawImage(image, x - w / 2, y - h / 2, w, h);
    if (mark.image) return;
    this.#ctx.font = `600 ${countSize(mark.n) > 34 ? 14 : 12.5}px "Inter Variable", sans-serif`;
    this.#ctx.fillText(mark.n < 10_000 ? String(mark.n) : `${Math.round(mark.n / 1000)}k`, x, y + 0.5);
  }

  #image(name: string, draw: () => Drawn | null): HTMLCanvasElement | null {
    const kept = this.#images.get(name);
    if (kept) return kept;
    const drawn = draw();
    if (!drawn) return null;
    const image = Object.assign(document.createElement('canvas'), { width: drawn.width, height: drawn.height });
    image.getContext('2d')!.putImageData(new ImageData(new Uint8ClampedArray(drawn.data), drawn.width, drawn.height), 0, 0);
    this.#images.set(name, image);
    return image;
  }

  #paintDisks(frame: Frame, wide: number, tall: number): void {
    const ctx = this.#ctx;
    for (const disk of this.#marks.disks) {
      const [x, y] = at(frame, disk);
      const r = disk.radius * frame.world;
      if (x + r < 0 || y + r < 0 || x - r > wide || y - r > tall) continue;
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.globalAlpha = disk.chosen ? 0.16 : 0.05;
      ctx.fillStyle = this.#palette.disk;
      ctx.fill();
      ctx.globalAlpha = disk.chosen ? 1 : 0.45;
      ctx.strokeStyle = disk.chosen ? this.#palette.accent : this.#palette.disk;
      ctx.lineWidth = disk.chosen ? 2 : 1;
      ctx.setLineDash([2 * ctx.lineWidth, 2 * ctx.lineWidth]);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  /** The row whose mark is under a pixel, or as near as `reach`; the uppermost. */
  rowAt(x: number, y: number, reach: number): number | null {
    if (!this.#frame) return null;
    for (let k = this.#marks.marks.length - 1; k >= 0; k--) {
      const mark = this.#marks.marks[k]!;
      const [mx, my] = at(this.#frame, mark);
      const r = (mark.n > 1 ? countSize(mark.n) / 2 : 14) + reach;
      if ((mx - x) ** 2 + (my - y) ** 2 <= r * r) return mark.row;
    }
    return null;
  }
}

function at(f: Frame, p: { x: number; y: number }): [number, number] {
  return [f.x + (p.x - f.atX) * f.world, f.y + (p.y - f.atY) * f.world];
}
