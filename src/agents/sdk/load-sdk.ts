import { DeveloperError } from '../../errors';
import type { AgentLike, AgentsSdk } from './agent';

const PACKAGE = '@openai/agents';

export const SDK_MISSING = Object.freeze({
  code: 'agents_sdk_missing',
  message: `runAgent() and agentController() need the package ${PACKAGE}, which is not installed.`,
  fix: `Run: npm install ${PACKAGE}`,
});

/**
 * Returns the copy of the SDK that an agent comes from. Its CommonJS and ES modules do not share agents,
 * errors and default clients. The copy that created the agent is already loaded, so usually nothing is loaded
 * here; importing another copy takes 300 ms and adds listeners to the process.
 *
 * @throws DeveloperError `agents_sdk_missing`, `agent_of_another_copy`
 */
export async function sdkOf(agent: AgentLike): Promise<AgentsSdk> {
  for (const load of [loadedCommonJs, esModule, commonJs]) {
    const sdk = await load();
    if (sdk !== undefined && agent instanceof sdk.Agent) return sdk;
  }
  throw new DeveloperError(
    'agent_of_another_copy',
    `The agent "${agent.name}" was made by another copy of ${PACKAGE} than this package finds.`,
    'Install one copy. If no tool needs approval, you may give runAgent() a runner of that copy instead: { runner: new Runner() }.',
  );
}

/** Whether the SDK is installed. Does not load it. */
export function isSdkInstalled(): boolean {
  try {
    require.resolve(PACKAGE);
    return true;
  } catch (error) {
    return !isMissing(error);
  }
}

/** Returns the CommonJS copy only if it is already loaded. */
function loadedCommonJs(): AgentsSdk | undefined {
  try {
    return require.cache[require.resolve(PACKAGE)]?.exports as AgentsSdk | undefined;
  } catch {
    return undefined; // it cannot be resolved
  }
}

async function esModule(): Promise<AgentsSdk | undefined> {
  try {
    return (await import(PACKAGE)) as AgentsSdk;
  } catch (error) {
    if (isMissing(error)) throw sdkMissing(error);
    return undefined;
  }
}

function commonJs(): AgentsSdk {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only when a run needs it
  return require(PACKAGE) as AgentsSdk;
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND') &&
    error.message.includes(PACKAGE)
  );
}

function sdkMissing(cause: unknown): DeveloperError {
  const { code, message, fix } = SDK_MISSING;
  return new DeveloperError(code, message, fix, { cause });
}
