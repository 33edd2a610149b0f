import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where distributions put it. `CHROMIUM` names another one. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const executablePath = [process.env['CHROMIUM'], ...PLACES].find(
  (path): path is string => path !== undefined && existsSync(path),
);

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A microphone that hums, and no question whether it may be used.
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];

/** Describes tests in a real browser. Where there is none they are skipped, and the reason is printed. */
export function describeInChromium(name: string, tests: (browser: () => Browser) => void): void {
  if (executablePath === undefined) {
    console.warn(`Skipped: ${name}. There is no Chromium at ${PLACES.join(', ')}; CHROMIUM may name one.`);
    describe.skip(name, () => tests(() => undefined as never));
    return;
  }
  describe(name, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, headless: true, args: ARGS });
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
    });
    tests(() => browser!);
  });
}
