import { untrack } from 'svelte';

/** Milliseconds from one look to the next while the source changes. */
const beat = 120;
/** What stands on the source itself is shown first. */
const frame = 17;

/** A value that follows its source a frame later, and some times a second when
 *  that changes all the time; at rest they are the same. For what costs more to
 *  show than a frame has time for. Belongs to the component that makes it. */
export class Following<T> {
  value: T;
  #latest: T;
  #last = -Infinity;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(source: () => T) {
    this.#latest = untrack(source);
    this.value = $state.raw(this.#latest);
    $effect(() => {
      this.#latest = source();
      this.#waiting ??= setTimeout(() => this.#take(), Math.max(frame, this.#last + beat - performance.now()));
    });
    $effect(() => () => clearTimeout(this.#waiting));
  }

  #take(): void {
    this.#waiting = undefined;
    this.#last = performance.now();
    this.value = this.#latest;
  }
}
