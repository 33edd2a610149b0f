import 'reflect-metadata';
import { createQuickstart } from '../../../samples/quickstart/app';
import { MemoryStore } from '../../../src';
import { describeInChromium } from '../chromium';
import { buildPage, idle, openPlayground, screenshot, serveApp, still } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(60_000);

describeInChromium('the first minute with the quickstart', (browser) => {
  test('is a chat with widgets to click: rows, stars, a form, a confirmation, a guard', async () => {
    const { app } = createQuickstart(new MemoryStore());
    const { page, complaints } = await openPlayground(browser(), await serveApp(app));
    expect(page.url()).toMatch(/\/chatkit\/playground\/$/);
    await page.getByRole('button', { name: 'Show me what there is' }).click();
    await page.getByRole('heading', { name: 'Order the espresso machine?' }).waitFor();
    await idle(page);
    await page.getByRole('button', { name: 'Inspector' }).click();
    await page.getByRole('button', { name: /threads.create/ }).click();
    await screenshot(page, 'quickstart');
    await still(page);

    await page.getByRole('button', { name: 'Coffee grinder' }).first().click();
    await page.getByText('Selected item_2. What next?').first().waitFor();
    await idle(page);
    const list = page.locator('.w-list').first();
    await list.getByText('Selected', { exact: true }).waitFor();
    await list.getByRole('button', { name: 'Star' }).nth(2).click();
    await list.getByRole('button', { name: 'Starred' }).waitFor();
    await page.getByText('threads.sync_custom_action').waitFor();

    await page.getByRole('button', { name: 'Do something dangerous' }).first().click();
    await page.getByText('Permission denied.').first().waitFor();
    await idle(page);
    await page.getByRole('button', { name: 'Confirm' }).first().click();
    await page.getByText('Espresso machine: confirmed').waitFor();
    await idle(page);
    await page.getByLabel('Name').first().fill('Ada');
    await page.getByLabel('Email').first().fill('ada@example.com');
    await page.locator('.w-form').first().getByRole('button', { name: 'Send' }).click();
    await page.getByText('Form submitted: Ada, ada@example.com').first().waitFor();
    expect(complaints).toEqual([]);
  });
});
