/** Tells the time, in milliseconds since the epoch. */
export type Clock = () => number;

let lastMs = NaN;
let lastText = '';

/** The time as ISO 8601 in UTC. Formatting costs more than reading the clock, so it is done once a millisecond. */
export function timeText(clock: Clock = Date.now): string {
  const ms = clock();
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastText;
}
