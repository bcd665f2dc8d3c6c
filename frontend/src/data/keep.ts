/** Lets the service worker keep what the page opened with, so that it opens
 *  without a network too. Where there is none (an old browser, an address
 *  without TLS), the page is as it would be without. `filled` is when a small
 *  set is here as a whole. */
export async function keepWhatOpened(filled: Promise<void> | undefined): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/keep.js');
    await filled;
    const { active } = await navigator.serviceWorker.ready;
    const loaded = performance.getEntriesByType('resource').map((entry) => entry.name);
    const own = loaded.filter((name) => name.startsWith(location.origin));
    active?.postMessage({ keep: [location.origin + '/', ...own] });
  } catch {
    // The browser forbids it: nothing is lost but the offline start.
  }
}
