import { windowOf, type View } from './view.ts';

/** The lines that make the server build this view's border report by itself, in
 *  the words of its TOML file; null without a border. A report takes border,
 *  distance and the length of the window; it knows no other filter. */
export function scheduleOf(view: View, defaultKm: number): string | null {
  const { border, within } = view.filters;
  if (!border) return null;
  const km = within ?? defaultKm;
  const { cron, period } = rhythm(view);
  return [
    '[[schedule]]',
    `name = "${border}, ${km} km, ${period}"`,
    `cron = "${cron}"`,
    `border = "${border}"`,
    `within_km = ${km}`,
    `period = "${period}"`,
    'directory = "reports"',
    '# recipients = ["desk@example.org"]  # needs [smtp], see strikewatch --help',
    '',
  ].join('\n');
}

function rhythm(view: View): { cron: string; period: string } {
  const [from, to] = windowOf(view);
  const days = to - from + 1;
  if (days === 1) return { cron: '0 7 * * *', period: 'previous day' };
  if (days === 7) return { cron: '0 7 * * 1', period: 'previous week' };
  if (days >= 28 && days <= 31) return { cron: '0 7 1 * *', period: 'previous month' };
  return { cron: '0 7 * * 1', period: `last ${days} days` };
}
