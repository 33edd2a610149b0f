import * as errors from '../../src/errors';
import { HOSTILE_VALUES } from '../support/hostile';

const { ChatError, ConflictError, DeveloperError, StartupError, NotFoundError } = errors;

/** The classes as a second copy of the package has them. */
function secondCopy(): typeof errors {
  let copy: typeof errors | undefined;
  jest.isolateModules(() => {
    copy = jest.requireActual<typeof errors>('../../src/errors');
  });
  return copy!;
}

test('errors of a second copy of the package are of the same classes', () => {
  const other = secondCopy();
  expect(other.ChatError).not.toBe(ChatError);
  const conflict = new other.ConflictError('x');
  expect(conflict instanceof ConflictError).toBe(true);
  expect(conflict instanceof ChatError).toBe(true);
  expect(conflict instanceof NotFoundError).toBe(false);
  expect(new other.DeveloperError('code', 'Problem.', 'Fix.') instanceof DeveloperError).toBe(true);
  expect(new other.StartupError([]) instanceof StartupError).toBe(true);
  class Sold extends other.ConflictError {}
  expect(new Sold('x') instanceof ConflictError).toBe(true);
});

test('every class of errors is told by its own mark', () => {
  const other = secondCopy() as unknown as Record<string, typeof NotFoundError>;
  const classes = Object.entries(errors as unknown as Record<string, typeof NotFoundError>).filter(
    ([, type]) => (type.prototype as unknown) instanceof Error,
  );
  expect(classes.length).toBeGreaterThan(10);
  for (const [name, type] of classes) {
    const instance: unknown = Object.create(other[name]!.prototype);
    for (const [each, asked] of classes) {
      const isParent = each === name || Object.prototype.isPrototypeOf.call(asked.prototype, type.prototype);
      expect([name, each, instance instanceof asked]).toEqual([name, each, isParent]);
    }
  }
});

test('classes of the application that extend them are told as always', () => {
  class Sold extends ConflictError {}
  expect(new Sold('x') instanceof Sold).toBe(true);
  expect(new ConflictError('x') instanceof Sold).toBe(false);
  expect(new Sold('x') instanceof ChatError).toBe(true);
});

test('whatever is asked about, the answer is no error', () => {
  class Own extends ChatError {}
  for (const [name, make] of Object.entries(HOSTILE_VALUES)) {
    if (name.startsWith('a ChatError')) continue;
    expect([name, make() instanceof ChatError, make() instanceof Own]).toEqual([name, false, false]);
  }
});
