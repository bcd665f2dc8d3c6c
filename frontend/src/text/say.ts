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

const numbers: Readonly<Record<Lang, Intl.NumberFormat>> = {
  en: new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 }),
  my: new Intl.NumberFormat('my-MM-u-nu-mymr', { maximumFractionDigits: 0 }),
  zh: new Intl.NumberFormat('zh-CN', { maximumFractionDigits: 0 }),
};

export function sayNumber(n: number, lang: Lang): string {
  return numbers[lang].format(n);
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
  return m < 1000 ? `${sayNumber(m, lang)} m` : `${sayKm(m / 1000, lang)} km`;
}

/** Kilometres with one decimal below 10, else whole. */
export function sayKm(km: number, lang: Lang): string {
  const digits = km < 10 && km % 1 !== 0 ? 1 : 0;
  return new Intl.NumberFormat(numbers[lang].resolvedOptions().locale, { maximumFractionDigits: digits }).format(km);
}
