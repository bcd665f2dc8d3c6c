import maplibregl from 'maplibre-gl';
import { sourceNames } from './style.ts';

/** A map whose first frame has all its data. MapLibre draws as each tile of each
 *  source comes, a dozen frames before a reader sees anything; without a
 *  graphics processor each of them takes a tenth of a second from the work that
 *  it waits for. */
export class PatientMap extends maplibregl.Map {
  // Neither set nor #private here: the parent's constructor asks for a frame.
  declare private hurried: boolean;

  /** Draws from now on what is there, as it comes. */
  hurry(): void {
    this.hurried = true;
  }

  override triggerRepaint(): void {
    if (this.hurried) return super.triggerRepaint();
    // A frame that is being drawn may ask for tiles yet.
    queueMicrotask(() => {
      if (this.hurried || this.prepared()) super.triggerRepaint();
    });
  }

  /** Nothing is on its way. */
  private prepared(): boolean {
    return this.style && sourceNames.every((name) => this.getSource(name)?.loaded()) && this.areTilesLoaded();
  }
}
