/** Opens every scene in light and dark, English and German, at the smallest panel; takes a picture of each and asserts
 *  what must hold on all of them. `node tests/browser/run.mjs home report` looks at some only. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { look } from './look.mjs';
import { scenes } from './scenes.mjs';

const ui = join(dirname(fileURLToPath(import.meta.url)), '../..');
const out = join(ui, '../target/takt/ui-shots');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [width, height] = (process.env.SIZE ?? '1280x800').split('x').map(Number);
const wanted = process.argv.slice(2);
const variants = (process.env.VARIANTS ?? 'light-en,dark-en,light-de,dark-de').split(',');

mkdirSync(out, { recursive: true });
const server = await createServer({ root: ui, logLevel: 'error', server: { port: 0, strictPort: false } });
await server.listen();
const base = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});

async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const rules = {
      'color-contrast-enhanced': { enabled: true },
      'target-size': { enabled: true },
      region: { enabled: false },
    };
    const result = await window.axe.run(document, { rules, runOnly: undefined, resultTypes: ['violations'] });
    return result.violations.flatMap((it) =>
      it.nodes
        .slice(0, 4)
        .map(
          (node) =>
            `axe ${it.id}: ${node.target.join(' ')} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`,
        ),
    );
  });
}

async function visit(scene, theme, locale) {
  const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(`page error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && errors.push(`console: ${message.text()}`));
  const query = new URLSearchParams({ scene: scene.scene ?? scene.name, theme, locale });
  if (scene.screen) query.set('screen', JSON.stringify(scene.screen));
  await page.goto(`${base}?${query}`);
  await page.locator('[data-testid^="screen-"]:visible').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(120);
  for (const id of scene.then ?? []) {
    await page.getByTestId(id).first().click({ timeout: 4000 });
    await page.waitForTimeout(60);
  }
  if (scene.then) await page.waitForTimeout(420);
  const wrong = [...errors, ...(await page.evaluate(look)), ...(await violations(page))];
  await page.screenshot({ path: join(out, `${scene.name}-${theme}-${locale}.png`) });
  await context.close();
  return wrong;
}

let [passed, failed] = [0, 0];
for (const scene of scenes.filter((it) => wanted.length === 0 || wanted.includes(it.name))) {
  for (const variant of variants) {
    const [theme, locale] = variant.split('-');
    const wrong = await visit(scene, theme, locale).catch((error) => [String(error).slice(0, 400)]);
    if (wrong.length === 0) passed += 1;
    else {
      failed += 1;
      console.log(`FAILED ${scene.name} ${variant}\n${wrong.map((it) => `  ${it}`).join('\n')}`);
    }
  }
}
await browser.close();
await server.close();
console.log(`${passed} passed, ${failed} failed; pictures in target/takt/ui-shots`);
process.exit(failed === 0 ? 0 : 1);
