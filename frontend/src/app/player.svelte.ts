import type { Model } from './model.svelte.ts';

export const speeds = [7, 30, 90] as const;

/** Moves the day on by frames, so that a slow device skips days, not beats. */
export class Player {
  playing = $state(false);
  speed = $state<number>(30);
  #frame = 0;
  #last = 0;
  #rest = 0;
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  toggle(): void {
    if (this.playing) this.stop();
    else this.start();
  }

  start(): void {
    const { view, period } = this.#model;
    if (view.day >= period.last) {
      const first = Math.min(period.last, period.first + Math.min(view.span, 90) - 1);
      this.#model.go({ day: first, span: Math.min(view.span, 90) }, 'replace');
    }
    this.playing = true;
    this.#last = performance.now();
    this.#rest = 0;
    this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  stop(): void {
    this.playing = false;
    cancelAnimationFrame(this.#frame);
  }

  #step(now: number): void {
    if (!this.playing) return;
    this.#rest += (Math.min(250, now - this.#last) / 1000) * this.speed;
    this.#last = now;
    const days = Math.floor(this.#rest);
    if (days > 0) {
      this.#rest -= days;
      this.#model.goDay(this.#model.view.day + days);
    }
    if (this.#model.view.day >= this.#model.period.last) this.stop();
    else this.#frame = requestAnimationFrame((next) => this.#step(next));
  }
}
