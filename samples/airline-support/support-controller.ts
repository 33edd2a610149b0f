import {
  assistantMessage,
  ChatController,
  hiddenContext,
  NotFoundError,
  OnAction,
  OnMessage,
  replace,
  widget,
  type ChatContext,
  type UserMessageItem,
} from 'chatkit-controllers';
import { runAgent, titleThread, type AgentLike, type RunAgentOptions } from 'chatkit-controllers/agents';
import { customerChanged } from './agent';
import { book, type Customers, type Meal } from './customers';
import { offersFor, wayBack, type Trip } from './offers';
import { flightList, lookAtCustomer, mealList, pickFlight, pickMeal } from './widgets';

export interface Support {
  agent: AgentLike;
  titles: AgentLike;
  customers: Customers;
  runOptions: RunAgentOptions;
}

@ChatController()
export class SupportController {
  constructor(private readonly support: Support) {}

  @OnMessage()
  async *reply(_message: UserMessageItem | null, ctx: ChatContext) {
    const { agent, titles, runOptions } = this.support;
    const named = titleThread(ctx, titles);
    yield* runAgent(agent, ctx, runOptions);
    await named;
  }

  @OnAction(lookAtCustomer, { fromWidgetOnly: false }) // the page itself sends it
  look(_payload: undefined, { owner }: ChatContext) {
    return customerChanged(this.support.customers.of(owner));
  }

  @OnAction(pickMeal)
  *meal({ meal }: { meal: Meal }, { owner, sender }: ChatContext) {
    const customer = this.support.customers.of(owner);
    customer.meal = meal;
    yield replace(sender, mealList(meal));
    yield customerChanged(customer);
    yield hiddenContext(`The customer has chosen the meal: ${meal}.`); // the agent reads it with the next message
    yield assistantMessage(`Noted for all your flights: ${meal}.`);
  }

  @OnAction(pickFlight)
  *flight({ trip, number }: { trip: Trip; number: string }, { owner, sender }: ChatContext) {
    const offer = offersFor(trip).find((each) => each.number === number);
    if (offer === undefined) throw new NotFoundError(`${number} is sold out.`);
    const customer = this.support.customers.of(owner);
    const said = book(customer, trip, offer);
    yield replace(sender, flightList(trip, number));
    yield customerChanged(customer);
    yield hiddenContext(`By a click of the customer: ${said}`);
    yield assistantMessage(said);
    const back = wayBack(trip);
    if (back === undefined) return;
    yield assistantMessage('And these fly back:');
    yield widget(flightList(back));
  }
}
