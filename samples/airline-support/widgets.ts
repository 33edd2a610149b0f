import { z } from 'zod';
import { defineAction } from 'chatkit-controllers';
import { Badge, Caption, Col, Icon, ListView, ListViewItem, Spacer, Text } from 'chatkit-controllers/widgets';
import { MEALS, type Meal } from './customers';
import { offersFor, SentTrip, type Trip } from './offers';

export const pickMeal = defineAction('meal.pick', z.object({ meal: z.enum(MEALS) }));
export const pickFlight = defineAction('flight.pick', z.object({ trip: SentTrip, number: z.string() }));

/** Sent by the page when it has loaded a thread. */
export const lookAtCustomer = defineAction('customer.look');

export function mealList(chosen?: Meal): ListView {
  return ListView({
    children: MEALS.map((meal) =>
      ListViewItem({
        key: meal,
        onClickAction: pickMeal({ meal }, { loadingBehavior: 'container' }), // it may be changed later
        children: [Icon({ name: meal === chosen ? 'check-circle-filled' : 'dot' }), Text({ value: meal })],
      }),
    ),
  });
}

/** The flights of a trip; when one is booked, the others are gone and nothing is left to click. */
export function flightList(trip: Trip, booked?: string): ListView {
  const offers = offersFor(trip).filter(({ number }) => booked === undefined || number === booked);
  return ListView({
    status: { text: `${trip.from} to ${trip.to}, ${trip.date}` },
    children: offers.map(({ number, leaves, arrives }) =>
      ListViewItem({
        key: number,
        ...(booked === undefined && { onClickAction: pickFlight({ trip, number }) }),
        children: [
          Col({
            children: [
              Text({ value: `${leaves} – ${arrives}`, weight: 'semibold' }),
              Caption({ value: number }),
            ],
          }),
          Spacer(),
          Badge({
            label: booked === undefined ? trip.cabin : 'booked',
            color: booked === undefined ? 'info' : 'success',
          }),
        ],
      }),
    ),
  });
}
