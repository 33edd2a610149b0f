import {
  changeClassMetadata,
  changeMethodMetadata,
  classMetadata,
  CLASS_METADATA,
  METHOD_METADATA,
  methodMetadata,
} from '../../src/metadata';

const guard = () => true;

test('metadata lies on the function under a registered symbol, and does not show', () => {
  const method = () => undefined;
  changeMethodMetadata(method, () => ({ guards: [guard] }));
  expect(METHOD_METADATA).toBe(Symbol.for('chatkit-controllers.method'));
  expect(Object.getOwnPropertyDescriptor(method, METHOD_METADATA)?.enumerable).toBe(false);
  expect(methodMetadata(method)?.guards).toEqual([guard]);
});

test('a change is a copy: what others hold stays as it was, and is frozen', () => {
  const method = () => undefined;
  changeMethodMetadata(method, () => ({ guards: [guard] }));
  const before = methodMetadata(method)!;
  changeMethodMetadata(method, ({ guards }) => ({ guards: [...guards, guard] }));
  expect(before.guards).toHaveLength(1);
  expect(methodMetadata(method)?.guards).toHaveLength(2);
  expect(Object.isFrozen(before)).toBe(true);
});

test('a class does not see its parent’s metadata as its own', () => {
  class Parent {}
  class Child extends Parent {}
  changeClassMetadata(Parent, () => ({ controller: { prefix: 'a' } }));
  expect(classMetadata(Child)).toBeUndefined();
  changeClassMetadata(Child, ({ guards }) => ({ guards: [...guards, guard] }));
  expect(classMetadata(Child)?.controller).toBeUndefined();
  expect(classMetadata(Parent)?.guards).toEqual([]);
  expect(CLASS_METADATA in Child).toBe(true);
});
