/** A time in epoch milliseconds cut to the second: that is how archives and replays keep and show theirs. */
export function wholeSeconds(epochMilliseconds: number): number {
  return Math.floor(epochMilliseconds / 1000) * 1000;
}
