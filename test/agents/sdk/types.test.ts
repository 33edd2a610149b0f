import { run, type Agent, type AgentInputItem, type Runner, type RunStreamEvent } from '@openai/agents';
import { expectTypeOf } from 'expect-type';
import type { AgentLike, InputItem, RunEvent, RunnerLike, StreamedRun } from '../../../src/agents';

const start = (agent: Agent) => run(agent, 'Hello', { stream: true });

describe('our types of the SDK', () => {
  it('fit what the SDK has', () => {
    expectTypeOf<Agent>().toExtend<AgentLike>();
    expectTypeOf<Agent<{ user: string }>>().toExtend<AgentLike>();
    expectTypeOf<Runner>().toExtend<RunnerLike>();
    expectTypeOf<RunStreamEvent>().toExtend<RunEvent>();
    expectTypeOf(start).returns.resolves.toExtend<StreamedRun>();
  });

  it('are what the SDK takes', () => {
    expectTypeOf<InputItem>().toExtend<AgentInputItem>();
  });
});
