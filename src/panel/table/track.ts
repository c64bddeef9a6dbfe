/**
 * The scroll range of a very long list.
 *
 * Browsers cut elements off at some million pixels (Chromium sooner when zoomed), so a list of a
 * million rows cannot be as high as its rows. The element is at most {@link MAX_HEIGHT} pixels
 * high; above that, a position of the scroll bar stands for a share of the way through the list.
 */
export class Track {
  public constructor(
    /** Height of all rows. */
    public readonly content: number,
    /** Height of what is in sight. */
    public readonly viewport: number,
  ) {}

  /** Height that the scrolled element gets. */
  public get height(): number {
    return Math.min(this.content, MAX_HEIGHT);
  }

  /** Whether the scroll bar's pixels are not the list's. */
  public get scaled(): boolean {
    return this.content > MAX_HEIGHT;
  }

  /** The last position: the end of the list is in sight. */
  public get end(): number {
    return Math.max(0, this.content - this.viewport);
  }

  /** A position within the list. */
  public clamp(offset: number): number {
    return Math.min(Math.max(offset, 0), this.end);
  }

  /** The position in the list that a scroll position stands for. */
  public offsetOf(scrollTop: number): number {
    if (!this.scaled) {
      return this.clamp(scrollTop);
    }
    return this.clamp((scrollTop / (MAX_HEIGHT - this.viewport)) * this.end);
  }

  /** The scroll position that stands for a position in the list. */
  public scrollTopOf(offset: number): number {
    return this.scaled ? (offset / this.end) * (MAX_HEIGHT - this.viewport) : offset;
  }
}

/** Far below where Chromium cuts at a zoom of 500 % (33,554,428 physical pixels). */
const MAX_HEIGHT = 4_000_000;
