import { clampDay, formatDay, parseDay } from './day.ts';
import {
  initialView, listKeys, noFilters, spanOfDay, spanOfLatest,
  type Camera, type Filters, type Lang, type Panel, type Period, type StackBy, type Theme, type View,
} from './view.ts';

/** The view that a query string asks for. What is missing or not understood
 *  takes its default, so that an old or mistyped link still opens. */
export function viewOf(search: string, period: Period): View {
  const p = new URLSearchParams(search);
  const start = initialView(period);
  const asked = parseDay(p.get('day'));
  const day = asked === null ? start.day : clampDay(asked, period.first, period.last);
  const span = whole(p.get('span'), 1, period.last - period.first + 1);
  return {
    day,
    span: span ?? (asked === null ? spanOfLatest : spanOfDay),
    versus: parseDay(p.get('vs')),
    knownAt: knownAtOf(p.get('known_at')),
    filters: filtersOf(p),
    camera: cameraOf(p.get('at')),
    id: p.get('id') || null,
    panel: oneOf<Panel>(p.get('panel'), ['map', 'table']),
    stack: oneOf<StackBy>(p.get('stack'), ['kind', 'held']),
    lang: oneOf<Lang>(p.get('lang'), ['en', 'my', 'zh']),
    theme: oneOf<Theme>(p.get('theme'), ['auto', 'light', 'dark']),
    embed: p.get('embed') === '1',
  };
}

/** The query string of a view, '' or beginning with '?'. viewOf(searchOf(v))
 *  equals v; parameters stand in a fixed order, so equal views have one link. */
export function searchOf(view: View, period: Period): string {
  const p: [string, string][] = [];
  const put = (key: string, value: string | null): void => {
    if (value !== null && value !== '') p.push([key, value]);
  };
  const latest = view.day === period.last;
  if (!latest) put('day', formatDay(view.day));
  if (view.span !== (latest ? spanOfLatest : spanOfDay)) put('span', String(view.span));
  put('vs', view.versus === null ? null : formatDay(view.versus));
  put('known_at', view.knownAt);
  const f = view.filters;
  for (const key of listKeys) put(key, f[key].join(','));
  put('killed_min', f.killed === null ? null : String(f.killed));
  put('border', f.border);
  put('within_km', f.within === null ? null : String(f.within));
  put('near', f.near);
  put('q', f.q);
  put('bbox', f.bbox && f.bbox.join(','));
  put('at', view.camera && sayCamera(view.camera));
  put('id', view.id);
  if (view.panel !== 'map') put('panel', view.panel);
  if (view.stack !== 'kind') put('stack', view.stack);
  if (view.lang !== 'en') put('lang', view.lang);
  if (view.theme !== 'auto') put('theme', view.theme);
  if (view.embed) put('embed', '1');
  const text = p.map(([k, v]) => `${k}=${encodeURIComponent(v).replaceAll('%2C', ',').replaceAll('%3A', ':')}`);
  return text.length ? `?${text.join('&')}` : '';
}

function filtersOf(p: URLSearchParams): Filters {
  const list = (key: string): string[] =>
    [...new Set((p.get(key) ?? '').split(',').filter(Boolean))].sort();
  const border = p.get('border') || null;
  const within = border === null ? null : whole(p.get('within_km'), 1, 2000);
  return {
    ...noFilters,
    kind: list('kind'), attacker: list('attacker'), held: list('held'), certainty: list('certainty'),
    status: list('status'), target: list('target'), state: list('state'),
    killed: whole(p.get('killed_min'), 0, 1_000_000),
    border, within,
    near: within === null ? '' : oneOf(p.get('near'), ['', 'certain', 'possible']),
    q: (p.get('q') ?? '').trim(),
    bbox: bboxOf(p.get('bbox')),
  };
}

function bboxOf(text: string | null): Filters['bbox'] {
  const n = (text ?? '').split(',').map(Number);
  const [w, s, e, no] = n;
  if (n.length !== 4 || w === undefined || s === undefined || e === undefined || no === undefined) return null;
  if (!n.every(Number.isFinite) || w > e || s > no) return null;
  return [w, s, e, no];
}

function cameraOf(text: string | null): Camera | null {
  const n = (text ?? '').split(',').map(Number);
  const [lon, lat, zoom] = n;
  if (n.length !== 3 || lon === undefined || lat === undefined || zoom === undefined) return null;
  if (!n.every(Number.isFinite) || Math.abs(lon) > 180 || Math.abs(lat) > 85 || zoom < 0 || zoom > 22) return null;
  return { lon, lat, zoom };
}

/** Four decimals are 11 m: finer than a screen at zoom 16. */
export function sayCamera(c: Camera): string {
  return [c.lon.toFixed(4), c.lat.toFixed(4), c.zoom.toFixed(2)].map(Number).join(',');
}

function knownAtOf(text: string | null): string | null {
  return text && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) ? text : null;
}

function whole(text: string | null, min: number, max: number): number | null {
  if (text === null || !/^\d+$/.test(text)) return null;
  const n = Number(text);
  return n < min ? null : Math.min(n, max);
}

/** The text when it is one of the allowed, else the first of them. */
function oneOf<T extends string>(text: string | null, allowed: readonly [T, ...T[]]): T {
  return allowed.find((a) => a === text) ?? allowed[0];
}
