import { isRecord } from '../../protocol';
import type { AgentLike } from '../sdk/agent';

/** Whether an agent's output has a schema, so that it is not text for users. */
export function isStructured(agent: AgentLike): boolean {
  const { outputType } = agent as { outputType?: unknown };
  return outputType !== undefined && outputType !== 'text';
}

/** Whether an agent's output is a single choice, as in the agent that a classify node is exported as. */
export function isClassifier(agent: AgentLike): boolean {
  const { outputType } = agent as { outputType?: unknown };
  const fields = fieldsOf(outputType);
  const [only] = fields;
  return fields.length === 1 && isChoice(only);
}

/** The fields of a zod object or a JSON Schema. */
function fieldsOf(type: unknown): unknown[] {
  if (typeof type !== 'object' || type === null) return [];
  const { shape, schema } = type as { shape?: unknown; schema?: unknown };
  if (typeof shape === 'object' && shape !== null) return Object.values(shape);
  const properties = isRecord(schema) ? schema['properties'] : undefined;
  return isRecord(properties) ? Object.values(properties) : [];
}

/** Whether a field is an enum of zod (3 or 4) or of JSON Schema. */
function isChoice(field: unknown): boolean {
  if (typeof field !== 'object' || field === null) return false;
  return 'enum' in field;
}
