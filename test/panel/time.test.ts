import assert from 'node:assert/strict';

import { cleanUp } from '../harness/cleanup';
import { closeBrowser, PanelPage } from './page';

const HEAD = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n';

/** A server with so many connections in CLOSE_WAIT, and two that come and go. */
function output(leaks: number, passing: number): string {
  const row = (state: string, port: number): string =>
    `tcp 0 0 192.0.2.1:9443 192.0.2.7:${port} ${state} 4321/orders-api\n`;
  return [
    HEAD,
    'tcp 0 0 0.0.0.0:9443 0.0.0.0:* LISTEN 4321/orders-api\n',
    ...Array.from({ length: leaks }, (_, i) => row('CLOSE_WAIT', 40_000 + i)),
    row('ESTABLISHED', passing),
    row('ESTABLISHED', passing + 1),
  ].join('');
}

const LOG = [3, 8, 13]
  .map((leaks, i) => `2026-01-05 10:0${i}:00\n${output(leaks, 50_000 + i)}`)
  .join('\n');

const FLEET = `==> web-3.netstat <==
${HEAD}tcp 0 0 192.0.2.3:443 0.0.0.0:* LISTEN 4321/java
${Array.from({ length: 6 }, (_, i) => `tcp 0 0 192.0.2.3:${40_000 + i} 192.0.2.9:5432 CLOSE_WAIT 4321/java\n`).join('')}
==> db-1.netstat <==
${HEAD}tcp 0 0 192.0.2.9:5432 0.0.0.0:* LISTEN 88/pgbouncer
tcp 0 0 192.0.2.9:5432 192.0.2.3:40000 FIN_WAIT2 88/pgbouncer
`;

describe('time and hosts in the panel', function () {
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

  it('draws states over time, with keyboard and pointer', async () => {
    panel = await PanelPage.open(LOG);
    const chart = panel.page.getByRole('slider');
    assert.equal(
      await chart.getAttribute('aria-valuetext'),
      'Snapshot 3 of 3: 13 CLOSE_WAIT, 2 ESTABLISHED, 2026-01-05 10:02:00',
    );
    await panel.becomes(() => panel.page.locator('.chart .chart-line').count(), 2);
    await chart.focus();
    await panel.page.keyboard.press('ArrowLeft');
    await panel.until(async () =>
      ((await chart.getAttribute('aria-valuetext')) ?? '').startsWith('Snapshot 2 of 3: 8 CLOSE'),
    );
    await panel.page.keyboard.press('Home');
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('.state-part.suspicious', { hasText: '3' }).waitFor();
    const box = await chart.boundingBox();
    assert.ok(box);
    await panel.page.mouse.click(box.x + box.width - 2, box.y + 20);
    await panel.page.locator('.state-part.suspicious', { hasText: '13' }).waitFor();
  });

  it('has axes with numbers and times, and the growth of the finding', async () => {
    panel = await PanelPage.open(LOG);
    const { page } = panel;
    assert.deepEqual(await page.locator('.chart-ticks span:visible').allInnerTexts(), [
      '0',
      '5',
      '10',
      '15',
    ]);
    assert.deepEqual(await page.locator('.chart-times span').allInnerTexts(), [
      '2026-01-05 10:00:00',
      '10:01:00',
      '10:02:00',
    ]);
    await panel.becomes(() => page.locator('.chart .chart-growth').count(), 1);
    await page.getByText('CLOSE_WAIT grows by 5 per minute').waitFor();
    // A limit far above all counts is named, not drawn.
    await page.getByText('Limit: 1,024').waitFor();
    assert.equal(await page.locator('.chart .chart-limit').count(), 0);
  });

  it('keeps the name and the snapshots in one row at 500 pixels', async () => {
    panel = await PanelPage.open(LOG, { size: { width: 500, height: 800 } });
    const top = async (selector: string): Promise<number> => {
      const box = await panel.page.locator(selector).boundingBox();
      assert.ok(box);
      return box.y + box.height / 2;
    };
    assert.ok(Math.abs((await top('h1')) - (await top('header select'))) < 6);
    const name = await panel.page.locator('h1').boundingBox();
    assert.ok(name && name.height < 30, 'the name is on one line');
    assert.ok((await panel.page.evaluate(() => document.documentElement.scrollWidth)) <= 500);
    await panel.screenshot('panel-time-narrow');
  });

  it('has the same as a table', async () => {
    panel = await PanelPage.open(LOG);
    await panel.page.getByRole('button', { name: 'As a table' }).click();
    await panel.becomes(
      () => panel.page.locator('.trend tbody tr').allInnerTexts(),
      [
        '1\t2026-01-05 10:00:00\t3\t2',
        '2\t2026-01-05 10:01:00\t8\t2',
        '3\t2026-01-05 10:02:00\t13\t2',
      ],
    );
    await panel.page.locator('.trend tbody .link').first().click();
    await panel.page.locator('.trend tr.shown', { hasText: '10:00:00' }).waitFor();
  });

  it('says what changed since any snapshot', async () => {
    panel = await PanelPage.open(LOG);
    await panel.page.getByRole('button', { name: 'What changed' }).click();
    const summary = panel.page.locator('.changes-summary');
    await summary.waitFor();
    await panel.becomes(
      () => summary.innerText(),
      '6 new, 1 gone, 0 changed state, 8 stuck, 2 unchanged.',
    );
    await panel.page.locator('.changes select').selectOption({ index: 1 });
    await panel.page.getByText('12 new, 2 gone, 0 changed state, 3 stuck').waitFor();
    await panel.page.getByRole('button', { name: 'Stuck (3)' }).click();
    await panel.page.locator('.change-list .link').first().click();
    await panel.until(() => panel.asked.revealed.at(-1)?.lines.length === 1);
  });

  it('says so where there is nothing before', async () => {
    panel = await PanelPage.open(LOG, {
      state: undefined,
    });
    await panel.page.locator('header select').selectOption({ index: 1 });
    await panel.page.getByRole('button', { name: 'What changed' }).click();
    await panel.page.getByText('There is no other snapshot to compare with.').waitFor();
  });

  it('lists hosts, and what is between them', async () => {
    panel = await PanelPage.open(FLEET);
    const hosts = panel.page.locator('.hosts table').first();
    assert.deepEqual(await hosts.locator('tbody tr').allInnerTexts(), [
      'web-3\t6\t1\t0\t7',
      'db-1\t0\t0\t1\t2',
    ]);
    assert.deepEqual(await panel.page.locator('.links tbody tr').allInnerTexts(), [
      'web-3\tdb-1\t5432\t6\t6\t1\t0',
    ]);
    await hosts.getByRole('button', { name: 'web-3' }).click();
    await panel.page.locator('.state-part.suspicious').waitFor();
    await panel.page
      .locator('.finding')
      .first()
      .getByText(/web-3: java \(4321\)/)
      .first()
      .waitFor();
  });

  it('is accessible', async () => {
    panel = await PanelPage.open(LOG);
    await panel.page.getByRole('button', { name: 'What changed' }).click();
    await panel.page.locator('.changes-summary').waitFor();
    await panel.page.getByRole('button', { name: 'As a table' }).click();
    assert.deepEqual(await panel.accessibilityProblems(), []);
    await panel.screenshot('panel-time');
  });

  it('shows nothing of it for one snapshot', async () => {
    panel = await PanelPage.open(output(3, 50_000));
    assert.equal(await panel.page.locator('.trend, .changes, .hosts').count(), 0);
  });
});
