/** Calls back when the record has changed since `loaded`, the data version that
 *  the page read. Without the stream nothing is heard, and nothing is wrong. */
export function listen(loaded: () => number, changed: () => void): () => void {
  if (typeof EventSource === 'undefined') return () => undefined;
  const stream = new EventSource('/api/events');
  stream.addEventListener('commit', (e: MessageEvent<string>) => {
    const said = JSON.parse(e.data) as { data_version?: number };
    if ((said.data_version ?? 0) > loaded()) changed();
  });
  return () => stream.close();
}
