import type { Model } from '../app/model.svelte.ts';
import type { Atlas, Padding } from '../map/atlas.ts';

/** Room that panels take from the map: the legend or details on the right, or below. */
export function paddingFor(box: HTMLElement, reading: boolean): Padding {
  const narrow = box.clientWidth < 700;
  const edge = narrow ? 24 : 48;
  const legend = box.clientWidth >= 900 ? 292 : 0;
  const panel = !reading ? legend : narrow ? box.clientHeight * 0.5 : 408;
  return narrow
    ? { top: 56, right: edge, bottom: Math.max(edge, panel), left: edge }
    : { top: edge, right: Math.max(edge, panel), bottom: edge, left: edge };
}

/** The deployment's own centre when it names one (degrees, optional zoom), else
 *  where the incident that is open or those shown are, else all that its box holds. */
export function firstCamera(model: Model, atlas: Atlas, box: HTMLElement): void {
  const [c, i] = [model.columns, model.chosen];
  if (c && i !== null && Number.isFinite(c.lon[i]!)) {
    atlas.fit([c.lon[i]! - 1, c.lat[i]! - 0.8, c.lon[i]! + 1, c.lat[i]! + 0.8], paddingFor(box, true));
    return;
  }
  const said = model.setting?.landing.deployment;
  const [lon, lat, zoom] = said?.center ?? [];
  if (lon !== undefined && lat !== undefined) {
    const near = Math.log2(Math.min(box.clientWidth, box.clientHeight) / 430);
    atlas.jump({ lon, lat, zoom: zoom ?? 6 + Math.max(-0.6, Math.min(0.6, near)) });
    return;
  }
  const [w, s, e, n] = incidentBox(model) ?? said?.bbox ?? [];
  if (w === undefined || s === undefined || e === undefined || n === undefined) return;
  const wide = Math.max(0.8, (4 - (e - w)) / 2);
  atlas.fit([w - wide, s - 0.5, e + wide, n + 1], paddingFor(box, model.chosen !== null));
}

function incidentBox(model: Model): number[] | null {
  const c = model.columns;
  const rows = Array.from(model.rows).filter((i) => Number.isFinite(c!.lon[i]!));
  if (!c || rows.length === 0) return null;
  const box = [180, 90, -180, -90] as [number, number, number, number];
  for (const i of rows) {
    box[0] = Math.min(box[0], c.lon[i]!);
    box[1] = Math.min(box[1], c.lat[i]!);
    box[2] = Math.max(box[2], c.lon[i]!);
    box[3] = Math.max(box[3], c.lat[i]!);
  }
  return box;
}
