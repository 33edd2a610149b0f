import type { Offer, Trip } from './offers';

export const MEALS = ['no preference', 'vegan', 'halal', 'no nuts'] as const;
export type Meal = (typeof MEALS)[number];

export interface Flight {
  number: string;
  from: string;
  to: string;
  date: string;
  leaves: string;
  seat: string;
  isCancelled: boolean;
}

export interface Customer {
  name: string;
  points: number;
  home: string;
  bags: number;
  meal: Meal;
  flights: Flight[];
  /** What the airline did for the customer, newest first. */
  notes: string[];
}

/** The files of the customers; a real airline asks its booking system. */
export class Customers {
  private readonly files = new Map<string, Customer>();

  /** @param owner the user, as the app knows them */
  of(owner: string): Customer {
    const known = this.files.get(owner);
    if (known !== undefined) return known;
    const flights = [{ number: 'FJ 204', from: 'BGO', to: 'KEF', date: '2027-05-14', leaves: '11:20' }];
    const file: Customer = {
      name: 'Ingrid Solheim',
      points: 18_400,
      home: 'BGO',
      bags: 1,
      meal: 'no preference',
      flights: flights.map((flight) => ({ ...flight, seat: '21D', isCancelled: false })),
      notes: [],
    };
    this.files.set(owner, file);
    return file;
  }
}

/** Returns what the model is told: also why it cannot be done. */
export function changeSeat(customer: Customer, number: string, seat: string): string {
  const flight = customer.flights.find((each) => each.number === number && !each.isCancelled);
  if (flight === undefined) return `There is no flight ${number} to change.`;
  if (!/^([1-9]|[12]\d|30)[A-F]$/.test(seat)) return `There is no seat ${seat}: rows 1 to 30, A to F.`;
  flight.seat = seat;
  return noted(customer, `Seat ${seat} on ${number}`);
}

export function cancelTrip(customer: Customer): string {
  for (const flight of customer.flights) flight.isCancelled = true;
  return noted(customer, 'All flights cancelled, the price is paid back within seven days');
}

export function book(customer: Customer, { from, to, date, cabin }: Trip, { number, leaves }: Offer): string {
  const seat = cabin === 'business' ? '2A' : '17C';
  customer.flights.push({ number, from, to, date, leaves, seat, isCancelled: false });
  return noted(customer, `Booked ${number} from ${from} to ${to} on ${date} at ${leaves}, seat ${seat}`);
}

/** Keeps a note for the page, and returns it for the model. */
export function noted(customer: Customer, note: string): string {
  customer.notes.unshift(note);
  return `${note}.`;
}
