import { countSize, drawCount, drawImage } from './images.ts';
import { noMarks, type Mark, type Marks } from './marks.ts';
import type { Palette } from './palette.ts';
import { Images, pixelOf, Sheet, type Frame } from './sheet.ts';

/** The incidents, above everything that the map draws. */
export class Overlay extends Sheet {
  readonly #images = new Images();
  #marks: Marks = noMarks;

  constructor(palette: Palette) {
    super(palette, 'map-marks');
  }

  show(marks: Marks): void {
    this.#marks = marks;
    this.ask();
  }

  override theme(palette: Palette): void {
    if (palette !== this.palette) this.#images.forget();
    super.theme(palette);
  }

  protected override draw(ctx: CanvasRenderingContext2D, frame: Frame, wide: number, tall: number): void {
    this.#drawDisks(ctx, frame, wide, tall);
    const seen = (x: number, y: number): boolean => x > -40 && y > -40 && x < wide + 40 && y < tall + 40;
    for (const name of this.#marks.names) {
      const [x, y] = pixelOf(frame, name);
      const image = seen(x, y) && this.#image(name.image);
      if (image) this.#put(ctx, image, x, y);
    }
    ctx.fillStyle = this.palette.paper;
    ctx.textAlign = 'center';
    ctx.textBaseline = 'middle';
    for (const mark of this.#marks.marks) {
      const [x, y] = pixelOf(frame, mark);
      if (seen(x, y)) this.#drawMark(ctx, mark, x, y);
    }
    if (!this.#marks.ring) return;
    const [x, y] = pixelOf(frame, this.#marks.ring);
    ctx.beginPath();
    ctx.arc(x, y, 21, 0, 2 * Math.PI);
    ctx.strokeStyle = this.palette.accent;
    ctx.lineWidth = 3;
    ctx.stroke();
  }

  #drawMark(ctx: CanvasRenderingContext2D, mark: Mark, x: number, y: number): void {
    if (mark.image) {
      const image = this.#image(mark.image);
      if (image) this.#put(ctx, image, x, y);
      return;
    }
    const size = countSize(mark.n);
    const disc = this.#images.get(`n|${size}`, () => drawCount(size, this.palette, this.ratio));
    if (disc) this.#put(ctx, disc, x, y);
    ctx.font = `600 ${size > 32 ? 13.5 : 12.5}px "Inter Variable", sans-serif`;
    ctx.fillText(mark.n < 10_000 ? String(mark.n) : `${Math.round(mark.n / 1000)}k`, x, y + 0.5);
  }

  #image(name: string): HTMLCanvasElement | null {
    return this.#images.get(name, () => drawImage(name, this.palette, this.ratio));
  }

  #put(ctx: CanvasRenderingContext2D, image: HTMLCanvasElement, x: number, y: number): void {
    const [w, h] = [image.width / this.ratio, image.height / this.ratio];
    ctx.drawImage(image, x - w / 2, y - h / 2, w, h);
  }

  #drawDisks(ctx: CanvasRenderingContext2D, frame: Frame, wide: number, tall: number): void {
    for (const disk of this.#marks.disks) {
      const [x, y] = pixelOf(frame, disk);
      const r = disk.radius * frame.world;
      if (x + r < 0 || y + r < 0 || x - r > wide || y - r > tall) continue;
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.globalAlpha = disk.chosen ? 0.16 : 0.05;
      ctx.fillStyle = this.palette.disk;
      ctx.fill();
      ctx.globalAlpha = disk.chosen ? 1 : 0.45;
      ctx.strokeStyle = disk.chosen ? this.palette.accent : this.palette.disk;
      ctx.lineWidth = disk.chosen ? 2 : 1;
      ctx.setLineDash([2 * ctx.lineWidth, 2 * ctx.lineWidth]);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    ctx.globalAlpha = 1;
  }

  /** The row whose mark is under a pixel, or as near as `reach`; the uppermost. */
  rowAt(x: number, y: number, reach: number): number | null {
    if (!this.frame) return null;
    for (let k = this.#marks.marks.length - 1; k >= 0; k--) {
      const mark = this.#marks.marks[k]!;
      const [mx, my] = pixelOf(this.frame, mark);
      const r = (mark.n > 1 ? countSize(mark.n) / 2 : 14) + reach;
      if ((mx - x) ** 2 + (my - y) ** 2 <= r * r) return mark.row;
    }
    return null;
  }
}
