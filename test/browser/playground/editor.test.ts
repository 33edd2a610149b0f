import { createApp } from './chat';
import { describeInChromium } from '../chromium';
import { seriousFlaws } from './axe';
import { buildPage, openPlayground, screenshot, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

/** Components with props that the reference does not allow. */
const BROKEN = [
  null,
  5,
  [],
  { type: 'Image' },
  { type: 'Select', name: 's', options: [null, { value: {}, label: {} }] },
  { type: 'RadioGroup', name: 'r', options: 5 },
  { type: 'Chart', data: [{}], series: [{}] },
  { type: 'Table' },
  { type: 'Table', children: [5, null] },
  { type: 'Button', label: {}, onClickAction: { type: 5 } },
  { type: 'Card', confirm: 5, cancel: { label: {} }, status: 7 },
  { type: 'Checkbox', name: 5, label: {} },
  { type: 'Icon', name: {} },
  { type: 'Text', value: { a: 1 }, editable: {}, color: { light: 5 } },
  { type: 'Markdown', value: {} },
  { type: 'DatePicker', min: 5, defaultValue: {} },
  { type: 'ListView', children: 'x', limit: {} },
  { type: 'Form', children: 'x', onSubmitAction: 5 },
  { type: '__proto__' },
];

describeInChromium('the widget editor', (browser) => {
  async function open() {
    const { app } = createApp();
    const opened = await openPlayground(browser(), `${await serveApp(app)}/chatkit/playground/`);
    await opened.page.getByRole('button', { name: 'Widget editor' }).click();
    await opened.page.getByText('Your widget').first().waitFor();
    return { ...opened, source: opened.page.getByLabel('Widget JSON, or a .widget file') };
  }

  test('shows a widget as it is written, and which handlers its actions reach', async () => {
    const { page, source, complaints } = await open();
    const button = (label: string, type: string) => ({
      type: 'Button',
      label,
      onClickAction: { type, payload: { a: 1 } },
    });
    await source.fill(
      JSON.stringify({ type: 'Card', children: [button('Known', 'test.go'), button('Lost', 'nowhere.go')] }),
    );
    await page.getByRole('button', { name: 'Known' }).click();
    await page.getByText('test.go {"a":1}').waitFor();
    const actions = page.getByRole('region', { name: 'Actions' });
    await actions.getByText('Controller.act').waitFor();
    await actions.getByText('no handler', { exact: true }).waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
    await screenshot(page, 'editor');
    await source.fill('{\n  "type": 1,\n  oops }');
    await page
      .getByRole('alert')
      .getByText(/not JSON \(line 3, column 3\)/)
      .waitFor();
    await page.getByRole('button', { name: 'Known' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('a component that cannot be drawn is shown as JSON, beside what can', async () => {
    const { page, source } = await open();
    for (const broken of BROKEN) {
      const beside = `beside ${JSON.stringify(broken)}`;
      await source.fill(
        JSON.stringify({ type: 'Card', children: [broken, { type: 'Text', value: beside }] }),
      );
      const preview = page.getByRole('region', { name: 'Preview' });
      await preview.getByText(beside, { exact: true }).last().waitFor();
    }
    await source.fill(JSON.stringify({ type: 'Card', children: [{ type: 'Button', label: {} }] }));
    await page.getByText(/This component \(Button\) cannot be shown/).waitFor();
    await page.getByLabel('The component (Button) as JSON').getByText('"label": {}').waitFor();
    await source.fill(JSON.stringify({ type: 'Card', children: [{ type: 'Button', label: 'Mended' }] }));
    await page.getByRole('button', { name: 'Mended' }).waitFor();
    expect(await seriousFlaws(page)).toEqual([]);
  });

  test('renders a .widget file on the server, with its data, and shows where one is wrong', async () => {
    const { page, source } = await open();
    const file = (template: string) =>
      JSON.stringify({
        version: '1.0',
        name: 'Greeting',
        template,
        jsonSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
      });
    await source.fill(
      file('{"type":"Card","children":[{"type":"Text","value":{{ ("Hello " ~ name) | tojson }}}]}'),
    );
    await page.getByRole('alert').getByText(/name/).waitFor();
    await page.getByLabel('Data').fill('{"name":"Ada"}');
    await page.getByText('Hello Ada').waitFor();
    await source.fill(file('{% if %}'));
    await page
      .getByRole('alert')
      .getByText(/line 1/)
      .waitFor();
  });
});
