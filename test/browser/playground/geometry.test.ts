import type { Page } from 'playwright-core';
import { createApp } from './chat';
import { describeInChromium } from '../chromium';
import { GEOMETRY, type Measure } from './geometry';
import { buildPage, openPlayground, serveApp } from './support';

beforeAll(buildPage, 120_000);
jest.setTimeout(120_000);

describeInChromium('the geometry and style of every component', (browser) => {
  test('is what the reference says of each of its values', async () => {
    const { app } = createApp();
    const url = `${await serveApp(app)}/chatkit/playground/?view=gallery`;
    const { page } = await openPlayground(browser(), url);
    const components = page.getByRole('navigation', { name: 'Components' }).getByRole('button');
    await components.first().waitFor();
    const names = await components.allTextContents();
    expect(Object.keys(GEOMETRY).toSorted()).toEqual(names.toSorted());
    const [all, wanted]: [unknown[], unknown[]] = [[], []];
    for (const name of names) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('heading', { name, level: 1 }).waitFor();
      if (name === 'Chart') await page.locator('.recharts-surface').first().waitFor();
      if (name === 'Markdown') await page.locator('.w-markdown li').first().waitFor();
      const measures = GEOMETRY[name]!;
      const found = await measure(page, name, measures);
      const expected = measures.map(([prop, , property, values]) => [prop, property, values]);
      all.push([name, ...found]);
      wanted.push([name, ...expected]);
    }
    expect(all).toEqual(wanted);
  });
});

/** The values that the page has where the table says which to expect. */
function measure(page: Page, name: string, measures: readonly Measure[]): Promise<unknown[]> {
  return page.evaluate(
    ([component, wanted]) =>
      wanted.map(([prop, selector, property, values]) => [
        prop,
        property,
        values.map((_, index) => {
          const example = document.querySelector(`[data-example="${component}.${prop}.${String(index)}"]`);
          const found = [...(example?.querySelectorAll(selector) ?? [])];
          if (property === 'count') return String(found.length);
          const [element] = found;
          if (element === undefined) return 'missing';
          const box = element.getBoundingClientRect();
          if (property === 'box width') return `${String(Math.round(box.width * 10) / 10)}px`;
          if (property === 'box height') return `${String(Math.round(box.height * 10) / 10)}px`;
          if (property === 'fills') {
            const around = example!.querySelector('.example-stage')!.getBoundingClientRect();
            return around.width - box.width < 40 ? 'yes' : 'no';
          }
          return element.getAttribute(property) ?? getComputedStyle(element)[property] ?? 'unknown';
        }),
      ]),
    [name, measures] as const,
  );
}
