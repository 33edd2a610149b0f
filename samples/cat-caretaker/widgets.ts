import { z } from 'zod';
import { defineAction } from 'chatkit-controllers';
import {
  Button,
  Card,
  Col,
  Icon,
  ListView,
  ListViewItem,
  Row,
  Text,
  Title,
} from 'chatkit-controllers/widgets';
import { CARES, describe, type Cat } from './cat';

export const careForCat = defineAction('cat.care', z.object({ care: z.enum(CARES) }));
export const pickName = defineAction(
  'cat.pick_name',
  z.object({ name: z.string(), names: z.array(z.string()) }),
);
export const moreNames = defineAction('cat.more_names');
/** Sent by the page when it has loaded a thread. */
export const lookAtCat = defineAction('cat.look');

const LABELS = { feed: 'Feed', play: 'Play', brush: 'Brush' };

export function profileCard(cat: Cat): Card {
  return Card({
    size: 'sm',
    children: [
      Title({ value: cat.name ?? 'A cat without a name', size: 'sm' }),
      Text({ value: describe(cat) }),
      Row({
        gap: 2,
        children: CARES.map((care) => Button({ label: LABELS[care], onClickAction: careForCat({ care }) })),
      }),
    ],
  });
}

/** Names to choose from; when one is chosen, nothing is left to click. */
export function nameChoice(names: string[], reasons: string[] = [], chosen?: string): ListView {
  const isOpen = chosen === undefined;
  return ListView({
    children: [
      names.map((name, index) =>
        ListViewItem({
          key: name,
          gap: 3,
          ...(isOpen && { onClickAction: pickName({ name, names }) }),
          children: [
            Icon({ name: name === chosen ? 'check-circle-filled' : 'dot' }),
            Col({
              children: [
                Text({ value: name, weight: 'semibold' }),
                reasons[index] !== undefined &&
                  Text({ value: reasons[index], size: 'sm', color: 'secondary' }),
              ],
            }),
          ],
        }),
      ),
      isOpen &&
        ListViewItem({
          key: 'more',
          onClickAction: moreNames(),
          children: Text({ value: 'Other names, please' }),
        }),
    ],
  });
}
