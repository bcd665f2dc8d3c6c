import type { Day } from '../state/day.ts';
import type { Histogram } from '../state/histogram.ts';
import { mixed } from '../map/palette.ts';
import type { StackBy } from '../state/view.ts';

export interface BarLook {
  width: number;
  height: number;
  xOf: (day: Day) => number;
  /** The window; bars outside it are pale. `to` is exclusive. */
  from: Day;
  to: Day;
  most: number;
  colors: readonly string[];
}

/** Hues of the kinds, apart in lightness too, so that grey prints keep them. */
const kindColors: Readonly<Record<string, string>> = {
  airstrike: '#4a6d8c', helicopter_attack: '#8ab0cf', drone_strike: '#c77f3a', paramotor_attack: '#e8bd7f',
  shelling: '#6b5b95', explosion: '#a3485d', battle: '#3f7f6b', other: '#8a8f94',
};

/** On a dark ground every bar is lightened, so that the darkest still shows. */
export function barColors(values: readonly string[], by: StackBy, dark: boolean, actor: (code: string) => string): string[] {
  const lit = (color: string): string => (dark ? mixed(color, 255, 0.34) : color);
  return values.map((v) => (by === 'kind' ? lit(kindColors[v] ?? '#8a8f94') : v === '?' ? lit('#8a8f94') : actor(v)));
}

const axis = 18;

export function paintBars(canvas: HTMLCanvasElement, h: Histogram, look: BarLook): void {
  const ratio = window.devicePixelRatio || 1;
  const [wide, tall] = [Math.round(look.width * ratio), Math.round(look.height * ratio)];
  if (canvas.width !== wide) canvas.width = wide;
  if (canvas.height !== tall) canvas.height = tall;
  const ctx = canvas.getContext('2d');
  if (!ctx) return;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, look.width, look.height);
  const floor = look.height - axis;
  const unit = (floor - 8) / Math.max(1, h.most);
  const kinds = h.values.length;
  for (let bin = 0; bin + 1 < h.edges.length; bin++) {
    const x = look.xOf(h.edges[bin]!);
    const wide = Math.max(1, look.xOf(h.edges[bin + 1]!) - x - 1);
    const inside = h.edges[bin + 1]! > look.from && h.edges[bin]! < look.to;
    ctx.globalAlpha = inside ? 1 : 0.4;
    let y = floor;
    for (let k = 0; k < kinds; k++) {
      const n = h.counts[bin * kinds + k]!;
      if (n === 0) continue;
      const tall = n * unit;
      ctx.fillStyle = look.colors[k]!;
      ctx.fillRect(x, y - tall, wide, tall);
      y -= tall;
    }
  }
}
