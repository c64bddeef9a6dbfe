import assert from 'node:assert/strict';

import type { Locator } from 'playwright-core';

import { cleanUp } from '../harness/cleanup';
import { closeBrowser, PanelPage, themeNames } from './page';

/** A server that leaks, one that doesn't, and a program whose name nobody may see. */
function leakingServer(leaks = 62): string {
  const header =
    'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name    Timer';
  const leak = (i: number): string =>
    `tcp 28 0 192.0.2.1:9443 192.0.2.7:${51_000 + i} CLOSE_WAIT 4321/orders-api off (0.00/0/0)`;
  return [
    'Active Internet connections (servers and established)',
    header,
    'tcp 0 0 0.0.0.0:9443 0.0.0.0:* LISTEN 4321/orders-api off (0.00/0/0)',
    'tcp 0 0 127.0.0.1:5432 0.0.0.0:* LISTEN 700/postgres off (0.00/0/0)',
    ...Array.from({ length: leaks }, (_, i) => leak(i)),
    'tcp 0 0 192.0.2.1:9443 192.0.2.8:40000 ESTABLISHED 4321/orders-api keepalive (60.00/0/0)',
    'tcp 1 0 192.0.2.1:8080 198.51.100.3:40001 CLOSE_WAIT - off (0.00/0/0)',
    'tcp 0 0 192.0.2.1:40002 198.51.100.4:443 TIME_WAIT - timewait (30.00/0/0)',
    'udp 0 0 0.0.0.0:68 0.0.0.0:* 300/dhclient off (0.00/0/0)',
    'tcp 0 0 192.0.2.1:80',
    '',
  ].join('\n');
}

const SOCKETS = 68;

describe('the panel in a browser', function () {
  this.timeout(300_000);
  let panel: PanelPage;

  async function open(...args: Parameters<typeof PanelPage.open>): Promise<void> {
    panel = await PanelPage.open(...args);
  }

  afterEach(async () => {
    const { problems } = panel;
    await panel.close();
    assert.deepEqual(problems, [], 'errors or policy violations in the page');
  });
  after(async () => {
    await closeBrowser();
    await cleanUp();
  });

  const bars = (): Locator => panel.page.locator('.state-part');
  const grid = (): Locator => panel.page.getByRole('grid');
  const filterBox = (): Locator => panel.page.getByRole('textbox', { name: 'Filter' });
  const focused = (): Promise<string> =>
    panel.page.evaluate(() => document.activeElement?.getAttribute('data-cell') ?? '');
  const rowOf = (position: number): Locator =>
    grid().locator(`[role=row][aria-rowindex="${position + 2}"]`);
  const revealed = (): { lines: number[]; focus: boolean } | undefined =>
    panel.asked.revealed.at(-1);
  const until: PanelPage['until'] = what => panel.until(what);
  const becomes: PanelPage['becomes'] = (what, expected) => panel.becomes(what, expected);

  describe('shows', () => {
    beforeEach(async () => {
      await open(leakingServer());
    });

    it('what the columns of a finding mean', async () => {
      const head = panel.page.getByRole('columnheader', { name: 'FIN unread' }).first();
      assert.match((await head.getAttribute('title')) ?? '', /^Only the FIN is unread/);
    });

    it('what the dump is', async () => {
      const header = await panel.page.locator('header').innerText();
      assert.match(header, /app-server\.netstat/);
      assert.match(header, /Linux netstat/);
      assert.match(header, /68 sockets/);
      assert.match(header, /1 unrecognized line/);
    });

    it('states, the commonest first, in a strip that stays in sight', async () => {
      const texts = await bars().allInnerTexts();
      assert.deepEqual(
        texts.map(text => text.trim().split(/\s+/)),
        [
          ['63', 'CLOSE_WAIT'],
          ['2', 'LISTEN'],
          ['1', 'ESTABLISHED'],
          ['1', 'TIME_WAIT'],
          ['1', 'UDP'],
        ],
      );
      await panel.page.evaluate(() => {
        window.scrollTo(0, document.body.scrollHeight);
      });
      await until(async () => (await bars().first().boundingBox())!.y < 20);
      await bars().first().click();
      await until(() => revealed()?.lines.length === 63);
    });

    it('CLOSE_WAIT by process in a table, without what findings say', async () => {
      const table = panel.page.locator('table.groups');
      assert.deepEqual(await table.locator('thead th').allInnerTexts(), [
        'Process',
        'PID',
        'CLOSE_WAIT',
        'Unread bytes',
        'Remote addresses',
      ]);
      const rows = await table.locator('tbody tr').allInnerTexts();
      assert.deepEqual(
        rows.map(row => row.split('\t').map(cell => cell.trim())),
        [
          ['orders-api', '4321', '62 of 64', '1,674', '192.0.2.7 (62)'],
          ['Process not shown', '', '1', '0', '198.51.100.3 (1)'],
        ],
      );
      assert.match(await panel.page.locator('.advice').innerText(), /netstat|ss/);
    });

    it('findings: what to do, what proves it, and the rest in folds', async () => {
      const first = panel.page.locator('.finding').first();
      assert.match(await first.innerText(), /orders-api.*\n+Error · \w+ confidence · CW-1\n/);
      // The first error is open, the others are not.
      await becomes(() => panel.page.locator('.details').count(), 1);
      assert.deepEqual(await first.locator('dt').allTextContents(), ['Do now', 'Fix', 'Proof']);
      assert.match(await first.locator('dd table th[scope=row]').innerText(), /^server on /);
      await becomes(() => first.locator('.examples li').count(), 3);
      const folds = first.locator('.depth-fold');
      assert.deepEqual(
        (await folds.allInnerTexts()).map(text => text.replace(/\d+/, 'n')),
        [
          'What it means',
          'More checks and fixes (n)',
          'Other explanations (n)',
          'Sources (n)',
          'Also matched',
        ],
      );
      await folds.last().click();
      await until(async () => /^[A-Z]+-\d: /m.test(await first.locator('.depth').innerText()));
      await first.getByRole('button', { name: 'Copy the command' }).first().click();
      await until(() => panel.asked.copied.length === 1);
      await first.getByRole('button', { name: 'Find in Workspace' }).click();
      await until(() => panel.asked.searched.join() === 'CW-1');
      await first.getByRole('button', { name: /Show all \d+ lines/ }).click();
      await until(() => revealed()?.lines.length === 62);
      await first.locator('.examples button').nth(1).click();
      await until(() => revealed()?.lines.length === 1);
      await first.getByRole('button', { name: 'Filter table' }).click();
      await becomes(() => filterBox().inputValue(), 'state:close-wait pid:4321');
      await panel.page.getByText(`62 of ${SOCKETS} sockets`).waitFor();
    });

    it('what holds of all findings once, above them', async () => {
      const once = panel.page.getByText('A single snapshot cannot show how long');
      await becomes(() => once.count(), 1);
      const folded = panel.page.locator('.finding .fold[aria-expanded=false]');
      while ((await folded.count()) > 0) await folded.first().click();
      assert.equal(await once.count(), 1);
    });

    it('who listens, and for whom', async () => {
      const [all, local] = await panel.page.locator('.listener').allInnerTexts();
      assert.match(local ?? '', /0\.0\.0\.0:9443\s+orders-api \(4321\)\s+all addresses/);
      assert.match(all ?? '', /127\.0\.0\.1:5432\s+postgres \(700\)\s+this host only/);
    });

    it('only pictures and fonts of its own', async () => {
      const names = await panel.page.evaluate(() =>
        performance.getEntriesByType('resource').map(({ name }) => new URL(name).host),
      );
      assert.deepEqual([...new Set(names)], ['panel.test']);
    });
  });

  it('opens what is below a button in sight, and squeezes nothing beside a filter error', async () => {
    await open(leakingServer(), { size: { width: 420, height: 600 } });
    const below = async (locator: Locator): Promise<number> => {
      const { y, height } = (await locator.boundingBox())!;
      return y + height;
    };
    panel.selectInEditor([4, 5]);
    await panel.page.getByText('2 selected in the editor').waitFor();
    await filterBox().fill('colour:red');
    await panel.page.getByText('Unknown field').waitFor();
    const selection = (await panel.page.locator('.editor-selection').boundingBox())!;
    assert.ok(selection.height < 40, `${selection.height} pixels high`);
    for (const name of ['How to filter', 'Columns']) {
      const button = panel.page.getByRole('button', { name });
      await button.evaluate(element => {
        element.scrollIntoView({ block: 'end' });
      });
      await button.click();
      await until(async () => (await below(panel.page.locator('.popup'))) < 601);
      await panel.page.keyboard.press('Escape');
    }
    // The bar has room of its own below everything.
    await bars().first().click();
    await panel.page.locator('.reveal-bar').waitFor();
    await panel.page.evaluate(() => {
      window.scrollTo(0, document.body.scrollHeight);
    });
    await until(
      async () =>
        (await below(grid())) < (await panel.page.locator('.reveal-bar').boundingBox())!.y + 1,
    );
  });

  describe('leads to the lines', () => {
    beforeEach(async () => {
      await open(leakingServer());
    });

    it('of a bar', async () => {
      await bars().first().click();
      await until(() => revealed() !== undefined);
      assert.equal(revealed()?.lines.length, 63);
      assert.equal(revealed()?.lines[0], 4);
      await panel.page.getByText('Line 1 of 63', { exact: true }).waitFor();
      await panel.page.getByRole('button', { name: 'Next line' }).click();
      await panel.page.getByText('Line 2 of 63').waitFor();
      await panel.page.getByRole('button', { name: 'Previous line' }).click();
      await panel.page.getByRole('button', { name: 'Previous line' }).click();
      await panel.page.getByText('Line 63 of 63').waitFor();
      await panel.page.getByRole('button', { name: 'Dismiss' }).click();
      await panel.page.locator('.reveal-bar').waitFor({ state: 'detached' });
    });

    it('of a row of a group', async () => {
      await panel.page.locator('.group-head').first().click();
      await panel.page.locator('.socket').nth(1).click();
      await until(() => revealed() !== undefined);
      assert.deepEqual(revealed()?.lines, [5]);
    });

    it('of a state of the diagram, by keyboard', async () => {
      const fold = panel.page.getByRole('button', { name: 'State diagram' });
      if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
      await panel.page.getByRole('button', { name: 'TIME-WAIT 1 socket' }).focus();
      await panel.page.keyboard.press('Enter');
      await until(() => revealed() !== undefined);
      assert.deepEqual(revealed()?.lines, [68]);
    });

    it('that could not be read', async () => {
      await panel.page.getByRole('button', { name: '1 unrecognized line' }).click();
      await until(() => revealed() !== undefined);
      assert.deepEqual(revealed()?.lines, [70]);
    });

    it('of rows of the table, several with Shift and Control', async () => {
      await rowOf(2).click();
      await until(() => panel.asked.revealed.length === 1);
      assert.deepEqual(revealed(), { lines: [4], focus: false });
      await rowOf(4).click({ modifiers: ['Shift'] });
      await until(() => panel.asked.revealed.length === 2);
      assert.deepEqual(revealed()?.lines, [4, 5, 6]);
      await rowOf(3).click({ modifiers: ['Control'] });
      await until(() => panel.asked.revealed.length === 3);
      assert.deepEqual(revealed()?.lines, [4, 6]);
      await becomes(() => grid().locator('[aria-selected=true]').count(), 2);
    });

    it('and back: what the editor selects is marked', async () => {
      panel.selectInEditor([4, 5], [66, 66]);
      await panel.page.getByText('3 selected in the editor').waitFor();
      await becomes(() => grid().locator('.in-editor').count(), 2);
      panel.selectInEditor([66, 66]);
      await panel.page.getByRole('button', { name: 'Show in the table' }).click();
      await grid().locator('.in-editor').waitFor();
      await becomes(focused, '64 0');
    });
  });

  describe('copies from the table', () => {
    beforeEach(async () => {
      await open(leakingServer(450));
    });
    const copied = (): string | undefined => panel.asked.copied.at(-1);

    it('the cell that has the keyboard, and the title of a column', async () => {
      await rowOf(3).getByText('192.0.2.7:51001').click();
      await panel.page.keyboard.press('Control+c');
      await until(() => copied() === '192.0.2.7:51001');
      await panel.page.getByText('Copied.').waitFor({ state: 'attached' });
      await panel.page.keyboard.press('Control+Home');
      await panel.page.keyboard.press('ArrowUp');
      await panel.page.keyboard.press('Control+c');
      await until(() => copied() === 'Line');
    });

    it('several rows, also those that are not in sight', async () => {
      await rowOf(0).click();
      await rowOf(1).click({ modifiers: ['Shift'] });
      await panel.page.keyboard.press('Control+c');
      await until(() => panel.asked.copied.length === 1);
      assert.equal(
        copied(),
        '3\ttcp\tLISTEN\t0.0.0.0:9443\t0.0.0.0:*\t0\t0\t4321\torders-api\n' +
          '4\ttcp\tLISTEN\t127.0.0.1:5432\t0.0.0.0:*\t0\t0\t700\tpostgres',
      );
      await panel.page.keyboard.press('Control+a');
      await panel.page.keyboard.press('Control+c');
      await until(() => panel.asked.copied.length === 2);
      const lines = copied()!.split('\n');
      assert.equal(lines.length, 456);
      assert.equal(new Set(lines).size, 456);
    });
  });

  it('lists 12 remote addresses, more where that is asked for, and leads to all', async () => {
    const clients = (count: number): string =>
      [
        'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name',
        ...Array.from(
          { length: count },
          (_, i) => `tcp 0 0 192.0.2.1:443 10.1.${i >> 8}.${i & 255}:5000 ESTABLISHED 7/proxy`,
        ),
        '',
      ].join('\n');
    await open(clients(36));
    const remotes = panel.page.locator('.bar.remote');
    await becomes(() => remotes.count(), 12);
    await panel.page.getByRole('button', { name: 'Show all 36' }).click();
    await becomes(() => remotes.count(), 36);
    panel.change(clients(300));
    await becomes(() => remotes.count(), 100);
    await panel.page.getByText('and 200 more').waitFor();
    await panel.page.getByRole('button', { name: 'Show the first 12' }).click();
    await becomes(() => remotes.count(), 12);
    await panel.page.getByRole('button', { name: 'Show in the table' }).click();
    await becomes(() => filterBox().inputValue(), 'remote:*');
    await becomes(
      () => grid().getByRole('columnheader', { name: 'Remote' }).getAttribute('aria-sort'),
      'ascending',
    );
  });

  describe('filters and sorts', () => {
    beforeEach(async () => {
      await open(leakingServer());
    });

    it('while one types', async () => {
      await filterBox().fill('state:close-wait -process:orders');
      await panel.page.getByText(`1 of ${SOCKETS} sockets`).waitFor();
      await becomes(() => grid().getAttribute('aria-rowcount'), '2');
      assert.match(await rowOf(0).innerText(), /198\.51\.100\.3:40001/);
      await filterBox().press('Escape');
      await panel.page.locator('#filter-result', { hasText: `${SOCKETS} sockets` }).waitFor();
    });

    it('and says what is wrong with a filter, keeping the rows', async () => {
      await filterBox().fill('colour:red');
      await panel.page.getByText('Unknown field: colour.').waitFor();
      await becomes(() => filterBox().getAttribute('aria-invalid'), 'true');
      assert.match(await rowOf(0).innerText(), /0\.0\.0\.0:9443/);
      await filterBox().fill('state:listen OR java');
      await panel.page.getByText('OR is no operator here.').waitFor();
      await filterBox().fill('nothing-like-it');
      await panel.page.getByText('No matching sockets.', { exact: true }).waitFor();
      await filterBox().fill('user:root -inode>1');
      await panel.page
        .getByText('No matching sockets. The dump does not show: User, Inode.')
        .waitFor();
    });

    it('from a group', async () => {
      await panel.page.locator('.group-head').first().click();
      await panel.page.locator('.groups').getByRole('button', { name: 'Filter table' }).click();
      await becomes(() => filterBox().inputValue(), 'state:close-wait pid:4321');
      await panel.page.getByText(`62 of ${SOCKETS} sockets`).waitFor();
    });

    it('by a column, backwards, and not at all', async () => {
      const recvQ = grid().getByRole('columnheader', { name: 'Recv-Q' });
      await becomes(() => recvQ.getAttribute('aria-sort'), 'none');
      await recvQ.click();
      await becomes(() => recvQ.getAttribute('aria-sort'), 'ascending');
      await recvQ.click();
      await becomes(() => recvQ.getAttribute('aria-sort'), 'descending');
      await rowOf(0).getByText('28').waitFor();
      await recvQ.click();
      await becomes(() => recvQ.getAttribute('aria-sort'), 'none');
      await rowOf(0).getByText('0.0.0.0:9443').waitFor();
    });

    it('with the columns that one wants', async () => {
      await panel.page.getByRole('button', { name: 'Columns' }).click();
      await panel.page.getByRole('menuitemcheckbox', { name: 'Timer' }).click();
      await panel.page.getByRole('menuitemcheckbox', { name: 'Send-Q' }).click();
      await panel.page.keyboard.press('Escape');
      await becomes(
        async () =>
          (await grid().getByRole('columnheader').allInnerTexts()).map(title => title.trim()),
        ['Line', 'Protocol', 'State', 'Local', 'Remote', 'Recv-Q', 'PID', 'Process', 'Timer'],
      );
    });
  });

  it('is used by keyboard alone', async () => {
    await open(leakingServer());
    const { keyboard } = panel.page;
    const active = (): Promise<string> =>
      panel.page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
      });
    const reached: string[] = [];
    for (let i = 0; i < 100; i++) {
      await keyboard.press('Tab');
      const name = await active();
      reached.push(name);
      if ((await focused()) !== '') break;
    }
    assert.equal(await focused(), '0 0', `the table, after ${reached.join(' | ')}`);
    for (const wanted of [
      /1 unrecognized line/,
      /Read the dump/,
      /^Copy/,
      /^Export/,
      /63 CLOSE_WAIT/,
      /orders-api/,
      /Filter/,
    ]) {
      assert.ok(
        reached.some(name => wanted.test(name)),
        `${wanted.source} in ${reached.join(' | ')}`,
      );
    }

    // In the grid
    await keyboard.press('ArrowDown');
    await becomes(focused, '1 0');
    await keyboard.press('ArrowRight');
    await keyboard.press('End');
    await becomes(focused, '1 8');
    await keyboard.press('Home');
    await becomes(focused, '1 0');
    await keyboard.press('Control+End');
    await becomes(focused, `${SOCKETS - 1} 8`);
    assert.ok(await rowOf(SOCKETS - 1).isVisible());
    await keyboard.press('PageUp');
    await until(async () => Number((await focused()).split(' ')[0]) < SOCKETS - 10);
    await keyboard.press('Control+Home');
    await becomes(focused, '0 0');
    await keyboard.press('Shift+ArrowDown');
    await keyboard.press('Shift+ArrowDown');
    await keyboard.press('Enter');
    await until(() => revealed() !== undefined);
    assert.deepEqual(revealed(), { lines: [2, 3, 4], focus: true });
    await keyboard.press('Escape');
    await becomes(() => grid().locator('[aria-selected=true]').count(), 0);
    await keyboard.press('Control+a');
    await keyboard.press('Enter');
    await until(() => revealed()?.lines.length === SOCKETS);

    // The titles sort
    await keyboard.press('Control+Home');
    await keyboard.press('ArrowUp');
    await becomes(focused, '-1 0');
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await until(
      async () =>
        (await grid().getByRole('columnheader', { name: 'State' }).getAttribute('aria-sort')) ===
        'ascending',
    );

    // A menu
    await panel.page.getByRole('button', { name: 'Export' }).focus();
    await keyboard.press('Enter');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await until(() => panel.asked.exported.length === 1);
    assert.equal(panel.asked.exported[0]?.format, 'csv');
    assert.equal(panel.asked.exported[0].rows.length, SOCKETS);
    await becomes(active, 'Export');
  });

  it('follows the dump and keeps what one was reading', async () => {
    await open(leakingServer(62));
    await panel.page.locator('.group-head').first().click();
    await filterBox().fill('state:close-wait');
    await panel.page.getByText('63 of 68 sockets').waitFor();
    await grid().evaluate(element => {
      element.scrollTop = 440;
    });
    await becomes(() => rowOf(20).count(), 1);
    await panel.page.evaluate(() => {
      window.scrollTo(0, 200);
    });
    panel.change(leakingServer(70));
    await panel.page.getByText('71 of 76 sockets').waitFor();
    assert.match(await panel.page.locator('.group').first().innerText(), /70 of 72/);
    await becomes(
      () => panel.page.locator('.group-head').first().getAttribute('aria-expanded'),
      'true',
    );
    await becomes(() => grid().evaluate(element => element.scrollTop), 440);
    await becomes(() => panel.page.evaluate(() => window.scrollY), 200);
    assert.equal(await filterBox().inputValue(), 'state:close-wait');
  });

  it('comes back as it was', async () => {
    await open(leakingServer());
    await panel.page.locator('.group-head').first().click();
    await filterBox().fill('state:close-wait');
    await grid().getByRole('columnheader', { name: 'Remote' }).click();
    await panel.page.getByText('63 of 68 sockets').waitFor();
    await grid().evaluate(element => {
      element.scrollTop = 330;
    });
    const state = await panel.state(
      ({ filter, sort, tableRow = 0 }) =>
        filter === 'state:close-wait' && Boolean(sort) && tableRow > 0,
    );
    await panel.close();

    await open(leakingServer(), { state });
    await panel.page.getByText('63 of 68 sockets').waitFor();
    assert.equal(await filterBox().inputValue(), 'state:close-wait');
    await becomes(
      () => grid().getByRole('columnheader', { name: 'Remote' }).getAttribute('aria-sort'),
      'ascending',
    );
    await becomes(() => panel.page.locator('.socket').count(), 62);
    await becomes(() => grid().evaluate(element => element.scrollTop), 330);
  });

  it('lists 20 findings, and all where that is asked for', async () => {
    const host = (i: number): string =>
      `==> web-${i}.netstat <==\n${leakingServer().replaceAll('192.0.2.1', `192.0.2.${100 + i}`)}`;
    await open(Array.from({ length: 23 }, (_, i) => host(i)).join('\n'));
    const findings = panel.page.locator('.finding');
    await becomes(() => findings.count(), 20);
    const { length } = panel.analysis.findings;
    await panel.page.getByRole('button', { name: `Show all ${length}`, exact: true }).focus();
    await panel.page.keyboard.press('Enter');
    await becomes(() => findings.count(), length);
    await panel.page.keyboard.press('Enter');
    await becomes(() => findings.count(), 20);
  });

  it('shows one snapshot of several', async () => {
    const text = leakingServer(5).replace('Active', '2026-01-01 10:00:00\nActive');
    await open(`${text}${leakingServer(9).replace('Active', '2026-01-01 10:01:00\nActive')}`);
    const picker = panel.page.getByRole('combobox', { name: 'Snapshot' });
    await becomes(() => panel.page.locator('.states .suspicious .bar-count').innerText(), '10');
    await picker.selectOption({ index: 1 });
    await panel.page.locator('.states .suspicious .bar-count', { hasText: '6' }).waitFor();
    await becomes(() => grid().getAttribute('aria-rowcount'), '12');
    await picker.selectOption({ index: 0 });
    await panel.page.locator('.states .suspicious .bar-count', { hasText: '10' }).waitFor();
  });

  it('calls addresses what the user calls them', async () => {
    await open(leakingServer(), { names: { '192.0.2.7': 'db-1' } });
    assert.match(await panel.page.locator('.remotes').innerText(), /db-1/);
    assert.match(await rowOf(3).innerText(), /db-1 192\.0\.2\.7:51001/);
  });

  it('takes hostile names as the text that they are', async () => {
    const names = [
      '<img/src=x/onerror=alert(1)>',
      '</script><script>alert(1)</script>',
      '**bold**[x](command:evil)',
      'left\u202eright\u0007',
    ];
    const rows = names.flatMap((name, i) =>
      Array.from(
        { length: 6 },
        (_, n) => `tcp 0 0 192.0.2.1:80 192.0.2.7:${5000 + i * 10 + n} CLOSE_WAIT ${i + 1}/${name}`,
      ),
    );
    await open(
      `Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name\n${rows.join('\n')}\n`,
    );
    const groups = await panel.page.locator('.program').allInnerTexts();
    for (const name of names.slice(0, 3)) {
      assert.ok(groups.includes(name), `${name} in ${groups.join(' | ')}`);
    }
    assert.ok(groups.includes('left<U+202E>right\u2407'), groups.join(' | '));
    assert.equal(await panel.page.locator('img, script:not([nonce])').count(), 0);
  });

  it('goes to the finding that a hover names, though it is not listed yet', async () => {
    const host = (i: number): string =>
      `==> web-${i}.netstat <==\n${leakingServer().replaceAll('192.0.2.1', `192.0.2.${100 + i}`)}`;
    await open(Array.from({ length: 23 }, (_, i) => host(i)).join('\n'));
    const findings = panel.page.locator('.finding');
    await becomes(() => findings.count(), 20);
    const title = panel.showFinding(panel.analysis.findings.at(-1)!.code);
    const head = panel.page.locator('.finding > .fold:focus');
    await head.waitFor();
    assert.equal(await head.getAttribute('aria-expanded'), 'true');
    assert.ok((await findings.count()) > 20, 'all are listed');
    const plainly = (text: string): string => text.replaceAll('\u00a0', ' ');
    const shown = plainly(await head.innerText());
    assert.ok(shown.startsWith(plainly(title)), `${shown} / ${title}`);
    const { y } = (await head.boundingBox())!;
    assert.ok(y >= 0 && y < 900, `in sight: ${y}`);
  });

  it('refuses messages that are none, and tells the log', async () => {
    await open(leakingServer());
    await panel.post({ type: 'model', revision: 1, model: { title: 1 } });
    await panel.post({ type: 'nonsense' });
    await until(() => panel.asked.warned.length === 2);
    assert.match(panel.asked.warned[0] ?? '', /refused/);
    assert.ok(await bars().first().isVisible());
  });

  it('is refused what is no message of its, which the log tells', async () => {
    await open(leakingServer());
    for (const message of [
      null,
      'ready',
      { type: 'shutdown' },
      { type: 'copy', text: { toString: 'x' } },
      { type: 'reveal', target: { kind: 'file', path: '/etc/passwd' }, focus: true },
      { type: 'export', format: 'csv', to: '/etc/passwd', redact: false, query: null },
    ]) {
      const before = panel.asked.warned.length;
      await panel.page.evaluate(
        data => (window as unknown as { toHost(message: unknown): unknown }).toHost(data),
        message,
      );
      await until(() => panel.asked.warned.length === before + 1);
      assert.match(panel.asked.warned.at(-1) ?? '', /^A message from the panel was refused: ./);
    }
    const { revealed: shown, copied, exported } = panel.asked;
    assert.deepEqual([shown, copied, exported], [[], [], []]);
  });

  it('says so when there is nothing to show', async () => {
    await open('no socket in here\n');
    assert.match(await panel.page.locator('main').innerText(), /No sockets found/);
  });

  it('says so when the dump is emptied, and comes back', async () => {
    await open(leakingServer());
    await filterBox().fill('state:close-wait');
    await panel.page.getByText('63 of 68 sockets').waitFor();
    panel.change('');
    await panel.page.getByText('No sockets found in this dump.').waitFor();
    await becomes(() => panel.page.locator('.finding').count(), 0);
    panel.change(leakingServer());
    await panel.page.getByText('63 of 68 sockets').waitFor();
    assert.match(await rowOf(0).innerText(), /CLOSE_WAIT/);
  });

  it('does not say that all is well where no states are listed', async () => {
    const rows = [1, 2, 3].map(
      i => `1 0 192.0.2.1:4300${i} 192.0.2.9:443 users:(("java",pid=9,fd=${i}))`,
    );
    await open(
      ['Recv-Q Send-Q Local Address:Port Peer Address:Port Process', ...rows, ''].join('\n'),
    );
    const said = await panel.page.locator('main').innerText();
    assert.match(said, /Sockets listed without their state: 3/);
    assert.doesNotMatch(said, /No problems found|No sockets in CLOSE_WAIT/);
    assert.equal(await panel.page.locator('main .codicon-pass').count(), 0);
  });

  describe('looks right and can be read by all', () => {
    for (const theme of themeNames) {
      it(`in ${theme}`, async () => {
        await open(leakingServer(), { theme, size: { width: 1200, height: 900 } });
        assert.deepEqual(await panel.accessibilityProblems(), []);
        await panel.screenshot(`panel-${theme}`);
        const folded = panel.page.locator('.fold[aria-expanded=false]');
        while ((await folded.count()) > 0) await folded.first().click();
        await panel.page.getByRole('button', { name: 'How to filter' }).click();
        await rowOf(1).click();
        panel.selectInEditor([5, 6]);
        await panel.page.locator('.reveal-bar').waitFor();
        assert.deepEqual(await panel.accessibilityProblems(), []);
        await panel.screenshot(`panel-${theme}-open`);
      });
    }

    it('in one column when narrow, and at 200 %', async () => {
      await open(leakingServer(), { size: { width: 420, height: 800 }, scale: 2 });
      const wide = await panel.page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 420, `${wide} pixels wide`);
      assert.deepEqual(await panel.accessibilityProblems(), []);
      await panel.screenshot('panel-narrow');
    });
  });

  describe('of a million rows', () => {
    const ROWS = 1_000_000;
    let text: string;

    before(function () {
      this.timeout(300_000);
      const lines = ['Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name'];
      for (let i = 0; i < ROWS; i++) {
        const state = i % 50 === 0 ? 'CLOSE_WAIT' : 'ESTABLISHED';
        lines.push(
          `tcp 0 0 10.0.0.1:443 10.1.${(i >> 8) & 255}.${i & 255}:${1024 + (i % 60_000)} ${state} 7/proxy`,
        );
      }
      text = lines.join('\n');
    });

    it('reaches every row at 200 %, by keyboard, wheel and scroll bar, and draws no more than is in sight', async function () {
      this.timeout(600_000);
      await open(text, { size: { width: 700, height: 500 }, scale: 2 });
      assert.equal(await grid().getAttribute('aria-rowcount'), String(ROWS + 1));
      await grid().locator('[data-cell="0 0"]').focus();
      await panel.page.keyboard.press('Control+End');
      const last = rowOf(ROWS - 1);
      await last.getByText('1000001', { exact: true }).waitFor();
      const box = await last.boundingBox();
      const frame = await grid().boundingBox();
      assert.ok(
        box && frame && box.y >= frame.y && box.y + box.height <= frame.y + frame.height + 1,
      );

      // The scroll bar, from end to end
      await grid().evaluate(element => {
        element.scrollTop = 0;
      });
      await rowOf(0).getByText('10.1.0.0:1024').waitFor();
      await grid().evaluate(element => {
        element.scrollTop = element.scrollHeight;
      });
      await last.getByText('1000001', { exact: true }).waitFor();
      await grid().evaluate(element => {
        element.scrollTop = element.scrollHeight / 2;
      });
      await until(async () => {
        const index = await grid().locator('.layer > .row').first().getAttribute('aria-rowindex');
        return Math.abs(Number(index) - ROWS / 2) < ROWS / 50;
      });

      // The wheel moves by rows, not by thousands
      await panel.page.keyboard.press('Control+Home');
      await becomes(focused, '0 0');
      await grid().hover();
      await panel.page.mouse.wheel(0, 220);
      await until(async () => {
        const shown = await grid()
          .locator('.layer > .row')
          .evaluateAll(rows => rows.map(row => Number(row.getAttribute('aria-rowindex'))));
        return shown.includes(13) && !shown.includes(5);
      });

      // Wherever it stands, there are as few elements as at first
      const elements = (): number => document.querySelectorAll('.grid *').length;
      const atFirst = await panel.page.evaluate(elements);
      const drawn = await grid().evaluate(async element => {
        const counts: { rows: number; elements: number }[] = [];
        for (let i = 0; i < 100; i++) {
          element.scrollTop = (element.scrollHeight * ((i * 37) % 60)) / 60;
          await new Promise(requestAnimationFrame);
          counts.push({
            rows: element.querySelectorAll('.layer > .row').length,
            elements: element.querySelectorAll('*').length,
          });
        }
        return counts;
      });
      const rows = Math.ceil((await grid().boundingBox())!.height / 22);
      for (const { rows: shown, elements: all } of drawn) {
        assert.ok(shown > 0 && shown < 3 * rows, `${shown} rows where ${rows} fit`);
        assert.ok(all < 2 * atFirst, `${all} elements, ${atFirst} at first`);
      }

      await filterBox().fill('state:close-wait');
      await panel.page.getByText('20,000 of 1,000,000 sockets').waitFor();
      await grid().getByRole('columnheader', { name: 'Remote' }).click();
      await rowOf(0).getByText('10.1.0.0:').waitFor();
    });
  });
});
