import type { Item, Page } from '../state/feature.ts';
import type { Geometry } from 'geojson';
import { itemsPath } from './opening.ts';

/** The server's own words for a failure (RFC 9457), else its status. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What an answer says of itself. */
export interface Told {
  /** The version of the data that it shows, or an older one. */
  version: number;
  /** When it was given, if it was kept since then. */
  keptAt: string | null;
}

/** Asks without headers of its own: only so is what the document asked for
 *  already taken for the answer. */
async function get(path: string, signal?: AbortSignal): Promise<Response> {
  const answer = await fetch(path, signal ? { signal } : {});
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string };
    throw new ApiError(answer.status, problem.detail ?? problem.title ?? `${answer.status}`);
  }
  return answer;
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await get(path, signal)).json()) as T;
}

function toldBy({ headers }: Response): Told {
  return { version: Number(headers.get('Data-Version')), keptAt: headers.get('X-Kept-At') };
}

export async function getText(path: string, signal?: AbortSignal): Promise<Told & { text: string }> {
  const answer = await get(path, signal);
  return { ...toldBy(answer), text: await answer.text() };
}

export async function getBytes(path: string, signal?: AbortSignal): Promise<Told & { bytes: Uint8Array }> {
  const answer = await get(path, signal);
  return { ...toldBy(answer), bytes: new Uint8Array(await answer.arrayBuffer()) };
}

/** All items of a collection, following the `next` links. */
export async function getAll<P, G extends Geometry = Geometry>(
  collection: string,
  query = '',
  signal?: AbortSignal,
): Promise<Item<P, G>[]> {
  const out: Item<P, G>[] = [];
  let path: string | undefined = itemsPath(collection, query);
  while (path) {
    const page: Page<P, G> = await getJson<Page<P, G>>(path, signal);
    out.push(...page.features);
    const next = page.links?.find((l) => l.rel === 'next')?.href;
    path = next && local(next);
  }
  return out;
}

/** Links may be absolute with a host that a proxy changed; the page asks its
 *  own origin only. */
function local(href: string): string {
  const url = new URL(href, location.origin);
  return url.pathname + url.search;
}
