import { Agent, tool } from '@openai/agents';
import { assistantMessage, functionCall, ScriptedModel } from '@openai/agents/testing';
import { z } from 'zod';
import { agentContext, agentController, runAgent, type AgentControllerOptions } from '../../../src/agents';
import type { ChatContext } from '../../../src/context';
import { ChatController, OnMessage } from '../../../src/decorators';

export interface Shop {
  agent: Agent;
  ran: string[];
  model: ScriptedModel;
}

/**
 * An agent that deletes things, each when the user approves.
 *
 * @param onRun is called when its tool runs
 */
export function shop(
  ids: string[] = ['a'],
  name = 'shop',
  onRun: (id: string) => Promise<void> | void = () => undefined,
): Shop {
  const ran: string[] = [];
  const remove = tool({
    name: 'delete',
    description: 'Deletes a thing.',
    parameters: z.object({ id: z.string() }),
    needsApproval: true,
    async execute({ id }, run) {
      ran.push(id);
      await onRun(id);
      await agentContext(run).progress(`Deleting ${id}`);
      return `${id} is deleted`;
    },
  });
  const calls = ids.map((id) => functionCall('delete', { id }, { callId: `call_${id}` }));
  const model = new ScriptedModel([
    [assistantMessage('Shall I?'), ...calls],
    [assistantMessage('That is it.')],
    [assistantMessage('As you like.')],
  ]);
  return { agent: new Agent({ name, model, tools: [remove] }), ran, model };
}

/** A controller whose responder is this agent, and one for approvals. */
export function controllersOf(agent: Agent, approvals: AgentControllerOptions | null): object[] {
  @ChatController()
  class Controller {
    @OnMessage()
    reply(_message: unknown, ctx: ChatContext<{ userId: string }>) {
      return runAgent(agent, ctx);
    }
  }
  return [new Controller(), ...(approvals === null ? [] : [agentController(approvals)])];
}
