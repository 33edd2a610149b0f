// Instructions that use variables of the workflow: functions of the run's context.
import { Agent, RunContext, Runner as SdkRunner, withTrace, type AgentInputItem } from '@openai/agents';
import { chatRunner } from '../../../../src/agents';

const Runner = chatRunner(SdkRunner);

interface GreeterContext {
  stateCustomer: string;
  inputLanguage: string;
}
const greeterInstructions = (runContext: RunContext<GreeterContext>, _agent: Agent<GreeterContext>) => {
  const { stateCustomer, inputLanguage } = runContext.context;
  return 'Greet ' + stateCustomer + ' in ' + inputLanguage + '.';
};
const greeter = new Agent({
  name: 'Greeter',
  instructions: greeterInstructions,
  model: 'gpt-5',
  modelSettings: { store: true },
});

type WorkflowInput = { input_as_text: string; language: string };

export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace('Greeting', async () => {
    const state = { customer: 'Ada' };
    const conversationHistory: AgentInputItem[] = [
      { role: 'user', content: [{ type: 'input_text', text: workflow.input_as_text }] },
    ];
    const runner = new Runner({
      traceMetadata: { __trace_source__: 'agent-builder', workflow_id: 'wf_3' },
    });
    const greeterResultTemp = await runner.run(greeter, [...conversationHistory], {
      context: { stateCustomer: state.customer, inputLanguage: workflow.language },
    });
    conversationHistory.push(...greeterResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
    if (!greeterResultTemp.finalOutput) {
      throw new Error('Agent result is undefined');
    }
    const greeterResult = { output_text: greeterResultTemp.finalOutput ?? '' };
    return greeterResult;
  });
};
