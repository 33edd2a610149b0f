import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong, and calls serious or critical: rule, and the elements. */
export async function seriousFlaws(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window['axe'] as typeof axe).run(document as never, {
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
      );
  });
}

/** Text in the gallery that misses its contrast, by the example that it is in: `Text.color.8 (#b4008c)`. */
export async function contrastFlaws(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window['axe'] as typeof axe).run('.exhibit' as never, {
      runOnly: ['color-contrast'],
    });
    return violations.flatMap(({ nodes }) =>
      nodes.map(({ target }) => {
        const example = document.querySelector(String(target[0]))?.closest('[data-example]');
        const label = example?.querySelector('figcaption')?.textContent ?? 'no example';
        return `${example?.dataset['example'] ?? ''} (${label})`;
      }),
    );
  });
}
