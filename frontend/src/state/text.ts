/** Folds text for search: case, accents and apostrophes do not matter, nor do
 *  spaces that Burmese and Chinese put where they like. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/['’‘`]/g, '')
    .replace(/[-–_/.,;:()\s]+/g, ' ')
    .trim();
}

/** Latin letters regardless of case, all else as it is: how the API's q
 *  compares, so that both find the same records. */
export function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The question of q: alternatives parted by commas, each of words that must
 *  all occur. */
export function alternatives(q: string): string[][] {
  return q.split(',').map((part) => lower(part).split(/\s+/).filter(Boolean)).filter((list) => list.length > 0);
}

/** A text of several properties, joined by newlines so that no word spans two. */
export function holdsAny(text: string, asked: readonly (readonly string[])[]): boolean {
  return asked.some((all) => all.every((word) => text.includes(word)));
}

/** Properties that hold codes or days, not words: q does not look there. */
const wordless = new Set([
  'kind', 'date_start', 'date_end', 'date_precision', 'date_earliest', 'date_latest', 'location_precision', 'response',
  'status', 'held_certainty', 'recorded_at',
]);

/** The text of a record that q is looked for in. */
export function searched(properties: object): string {
  const said = [];
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'string' && !wordless.has(key)) said.push(value);
  }
  return lower(said.join('\n'));
}
