import type { Model } from './model.svelte.ts';

/** Keys of the whole page; those of a focused control come first. */
export function keysOf(model: Model): (e: KeyboardEvent) => void {
  return (e) => {
    if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || !model.record) return;
    const at = e.target instanceof HTMLElement ? e.target : null;
    if (e.key === 'Escape') {
      if (model.drawing) model.drawing = false;
      else if (model.sheet !== 'none') model.sheet = 'none';
      else model.close();
      return;
    }
    if (at?.closest('input, select, textarea, [role=slider], [role=listbox], .maplibregl-canvas')) return;
    const jump = e.shiftKey ? 30 : 1;
    if (e.key === 'ArrowLeft') model.goDay(model.view.day - jump);
    else if (e.key === 'ArrowRight') model.goDay(model.view.day + jump);
    else if (e.key === ' ' && !at?.closest('button, a, summary')) model.player.toggle();
    else if (e.key === '/') document.getElementById('find-place')?.focus();
    else if (e.key === 't') model.go({ panel: model.view.panel === 'table' ? 'map' : 'table' });
    else return;
    e.preventDefault();
  };
}
