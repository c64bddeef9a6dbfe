import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { cleanUp } from '../harness/cleanup';
import { closeBrowser, PanelPage, themeNames } from './page';

const CAPTURES = path.join(import.meta.dirname, '../core/statistics/captures');

/** A file of a scene. */
function captured(name: string): string {
  return readFileSync(path.join(CAPTURES, name), 'utf8');
}

/** Outputs ten seconds apart. */
function loop(...outputs: readonly string[]): string {
  return outputs
    .map((output, i) => `2026-01-05 10:0${Math.floor(i / 6)}:${(i % 6) * 10 || '00'}\n${output}`)
    .join('\n');
}

const QUEUE = '01-accept-queue-overflow';

describe('counters in the panel', function () {
  this.timeout(300_000);
  let panel: PanelPage;

  afterEach(async () => {
    const { problems, asked } = panel;
    await panel.close();
    assert.deepEqual(problems, [], 'errors or policy violations in the page');
    assert.deepEqual(asked.warned, []);
  });
  after(async () => {
    await closeBrowser();
    await cleanUp();
  });

  /** The cells of a table of counters, as texts. */
  const rowsOf = (label: string): Promise<string[]> =>
    panel.page
      .getByRole('table', { name: label })
      .locator('tbody tr')
      .evaluateAll(rows =>
        rows.map(row =>
          [row.querySelector('.counter-name'), ...row.querySelectorAll('td')]
            .map(cell => cell?.textContent ?? '')
            .join(' | '),
        ),
      );

  it('are those worth a look, with what moved, and lead to their lines', async () => {
    const text = loop(
      captured(`${QUEUE}/before/netstat-s.txt`),
      captured(`${QUEUE}/after/netstat-s.txt`),
    );
    panel = await PanelPage.open(text);
    const header = await panel.page.locator('header').innerText();
    assert.match(header, /Linux netstat -s/);
    assert.match(header, /41 counters/);
    assert.doesNotMatch(header, /sockets/);
    assert.equal(
      await panel.page
        .locator('.sockets, .close-wait, .trend, .changes, .diagram, .states')
        .count(),
      0,
    );
    const worth = await rowsOf('Counters worth a look');
    assert.equal(worth[0], 'TcpExtListenOverflows | 28 | +28 | 2.8 | 85');
    assert.equal(worth.length, 6);
    await panel.page.getByText('Changes are since snapshot 1, 10 s before.').waitFor();
    await panel.page.getByRole('row', { name: 'TcpRetransSegs' }).first().click();
    await panel.until(() => panel.asked.revealed.at(-1)?.lines[0] === 71);
    await panel.page.getByRole('button', { name: 'Show line 85: TcpExtListenOverflows' }).focus();
    await panel.page.keyboard.press('Enter');
    await panel.until(() => panel.asked.revealed.at(-1)?.lines[0] === 84);
    assert.equal(panel.asked.revealed.length, 2);

    // A finding leads to the counters that it names.
    const finding = panel.page.locator('.finding').first();
    await finding.locator('.finding-head').click();
    await finding.getByRole('button', { name: 'line 85' }).click();
    await finding.getByRole('button', { name: 'Show the line' }).click();
    await panel.until(() => panel.asked.revealed.length === 4);
    assert.deepEqual(panel.asked.revealed.at(-1)?.lines, [84]);
  });

  it('are all in a fold, with a filter', async () => {
    const text = loop(
      captured(`${QUEUE}/before/nstat-az.txt`),
      captured(`${QUEUE}/after/nstat-az.txt`),
    );
    panel = await PanelPage.open(text);
    await panel.page.getByRole('button', { name: 'All counters (390)' }).click();
    await panel.page.getByText('390 of 390 counters').waitFor();
    const filter = panel.page.getByRole('textbox', { name: 'Filter counters' });
    await filter.fill('listen change>0');
    await panel.page.getByText('2 of 390 counters').waitFor();
    assert.deepEqual(await rowsOf('All counters (390)'), [
      'TcpExtListenOverflows | 28 | +28 | 2.8 | 579',
      'TcpExtListenDrops | 28 | +28 | 2.8 | 580',
    ]);
    await filter.fill('no-such');
    await panel.page.getByText('No matching counters.').waitFor();
    await panel.state(({ counterFilter }) => counterFilter === 'no-such');
    await filter.press('Escape');
    await panel.page.getByText('390 of 390 counters').waitFor();
  });

  it('have no difference where one got smaller, which is said once', async () => {
    const text = loop(
      captured(`${QUEUE}/after/netstat-s.txt`),
      captured(`${QUEUE}/before/netstat-s.txt`),
    );
    panel = await PanelPage.open(text);
    await panel.page.getByText(/A counter got smaller/).waitFor();
    await panel.page.getByRole('button', { name: /^All counters/ }).click();
    await panel.page.getByText(/^\d+ of \d+ counters$/).waitFor();
    assert.deepEqual(await panel.page.locator('table.counters thead tr').allInnerTexts(), [
      'Counter\tValue\tLine',
    ]);
    // What the last moment alone shows is information.
    await panel.page
      .locator('.findings')
      .getByText(/An accept queue has overflowed/)
      .waitFor();
  });

  it('by state are states', async () => {
    panel = await PanelPage.open('    710 CLOSE_WAIT\n      9 LISTEN\n');
    const parts = panel.page.locator('.state-part');
    assert.deepEqual(
      (await parts.allInnerTexts()).map(part => part.trim().split(/\s+/)),
      [
        ['710', 'CLOSE_WAIT'],
        ['9', 'LISTEN'],
      ],
    );
    await panel.page.getByText(/not which processes hold them/).waitFor();
    // The findings, and nothing that would need sockets.
    assert.equal(await panel.page.locator('.section').count(), 1);
    await panel.page.getByText(/710 in CLOSE_WAIT/).waitFor();
    await parts.last().click();
    await panel.until(() => panel.asked.revealed.at(-1)?.lines[0] === 1);
  });

  for (const theme of themeNames) {
    it(`over ten snapshots are legible and accessible in ${theme}`, async () => {
      const before = captured(`${QUEUE}/before/nstat-az.txt`);
      const after = captured(`${QUEUE}/after/nstat-az.txt`);
      const sockets = captured(`${QUEUE}/after/ss-tuanpo.txt`);
      const text = loop(
        ...Array.from(
          { length: 10 },
          (_, i) => `${sockets}\n${i < 5 ? before : after.replace(/ 28 /g, ` ${28 + i} `)}`,
        ),
      );
      panel = await PanelPage.open(text, { theme });
      await panel.page.getByRole('button', { name: /^All counters/ }).click();
      await panel.page.getByText(/^\d+ of \d+ counters$/).waitFor();
      assert.deepEqual(await panel.accessibilityProblems(), []);
      await panel.screenshot(`panel-counters-${theme}`);
    });
  }
});
