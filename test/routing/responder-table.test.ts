import { ResponderTable } from '../../src/routing/responder-table';

function table(): ResponderTable<string> {
  const responders = new ResponderTable<string>();
  responders.add({}, 'plain');
  responders.add({ model: 'large' }, 'model');
  responders.add({ tool: 'search' }, 'tool');
  responders.add({ tool: 'search', model: 'large' }, 'both');
  return responders;
}

test.each([
  [{}, 'plain'],
  [{ tool: 'other', model: 'small' }, 'plain'],
  [{ model: 'large' }, 'model'],
  [{ tool: 'other', model: 'large' }, 'model'],
  [{ tool: 'search' }, 'tool'],
  [{ tool: 'search', model: 'small' }, 'tool'],
  [{ tool: 'search', model: 'large' }, 'both'],
])('for %j answers the %s responder', (choice, expected) => {
  expect(table().find(choice)).toBe(expected);
});

test('a choice that is taken answers with whom it is taken by', () => {
  expect(table().add({ tool: 'search' }, 'second')).toBe('tool');
});
