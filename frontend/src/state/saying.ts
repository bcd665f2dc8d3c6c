import { parseDay, sayDates } from './day.ts';
import type { Brief } from './columns.ts';
import type { PlaceProperties } from './feature.ts';
import type { Lang } from './view.ts';

export function datesOf(p: Pick<Brief, 'date_start' | 'date_end' | 'date_precision'>, lang: Lang, style: 'long' | 'short' = 'long'): string {
  const start = parseDay(p.date_start) ?? 0;
  return sayDates(start, parseDay(p.date_end) ?? start, p.date_precision, lang, style);
}

type Placed = Pick<Brief, 'place' | 'township' | 'state_region'>;

/** The most exact name that the record has. */
export function placeOf(p: Placed): string {
  return p.place || p.township || p.state_region || '–';
}

/** The same in the reader's script, where the gazetteer has that very name. */
export function placeIn(p: Placed, lang: Lang, names: ReadonlyMap<string, PlaceProperties>): string {
  const said = placeOf(p);
  const known = lang === 'en' ? undefined : names.get(said);
  return (lang === 'my' ? known?.name_my : lang === 'zh' ? known?.name_zh : null) || said;
}

/** The place within what: township and state, without saying a name twice. */
export function withinOf(p: Placed): string {
  const said = placeOf(p);
  return [p.township, p.state_region].filter((name) => name && name !== said).join(', ');
}

export interface Share { actor: string; share: number }

/** "MNDAA:0.83,TNLA:0.17" as shares. */
export function sharesOf(text: string | null): Share[] {
  return (text ?? '').split(',').flatMap((part) => {
    const cut = part.lastIndexOf(':');
    const share = Number(part.slice(cut + 1));
    return cut > 0 && Number.isFinite(share) ? [{ actor: part.slice(0, cut), share }] : [];
  });
}

/** "mmr-chn:101.873,mmr-lao:310.2" as kilometres, nearest first. */
export function distancesOf(text: string | null): { border: string; km: number }[] {
  return sharesOf(text).map(({ actor, share }) => ({ border: actor, km: share }));
}

interface Figures { killed_min?: number; killed_max?: number; injured_min?: number; injured_max?: number }

/** Whether sources that give a figure for the same thing give different ones;
 *  silence contradicts nobody. */
export function differ(list: readonly Figures[]): boolean {
  return (['killed', 'injured'] as const).some((what) => {
    const said = list
      .map((c) => [c[`${what}_min`], c[`${what}_max`]] as const)
      .filter(([min, max]) => min !== undefined || max !== undefined);
    return new Set(said.map(([min, max]) => `${min ?? max}-${max ?? min}`)).size > 1;
  });
}
