/** The page's service worker: it keeps the page and the answers that it opened
 *  with, so that a reload without a network opens the record as it was last
 *  read. While there is a network it is asked first, and nothing kept is shown. */

declare const self: ServiceWorkerGlobalScope;
export {}; // a module to the compiler, so that self is its own

const shelf = 'strikewatch-1';
/** Told to the page with an answer that was kept: when it was given. */
const keptAt = 'X-Kept-At';
/** Opened incidents beyond what the page opens with; the oldest go first. */
const mostOpened = 500;

self.addEventListener('install', () => void self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()));
});

async function dropOthers(): Promise<void> {
  for (const name of await caches.keys()) if (name !== shelf) await caches.delete(name);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin || request.headers.has('Range')) return;
  if (request.mode === 'navigate') {
    // One page for every address of it; others, such as /incidents/x, are not the map.
    if (url.pathname === '/') event.respondWith(freshOrKept(request, '/'));
  } else if (url.pathname.startsWith('/assets/')) event.respondWith(keptOrFresh(request));
  else if (opens(url)) event.respondWith(freshOrKept(request, keyOf(url)));
});

/** Whether an answer is one that the map shows: pages of collections, the
 *  incidents' stream, single features and what the landing page tells. Files
 *  that are taken away are not kept, nor is the stream of events. */
function opens(url: URL): boolean {
  if (url.pathname === '/api' || url.pathname.startsWith('/api/reports') || url.pathname.endsWith('/events')) return url.pathname === '/api';
  const format = url.searchParams.get('f');
  return url.pathname.startsWith('/api/collections/') && (format === null || format === 'json' || format === 'jsonl' || format === 'arrow');
}

function keyOf(url: URL): string {
  return url.pathname + url.search;
}

async function keptOrFresh(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? put(request, keyOf(new URL(request.url)));
}

async function freshOrKept(request: Request, key: string): Promise<Response> {
  try {
    return await put(request, key);
  } catch (problem) {
    const kept = await (await caches.open(shelf)).match(key);
    if (!kept) throw problem;
    const headers = new Headers(kept.headers);
    headers.set(keptAt, new Date(headers.get('Date') ?? 0).toISOString());
    return new Response(kept.body, { status: kept.status, statusText: kept.statusText, headers });
  }
}

/** Asks, and replaces what is kept under the key by a whole good answer. */
async function put(request: Request, key: string): Promise<Response> {
  const answer = await fetch(request);
  if (answer.status === 200) {
    const copy = answer.clone();
    void caches.open(shelf).then((cache) => cache.put(key, copy)).catch(() => undefined); // the disk is full
  }
  return answer;
}

/** The page tells what it opened with: this is kept from now on, answers of
 *  other questions are let go. */
self.addEventListener('message', (event) => {
  const { keep } = event.data as { keep?: string[] };
  if (keep) event.waitUntil(keepOnly(keep));
});

async function keepOnly(urls: string[]): Promise<void> {
  const cache = await caches.open(shelf);
  const wanted = new Map(urls.map((text) => new URL(text)).flatMap((url): [string, string][] =>
    url.pathname === '/' ? [['/', url.href]] : url.pathname.startsWith('/assets/') || opens(url) ? [[keyOf(url), url.href]] : []));
  const opened: Request[] = [];
  for (const request of await cache.keys()) {
    const key = keyOf(new URL(request.url));
    if (wanted.delete(key)) continue;
    if (/^\/api\/collections\/incidents\/items\/[^/]+$/.test(key)) opened.push(request);
    else await cache.delete(request);
  }
  for (const request of opened.slice(0, -mostOpened)) await cache.delete(request);
  // Of the first visit: the browser has these at hand.
  await Promise.allSettled([...wanted].map(([key, href]) => put(new Request(href), key)));
}
