/** Calls back when the server says that the record changed. A server without
 *  the stream answers 404, after which no more is asked. */
export function listen(changed: () => void): () => void {
  if (typeof EventSource === 'undefined') return () => undefined;
  const stream = new EventSource('/api/events');
  const heard = (): void => changed();
  for (const type of ['message', 'change', 'changes']) stream.addEventListener(type, heard);
  return () => stream.close();
}
