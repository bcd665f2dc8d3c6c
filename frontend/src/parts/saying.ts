import { parseDay, sayDates } from '../state/day.ts';
import type { IncidentProperties } from '../state/feature.ts';
import type { Lang } from '../state/view.ts';

export function datesOf(p: IncidentProperties, lang: Lang): string {
  const start = parseDay(p.date_start) ?? 0;
  return sayDates(start, parseDay(p.date_end) ?? start, p.date_precision, lang);
}

/** The most exact name that the record has. */
export function placeOf(p: IncidentProperties): string {
  return p.place || p.township || p.state_region || '–';
}

/** The place within what: township and state, without saying a name twice. */
export function withinOf(p: IncidentProperties): string {
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
