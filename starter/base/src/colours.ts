import { IsIn } from 'class-validator';
import { defineAction } from 'chatkit-controllers';
import { Button, Card, Row, Title } from 'chatkit-controllers/widgets';

const COLOURS = ['red', 'green', 'blue'];

/** The payload of a click. It is validated before the handler is called. */
export class Colour {
  @IsIn(COLOURS) colour!: string;
}

/** The action’s name and payload type: the widget sends it, the controller handles it. */
export const pickColour = defineAction('colour.pick', Colour);

/** A card with a button for each colour. */
export function colourCard(picked?: string) {
  return Card({
    children: [
      Title({ value: 'Pick a colour', size: 'sm' }),
      Row({
        gap: 2,
        children: COLOURS.map((colour) =>
          Button({
            key: colour,
            label: colour,
            style: colour === picked ? 'primary' : 'secondary',
            onClickAction: pickColour({ colour }),
          }),
        ),
      }),
    ],
  });
}
