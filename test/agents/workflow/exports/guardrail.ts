// A guardrail that masks the history and the workflow's input in place, and may refuse.
import { Agent, Runner as SdkRunner, withTrace, type AgentInputItem } from '@openai/agents';
import { chatRunner } from '../../../../src/agents';

const Runner = chatRunner(SdkRunner);

const clerk = new Agent({
  name: 'Clerk',
  instructions: 'Help.',
  model: 'gpt-5',
  modelSettings: { store: true },
});

type WorkflowInput = { input_as_text: string };

function buildGuardrailFailOutput(text: string) {
  return {
    pii: { failed: /\d{3}/.test(text), detected_counts: [] },
    jailbreak: { failed: text.includes('ignore your rules') },
  };
}
async function runAndApplyGuardrails(text: string, history: AgentInputItem[], workflow: WorkflowInput) {
  const failOutput = buildGuardrailFailOutput(text);
  const mask = (value: string) => value.replace(/\d{3,}/g, '<NUMBER>');
  for (const item of history) {
    const content = 'content' in item && Array.isArray(item.content) ? item.content : [];
    for (const part of content) {
      if ('text' in part && typeof part.text === 'string') part.text = mask(part.text);
    }
  }
  workflow.input_as_text = mask(workflow.input_as_text);
  return { hasTripwire: failOutput.jailbreak.failed, failOutput };
}

export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace('Clerk', async () => {
    const conversationHistory: AgentInputItem[] = [
      { role: 'user', content: [{ type: 'input_text', text: workflow.input_as_text }] },
    ];
    const runner = new Runner({
      traceMetadata: { __trace_source__: 'agent-builder', workflow_id: 'wf_5' },
    });
    const { hasTripwire, failOutput } = await runAndApplyGuardrails(
      workflow.input_as_text,
      conversationHistory,
      workflow,
    );
    if (hasTripwire) {
      return failOutput;
    } else {
      const clerkResultTemp = await runner.run(clerk, [...conversationHistory]);
      conversationHistory.push(...clerkResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
      if (!clerkResultTemp.finalOutput) {
        throw new Error('Agent result is undefined');
      }
      return { output_text: clerkResultTemp.finalOutput ?? '' };
    }
  });
};
