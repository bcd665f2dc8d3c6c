import { glyphOf } from './glyphs.ts';
import type { Palette } from './palette.ts';

/** Names of the images that the layers ask for; each is drawn when first
 *  needed. Numbers are CSS pixels. */
export const imageName = {
  incident: (kind: string, harm: Harm, coarse: boolean): string => `i|${kind}|${harm}|${coarse ? 1 : 0}`,
  hatch: (status: string, color: string, phase: number): string => `h|${status}|${color}|${phase}`,
  label: (style: LabelStyle, text: string, color = ''): string => `t|${style}|${color}|${text}`,
  gate: 'g',
};

/** How many were killed, in steps; what is not known has its own look. */
export type Harm = 'unknown' | 'none' | 'few' | 'some' | 'many';
export type LabelStyle = 'town' | 'village' | 'country' | 'holder';

export function harmOf(killed: number): Harm {
  if (Number.isNaN(killed)) return 'unknown';
  if (killed === 0) return 'none';
  return killed < 5 ? 'few' : killed < 20 ? 'some' : 'many';
}

export const harmSize: Readonly<Record<Harm, number>> = { unknown: 22, none: 18, few: 22, some: 28, many: 36 };

/** Draws the named image at `ratio` device pixels per CSS pixel; null for a
 *  name that is not one of ours. */
export function drawImage(name: string, palette: Palette, ratio: number): ImageData | null {
  const [type = '', ...rest] = name.split('|');
  if (type === 'i') return incident(rest[0]!, rest[1] as Harm, rest[2] === '1', palette, ratio);
  if (type === 'h') return hatch(rest[0]!, rest[1]!, Number(rest[2]), ratio);
  if (type === 't') return label(rest[0] as LabelStyle, rest[1]!, rest.slice(2).join('|'), palette, ratio);
  if (type === 'g') return gate(palette, ratio);
  return null;
}

function canvas(width: number, height: number, ratio: number): CanvasRenderingContext2D {
  const el = document.createElement('canvas');
  el.width = Math.ceil(width * ratio);
  el.height = Math.ceil(height * ratio);
  const ctx = el.getContext('2d', { willReadFrequently: true })!;
  ctx.scale(ratio, ratio);
  return ctx;
}

function taken(ctx: CanvasRenderingContext2D): ImageData {
  const { width, height } = ctx.canvas;
  return ctx.getImageData(0, 0, width, height);
}

/** A disc with the kind's glyph: filled when the dead are counted, hollow when
 *  nobody knows; a dotted ring when only the township or region is known. */
function incident(kind: string, harm: Harm, coarse: boolean, c: Palette, ratio: number): ImageData {
  const size = harmSize[harm];
  const box = size + 12;
  const ctx = canvas(box, box, ratio);
  const mid = box / 2;
  const r = size / 2;
  const hollow = harm === 'unknown';
  ctx.beginPath();
  ctx.arc(mid, mid, r + 1.25, 0, 2 * Math.PI);
  ctx.fillStyle = c.paper;
  ctx.fill();
  ctx.beginPath();
  ctx.arc(mid, mid, r - (hollow ? 0.5 : 0), 0, 2 * Math.PI);
  if (hollow) {
    ctx.strokeStyle = c.ink;
    ctx.lineWidth = 1.5;
    ctx.stroke();
  } else {
    ctx.fillStyle = c.ink;
    ctx.fill();
  }
  if (coarse) {
    ctx.beginPath();
    ctx.arc(mid, mid, r + 4, 0, 2 * Math.PI);
    ctx.strokeStyle = c.ink;
    ctx.lineWidth = 1.4;
    ctx.setLineDash([1.4, 3]);
    ctx.stroke();
  }
  const scale = (size * 0.68) / 24;
  ctx.translate(mid - 12 * scale, mid - 12 * scale);
  ctx.scale(scale, scale);
  ctx.fillStyle = hollow ? c.ink : c.paper;
  ctx.fill(new Path2D(glyphOf(kind)));
  return taken(ctx);
}

/** The width of the disc that a number of incidents stands in. */
export function countSize(n: number): number {
  return Math.round(Math.min(44, 22 + Math.log2(n) * 2.6));
}

/** The disc alone; the number is written on it. */
export function drawCount(size: number, c: Palette, ratio: number): ImageData {
  const box = size + 6;
  const ctx = canvas(box, box, ratio);
  const mid = box / 2;
  ctx.beginPath();
  ctx.arc(mid, mid, size / 2 + 2, 0, 2 * Math.PI);
  ctx.fillStyle = c.paper;
  ctx.fill();
  ctx.beginPath();
  ctx.arc(mid, mid, size / 2, 0, 2 * Math.PI);
  ctx.fillStyle = c.ink;
  ctx.fill();
  return taken(ctx);
}

/** Stripes for contested, dots for claimed: told apart without colour. The two
 *  sides of a contest take turns (phase), so both colours show. */
function hatch(status: string, color: string, phase: number, ratio: number): ImageData {
  const tile = 16;
  const ctx = canvas(tile, tile, ratio);
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  if (status === 'claimed') {
    for (const [x, y] of [[4, 4], [12, 12]] as const) {
      ctx.beginPath();
      ctx.arc(x, y, 1.7, 0, 2 * Math.PI);
      ctx.fill();
    }
  } else {
    ctx.lineWidth = 4;
    for (let k = -2; k <= 2; k++) {
      const x = k * tile + phase * (tile / 2);
      ctx.beginPath();
      ctx.moveTo(x - 4, tile + 4);
      ctx.lineTo(x + tile + 4, -4);
      ctx.stroke();
    }
  }
  return taken(ctx);
}

const fonts: Readonly<Record<LabelStyle, string>> = {
  town: '500 12px', village: '400 11px', country: '500 13px', holder: '700 13px',
};
const families = '"Inter Variable", "Noto Sans Myanmar", "Noto Sans SC", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';

/** Text shaped by the browser itself, so that Burmese stacks as it should. */
function label(style: LabelStyle, color: string, text: string, c: Palette, ratio: number): ImageData {
  const font = `${fonts[style]} ${families}`;
  const said = style === 'country' ? text.toLocaleUpperCase() : text;
  const measure = canvas(1, 1, ratio);
  const spacing = style === 'country' ? '2px' : '0px';
  const prepare = (ctx: CanvasRenderingContext2D): void => {
    ctx.font = font;
    ctx.letterSpacing = spacing;
    ctx.textBaseline = 'alphabetic';
    ctx.lineJoin = 'round';
  };
  prepare(measure);
  const m = measure.measureText(said);
  const ascent = Math.max(m.actualBoundingBoxAscent, 9);
  const descent = Math.max(m.actualBoundingBoxDescent, 3);
  const ctx = canvas(m.width + 8, ascent + descent + 6, ratio);
  prepare(ctx);
  ctx.strokeStyle = c.halo;
  ctx.lineWidth = 3.5;
  ctx.strokeText(said, 4, ascent + 3);
  ctx.fillStyle = color || (style === 'town' ? c.label : c.labelSoft);
  ctx.fillText(said, 4, ascent + 3);
  return taken(ctx);
}

function gate(c: Palette, ratio: number): ImageData {
  const ctx = canvas(16, 16, ratio);
  ctx.fillStyle = c.paper;
  ctx.strokeStyle = c.borderChosen;
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.rect(3, 3, 10, 10);
  ctx.fill();
  ctx.stroke();
  ctx.beginPath();
  ctx.moveTo(8, 3);
  ctx.lineTo(8, 13);
  ctx.stroke();
  return taken(ctx);
}
