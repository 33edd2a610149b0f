// A workflow as Agent Builder exports it, with a classifier, a branch and an approval; two lines are changed.
import { Agent, Runner as SdkRunner, withTrace, type AgentInputItem } from '@openai/agents';
import { z } from 'zod';
import { approvalRequest, chatRunner } from '../../../../src/agents';

const Runner = chatRunner(SdkRunner);

const ClassifySchema = z.object({ category: z.enum(['refund', 'other']) });
const classify = new Agent({
  name: 'Classify',
  instructions: 'Choose one category.',
  model: 'gpt-5',
  outputType: ClassifySchema,
  modelSettings: { store: true },
});
const refundSchema = z.object({ amount: z.number(), reason: z.string() });
const refund = new Agent({
  name: 'Refund',
  instructions: 'Find what is to be refunded.',
  model: 'gpt-5',
  outputType: refundSchema,
  modelSettings: { store: true },
});
const answer = new Agent({
  name: 'Answer',
  instructions: 'Help.',
  model: 'gpt-5',
  modelSettings: { store: true },
});

type WorkflowInput = { input_as_text: string };

export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace('Support', async () => {
    const conversationHistory: AgentInputItem[] = [
      { role: 'user', content: [{ type: 'input_text', text: workflow.input_as_text }] },
    ];
    const runner = new Runner({
      traceMetadata: { __trace_source__: 'agent-builder', workflow_id: 'wf_1' },
    });
    const classifyInput = workflow.input_as_text;
    const classifyResultTemp = await runner.run(classify, [
      { role: 'user', content: [{ type: 'input_text', text: classifyInput }] },
    ]);
    if (!classifyResultTemp.finalOutput) {
      throw new Error('Agent result is undefined');
    }
    const classifyResult = {
      output_text: JSON.stringify(classifyResultTemp.finalOutput),
      output_parsed: classifyResultTemp.finalOutput,
    };
    if (classifyResult.output_parsed.category == 'refund') {
      const refundResultTemp = await runner.run(refund, [...conversationHistory]);
      conversationHistory.push(...refundResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
      if (!refundResultTemp.finalOutput) {
        throw new Error('Agent result is undefined');
      }
      const approvalMessage = `Refund ${refundResultTemp.finalOutput.amount} €?`;
      if (await approvalRequest(approvalMessage)) {
        const answerResultTemp = await runner.run(answer, [...conversationHistory]);
        return { output_text: answerResultTemp.finalOutput ?? '' };
      } else {
        return { message: 'Nothing is refunded.' };
      }
    } else {
      const answerResultTemp = await runner.run(answer, [...conversationHistory]);
      conversationHistory.push(...answerResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
      if (!answerResultTemp.finalOutput) {
        throw new Error('Agent result is undefined');
      }
      return { output_text: answerResultTemp.finalOutput ?? '' };
    }
  });
};
