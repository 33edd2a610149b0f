// Returns of every kind amid branches: a text of an End node, the output of an agent, nothing.
import { Agent, Runner as SdkRunner, withTrace, type AgentInputItem } from '@openai/agents';
import { chatRunner } from '../../../../src/agents';

const Runner = chatRunner(SdkRunner);

const answerer = new Agent({
  name: 'Answerer',
  instructions: 'Answer.',
  model: 'gpt-5',
  modelSettings: { store: true },
});

type WorkflowInput = { input_as_text: string };

export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace('Nested', async () => {
    const conversationHistory: AgentInputItem[] = [
      { role: 'user', content: [{ type: 'input_text', text: workflow.input_as_text }] },
    ];
    const runner = new Runner({
      traceMetadata: { __trace_source__: 'agent-builder', workflow_id: 'wf_6' },
    });
    if (workflow.input_as_text.includes('end')) {
      if (workflow.input_as_text.includes('nothing')) {
      } else {
        return { message: 'This is the end.' };
      }
    } else {
      const answererResultTemp = await runner.run(answerer, [...conversationHistory]);
      conversationHistory.push(...answererResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
      if (!answererResultTemp.finalOutput) {
        throw new Error('Agent result is undefined');
      }
      const answererResult = { output_text: answererResultTemp.finalOutput ?? '' };
      if (workflow.input_as_text.includes('last')) {
        return answererResult;
      }
    }
  });
};
