import type { IncidentFeature } from '../state/feature.ts';
import type { Ids } from '../state/ids.ts';
import { alternatives, holdsAny, searched } from '../state/text.ts';
import { getBytes } from './api.ts';
import { idsIn } from './arrow.ts';
import type { Shelf } from './shelf.ts';

/** Which rows hold words, as the API's q finds them: looked for here when the
 *  whole features are here, else asked of the server, each question once. */
export class Words {
  readonly #ids: Ids;
  readonly #shelf: Shelf;
  readonly #query: string;
  readonly #found = new Map<string, Uint8Array>();
  #texts: string[] | null = null;

  constructor(ids: Ids, shelf: Shelf, query: string) {
    this.#ids = ids;
    this.#shelf = shelf;
    this.#query = query;
  }

  /** The rows that hold q, 1 each; null when nothing is asked, undefined when
   *  it must be asked of the server. */
  known(q: string): Uint8Array | null | undefined {
    const asked = alternatives(q);
    if (asked.length === 0) return null;
    if (!this.#shelf.whole) return this.#found.get(q);
    this.#texts ??= Array.from({ length: this.#ids.count }, (_, i) => textOf(this.#shelf.all.get(this.#ids.at(i))));
    return Uint8Array.from(this.#texts, (text) => (holdsAny(text, asked) ? 1 : 0));
  }

  async find(q: string): Promise<Uint8Array> {
    const path = `/api/collections/incidents/items?f=arrow&properties=id&q=${encodeURIComponent(q)}${this.#query}`;
    const answer = idsIn((await getBytes(path)).bytes);
    const found = new Uint8Array(this.#ids.count);
    for (let k = 0; k < answer.count; k++) {
      const row = this.#ids.rowOf(answer.bytes(k));
      if (row >= 0) found[row] = 1;
    }
    this.#found.set(q, found);
    return found;
  }
}

function textOf(feature: IncidentFeature | undefined): string {
  return feature ? searched(feature.properties) : '';
}
