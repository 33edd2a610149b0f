// State with defaults, and a while loop over it.
import { Agent, Runner as SdkRunner, withTrace, type AgentInputItem } from '@openai/agents';
import { chatRunner } from '../../../../src/agents';

const Runner = chatRunner(SdkRunner);

const drafter = new Agent({
  name: 'Drafter',
  instructions: 'Write one line of the poem.',
  model: 'gpt-5',
  modelSettings: { store: true },
});

type WorkflowInput = { input_as_text: string };

export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace('Poem', async () => {
    const state = { lines: 0, wanted: 2 };
    const conversationHistory: AgentInputItem[] = [
      { role: 'user', content: [{ type: 'input_text', text: workflow.input_as_text }] },
    ];
    const runner = new Runner({
      traceMetadata: { __trace_source__: 'agent-builder', workflow_id: 'wf_2' },
    });
    while (state.lines < state.wanted) {
      const drafterResultTemp = await runner.run(drafter, [...conversationHistory]);
      conversationHistory.push(...drafterResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
      if (!drafterResultTemp.finalOutput) {
        throw new Error('Agent result is undefined');
      }
      state.lines = state.lines + 1;
    }
    const endResult = { message: 'The poem has ' + state.lines + ' lines.' };
    return endResult;
  });
};
