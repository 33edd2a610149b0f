import type { AgentLike, RunnerLike } from '../sdk/agent';
import { currentTurn, outsideTurn, type RunCallOptions, type RunInput } from './current-turn';

/** The class `Runner` of `@openai/agents`, from its CommonJS or ES modules. */
export type RunnerClass = new (...args: never[]) => RunnerLike;

type PlainRunner = new (...args: unknown[]) => {
  run(agent: AgentLike, input: RunInput, options?: RunCallOptions): Promise<unknown>;
};

/**
 * Returns a subclass of `Runner` whose runs are shown in the chat that runs the workflow, in the order of
 * their calls. Outside `runWorkflow` it works like `Runner`. Pass the `Runner` that the workflow's file
 * imports. Runs with `stream: true`, and runs that a tool starts, are not shown.
 *
 * @example
 * import { Agent, Runner as SdkRunner, withTrace } from '@openai/agents';
 * const Runner = chatRunner(SdkRunner);
 */
export function chatRunner<C extends RunnerClass>(Runner: C): C {
  class ChatRunner extends (Runner as unknown as PlainRunner) {
    override run(agent: AgentLike, input: RunInput, options: RunCallOptions = {}): Promise<unknown> {
      const turn = currentTurn();
      if (turn === undefined || options.stream === true) return super.run(agent, input, options);
      const start = (given: RunInput, settings: RunCallOptions): Promise<unknown> =>
        outsideTurn(() => super.run(agent, given, settings));
      return turn.run({ agent, input, options, start });
    }
  }
  return ChatRunner as unknown as C;
}
