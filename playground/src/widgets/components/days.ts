/** A day as text: `2026-03-01`. All calculations use UTC, to avoid time zones. */
export type Day = string;

/** The day of an ISO text. */
export function dayOf(text: string | undefined): Day | undefined {
  const found = /^\d{4}-\d\d-\d\d/.exec(text ?? '')?.[0];
  return found === undefined || Number.isNaN(Date.parse(found)) ? undefined : found;
}

export function today(): Day {
  const now = new Date();
  return iso(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()));
}

export function spoken(day: Day): string {
  return format(day, { day: 'numeric', month: 'short', year: 'numeric' });
}

export function spokenFully(day: Day): string {
  return format(day, { dateStyle: 'full' });
}

export function monthName(day: Day): string {
  return format(day, { month: 'long', year: 'numeric' });
}

export function addDays(day: Day, count: number): Day {
  return iso(Date.parse(day) + count * 86_400_000);
}

/** The same day of another month, or that month's last day. */
export function addMonths(day: Day, count: number): Day {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return iso(Date.UTC(year, month - 1 + count, Math.min(date, last)));
}

/** The weeks of a month, from Monday, including days of adjacent months. */
export function weeksOf(day: Day): Day[][] {
  const first = `${day.slice(0, 7)}-01`;
  const lead = (new Date(first).getUTCDay() + 6) % 7;
  const start = addDays(first, -lead);
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (__, index) => addDays(start, week * 7 + index)),
  );
}

export function weekdays(): string[] {
  return Array.from({ length: 7 }, (_, index) => format(addDays('2024-01-01', index), { weekday: 'short' }));
}

function format(day: Day, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' }).format(new Date(day));
}

function iso(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}
