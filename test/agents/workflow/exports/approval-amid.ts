// An approval amid a branch: other agents run before it and after it, also after the branches have met.
import { Agent, Runner as SdkRunner, withTrace, type AgentInputItem } from '@openai/agents';
import { approvalRequest, chatRunner } from '../../../../src/agents';

const Runner = chatRunner(SdkRunner);

const planner = new Agent({
  name: 'Planner',
  instructions: 'Plan the change.',
  model: 'gpt-5',
  modelSettings: { store: true },
});
const changer = new Agent({
  name: 'Changer',
  instructions: 'Change it.',
  model: 'gpt-5',
  modelSettings: { store: true },
});
const reporter = new Agent({
  name: 'Reporter',
  instructions: 'Tell what was done.',
  model: 'gpt-5',
  modelSettings: { store: true },
});

type WorkflowInput = { input_as_text: string };

export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace('Changes', async () => {
    const state = { risky: false, changed: false };
    const conversationHistory: AgentInputItem[] = [
      { role: 'user', content: [{ type: 'input_text', text: workflow.input_as_text }] },
    ];
    const runner = new Runner({
      traceMetadata: { __trace_source__: 'agent-builder', workflow_id: 'wf_9' },
    });
    state.risky = workflow.input_as_text.includes('delete');
    if (state.risky) {
      const plannerResultTemp = await runner.run(planner, [...conversationHistory]);
      conversationHistory.push(...plannerResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
      if (!plannerResultTemp.finalOutput) {
        throw new Error('Agent result is undefined');
      }
      const plannerResult = { output_text: plannerResultTemp.finalOutput ?? '' };
      const approvalMessage = `Shall we? ${plannerResult.output_text}`;
      if (await approvalRequest(approvalMessage)) {
        const changerResultTemp = await runner.run(changer, [...conversationHistory]);
        conversationHistory.push(...changerResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
        if (!changerResultTemp.finalOutput) {
          throw new Error('Agent result is undefined');
        }
        state.changed = true;
      } else {
      }
    }
    const reporterResultTemp = await runner.run(reporter, [
      ...conversationHistory,
      { role: 'user', content: [{ type: 'input_text', text: `Changed: ${state.changed}` }] },
    ]);
    conversationHistory.push(...reporterResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
    if (!reporterResultTemp.finalOutput) {
      throw new Error('Agent result is undefined');
    }
    return { output_text: reporterResultTemp.finalOutput ?? '' };
  });
};
