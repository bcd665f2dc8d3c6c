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

/** The folded words, all of which a text must hold. */
export function words(q: string): string[] {
  return fold(q).split(' ').filter(Boolean);
}

export function holdsAll(folded: string, asked: readonly string[]): boolean {
  return asked.every((w) => folded.includes(w));
}
