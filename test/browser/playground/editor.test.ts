import { createApp } from './chat';
import { describeInChromium } from '../chromium';
import { seriousFlaws } from './axe';
import { buildPage, openPlayground, screenshot, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

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
      .getByText(/no JSON/)
      .waitFor();
    await page.getByRole('button', { name: 'Known' }).waitFor();
    expect(complaints).toEqual([]);
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
