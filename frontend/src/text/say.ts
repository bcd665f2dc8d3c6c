import { burmeseDigits } from '../state/day.ts';
import type { Lang } from '../state/view.ts';
import { en, type Dictionary } from './en.ts';
import { my } from './my.ts';
import { zh } from './zh.ts';

const dictionaries: Readonly<Record<Lang, Dictionary>> = { en, my, zh };

export function dictionaryOf(lang: Lang): Dictionary {
  return dictionaries[lang];
}

/** Fills {name} in a text. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

export function sayNumber(n: number, lang: Lang, digits = 0): string {
  const [whole = '', part] = n.toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (part && Number(part) !== 0 ? `.${part}` : '');
  return lang === 'my' ? burmeseDigits(grouped) : grouped;
}

/** A range; one number when both ends agree. null when neither is known. */
export function sayRange(min: number | null, max: number | null, lang: Lang): string | null {
  if (min === null && max === null) return null;
  if (min === null) return `≤ ${sayNumber(max!, lang)}`;
  if (max === null) return `≥ ${sayNumber(min, lang)}`;
  return min === max ? sayNumber(min, lang) : `${sayNumber(min, lang)}–${sayNumber(max, lang)}`;
}

/** Metres as people say them: 250 m, 3 km, 20 km. */
export function sayMetres(m: number, lang: Lang): string {
  const t = dictionaryOf(lang);
  return m < 1000 ? `${sayNumber(m, lang)} ${t.metre}` : `${sayKm(m / 1000, lang)} ${t.km}`;
}

/** Kilometres with one decimal below 10, else whole. */
export function sayKm(km: number, lang: Lang): string {
  return sayNumber(km, lang, km < 10 ? 1 : 0);
}

export function sayShare(share: number, lang: Lang): string {
  return `${sayNumber(share * 100, lang)}%`;
}
