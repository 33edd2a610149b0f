import { Agent, tool, type Model } from '@openai/agents';
import { z } from 'zod';
import { assistantMessage, clientEffect, hiddenContext, type HandlerEvent } from 'chatkit-controllers';
import { agentContext } from 'chatkit-controllers/agents';
import { careFor, CARES, catOf, describe, nameCat, type Cat } from './cat';
import { nameChoice, profileCard } from './widgets';

/** What the panel of the page shows. */
export const catChanged = (cat: Cat): HandlerEvent => clientEffect('cat_changed', { ...cat });

const lookAtCat = tool({
  name: 'look_at_cat',
  description: 'How the cat is.',
  parameters: z.object({}),
  execute: (_, run) => describe(catOf(agentContext(run).chat.thread)),
});

const careForCat = tool({
  name: 'care_for_cat',
  description: 'Feeds the cat, plays with it, or brushes it.',
  parameters: z.object({
    care: z.enum(CARES),
    how: z.string().describe('In a few words: with which food or toy'),
  }),
  async execute({ care, how }, run) {
    const context = agentContext(run);
    const cat = careFor(context.chat.thread, care);
    await context.stream(hiddenContext(`Done for the cat: ${care} (${how}).`), catChanged(cat));
    return describe(cat);
  },
});

const giveName = tool({
  name: 'name_cat',
  description: 'Gives the cat the name that the user wants. It keeps the first one.',
  parameters: z.object({ name: z.string() }),
  async execute({ name }, run) {
    const context = agentContext(run);
    const cat = nameCat(context.chat.thread, name);
    await context.stream(hiddenContext(`The cat is called ${cat.name ?? name}.`), catChanged(cat));
    return describe(cat);
  },
});

const suggestNames = tool({
  name: 'suggest_names',
  description: 'Shows two to five names, for the user to click one.',
  parameters: z.object({
    names: z
      .array(z.object({ name: z.string(), reason: z.string() }))
      .min(2)
      .max(5),
  }),
  async execute({ names }, run) {
    const list = nameChoice(
      names.map(({ name }) => name),
      names.map(({ reason }) => reason),
    );
    await agentContext(run).stream(assistantMessage('Which one fits?'));
    await agentContext(run).streamWidget(list, { copyText: names.map(({ name }) => name).join(', ') });
    return 'The user sees the names.';
  },
});

const showProfile = tool({
  name: 'show_profile',
  description: 'Shows a card of the cat, with buttons to care for it.',
  parameters: z.object({}),
  async execute(_, run) {
    const context = agentContext(run);
    const cat = catOf(context.chat.thread);
    await context.streamWidget(profileCard(cat), { copyText: describe(cat) });
    return 'The user sees the card.';
  },
});

const speakAsCat = tool({
  name: 'speak_as_cat',
  description: 'Lets the cat say a line in the panel of the page.',
  parameters: z.object({ line: z.string() }),
  async execute({ line }, run) {
    await agentContext(run).stream(clientEffect('cat_says', { line }));
    return 'The cat has said it.';
  },
});

export function createCatAgent(model: string | Model) {
  return new Agent({
    name: 'Caretaker',
    instructions: [
      'You look after a cat together with the user. Be brief and cheerful.',
      'Never guess how the cat is: look. Whatever is done for the cat is done by a tool; tell afterwards how it went.',
      'When the user talks to the cat itself, let it answer by speak_as_cat, with a translation in brackets.',
      'Suggest names when the user wants to name the cat and has none in mind. A cat with a name keeps it.',
    ].join('\n'),
    model,
    tools: [lookAtCat, careForCat, giveName, suggestNames, showProfile, speakAsCat],
    toolUseBehavior: { stopAtToolNames: ['suggest_names', 'show_profile'] }, // the widget says it all
  });
}
