/** The pages with the stand-in station, built once and served, and a browser to look at them. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

export const ui = join(dirname(fileURLToPath(import.meta.url)), '../..');

export async function open() {
  // A build in which import.meta.env.DEV holds: the only kind that carries the stand-in.
  process.env.NODE_ENV = 'development';
  const outDir = join(ui, '../target/takt/ui-stand-in');
  const common = { root: ui, mode: 'development', logLevel: 'error' };
  await build({ ...common, build: { outDir, emptyOutDir: true, minify: false } });
  const server = await preview({ ...common, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const [base] = server.resolvedUrls.local;
  const [width, height] = (process.env.SIZE ?? '1280x800').split('x').map(Number);

  /** A page on a scene; what goes wrong in it is collected in `errors`. */
  async function visit({ scene, screen, theme = 'light', locale = 'en', touch = false }) {
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce', hasTouch: touch });
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(`page error: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && errors.push(`console: ${message.text()}`));
    const query = new URLSearchParams({ scene, theme, locale });
    if (screen) query.set('screen', JSON.stringify(screen));
    await page.goto(`${base}?${query}`);
    await page.locator('[data-testid^="screen-"]:visible').first().waitFor();
    await page.evaluate(() => document.fonts.ready);
    return { page, errors, close: () => context.close() };
  }

  async function close() {
    await browser.close();
    await new Promise((done) => server.httpServer.close(done));
  }
  return { visit, close };
}
