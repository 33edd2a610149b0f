// Two agents of one name, the second of which reads the output of the first as a user's message.
import { Agent, Runner as SdkRunner, withTrace, type AgentInputItem } from '@openai/agents';
import { chatRunner } from '../../../../src/agents';

const Runner = chatRunner(SdkRunner);

export const writer = new Agent({
  name: 'My agent',
  instructions: 'Write.',
  model: 'gpt-5',
  modelSettings: { store: true },
});
export const checker = new Agent({
  name: 'My agent',
  instructions: 'Check.',
  model: 'gpt-5',
  modelSettings: { store: true },
});

type WorkflowInput = { input_as_text: string };

export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace('Same names', async () => {
    const conversationHistory: AgentInputItem[] = [
      { role: 'user', content: [{ type: 'input_text', text: workflow.input_as_text }] },
    ];
    const runner = new Runner({
      traceMetadata: { __trace_source__: 'agent-builder', workflow_id: 'wf_7' },
    });
    const writerResultTemp = await runner.run(writer, [...conversationHistory]);
    conversationHistory.push(...writerResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
    if (!writerResultTemp.finalOutput) {
      throw new Error('Agent result is undefined');
    }
    const writerResult = { output_text: writerResultTemp.finalOutput ?? '' };
    const checkerResultTemp = await runner.run(checker, [
      { role: 'user', content: [{ type: 'input_text', text: writerResult.output_text }] },
    ]);
    if (!checkerResultTemp.finalOutput) {
      throw new Error('Agent result is undefined');
    }
    return { output_text: checkerResultTemp.finalOutput ?? '' };
  });
};
