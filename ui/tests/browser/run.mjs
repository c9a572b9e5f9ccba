/** Opens every scene in light and dark, English and German, at the smallest panel; takes a picture of each and asserts
 *  what must hold on all of them. Then whole jobs. `node tests/browser/run.mjs home report` looks at some scenes only. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { jobs } from './jobs.mjs';
import { look } from './look.mjs';
import { open, ui } from './page.mjs';
import { scenes } from './scenes.mjs';

const out = join(ui, '../target/takt/ui-shots');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wanted = process.argv.slice(2);
const variants = (process.env.VARIANTS ?? 'light-en,dark-en,light-de,dark-de').split(',');
const suffix = process.env.SIZE ? `-${process.env.SIZE}` : '';

async function violations(page) {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const rules = {
      'color-contrast-enhanced': { enabled: true },
      'target-size': { enabled: true },
      region: { enabled: false },
    };
    const { violations } = await window.axe.run(document, { rules, resultTypes: ['violations'] });
    return violations.flatMap((it) =>
      it.nodes
        .slice(0, 4)
        .map(
          (node) =>
            `axe ${it.id}: ${node.target.join(' ')} ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? ''}`,
        ),
    );
  });
}

async function inspect(terminal, scene, theme, locale) {
  const { page, errors, close } = await terminal.visit({
    scene: scene.scene ?? scene.name,
    screen: scene.screen,
    theme,
    locale,
  });
  try {
    await page.waitForTimeout(120);
    for (const id of scene.then ?? []) {
      await page.getByTestId(id).first().click({ timeout: 4000 });
      await page.waitForTimeout(130);
    }
    if (scene.then) await page.waitForTimeout(420);
    await page.screenshot({ path: join(out, `${scene.name}-${theme}-${locale}${suffix}.png`) });
    return [...errors, ...(await page.evaluate(look)), ...(await violations(page))];
  } finally {
    await close();
  }
}

let [passed, failed] = [0, 0];
function tell(name, wrong) {
  if (wrong.length === 0) return (passed += 1);
  failed += 1;
  console.log(`FAILED ${name}\n${wrong.map((it) => `  ${it}`).join('\n')}`);
}

mkdirSync(out, { recursive: true });
const terminal = await open();
const looks = scenes
  .filter((it) => wanted.length === 0 || wanted.includes(it.name))
  .flatMap((scene) => variants.map((variant) => [scene, ...variant.split('-')]))
  .values();
/** Takes the next look until none is left; as many at once as call it. */
async function lookOn() {
  for (const [scene, theme, locale] of looks) {
    const wrong = await inspect(terminal, scene, theme, locale).catch((error) => [String(error).slice(0, 400)]);
    tell(`${scene.name} ${theme}-${locale}`, wrong);
  }
}
await Promise.all([lookOn(), lookOn(), lookOn()]);
for (const [name, job] of Object.entries(jobs).filter(
  ([name]) => wanted.length === 0 || wanted.includes('jobs') || wanted.includes(name),
)) {
  tell(
    name,
    await job(terminal).then(
      (errors) => errors,
      (error) => [String(error).slice(0, 600)],
    ),
  );
}
await terminal.close();
console.log(`${passed} passed, ${failed} failed; pictures in target/takt/ui-shots`);
process.exit(failed === 0 ? 0 : 1);
