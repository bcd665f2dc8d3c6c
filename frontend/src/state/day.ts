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

export type DayStyle = 'long' | 'short' | 'month' | 'year';

const months = {
  long: 'January February March April May June July August September October November December'.split(' '),
  short: 'Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec'.split(' '),
  my: 'ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ'.split(' '),
};

/** Burmese digits for Latin ones. */
export function burmeseDigits(text: string): string {
  return text.replace(/[0-9]/g, (d) => String.fromCharCode(0x1040 + Number(d)));
}

/** Written out here because browsers are often built without Burmese. */
export function sayDay(day: Day, lang: 'en' | 'my' | 'zh', style: DayStyle = 'short'): string {
  const [y, m, d] = formatDay(day).split('-').map(Number) as [number, number, number];
  if (lang === 'zh') return [`${y}年`, style === 'year' ? '' : `${m}月`, style === 'year' || style === 'month' ? '' : `${d}日`].join('');
  if (lang === 'my') {
    const name = months.my[m - 1]!;
    if (style === 'year') return burmeseDigits(String(y));
    return burmeseDigits(style === 'month' ? `${y}၊ ${name}` : `${y}၊ ${name} ${d}`);
  }
  if (style === 'year') return String(y);
  if (style === 'month') return `${months.long[m - 1]} ${y}`;
  return `${d} ${months[style][m - 1]} ${y}`;
}

/** Says a dated span at the precision that is known: a month-precise date is a
 *  month, never its first day. */
export function sayDates(
  start: Day,
  end: Day,
  precision: string | null,
  lang: 'en' | 'my' | 'zh',
  style: 'long' | 'short' = 'long',
): string {
  if (precision === 'year') return sayDay(start, lang, 'year');
  if (precision === 'month') return sayDay(start, lang, 'month');
  if (end > start) return `${sayDay(start, lang)} – ${sayDay(end, lang)}`;
  return sayDay(start, lang, style);
}

/** An RFC 3339 instant to the minute: in UTC, said so, or by the reader's own clock. */
export function sayInstant(text: string, lang: 'en' | 'my' | 'zh', clock: 'utc' | 'own' = 'utc'): string {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const own = clock === 'own' ? at.getTimezoneOffset() * 60_000 : 0;
  const shown = new Date(at.getTime() - own).toISOString();
  const time = shown.slice(11, 16);
  const day = sayDay(parseDay(shown)!, lang);
  return `${day} ${lang === 'my' ? burmeseDigits(time) : time}${clock === 'utc' ? ' UTC' : ''}`;
}
