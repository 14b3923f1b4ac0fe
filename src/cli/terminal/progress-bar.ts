import type { TextSink } from '../command-io.ts';

/** How far something has come. */
export interface Progress {
  /** Between 0 and 1; undefined when the end is not known. */
  readonly share: number | undefined;
  /** What is counted so far. */
  readonly count: number;
  readonly unit: string;
  /** Said at the end of the line. */
  readonly note?: string;
}

const WINDOW_MS = 5000;
const REDRAW_MS = 100;

/** A line at the foot of a terminal: a bar, how many a second, and how long it will take. Nothing elsewhere. */
export class ProgressBar {
  readonly #stream: TextSink;
  readonly #now: () => number;
  readonly #started: number;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #samples: { readonly at: number; readonly count: number; readonly share: number }[] = [];

  constructor(stream: TextSink, now: () => number) {
    this.#stream = stream;
    this.#now = now;
    this.#started = now();
  }

  /** Shows how far it is, at most ten times a second, and not before a moment has passed. */
  show(progress: Progress): void {
    const now = this.#now();
    if (
      this.#stream.isTTY !== true ||
      now - this.#drawnAt < REDRAW_MS ||
      now - this.#started < REDRAW_MS * 3
    ) {
      return;
    }
    this.#drawnAt = now;
    this.#samples.push({ at: now, count: progress.count, share: progress.share ?? 0 });
    this.#samples = this.#samples.filter(({ at }) => now - at <= WINDOW_MS);
    const width = Math.max(20, (this.#stream.columns ?? 80) - 1);
    this.#stream.write(`\r\u001b[K${progressLine(progress, { ...this.#speed(), width })}`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#drawnAt !== Number.NEGATIVE_INFINITY) this.#stream.write('\r\u001b[K');
  }

  // Over the last seconds: the whole run's mean would lag behind.
  #speed(): { readonly perSecond: number | undefined; readonly sharePerSecond: number } {
    const [first] = this.#samples;
    const last = this.#samples.at(-1);
    const seconds = first === undefined || last === undefined ? 0 : (last.at - first.at) / 1000;
    if (first === undefined || last === undefined || seconds === 0) {
      return { perSecond: undefined, sharePerSecond: 0 };
    }
    return {
      perSecond: (last.count - first.count) / seconds,
      sharePerSecond: (last.share - first.share) / seconds,
    };
  }
}

/** The text of a progress bar in at most `width` characters: what matters less goes first. */
export function progressLine(
  { share, count, unit, note }: Progress,
  {
    perSecond,
    sharePerSecond,
    width,
  }: { readonly perSecond: number | undefined; readonly sharePerSecond: number; readonly width: number },
): string {
  const amount = `${count.toLocaleString('en')} ${unit}`;
  const speed = perSecond === undefined ? '' : `${Math.round(perSecond).toLocaleString('en')}/s`;
  const left =
    share !== undefined && sharePerSecond > 0 ? `ETA ${clockText((1 - share) / sharePerSecond)}` : '';
  const percent = share === undefined ? '' : `${Math.floor(share * 100)} %`.padStart(5);
  const parts = [percent, amount, speed, left, note ?? ''].filter((part) => part !== '');
  while (parts.length > 1 && parts.join('  ').length > width) parts.pop();
  const text = parts.join('  ');
  const room = width - text.length - 4;
  if (share === undefined || room < 8) return text.slice(0, width);
  const cells = Math.min(room, 40);
  const full = Math.round(share * cells);
  return `[${'#'.repeat(full)}${'-'.repeat(cells - full)}] ${text}`;
}

/** Seconds as a clock shows them: `1:02:03`, `2:03`. */
export function clockText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number: number) => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
