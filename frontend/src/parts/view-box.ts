import type { Model } from '../app/model.svelte.ts';
import type { Atlas, Padding } from '../map/atlas.ts';

/** Room that panels take from the map: details on the right, or below. */
export function paddingFor(box: HTMLElement, reading: boolean): Padding {
  const narrow = box.clientWidth < 700;
  const edge = narrow ? 24 : 48;
  const panel = !reading ? 0 : narrow ? box.clientHeight * 0.5 : 408;
  return narrow
    ? { top: 56, right: edge, bottom: Math.max(edge, panel), left: edge }
    : { top: edge, right: Math.max(edge, panel), bottom: edge, left: edge };
}

/** The deployment's own centre when it names one (degrees, optional zoom), else
 *  all the land that its box or its incidents take up. */
export function firstCamera(model: Model, atlas: Atlas, box: HTMLElement): void {
  const said = model.setting?.landing.deployment;
  const [lon, lat, zoom] = said?.center ?? [];
  if (lon !== undefined && lat !== undefined) {
    const near = Math.log2(Math.min(box.clientWidth, box.clientHeight) / 430);
    atlas.jump({ lon, lat, zoom: zoom ?? 6 + Math.max(-0.6, Math.min(0.6, near)) });
    return;
  }
  const [w, s, e, n] = said?.bbox ?? incidentBox(model);
  if (w !== undefined && s !== undefined && e !== undefined && n !== undefined && w < e) {
    atlas.fit([w, s, e, n], paddingFor(box, false));
  }
}

function incidentBox(model: Model): number[] {
  const c = model.columns;
  if (!c || c.count === 0) return [];
  const [x, y] = [[...c.lon].filter(Number.isFinite), [...c.lat].filter(Number.isFinite)];
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
}
