// State that is set by nodes: with defaults, of outputs, and of the workflow's input; read in instructions.
import { Agent, RunContext, Runner as SdkRunner, withTrace, type AgentInputItem } from '@openai/agents';
import { z } from 'zod';
import { chatRunner } from '../../../../src/agents';

const Runner = chatRunner(SdkRunner);

const ProfileSchema = z.object({ name: z.string(), topics: z.array(z.string()) });
const profile = new Agent({
  name: 'Profile',
  instructions: 'Find out who asks, and about what.',
  model: 'gpt-5',
  outputType: ProfileSchema,
  modelSettings: { store: true },
});
interface AdviserContext {
  stateName: string | null;
  stateTopics: string[];
}
const adviserInstructions = (runContext: RunContext<AdviserContext>, _agent: Agent<AdviserContext>) => {
  const { stateName, stateTopics } = runContext.context;
  return `Advise ${stateName} on ${stateTopics.join(', ')}.`;
};
const adviser = new Agent({
  name: 'Adviser',
  instructions: adviserInstructions,
  model: 'gpt-5',
  modelSettings: { store: true },
});

type WorkflowInput = { input_as_text: string };

export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace('Advice', async () => {
    const state: { name: string | null; topics: string[]; asked: string; urgent: boolean } = {
      name: null,
      topics: [],
      asked: '',
      urgent: false,
    };
    const conversationHistory: AgentInputItem[] = [
      { role: 'user', content: [{ type: 'input_text', text: workflow.input_as_text }] },
    ];
    const runner = new Runner({
      traceMetadata: { __trace_source__: 'agent-builder', workflow_id: 'wf_8' },
    });
    state.asked = workflow.input_as_text;
    const profileResultTemp = await runner.run(profile, [...conversationHistory]);
    conversationHistory.push(...profileResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
    if (!profileResultTemp.finalOutput) {
      throw new Error('Agent result is undefined');
    }
    const profileResult = {
      output_text: JSON.stringify(profileResultTemp.finalOutput),
      output_parsed: profileResultTemp.finalOutput,
    };
    state.name = profileResult.output_parsed.name;
    state.topics = profileResult.output_parsed.topics;
    state.urgent = state.asked.includes('now');
    if (state.urgent == true && state.topics.length > 0) {
      const adviserResultTemp = await runner.run(adviser, [...conversationHistory], {
        context: { stateName: state.name, stateTopics: state.topics },
      });
      conversationHistory.push(...adviserResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
      if (!adviserResultTemp.finalOutput) {
        throw new Error('Agent result is undefined');
      }
      const adviserResult = { output_text: adviserResultTemp.finalOutput ?? '' };
      return adviserResult;
    } else {
      const endResult = { message: 'We will write to you, ' + state.name + '.' };
      return endResult;
    }
  });
};
