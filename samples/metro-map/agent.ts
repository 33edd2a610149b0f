import { Agent, tool, type Model } from '@openai/agents';
import { z } from 'zod';
import {
  assistantMessage,
  clientEffect,
  type Annotation,
  type UserMessageTagContent,
} from 'chatkit-controllers';
import { agentContext, ThreadItemConverter, type InputContent } from 'chatkit-controllers/agents';
import { ENDS, type Network, type Station } from './network';
import { lineList } from './widgets';

/** A station as a source of a message: the page shows it on the map when it is clicked. */
function cited({ id, name, about }: Station, text: string): Annotation {
  const source = {
    type: 'entity',
    id,
    title: name,
    description: about,
    icon: 'map-pin',
    interactive: true,
  } as const;
  return { type: 'annotation', source, index: text.indexOf(name) + name.length };
}

function toolsFor(network: Network) {
  return [
    tool({
      name: 'look_at_map',
      description: 'All lines and stations, with their ids.',
      parameters: z.object({}),
      async execute(_, run) {
        await agentContext(run).progress('Unfolding the map', { icon: 'map-pin' });
        return JSON.stringify({ lines: network.lines, stations: network.stations });
      },
    }),
    tool({
      name: 'get_selected_stations',
      description: 'The ids of the stations that the user has selected on the map.',
      parameters: z.object({}),
      async execute(_, run) {
        await agentContext(run).progress('Looking at what you selected');
        agentContext(run).clientToolCall('get_selected_stations'); // the page answers
      },
    }),
    tool({
      name: 'plan_route',
      description: 'Shows the user the shortest way between two stations, by their ids.',
      parameters: z.object({ from: z.string(), to: z.string() }),
      async execute({ from, to }, run) {
        const route = network.route(from, to);
        if (route.length === 0) return 'There is no way.';
        const text = `${String(route.length - 1)} stops: ${route.map(({ name }) => name).join(', then ')}.`;
        await agentContext(run).stream(
          assistantMessage(text, { annotations: route.map((station) => cited(station, text)) }),
          clientEffect('show_stations', { ids: route.map(({ id }) => id) }),
        );
        return text;
      },
    }),
    tool({
      name: 'show_lines',
      description: 'Lets the user choose the line of a new station.',
      parameters: z.object({}),
      async execute(_, run) {
        await agentContext(run).stream(assistantMessage('Which line shall it be on?'));
        await agentContext(run).streamWidget(lineList(network.lines));
        return 'The user sees the lines.';
      },
    }),
    tool({
      name: 'add_station',
      description: 'Builds a station at an end of a line.',
      parameters: z.object({
        name: z.string(),
        line: z.string().describe('Its id'),
        end: z.enum(ENDS),
      }),
      async execute({ name, line: id, end }, run) {
        const line = network.line(id);
        if (line === undefined) return `There is no line ${id}.`;
        await agentContext(run).progress('Digging');
        const station = network.add(name, line, end);
        await agentContext(run).stream(clientEffect('map_changed', { added: station.id }));
        return `${name} is the ${end} stop of the ${line.name}.`;
      },
    }),
  ];
}

export function createMetroAgent(model: string | Model, network: Network) {
  return new Agent({
    name: 'Planner',
    instructions: [
      'You help to plan the metro of a small town by the sea, in one or two sentences.',
      'Look at the map before you speak of lines or stations; never show their ids.',
      'A new station needs a name, a line and an end of it. Ask for the line by show_lines, never in words.',
    ].join('\n'),
    model,
    tools: toolsFor(network),
    toolUseBehavior: { stopAtToolNames: ['get_selected_stations', 'plan_route', 'show_lines'] },
  });
}

/** Tells the model all about the stations that the user mentions with @. */
export class MetroConverter extends ThreadItemConverter {
  constructor(private readonly network: Network) {
    super();
  }

  override tagToMessageContent({ id, text }: UserMessageTagContent): InputContent {
    const station = this.network.station(id);
    const lines = this.network.lines.filter(({ stops }) => stops.includes(id)).map(({ name }) => name);
    const known = station && `Tagged station: ${JSON.stringify({ ...station, lines })}`;
    return { type: 'input_text', text: known ?? `Tagged station, not on the map: ${text}` };
  }
}
