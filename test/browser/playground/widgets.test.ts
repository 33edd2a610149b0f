import type { Page } from 'playwright-core';
import { createApp, shows } from './chat';
import { describeInChromium } from '../chromium';
import { buildPage, countOf, idle, openPlayground, say, serveApp } from './support';
import { until } from '../../support/wait';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

const text = (value: string) => ({ type: 'Text', value });
const button = (label: string, onClickAction: object) => ({ type: 'Button', label, onClickAction });

describeInChromium('widgets in the playground', (browser) => {
  async function show(root: object) {
    const { app, backstage } = createApp({ answers: { show: shows(root) } });
    const url = await serveApp(app);
    const opened = await openPlayground(browser(), `${url}/chatkit/playground/`);
    await say(opened.page, 'show');
    return { ...opened, backstage, widget: opened.page.locator('.widget-item').first() };
  }

  test('a button sends its action, with its payload', async () => {
    const { page, widget, backstage } = await show({
      type: 'Card',
      children: [button('Go', { type: 'test.go', payload: { id: 7 } })],
    });
    await widget.getByRole('button', { name: 'Go' }).click();
    await page.getByText('Did test.go.').first().waitFor();
    expect(backstage.actions).toEqual([{ type: 'test.go', payload: { id: 7 }, sync: false }]);
  });

  test('a click on a button in a row is not a click on the row; by keyboard each is reached', async () => {
    const { page, backstage } = await show({
      type: 'ListView',
      children: [
        {
          type: 'ListViewItem',
          onClickAction: { type: 'test.row' },
          children: [text('The row'), button('Inner', { type: 'test.inner' })],
        },
      ],
    });
    await page.getByRole('button', { name: 'Inner' }).click();
    await page.getByText('Did test.inner.').first().waitFor();
    await idle(page);
    await page.getByRole('button', { name: 'The row' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Did test.row.').first().waitFor();
    await idle(page);
    await page.locator('.w-text', { hasText: 'The row' }).click({ force: true }); // the row's button takes it
    await until(() => backstage.actions.length === 3, 'the click on the row');
    expect(backstage.actions.map(({ type }) => type)).toEqual(['test.inner', 'test.row', 'test.row']);
  });

  test('`streaming: false` goes to the sync operation, also while an answer streams', async () => {
    const { page, widget, backstage } = await show({
      type: 'Card',
      children: [button('Sync', { type: 'sync.it', streaming: false })],
    });
    await page.getByLabel('Message', { exact: true }).fill('slow');
    await page.keyboard.press('Enter');
    await page.getByText('The first half,').first().waitFor();
    await widget.getByRole('button', { name: 'Sync' }).click();
    await widget.getByText('Changed at once.').waitFor();
    expect(backstage.actions).toEqual([{ type: 'sync.it', payload: undefined, sync: true }]);
    backstage.gate.open();
    await page.getByText('and the second.').first().waitFor();
  });

  test('other actions wait: one that is clicked while an answer streams is refused there', async () => {
    const { page, widget, backstage } = await show({
      type: 'Card',
      children: [button('Go', { type: 'test.go' })],
    });
    await page.getByLabel('Message', { exact: true }).fill('slow');
    await page.keyboard.press('Enter');
    await page.getByText('The first half,').first().waitFor();
    await widget.getByRole('button', { name: 'Go' }).click();
    await widget
      .getByRole('alert')
      .getByText(/Wait until the answer has ended/)
      .waitFor();
    expect(backstage.actions).toEqual([]);
    backstage.gate.open();
  });

  test('an error is shown where the click was, and gone with the next', async () => {
    const { page, widget } = await show({
      type: 'Card',
      children: [button('Refused', { type: 'test.refused' }), button('Go', { type: 'test.go' })],
    });
    await widget.getByRole('button', { name: 'Refused' }).click();
    await widget.getByRole('alert').getByText('You may not do this.').waitFor();
    await countOf(page.locator('.trailing .problem'), 0);
    await idle(page);
    await widget.getByRole('button', { name: 'Go' }).click();
    await widget.getByRole('alert').waitFor({ state: 'detached' });
  });

  test('a client action reaches the page alone', async () => {
    const { page, widget, backstage } = await show({
      type: 'Card',
      children: [button('Client', { type: 'test.client', payload: { a: 1 }, handler: 'client' })],
    });
    await widget.getByRole('button', { name: 'Client' }).click();
    await page.getByRole('button', { name: 'Inspector' }).click();
    await page.getByRole('tab', { name: 'Page (1)' }).click();
    await page.getByText('test.client').waitFor();
    expect(backstage.actions).toEqual([]);
  });

  test.each([
    ['self', 'button', '.w-button[aria-busy]'],
    ['container', 'card', '.w-card[aria-busy]'],
  ])('`loadingBehavior: %s` shows at the %s that the action runs', async (loadingBehavior, _, busy) => {
    const { page, widget, backstage } = await show({
      type: 'Card',
      children: [button('Wait', { type: 'test.wait', loadingBehavior })],
    });
    await widget.getByRole('button', { name: 'Wait' }).click();
    await page.locator(busy).waitFor();
    backstage.gate.open();
    await page.locator(busy).waitFor({ state: 'detached' });
  });

  test('`loadingBehavior: none` shows nothing', async () => {
    const { page, widget, backstage } = await show({
      type: 'Card',
      children: [button('Wait', { type: 'test.wait', loadingBehavior: 'none' })],
    });
    await widget.getByRole('button', { name: 'Wait' }).click();
    await until(() => backstage.actions.length === 1, 'the action');
    await countOf(page.locator('.widget-item [aria-busy]'), 0);
    backstage.gate.open();
  });

  test('a form sends all its fields: dotted names nested, what the action says first', async () => {
    const { page, widget, backstage } = await show({
      type: 'Card',
      children: [
        {
          type: 'Form',
          onSubmitAction: { type: 'test.form', payload: { kind: 'taken', address: { zip: '3000' } } },
          children: [
            { type: 'Label', value: 'Your name', fieldName: 'name' },
            { type: 'Input', name: 'name', required: true },
            { type: 'Input', name: 'address.city', placeholder: 'City' },
            { type: 'Input', name: 'kind', placeholder: 'Kind', defaultValue: 'dropped' },
            { type: 'Textarea', name: 'notes', placeholder: 'Notes' },
            { type: 'Checkbox', name: 'agreed', label: 'I agree' },
            {
              type: 'RadioGroup',
              name: 'pace',
              options: [
                { value: 'slow', label: 'Slow' },
                { value: 'fast', label: 'Fast' },
              ],
            },
            {
              type: 'Select',
              name: 'size',
              placeholder: 'Size',
              options: [
                { value: 's', label: 'Small' },
                { value: 'l', label: 'Large' },
              ],
            },
            {
              type: 'DatePicker',
              name: 'day',
              defaultValue: '2030-05-01T00:00:00Z',
              min: '2030-05-01',
              max: '2030-05-20',
            },
            { type: 'Text', value: 'Editable', editable: { name: 'title', placeholder: 'A title' } },
            { type: 'Button', label: 'Send it', submit: true },
          ],
        },
      ],
    });
    await widget.getByRole('button', { name: 'Send it' }).click();
    expect(
      await widget
        .getByLabel('Your name')
        .evaluate(
          (field) => (field as unknown as { validity: { valueMissing: boolean } }).validity.valueMissing,
        ),
    ).toBe(true);
    await widget.getByLabel('Your name').fill('Ada');
    await widget.getByPlaceholder('City').fill('Bern');
    await widget.getByPlaceholder('Notes').fill('Two\nlines');
    await widget.getByLabel('I agree').check();
    await widget.getByLabel('Fast').check();
    await widget.getByRole('button', { name: /^size/ }).click();
    await page.getByRole('option', { name: 'Large' }).click();
    await widget.getByRole('button', { name: /^day/ }).click();
    await page.getByRole('button', { name: /May 12, 2030/ }).click();
    await widget.getByPlaceholder('A title').fill('Edited');
    await widget.getByRole('button', { name: 'Send it' }).click();
    await page.getByText('Did test.form.').first().waitFor();
    expect(backstage.actions[0]?.payload).toEqual({
      kind: 'taken',
      address: { zip: '3000', city: 'Bern' },
      name: 'Ada',
      notes: 'Two\nlines',
      agreed: true,
      pace: 'fast',
      size: 'l',
      day: '2030-05-12',
      title: 'Edited',
    });
  });

  test('a card with `asForm` confirms with its fields, and cancels', async () => {
    const { page, widget, backstage } = await show({
      type: 'Card',
      asForm: true,
      children: [{ type: 'Input', name: 'name', placeholder: 'Name', required: true }],
      confirm: { label: 'Save', action: { type: 'test.save', payload: { id: 1 } } },
      cancel: { label: 'Drop', action: { type: 'test.drop' } },
    });
    await widget.getByRole('button', { name: 'Save' }).click();
    expect(backstage.actions).toEqual([]);
    await widget.getByPlaceholder('Name').fill('Ada');
    await widget.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Did test.save.').first().waitFor();
    await idle(page);
    await widget.getByRole('button', { name: 'Drop' }).click();
    await page.getByText('Did test.drop.').first().waitFor();
    expect(backstage.actions.map(({ type, payload }) => [type, payload])).toEqual([
      ['test.save', { id: 1, name: 'Ada' }],
      ['test.drop', { name: 'Ada' }],
    ]);
  });

  test('a select and a checkbox send their values when they change; long lists have a search', async () => {
    const options = Array.from({ length: 20 }, (_, index) => ({
      value: `v${String(index)}`,
      label: `Option ${String(index)}`,
    }));
    const { page, widget, backstage } = await show({
      type: 'Card',
      children: [
        { type: 'Select', name: 'pick', options, onChangeAction: { type: 'test.pick' } },
        { type: 'Checkbox', name: 'on', label: 'On', onChangeAction: { type: 'test.check' } },
      ],
    });
    await widget.getByRole('button', { name: /^pick/ }).click();
    await page.getByLabel('Search pick').fill('17');
    await page.keyboard.press('Enter');
    await page.getByText('Did test.pick.').first().waitFor();
    await idle(page);
    await widget.getByRole('checkbox', { name: 'On' }).check();
    await page.getByText('Did test.check.').first().waitFor();
    expect(backstage.actions.map(({ payload }) => payload)).toEqual([{ pick: 'v17' }, { on: true }]);
  });

  test('a list shows more, and text in a widget streams', async () => {
    const rows = Array.from({ length: 8 }, (_, index) => ({
      type: 'ListViewItem',
      children: [text(`Row ${String(index)}`)],
    }));
    const { page, widget, backstage } = await show({ type: 'ListView', limit: 3, children: rows });
    await countOf(widget.getByRole('listitem'), 3);
    await widget.getByRole('button', { name: 'Show 5 more' }).click();
    await countOf(widget.getByRole('listitem'), 8);
    await page.getByLabel('Message', { exact: true }).fill('types');
    await page.keyboard.press('Enter');
    await page.getByText('Typing', { exact: true }).waitFor();
    backstage.gate.open();
    await page.getByText('Typing, done.').waitFor();
  });

  test('what is unknown is shown as JSON, beside what is known', async () => {
    const { page } = await show({ type: 'Card', children: [{ type: 'Hologram', depth: 3 }, text('Known')] });
    await page.getByText('Unknown component: Hologram').waitFor();
    await page.getByText('"depth": 3').waitFor();
    await page.getByText('Known', { exact: true }).waitFor();
  });

  test('an unknown token falls back, and is told in the inspector', async () => {
    const { page, complaints } = await show({
      type: 'Card',
      children: [
        { ...text('Odd'), size: 'gigantic', color: 'url(https://evil.example/x)' },
        { type: 'Icon', name: 'unheard-of' },
      ],
    });
    await page.getByText('Odd', { exact: true }).waitFor();
    await page.getByRole('img', { name: 'Unknown icon unheard-of' }).waitFor();
    await page.getByRole('button', { name: 'Inspector' }).click();
    await page.getByRole('tab', { name: /^Page/ }).click();
    await page.getByText('Unknown text size: "gigantic"').waitFor();
    await page.getByText(/Unknown text colour/).waitFor();
    expect(complaints).toEqual([]);
  });
});

describeInChromium('measures of components', (browser) => {
  test('are those of the tokens', async () => {
    const root = {
      type: 'Card',
      size: 'sm',
      children: [
        {
          type: 'Box',
          padding: 3,
          gap: 2,
          radius: 'xl',
          border: { size: 2, color: 'strong' },
          children: [text('a')],
        },
        { type: 'Button', label: 'B', size: 'xl' },
        { type: 'Title', value: 'T', size: '3xl' },
        { type: 'Icon', name: 'star', size: '2xl' },
        { type: 'Badge', label: 'N', size: 'lg' },
        { type: 'Text', value: 'x', size: 'xs', color: 'red-400' },
      ],
    };
    const { app } = createApp({ answers: { show: shows(root) } });
    const { page } = await openPlayground(browser(), `${await serveApp(app)}/chatkit/playground/`);
    await say(page, 'show');
    expect(await style(page, '.w-card', 'width')).toBe('360px');
    expect(await style(page, '.w-box', 'padding', 'gap', 'borderRadius', 'borderTopWidth')).toBe(
      '12px 8px 12px 2px',
    );
    expect(await style(page, '.w-button', 'height')).toBe('40px');
    expect(await style(page, '.w-title', 'fontSize', 'lineHeight', 'fontWeight')).toBe('48px 48px 600');
    expect(await style(page, '.w-icon', 'width')).toBe('24px');
    expect(await style(page, '.w-badge', 'height')).toBe('24px');
    expect(await style(page, '.w-text >> nth=1', 'fontSize', 'lineHeight', 'color')).toBe(
      '12px 18px rgb(250, 66, 62)',
    );
  });
});

function style(page: Page, selector: string, ...names: string[]): Promise<string> {
  return page
    .locator(`.widget-item ${selector}`)
    .first()
    .evaluate((element, wanted) => {
      const computed = getComputedStyle(element);
      return wanted.map((name) => computed[name]).join(' ');
    }, names);
}
