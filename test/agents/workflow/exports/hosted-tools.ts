// Tools that the model's server runs: MCP and file search.
import {
  Agent,
  Runner as SdkRunner,
  fileSearchTool,
  hostedMcpTool,
  withTrace,
  type AgentInputItem,
} from '@openai/agents';
import { chatRunner } from '../../../../src/agents';

const Runner = chatRunner(SdkRunner);

const fileSearch = fileSearchTool(['vs_1']);
const mcp = hostedMcpTool({
  serverLabel: 'calendar',
  allowedTools: ['list_events'],
  requireApproval: 'never',
  serverUrl: 'https://mcp.example.com',
});
const researcher = new Agent({
  name: 'Researcher',
  instructions: 'Look it up.',
  model: 'gpt-5',
  tools: [fileSearch, mcp],
  modelSettings: { reasoning: { effort: 'low', summary: 'auto' }, store: true },
});

type WorkflowInput = { input_as_text: string };

export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace('Research', async () => {
    const conversationHistory: AgentInputItem[] = [
      { role: 'user', content: [{ type: 'input_text', text: workflow.input_as_text }] },
    ];
    const runner = new Runner({
      traceMetadata: { __trace_source__: 'agent-builder', workflow_id: 'wf_4' },
    });
    const researcherResultTemp = await runner.run(researcher, [...conversationHistory]);
    conversationHistory.push(...researcherResultTemp.newItems.map((item) => item.rawItem as AgentInputItem));
    if (!researcherResultTemp.finalOutput) {
      throw new Error('Agent result is undefined');
    }
  });
};
