import { z } from 'zod';

const airport = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .describe('The code of an airport, such as BGO');
const date = z.iso.date();

export const Trip = z.object({
  from: airport,
  to: airport,
  date,
  back: date.nullable().describe('null for one way'),
  cabin: z.enum(['economy', 'business']),
});
/** As an action carries it: widgets drop what is null. */
export const SentTrip = Trip.partial({ back: true });
export type Trip = z.infer<typeof SentTrip>;

export interface Offer {
  number: string;
  leaves: string;
  arrives: string;
}

/** What flies; a real airline asks its timetable. */
export function offersFor({ from, to }: Trip): Offer[] {
  const first = 100 + ((from.charCodeAt(0) * 7 + to.charCodeAt(0) * 3) % 800);
  return ['06:45', '13:10', '19:55'].map((leaves, index) => ({
    number: `FJ ${String(first + index)}`,
    leaves,
    arrives: leaves.replace(/^\d+/, (hour) => String(Number(hour) + 2)),
  }));
}

export function wayBack({ from, to, back, cabin }: Trip): Trip | undefined {
  return back ? { from: to, to: from, date: back, cabin } : undefined;
}
