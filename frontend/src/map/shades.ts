import { mercatorX, mercatorY } from '../state/columns.ts';
import type { TerritoryFeature } from '../state/feature.ts';
import type { Held } from '../state/territory.ts';
import { drawImage, imageName } from './images.ts';
import type { Palette } from './palette.ts';
import { Images, Sheet, type Frame } from './sheet.ts';

export interface HolderStyle {
  color: string;
  /** Which of the two stripes of a contest is this side's. */
  phase: number;
}

/** A territory state with its look: plain when controlled, striped when
 *  contested, dotted when only claimed. */
export interface Shade extends HolderStyle {
  feature: TerritoryFeature;
  status: string;
}

export function shadesOf(states: readonly Held[], styleFor: (actor: string) => HolderStyle): Shade[] {
  return states.map(({ feature }) => ({ feature, status: feature.properties.status, ...styleFor(feature.properties.actor) }));
}

/** Who holds the land. The canvas is blended with the map beneath it, by day
 *  darkening and by night lightening, so that names and lines show through as
 *  if they stood above. */
export class Shades extends Sheet {
  readonly #paths = new WeakMap<TerritoryFeature, Path2D>();
  readonly #images = new Images();
  #shades: readonly Shade[] = [];

  constructor(palette: Palette) {
    super(palette, 'map-shades');
    this.canvas.style.mixBlendMode = this.blend;
  }

  get blend(): 'multiply' | 'screen' {
    return this.palette.dark ? 'screen' : 'multiply';
  }

  show(shades: readonly Shade[]): void {
    this.#shades = shades;
    this.ask();
  }

  override theme(palette: Palette): void {
    super.theme(palette);
    this.canvas.style.mixBlendMode = this.blend;
  }

  protected override draw(ctx: CanvasRenderingContext2D, frame: Frame): void {
    // The world, laid out so that its part in view has small coordinates: paths
    // are kept in single precision.
    ctx.translate(frame.x, frame.y);
    ctx.scale(frame.world, frame.world);
    ctx.translate(-frame.atX, -frame.atY);
    ctx.lineJoin = 'round';
    const zoom = Math.log2(frame.world / 512);
    ctx.lineWidth = (0.8 + Math.min(1, Math.max(0, (zoom - 4) / 5))) / frame.world;
    for (const shade of this.#shades) {
      const path = this.#path(shade.feature);
      ctx.globalAlpha = shade.status === 'controlled' ? this.palette.fill : Math.min(1, this.palette.fill + 0.25);
      ctx.fillStyle = shade.status === 'controlled' ? shade.color : (this.#pattern(ctx, shade, frame) ?? shade.color);
      ctx.fill(path, 'evenodd');
      ctx.globalAlpha = 0.85;
      ctx.strokeStyle = shade.color;
      ctx.stroke(path);
    }
    ctx.globalAlpha = 1;
  }

  #pattern(ctx: CanvasRenderingContext2D, shade: Shade, frame: Frame): CanvasPattern | null {
    const name = imageName.hatch(shade.status, shade.color, shade.phase);
    const image = this.#images.get(name, () => drawImage(name, this.palette, this.ratio));
    const pattern = image && ctx.createPattern(image, 'repeat');
    // Stripes keep their width and stand with the land.
    pattern?.setTransform(new DOMMatrix().translate(frame.atX, frame.atY).scale(1 / (frame.world * this.ratio)));
    return pattern;
  }

  #path(feature: TerritoryFeature): Path2D {
    let path = this.#paths.get(feature);
    if (!path) this.#paths.set(feature, (path = pathOf(feature)));
    return path;
  }
}

function pathOf({ geometry }: TerritoryFeature): Path2D {
  const path = new Path2D();
  const parts = geometry === null ? [] : geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  for (const ring of parts.flat()) {
    ring.forEach(([lon = 0, lat = 0], k) => {
      if (k === 0) path.moveTo(mercatorX(lon), mercatorY(lat));
      else path.lineTo(mercatorX(lon), mercatorY(lat));
    });
    path.closePath();
  }
  return path;
}
