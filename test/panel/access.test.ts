/* The panel for those who enlarge it, want nothing to move, or have no mouse. */
import assert from 'node:assert/strict';

import { cleanUp } from '../harness/cleanup';
import { closeBrowser, PanelPage } from './page';

const HEAD = 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name    Timer\n';

/** A server with a leak, in a snapshot of a host with a peer, so that every section has something. */
function snapshot(minute: number, leaks: number): string {
  return [
    `2026-01-05 10:0${minute}:00\n`,
    HEAD,
    'tcp 0 0 0.0.0.0:9443 0.0.0.0:* LISTEN 4321/orders-api off (0.00/0/0)\n',
    'tcp 0 0 127.0.0.1:5432 0.0.0.0:* LISTEN 700/postgres off (0.00/0/0)\n',
    ...Array.from(
      { length: leaks },
      (_, i) =>
        `tcp 28 0 192.0.2.1:9443 192.0.2.7:${51_000 + i} CLOSE_WAIT 4321/orders-api off (0.00/0/0)\n`,
    ),
    'tcp6 0 0 2001:db8:85a3:1234:5678:8a2e:370:7334:443 2001:db8::9999:8888:7777:6666:50000 ESTABLISHED 4321/orders-api keepalive (60.00/0/0)\n',
    'tcp 1 0 192.0.2.1:8080 198.51.100.3:40001 CLOSE_WAIT - off (0.00/0/0)\n',
    'udp 0 0 0.0.0.0:68 0.0.0.0:* 300/dhclient off (0.00/0/0)\n',
    'tcp 0 0 192.0.2.1:80\n',
  ].join('');
}

const DUMP = `==> db-1.netstat <==
${HEAD}tcp 0 0 192.0.2.7:5432 0.0.0.0:* LISTEN 88/pgbouncer off (0.00/0/0)
tcp 0 0 192.0.2.7:51000 192.0.2.1:9443 FIN_WAIT2 88/pgbouncer off (0.00/0/0)

==> web-3.netstat <==
${snapshot(0, 55)}
${snapshot(1, 62)}`;

describe('the panel', function () {
  this.timeout(300_000);
  let panel: PanelPage;

  afterEach(async () => {
    const { problems } = panel;
    await panel.close();
    assert.deepEqual(problems, [], 'errors or policy violations in the page');
  });
  after(async () => {
    await closeBrowser();
    await cleanUp();
  });

  async function unfoldAll(): Promise<void> {
    const folded = panel.page.locator('.fold[aria-expanded=false]');
    while ((await folded.count()) > 0) await folded.first().click();
  }

  /** Controls and texts of the header, and the controls of the table, that lie on each other. */
  function overlaps(): Promise<string[]> {
    return panel.page.evaluate(() => {
      const parts = [
        ...document.querySelectorAll('h1, header select, .facts > *, .actions button'),
        ...document.querySelectorAll('.sockets .section-head > *, .filter > *, .result > *'),
      ].map(element => ({ element, box: element.getBoundingClientRect() }));
      return parts.flatMap(({ element, box }, i) =>
        parts
          .slice(i + 1)
          .filter(
            ({ box: other }) =>
              Math.min(box.right, other.right) - Math.max(box.left, other.left) > 1 &&
              Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top) > 1,
          )
          .map(other => `${element.outerHTML} on ${other.element.outerHTML}`),
      );
    });
  }

  for (const [name, width, height] of [
    ['200 %', 640, 400],
    ['400 %', 320, 256],
    ['a sixth', 220, 700],
  ] as const) {
    it(`at ${name} of a window of 1280 pixels is read without scrolling sideways`, async () => {
      panel = await PanelPage.open(DUMP, { size: { width, height }, scale: 2 });
      await unfoldAll();
      await panel.page.locator('.state-part').first().click();
      await panel.page.locator('.reveal-bar').waitFor();
      panel.selectInEditor([2, 30]);
      await panel.page.getByText('selected in the editor').waitFor();
      const { wide, cut } = await panel.page.evaluate(() => {
        const root = document.documentElement;
        const elements = [...document.querySelectorAll<HTMLElement>('main *')];
        return {
          wide: Math.max(0, root.scrollWidth - innerWidth),
          // The table scrolls by itself; what is for screen readers alone has no size.
          cut: elements
            .filter(element => element.closest('.grid, .visually-hidden, svg') === null)
            .filter(element => {
              const { overflowX } = getComputedStyle(element);
              const { left, right, width: own } = element.getBoundingClientRect();
              const outside = own > 0 && (left < -1 || right > root.clientWidth + 1);
              const hidden =
                overflowX !== 'visible' &&
                overflowX !== 'auto' &&
                element.scrollWidth > element.clientWidth + 1;
              const scrolled =
                element.parentElement?.closest('.scrolled, .list') instanceof Element;
              return (outside && !scrolled) || (hidden && element.title === '');
            })
            .map(element => `${element.className}: ${element.textContent.slice(0, 60)}`),
        };
      });
      assert.equal(wide, 0, 'pixels beyond the edge');
      assert.deepEqual(cut, []);
      assert.deepEqual(await overlaps(), []);
      assert.deepEqual(await panel.accessibilityProblems(), []);
      await panel.screenshot(`panel-zoom-${width}`);
    });
  }

  it('moves nothing where that is not wanted', async () => {
    panel = await PanelPage.open(DUMP);
    const moving = (): Promise<string[]> =>
      panel.page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .filter(element => {
            const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
            return (
              transitionDuration.split(', ').some(time => time !== '0s') ||
              animationName !== 'none' ||
              scrollBehavior === 'smooth'
            );
          })
          .map(element => element.getAttribute('class') ?? ''),
      );
    await panel.page.emulateMedia({ reducedMotion: 'no-preference' });
    assert.ok((await moving()).length > 0, 'bars move where that is not unwanted');
    await panel.page.emulateMedia({ reducedMotion: 'reduce' });
    assert.deepEqual(await moving(), []);
    panel.change(DUMP.replace('55', '70'));
    assert.equal(await panel.page.evaluate(() => document.getAnimations().length), 0);
  });

  it('gives every control to the keyboard, and shows where it is', async () => {
    panel = await PanelPage.open(DUMP);
    await unfoldAll();
    await panel.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    // Marks what has the focus, and tells whether that is seen.
    const visit = (): Promise<string | null> =>
      panel.page.evaluate(() => {
        const element = document.activeElement;
        // Behind the last control the focus leaves the page, and comes back to the first.
        if (element === null || element === document.body) return '';
        if (element.hasAttribute('data-visited')) return null;
        element.setAttribute('data-visited', '');
        const near = [element, element.parentElement, ...element.querySelectorAll('rect')];
        const seen = near.some(one => {
          const style = one === null ? null : getComputedStyle(one);
          return style !== null && (style.outlineStyle !== 'none' || style.strokeWidth === '3px');
        });
        return seen ? '' : `${element.tagName} ${element.getAttribute('class') ?? ''}`;
      });
    const unseen: string[] = [];
    let visited = 0;
    for (let i = 0; i < 2000; i++) {
      await panel.page.keyboard.press('Tab');
      const told = await visit();
      if (told === null) break;
      if (told !== '') unseen.push(told);
      visited++;
    }
    assert.ok(visited > 30, `${visited} stops`);
    assert.deepEqual(unseen, [], 'without a visible focus');
    const left = await panel.page.evaluate(() =>
      [
        ...document.querySelectorAll(
          'button, a[href], input, select, [role=button], [role=slider], [tabindex]',
        ),
      ]
        // One cell of the table has the tab stop; arrows lead from it to the others.
        .filter(element => element.closest('[role=grid]') === null)
        .filter(element => !element.hasAttribute('data-visited'))
        .map(
          element => `${element.getAttribute('class') ?? ''}: ${element.textContent.slice(0, 40)}`,
        ),
    );
    assert.deepEqual(left, [], 'out of reach');
  });

  it('does everything by keyboard', async () => {
    panel = await PanelPage.open(DUMP);
    const { page, asked } = panel;
    const { keyboard } = page;
    const until: PanelPage['until'] = what => panel.until(what);
    /** Goes to a control with Tab, from the top of the page. */
    const reach = async (selector: string): Promise<void> => {
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      for (let i = 0; i < 400; i++) {
        await keyboard.press('Tab');
        if (
          await page.evaluate(wanted => document.activeElement?.matches(wanted) === true, selector)
        )
          return;
      }
      assert.fail(`Tab does not reach ${selector}`);
    };
    const shows = (count: number) => until(() => asked.revealed.length === count);

    // The header: unread lines, read again, copy and export, snapshots
    await reach('header .link, header .unread');
    await keyboard.press('Enter');
    await shows(1);
    await reach('.toolbar button, .actions button');
    await keyboard.press('Space');
    await until(() => asked.refreshed === 1);
    await reach('[aria-haspopup=menu]');
    await keyboard.press('Enter');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await until(() => asked.exported.length === 1);
    // Menus close without doing anything.
    await keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    assert.equal(asked.exported.length, 1);
    await reach('header select');
    const snapshotBefore = await page.locator('header select').inputValue();
    await keyboard.press('ArrowDown');
    await until(async () => (await page.locator('header select').inputValue()) !== snapshotBefore);
    await keyboard.press('ArrowUp');

    // Sections: findings, states, diagram, groups, listeners, remotes
    for (const selector of ['.finding-head', '.group-head']) {
      await reach(selector);
      const open = page.locator(selector).first();
      const before = await open.getAttribute('aria-expanded');
      await keyboard.press('Enter');
      await until(async () => (await open.getAttribute('aria-expanded')) !== before);
    }
    let revealed = asked.revealed.length;
    for (const selector of ['.state-part', '.socket', '.listener', '.remotes .bar']) {
      await reach(selector);
      await keyboard.press('Enter');
      await shows(++revealed);
    }
    await page.locator('.reveal-bar button').last().waitFor();
    await reach('.reveal-bar button');
    await keyboard.press('Enter');
    await page
      .locator('.reveal-bar')
      .getByText(/^Line \d+ of/)
      .first()
      .waitFor();
    await page.locator('.reveal-bar button').last().focus();
    await keyboard.press('Enter');
    await page.locator('.reveal-bar').waitFor({ state: 'detached' });

    // The table: filter, its help, columns, sorting, selecting
    await reach('.filter input');
    await keyboard.type('state:close-wait');
    await page.locator('#filter-result', { hasText: / of / }).waitFor();
    await keyboard.press('Escape');
    await keyboard.press('Tab');
    assert.ok((await page.evaluate(() => document.activeElement?.tagName)) === 'BUTTON');
    await reach('[role=grid] [tabindex="0"]');
    await keyboard.press('Control+Home');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await page.locator('[aria-sort=ascending]').waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await shows(++revealed);
  });

  it('shows no hidden character of a dump, in texts, labels or titles', async () => {
    const name = 'a\u202eb\u0007c\u200bd\ud800';
    panel = await PanelPage.open(
      DUMP.replaceAll('orders-api', name)
        .replaceAll('web-3', `web${name}`)
        .replaceAll('db-1', `db${name}`)
        .replaceAll('192.0.2.7:51', `${name}.example:51`),
    );
    await unfoldAll();
    await panel.page.locator('.filter input').fill(`process:${name}`);
    const found = await panel.page.evaluate(() => {
      const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
      const texts: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ALL);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node instanceof Text) texts.push(node.data);
        if (node instanceof Element) {
          for (const { name: key, value } of node.attributes) texts.push(`${key}=${value}`);
        }
      }
      return texts.filter(text => hidden.test(text.replaceAll('\n', '')));
    });
    assert.deepEqual(found, []);
    assert.ok((await panel.page.getByText('a<U+202E>b␇c<U+200B>d<U+D800>').count()) > 3);
  });
});
