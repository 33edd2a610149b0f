import { Agent, tool, type Model } from '@openai/agents';
import { z } from 'zod';
import { assistantMessage, clientEffect, type HandlerEvent } from 'chatkit-controllers';
import { agentContext, type ToolRunContext } from 'chatkit-controllers/agents';
import { cancelTrip, changeSeat, noted, type Customer, type Customers } from './customers';
import { Trip } from './offers';
import { flightList, mealList } from './widgets';

/** What the panel of the page shows. */
export const customerChanged = (customer: Customer): HandlerEvent =>
  clientEffect('customer_changed', { ...customer });

const none = z.object({});

function toolsFor(customers: Customers) {
  /** Changes the file of the customer, and shows it in the panel. */
  async function change(
    run: ToolRunContext | undefined,
    by: (customer: Customer) => string,
  ): Promise<string> {
    const context = agentContext(run);
    const customer = customers.of(context.chat.owner);
    const said = by(customer);
    await context.stream(customerChanged(customer));
    return said;
  }
  return [
    tool({
      name: 'change_seat',
      description: 'Moves the customer to another seat.',
      parameters: z.object({
        flight: z.string().describe('Such as FJ 204'),
        seat: z.string().describe('Such as 14C'),
      }),
      execute: ({ flight, seat }, run) => change(run, (customer) => changeSeat(customer, flight, seat)),
    }),
    tool({
      name: 'cancel_trip',
      description: 'Cancels all flights of the customer.',
      parameters: none,
      needsApproval: true, // a widget asks the customer, not the model
      execute: (_, run) => change(run, cancelTrip),
    }),
    tool({
      name: 'add_bag',
      description: 'Adds a checked bag.',
      parameters: none,
      needsApproval: true,
      execute: (_, run) =>
        change(run, (customer) => noted(customer, `Checked bags: ${String((customer.bags += 1))}`)),
    }),
    tool({
      name: 'request_assistance',
      description: 'Notes what help the customer needs at the airport.',
      parameters: z.object({ need: z.string() }),
      execute: ({ need }, run) => change(run, (customer) => noted(customer, `Assistance: ${need}`)),
    }),
    tool({
      name: 'show_meals',
      description: 'Shows the meals, for the customer to choose one.',
      parameters: none,
      async execute(_, run) {
        await agentContext(run).stream(assistantMessage('What would you like to eat on board?'));
        await agentContext(run).streamWidget(mealList(customers.of(agentContext(run).chat.owner).meal));
        return 'The customer sees the meals.';
      },
    }),
    tool({
      name: 'show_flights',
      description:
        'Shows flights to book. Ask first for what you do not know; the trip starts at home by default.',
      parameters: Trip,
      async execute(trip, run) {
        await agentContext(run).stream(assistantMessage('These flights have seats left. A click books one.'));
        await agentContext(run).streamWidget(flightList(trip));
        return 'The customer sees the flights.';
      },
    }),
  ];
}

export function createSupportAgent(model: string | Model, customers: Customers) {
  return new Agent({
    name: 'Support',
    // Read for each answer: what the model knows of the customer is never out of date.
    instructions: (run) =>
      [
        'You work for Fjord Air, and help one customer with flights, seats, bags and meals, in two or three sentences.',
        'Do by tools what is asked for, then say what was done. Promise nothing that no tool does.',
        `The file of the customer: ${JSON.stringify(customers.of(agentContext(run).chat.owner))}`,
      ].join('\n'),
    model,
    tools: toolsFor(customers),
    toolUseBehavior: { stopAtToolNames: ['show_meals', 'show_flights'] },
  });
}

export function createTitleAgent(model: string | Model) {
  return new Agent({ name: 'Titles', instructions: 'Answer with a title of two to five words.', model });
}
