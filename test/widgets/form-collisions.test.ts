import fc from 'fast-check';
import { formCollisions, widgetActions, type FormCollision } from '../../src/widgets';

/** What is dropped of a form's fields, where its button has this payload. */
function collisions(payload: unknown, ...names: string[]): FormCollision[] {
  const [action] = widgetActions({
    type: 'Form',
    onSubmitAction: { type: 'form.submit', payload },
    children: names.map((name) => ({ type: 'Input', name })),
  });
  return formCollisions(action!);
}

describe('formCollisions', () => {
  test('a field beside the payload collides with nothing', () => {
    expect(collisions({ id: 'a' }, 'name', 'todo.title')).toEqual([]);
    expect(collisions(undefined, 'name')).toEqual([]);
    expect(collisions(null, 'name')).toEqual([]);
    expect(collisions({ name: undefined }, 'name')).toEqual([]);
    expect(collisions({ name: null }, 'name', 'name.first')).toMatchObject([{ by: 'field' }]);
    expect(collisions({}, 'constructor', 'toString')).toEqual([]);
  });

  test('a field whose key the payload has', () => {
    expect(collisions({ name: 'Ada' }, 'name', 'email')).toEqual([
      { field: 'name', by: 'payload', key: 'name' },
    ]);
    expect(collisions({ todo: { id: 1 } }, 'todo')).toEqual([{ field: 'todo', by: 'payload', key: 'todo' }]);
  });

  test('a dotted name is a path: beside other keys it is free, on one it is not', () => {
    expect(collisions({ todo: { id: 1 } }, 'todo.title')).toEqual([]);
    expect(collisions({ todo: { title: 'Tea' } }, 'todo.title')).toEqual([
      { field: 'todo.title', by: 'payload', key: 'todo.title' },
    ]);
  });

  test.each([['text'], [1], [[1]], [false]])('no field fits below %j', (value) => {
    expect(collisions({ todo: value }, 'todo.title.de')).toEqual([
      { field: 'todo.title.de', by: 'payload', key: 'todo' },
    ]);
  });

  test.each([['text'], [0], [[{ a: 1 }]]])('no field fits into the payload %j', (payload) => {
    expect(collisions(payload, 'name')).toEqual([{ field: 'name', by: 'payload', key: '' }]);
  });

  test('a field inside another field', () => {
    expect(collisions({}, 'todo', 'todo.title', 'todos')).toEqual([
      { field: 'todo.title', by: 'field', key: 'todo' },
    ]);
  });

  test('what is put together without a collision holds all of the payload and every field', () => {
    const segment = fc.constantFrom('a', 'b', 'c');
    const name = fc.array(segment, { minLength: 1, maxLength: 3 }).map((path) => path.join('.'));
    const { payload } = fc.letrec<{ value: unknown; payload: Record<string, unknown> }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, fc.constantFrom('text', 1, false), tie('payload')),
      payload: fc.dictionary(segment, tie('value'), { maxKeys: 2, noNullPrototype: true }),
    }));
    fc.assert(
      fc.property(payload, fc.uniqueArray(name, { maxLength: 3 }), (given, names) => {
        const dropped = collisions(given, ...names).map(({ field }) => field);
        const free = names.filter((field) => !dropped.includes(field));
        const merged = structuredClone(given);
        for (const field of free) put(merged, field.split('.'), `value of ${field}`);
        for (const field of free) expect(at(merged, field.split('.'))).toBe(`value of ${field}`);
        expect(merged).toMatchObject(given);
      }),
    );
  });
});

function put(target: Record<string, unknown>, path: string[], value: unknown): void {
  const [key, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) target[key] = value;
  else put((target[key] ??= {}) as Record<string, unknown>, rest, value);
}

function at(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>((place, key) => (place as Record<string, unknown>)[key], value);
}
