import type { Item, Page } from '../state/feature.ts';
import type { Geometry } from 'geojson';

/** The server's own words for a failure (RFC 9457), else its status. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function get(path: string, accept: string, signal?: AbortSignal): Promise<Response> {
  const answer = await fetch(path, { headers: { Accept: accept }, ...(signal ? { signal } : {}) });
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string };
    throw new ApiError(answer.status, problem.detail ?? problem.title ?? `${answer.status}`);
  }
  return answer;
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await get(path, 'application/geo+json, application/json', signal)).json()) as T;
}

/** An answer as it came, and when it was given if it was kept since then. */
export async function getBytes(path: string, signal?: AbortSignal): Promise<{ bytes: Uint8Array; keptAt: string | null }> {
  const answer = await get(path, '*/*', signal);
  return { bytes: new Uint8Array(await answer.arrayBuffer()), keptAt: answer.headers.get('X-Kept-At') };
}

/** All items of a collection, following the `next` links. */
export async function getAll<P, G extends Geometry = Geometry>(
  collection: string,
  query = '',
  signal?: AbortSignal,
): Promise<Item<P, G>[]> {
  const out: Item<P, G>[] = [];
  let path: string | undefined = `/api/collections/${collection}/items?limit=10000${query}`;
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
