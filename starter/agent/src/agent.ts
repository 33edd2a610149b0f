import { Agent, tool, type Model } from '@openai/agents';
import { z } from 'zod';
import { agentContext } from 'chatkit-controllers/agents';
import { colourCard } from './colours.js';

const showColours = tool({
  name: 'show_colours',
  description: 'Shows the user a card with a button for each colour.',
  parameters: z.object({}),
  async execute(_input, run) {
    await agentContext(run).streamWidget(colourCard());
    return 'The user sees the card.';
  },
});

export function createAgent(model: Model) {
  return new Agent({
    name: 'Painter',
    instructions: 'You help to choose a colour. Show the colours by the tool; do not list them.',
    model,
    tools: [showColours],
  });
}
