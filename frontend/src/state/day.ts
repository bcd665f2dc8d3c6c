/** Civil days as whole numbers since 1970-01-01, local to the deployment and
 *  never shifted through a time zone. */
export type Day = number;

const MS = 86_400_000;

/** The day of "YYYY-MM-DD" (longer text is cut), or null when it is not one. */
export function parseDay(text: string | null | undefined): Day | null {
  const m = /^(\d{4})-(\d{2})-(\d{2})/.exec(text ?? '');
  if (!m) return null;
  const [y, mo, d] = [Number(m[1]), Number(m[2]), Number(m[3])];
  const at = new Date(Date.UTC(y, mo - 1, d));
  if (at.getUTCMonth() !== mo - 1 || at.getUTCDate() !== d) return null;
  return at.getTime() / MS;
}

export function formatDay(day: Day): string {
  return new Date(day * MS).toISOString().slice(0, 10);
}

/** Clamps to [first, last], both inclusive. */
export function clampDay(day: Day, first: Day, last: Day): Day {
  return Math.min(last, Math.max(first, day));
}

/** The first day of the month that lies `months` after that of `day`. */
export function monthStart(day: Day, months = 0): Day {
  const at = new Date(day * MS);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1) / MS;
}

export function yearOf(day: Day): number {
  return new Date(day * MS).getUTCFullYear();
}

/** Day of the week, Monday = 0. 1970-01-01 was a Thursday. */
export function weekday(day: Day): number {
  return (((day + 3) % 7) + 7) % 7;
}

const locales = { en: 'en-GB', my: 'my-MM-u-nu-mymr', zh: 'zh-CN' } as const;

export type DayStyle = 'long' | 'short' | 'month' | 'year';

const shapes: Record<DayStyle, Intl.DateTimeFormatOptions> = {
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  short: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
  year: { year: 'numeric' },
};

const formats = new Map<string, Intl.DateTimeFormat>();

export function sayDay(day: Day, lang: keyof typeof locales, style: DayStyle = 'short'): string {
  const key = lang + style;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locales[lang], { ...shapes[style], timeZone: 'UTC' });
    formats.set(key, format);
  }
  return format.format(new Date(day * MS));
}

/** Says a dated span at the precision that is known: a month-precise date is a
 *  month, never its first day. */
export function sayDates(
  start: Day,
  end: Day,
  precision: string | null,
  lang: keyof typeof locales,
): string {
  if (precision === 'year') return sayDay(start, lang, 'year');
  if (precision === 'month') return sayDay(start, lang, 'month');
  if (end > start) return `${sayDay(start, lang)} – ${sayDay(end, lang)}`;
  return sayDay(start, lang, 'long');
}
