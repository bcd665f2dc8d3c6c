export interface Change {
  collection: string;
  id: string;
}

export interface Hearing {
  /** The line stands; the server's data version. */
  open(version: number): void;
  /** The record was changed to this version. At most a hundred changes are told. */
  changed(version: number, changes: readonly Change[]): void;
  /** The line broke; it is tried again by itself. */
  lost(): void;
}

/** A line that is cut and stands again within this time was not lost: proxies
 *  end long answers as a matter of course. Milliseconds. */
const patience = 5000;

/** Hears of changes until it is stopped. */
export function listen(hearing: Hearing): () => void {
  let stream: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let losing: ReturnType<typeof setTimeout> | undefined;
  const connect = (): void => {
    clearTimeout(again);
    stream?.close();
    const made = new EventSource('/api/events');
    stream = made;
    let first = true;
    made.addEventListener('commit', (e: MessageEvent<string>) => {
      clearTimeout(losing);
      losing = undefined;
      const said = JSON.parse(e.data) as { data_version?: number; changes?: Change[] };
      if (first) hearing.open(said.data_version ?? 0);
      else hearing.changed(said.data_version ?? 0, said.changes ?? []);
      first = false;
    });
    made.addEventListener('error', () => {
      losing ??= setTimeout(() => hearing.lost(), patience);
      first = true;
      // A browser gives up on an answer that is no stream, as a proxy gives
      // while the server starts.
      if (made.readyState === EventSource.CLOSED) again = setTimeout(connect, 5000);
    });
  };
  connect();
  window.addEventListener('online', connect);
  return () => {
    window.removeEventListener('online', connect);
    clearTimeout(again);
    clearTimeout(losing);
    stream?.close();
  };
}
