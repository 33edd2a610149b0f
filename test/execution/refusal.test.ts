import { firstValueFrom, toArray } from 'rxjs';
import { ForbiddenError, InvalidPayloadError, NotFoundError } from '../../src/errors';
import {
  assistantMessageFilter,
  buildRefusal,
  type ExecutionOptions,
  type Observe,
} from '../../src/execution';
import { Gate, pull } from '../../src/pipeline';
import { makeContext } from '../pipeline/harness';

const observe: Observe = (start, ctx) => pull(start, ctx, new Gate(), () => undefined);
const options: ExecutionOptions = { mode: 'production', unknownFields: 'drop' };

describe('a refusal', () => {
  it("is what the application's filters make of the error", async () => {
    const refuse = buildRefusal({ ...options, filters: [assistantMessageFilter] });
    const events = await firstValueFrom(refuse(new ForbiddenError(), makeContext(), observe).pipe(toArray()));
    expect(events).toMatchObject([{ item: { content: [{ text: 'Permission denied.' }] } }]);
  });

  it('stays an error where no filter takes it', async () => {
    const refuse = buildRefusal({ ...options, filters: [() => undefined] });
    const error = new NotFoundError('nobody');
    await expect(firstValueFrom(refuse(error, makeContext(), observe))).rejects.toBe(error);
    await expect(firstValueFrom(buildRefusal(options)(error, makeContext(), observe))).rejects.toBe(error);
  });
});

describe('the text of an invalid payload', () => {
  it.each([
    [{ path: 'id', message: 'id must be a string' }, 'Invalid payload: id must be a string'],
    [
      { path: 'address.street', message: 'street must be a string' },
      'Invalid payload: address.street must be a string',
    ],
    [{ path: 'id', message: 'Expected string' }, 'Invalid payload: id: Expected string'],
    [{ path: '', message: 'must be an object' }, 'Invalid payload: must be an object'],
  ])('names each field once: %j', (issue, text) => {
    expect(new InvalidPayloadError([issue]).message).toBe(text);
  });
});
