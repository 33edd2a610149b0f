import { z } from 'zod';
import { defineAction } from 'chatkit-controllers';
import { Box, Icon, ListView, ListViewItem, Text } from 'chatkit-controllers/widgets';
import { ENDS, type Line } from './network';

export const pickLine = defineAction('line.pick', z.object({ line: z.string().max(40) }));
/** Sent by the page when the user has clicked an end of the line. */
export const placeStation = defineAction(
  'station.place',
  z.object({ line: z.string().max(40), end: z.enum(ENDS) }),
);

/** The lines to choose from; when one is chosen, nothing is left to click. */
export function lineList(lines: readonly Line[], chosen?: string): ListView {
  return ListView({
    children: lines.map(({ id, name, colour }) =>
      ListViewItem({
        key: id,
        ...(chosen === undefined && { onClickAction: pickLine({ line: id }) }),
        children: [
          Box({ size: 20, radius: 'full', background: colour }),
          Text({ value: name, weight: id === chosen ? 'semibold' : 'normal' }),
          id === chosen && Icon({ name: 'check' }),
        ],
      }),
    ),
  });
}
