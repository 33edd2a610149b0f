import { z } from 'zod';
import { defineAction } from 'chatkit-controllers';
import {
  Badge,
  Button,
  Caption,
  Card,
  Col,
  ListView,
  ListViewItem,
  Row,
  Spacer,
  Text,
} from 'chatkit-controllers/widgets';
import type { Article, TownEvent } from './archive';

const id = z.string().max(40);
const ids = z.array(id).max(20);

/** The page opens the article, and then sends the action on to the server. */
export const openArticle = defineAction('article.open', z.object({ id }));
export const showEvent = defineAction('event.show', z.object({ id, ids }));

export function articleList(articles: readonly Article[]): ListView {
  return ListView({
    children: articles.map(({ id, title, author, date, topics }) =>
      ListViewItem({
        key: id,
        gap: 3,
        children: [
          Col({
            flex: 1,
            children: [Text({ value: title, weight: 'semibold' }), Caption({ value: `${author}, ${date}` })],
          }),
          topics.map((topic) => Badge({ label: topic })),
          Button({ label: 'Read', onClickAction: openArticle({ id }, { handler: 'client' }) }),
        ],
      }),
    ),
  });
}

/** Events of which one may be unfolded. */
export function eventList(events: readonly TownEvent[], shown?: string): Card {
  const ids = events.map(({ id }) => id);
  return Card({
    children: events.map(({ id, title, day, time, place, details }) =>
      Col({
        key: id,
        children: [
          Row({
            gap: 3,
            children: [
              Caption({ value: `${day} ${time}` }),
              Text({ value: title, weight: 'semibold' }),
              Spacer(),
              id !== shown && Button({ label: 'More', size: 'sm', onClickAction: showEvent({ id, ids }) }),
            ],
          }),
          id === shown && Text({ value: `${place}. ${details}`, size: 'sm' }),
        ],
      }),
    ),
  });
}
