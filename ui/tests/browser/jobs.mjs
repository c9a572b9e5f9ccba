/** Whole jobs at the stand-in station: by scanner, by touch, by keyboard alone. Each answers with what the page complained of. */
import assert from 'node:assert/strict';

const inspection = { at: 'inspection', operation: 30, point: null };
const report = { at: 'report', operation: 30 };

/** As a wedge scanner: a key every four milliseconds by its own time, however busy this machine is, then Enter. */
async function scan(page, code) {
  const devtools = await page.context().newCDPSession(page);
  const began = Date.now() / 1000;
  const keys = [...code].map((key) => ({ key, code: '', text: key }));
  const strokes = [...keys, { key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 }];
  const sent = strokes.flatMap((stroke, n) => [
    devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp: began + n * 0.004, ...stroke }),
    devtools.send('Input.dispatchKeyEvent', {
      type: 'keyUp',
      timestamp: began + n * 0.004 + 0.001,
      ...stroke,
      text: '',
    }),
  ]);
  await Promise.all(sent);
  await devtools.detach();
}
const echo = (page, code) => page.locator(`[data-testid=echo][data-echo=${code}]`).waitFor({ timeout: 4000 });
/** At a finger's pace: two contacts on one thing within 120 ms are one tap. */
async function tap(page, id) {
  await page.getByTestId(id).first().click({ timeout: 4000 });
  await page.waitForTimeout(130);
}
const text = (page, id) => page.getByTestId(id).first().innerText();
const shown = (page, id) => page.getByTestId(id).first().waitFor({ timeout: 4000 });
const focused = (page) =>
  page.evaluate(() => document.activeElement?.dataset?.testid ?? document.activeElement?.tagName);

async function at(terminal, where, job) {
  const { page, errors, close } = await terminal.visit(where);
  try {
    await job(page);
    return errors;
  } finally {
    await close();
  }
}

/** Arrow keys and Tab, as slow as a hand, until the focus is there; the keyboard alone reaches everything. */
async function reach(page, id, keys) {
  const press = async (key) => {
    await page.keyboard.press(key);
    await page.waitForTimeout(65);
  };
  for (const key of keys) await press(key);
  for (let n = 0; n < 80 && (await focused(page)) !== id; n += 1) await press('Tab');
  assert.equal(await focused(page), id);
}

export const jobs = {
  'a scan works wherever the focus is, and its Enter presses nothing': (terminal) =>
    at(terminal, { scene: 'home' }, async (page) => {
      const good = await text(page, 'figure-good');
      await page.getByTestId('book-pack').focus();
      await scan(page, 'WO:WO-24822');
      await echo(page, 'order_started');
      await page.waitForTimeout(200);
      assert.equal(await text(page, 'figure-good'), '0');
      await scan(page, 'WO:WO-24817');
      await page.waitForTimeout(300);
      assert.equal(await text(page, 'figure-good'), good);
    }),

  'a scan into a field leaves the field as it was': (terminal) =>
    at(terminal, { scene: 'handover', screen: { at: 'handover' } }, async (page) => {
      const notes = page.getByTestId('notes');
      const before = await notes.inputValue();
      await notes.focus();
      await scan(page, 'LT:L-0931');
      await echo(page, 'lot_seen');
      assert.equal(await notes.inputValue(), before);
      await page.waitForTimeout(600);
      await page.keyboard.type(' ok!', { delay: 90 });
      assert.equal((await notes.inputValue()).length, before.length + 4);
    }),

  'two scans in a row keep their order': (terminal) =>
    at(terminal, { scene: 'home' }, async (page) => {
      await scan(page, 'LT:L-1');
      await scan(page, 'WO:WO-24822');
      await echo(page, 'order_started');
    }),

  'one tap books a pack, undo takes it back': (terminal) =>
    at(terminal, { scene: 'home' }, async (page) => {
      await tap(page, 'book-pack');
      await echo(page, 'good_booked');
      assert.equal(await text(page, 'figure-good'), '340');
      await tap(page, 'undo');
      await echo(page, 'booking_undone');
      assert.equal(await text(page, 'figure-good'), '316');
    }),

  'a double tap books once': (terminal) =>
    at(terminal, { scene: 'home' }, async (page) => {
      await page.getByTestId('book-pack').dblclick();
      await page.waitForTimeout(500);
      assert.equal(await text(page, 'figure-good'), '340');
    }),

  'one scrap piece with a reason is two taps from the report': (terminal) =>
    at(terminal, { scene: 'home', screen: report }, async (page) => {
      await tap(page, 'tile-scrap-SURFACE');
      await tap(page, 'save');
      await echo(page, 'booked');
    }),

  'all that remains is held, by finger or by key; a tap only explains': (terminal) =>
    at(terminal, { scene: 'home', screen: report }, async (page) => {
      await tap(page, 'good-all');
      assert.equal(await page.getByTestId('pad-display').getAttribute('data-value'), '');
      await page.getByTestId('good-all').focus();
      await page.keyboard.down('Enter');
      await page.waitForTimeout(950);
      await page.keyboard.up('Enter');
      assert.equal(await page.getByTestId('pad-display').getAttribute('data-value'), '164');
      await tap(page, 'save');
      await echo(page, 'good_booked');
    }),

  'a large amount is asked for again, by holding': (terminal) =>
    at(terminal, { scene: 'home', screen: report }, async (page) => {
      for (const key of '155') await tap(page, `key-${key}`);
      await tap(page, 'save');
      await tap(page, 'echo-read');
      await page.waitForTimeout(350);
      const box = await page.getByTestId('save-hold').boundingBox();
      await page.mouse.move(box.x + 20, box.y + 20);
      await page.mouse.down();
      await page.waitForTimeout(950);
      await page.mouse.up();
      await echo(page, 'good_booked');
    }),

  'a stop is explained in two taps': (terminal) =>
    at(terminal, { scene: 'home' }, async (page) => {
      await tap(page, 'explain-stop');
      await tap(page, 'reason-TOOL_BREAK');
      await echo(page, 'stop_explained');
    }),

  'the keyboard alone does a whole job': (terminal) =>
    at(terminal, { scene: 'home' }, async (page) => {
      await reach(page, 'report', ['ArrowDown']);
      await page.keyboard.press('Enter');
      await shown(page, 'screen-report');
      await page.keyboard.type('12', { delay: 90 });
      await reach(page, 'tile-scrap-DIMENSION', []);
      await page.keyboard.press('Enter');
      await reach(page, 'save', ['ArrowRight']);
      await page.keyboard.press('Enter');
      await echo(page, 'booked');
      await page.waitForTimeout(350);
      await reach(page, 'pause', []);
      await page.keyboard.press('Enter');
      await shown(page, 'sheet-reasons');
      await page.keyboard.press('Escape');
      assert.equal(await focused(page), 'pause');
      await page.keyboard.press('Escape');
      await shown(page, 'screen-home');
    }),

  'locking keeps what was entered': (terminal) =>
    at(terminal, { scene: 'home', screen: report }, async (page) => {
      await tap(page, 'good-24');
      await tap(page, 'tile-scrap-SURFACE');
      await tap(page, 'person');
      await tap(page, 'lock');
      await shown(page, 'screen-lock');
      await shown(page, 'running-here');
      await scan(page, 'BG:op');
      await page.getByTestId('screen-lock').waitFor({ state: 'detached' });
      assert.equal(await page.getByTestId('pad-display').getAttribute('data-value'), '24');
      assert.equal(await page.getByTestId('tile-scrap-SURFACE').getAttribute('data-count'), '1');
    }),

  'a PIN is asked, refused and taken': (terminal) =>
    at(terminal, { scene: 'locked' }, async (page) => {
      await scan(page, 'BG:lead');
      await shown(page, 'pin-enter');
      await page.waitForTimeout(200);
      await page.keyboard.type('1111', { delay: 120 });
      await page.waitForTimeout(300);
      await page.keyboard.press('Enter');
      await page.locator('[data-testid=pin-outcome][data-code=wrong_pin]').waitFor();
      for (const key of '2468') await tap(page, `key-${key}`);
      await tap(page, 'pin-enter');
      await shown(page, 'screen-home');
    }),

  'bad news stays until it is read': (terminal) =>
    at(terminal, { scene: 'home' }, async (page) => {
      await scan(page, 'BG:nobody');
      await shown(page, 'bad');
      await page.waitForTimeout(400);
      await page.keyboard.press('Escape');
      await page.getByTestId('bad').waitFor({ state: 'detached' });
    }),

  'a bouncing tap judges one piece, and presses nothing that came under it': (terminal) =>
    at(terminal, { scene: 'inspection-attribute', screen: inspection }, async (page) => {
      const taken = () => page.locator('[data-testid^=sample-][data-conforming=true]').count();
      const before = await taken();
      const button = await page.getByTestId('value-OK').boundingBox();
      const contact = () => page.mouse.click(button.x + 40, button.y + 40);
      await contact();
      await page.waitForTimeout(100);
      await contact();
      await page.waitForTimeout(500);
      assert.equal(await taken(), before + 1);
    }),

  'fifteen readings are fifteen entries and no other tap; a failure leads to its NCR': (terminal) =>
    at(terminal, { scene: 'inspection-empty', screen: inspection }, async (page) => {
      await page.evaluate(() => document.activeElement?.blur?.());
      const values = [
        '25,004',
        '24.998',
        '25.002',
        '24.983',
        '25.2',
        '60.01',
        '59.98',
        '60.02',
        '60',
        '60.03',
        '0.02',
        '0.03',
        '0.01',
        '0.02',
        '0.04',
      ];
      for (const value of values) {
        await page.keyboard.type(value, { delay: 60 });
        await page.waitForTimeout(70);
        await page.keyboard.press('Enter');
        await page.waitForTimeout(70);
      }
      for (let n = 0; n < 10; n += 1) await tap(page, 'value-OK');
      assert.equal(await page.getByTestId('result').getAttribute('data-result'), 'FAIL');
      await tap(page, 'record-inspection');
      await shown(page, 'screen-ncr');
      await tap(page, 'severity-CRITICAL');
      await tap(page, 'ncr-save');
      await echo(page, 'ncr_completed');
      await shown(page, 'screen-home');
    }),

  'a shift is handed over and taken': (terminal) =>
    at(terminal, { scene: 'handover', screen: { at: 'handover' } }, async (page) => {
      await page.getByTestId('notes').fill('Use L-0934');
      await tap(page, 'submit-handover');
      await echo(page, 'handover_submitted');
      await scan(page, 'BG:next');
      await echo(page, 'signed_in');
      for (const n of [0, 1, 2]) {
        await tap(page, `ack-${n}`);
        await page.locator(`[data-testid=item-${n}][data-acknowledged=true]`).waitFor();
        await page.waitForTimeout(320);
      }
      await shown(page, 'take-scan');
      await scan(page, 'BG:next');
      await shown(page, 'handover-taken');
    }),

  'a finger writes a note without a keyboard, a hand at one never sees it': (terminal) =>
    at(terminal, { scene: 'handover', screen: { at: 'handover' }, locale: 'de', touch: true }, async (page) => {
      const notes = page.getByTestId('notes');
      await notes.fill('');
      await notes.tap();
      await shown(page, 'keyboard');
      const write = async (keys) => {
        for (const key of keys) await page.getByTestId(`letter-${key}`).tap({ timeout: 4000 });
      };
      await write(['ö', 'l', 'space', 'a', 'n', 'space', '3']);
      await page.waitForTimeout(130);
      await write(['3', 'erase']);
      await write(['.', 'space', 'k', 'layer', '+', 'layer', 'shift', 'x', 'line', 'g']);
      assert.equal(await page.getByTestId('keyboard-text').inputValue(), 'Öl an 3. K+X\nG');
      assert.equal(await notes.inputValue(), 'Öl an 3. K+X\nG', 'every key is in the field at once');
      await page.getByTestId('keyboard-done').tap();
      await page.getByTestId('keyboard').waitFor({ state: 'detached' });
      assert.equal(await focused(page), 'notes');
      await page.getByTestId('notes').click();
      await page.keyboard.type('!', { delay: 90 });
      assert.equal(await notes.inputValue(), 'Öl an 3. K+X\nG!');
      assert.equal(await page.getByTestId('keyboard').count(), 0);
    }),

  'a mouse and the keys alone open no keyboard on screen; its button does': (terminal) =>
    at(terminal, { scene: 'home' }, async (page) => {
      await tap(page, 'scan-type');
      await tap(page, 'scan-text');
      await page.keyboard.type('WO', { delay: 90 });
      assert.equal(await page.getByTestId('keyboard').count(), 0);
      await tap(page, 'write');
      await shown(page, 'keyboard');
      assert.equal(await page.getByTestId('letter-shift').getAttribute('data-shift'), 'lock', 'codes are capitals');
      for (const key of [':', 'w', 'o', '-', '2', '4', '8']) await tap(page, `letter-${key}`);
      await page.waitForTimeout(150);
      await page.keyboard.type('22', { delay: 130 });
      await tap(page, 'keyboard-done');
      await tap(page, 'scan-send');
      await echo(page, 'order_started');
    }),

  'a scan while writing is a scan, and what was written stays': (terminal) =>
    at(terminal, { scene: 'handover', screen: { at: 'handover' }, touch: true }, async (page) => {
      await page.getByTestId('notes').tap();
      await shown(page, 'keyboard');
      await page.getByTestId('letter-q').tap();
      const before = await page.getByTestId('notes').inputValue();
      await scan(page, 'LT:L-0931');
      await echo(page, 'lot_seen');
      assert.equal(await page.getByTestId('keyboard').count(), 0);
      assert.equal(await page.getByTestId('notes').inputValue(), before);
    }),

  'what is handed over twice is added and says so': (terminal) =>
    at(terminal, { scene: 'handover', screen: { at: 'handover' } }, async (page) => {
      await page.getByTestId('notes').fill('Use L-0934');
      await tap(page, 'submit-handover');
      await echo(page, 'handover_submitted');
      await page.waitForTimeout(320);
      await tap(page, 'add-addendum');
      await shown(page, 'adding');
      assert.equal(await page.getByTestId('notes').inputValue(), '', 'the words of the first are not said again');
      await page.getByTestId('notes').fill('And the caliper is gone');
      await page.waitForTimeout(600);
      await tap(page, 'submit-addendum');
      await echo(page, 'handover_added');
      await shown(page, 'added');
      assert.match(await text(page, 'notes-read'), /Use L-0934\s+And the caliper is gone/);
    }),

  'enrolment says what is wrong and goes on': (terminal) =>
    at(terminal, { scene: 'enrol' }, async (page) => {
      await page.getByTestId('enrol-code').fill('OLD');
      await tap(page, 'enrol');
      await page.locator('[data-testid=enrol-outcome][data-code=enrol_code_expired]').waitFor();
      await page.getByTestId('enrol-code').fill('K7-4412');
      await tap(page, 'enrol');
      await shown(page, 'screen-lock');
    }),

  'a picture is opened, and a code typed': (terminal) =>
    at(terminal, { scene: 'home' }, async (page) => {
      await page
        .getByTestId('scan-file')
        .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('x') });
      await echo(page, 'no_code_in_image');
      await tap(page, 'echo-read');
      await tap(page, 'scan-type');
      await page.getByTestId('scan-text').fill('WO:WO-24822');
      await tap(page, 'scan-send');
      await echo(page, 'order_started');
    }),
};
