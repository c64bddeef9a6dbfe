import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import path from 'node:path';

import { cacheFolder } from '../harness/paths';
import { openVSCode, type VSCodeWindow } from '../harness/ui';

const LEAKED = 48;

/** What a machine with a leak prints: 95 sockets. */
const DUMP = [
  'Active Internet connections (servers and established)',
  'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name',
  row(0, '0.0.0.0:*', 'LISTEN', '21476/leaky-server'),
  ...rows(46, 20_000, 'ESTABLISHED', '900/nginx'),
  ...rows(LEAKED, 33_260, 'CLOSE_WAIT', '21476/leaky-server'),
  '',
].join('\n');

function rows(count: number, port: number, state: string, owner: string): string[] {
  return Array.from({ length: count }, (_, i) =>
    row(state === 'CLOSE_WAIT' ? 433 : 0, `10.20.0.2:${port + i}`, state, owner),
  );
}

function row(received: number, remote: string, state: string, owner: string): string {
  const queues = `${String(received).padStart(6)}      0`;
  const ends = ['10.20.0.1:8080', remote].map(end => end.padEnd(23)).join(' ');
  return `tcp  ${queues} ${ends} ${state.padEnd(11)} ${owner}`;
}

describe('terminals', () => {
  let vscode: VSCodeWindow;

  before(async function () {
    vscode = await openVSCode({
      files: {
        // A language that does not activate the extension: the terminal has to.
        'app.js': '// Sockets are printed below.\n',
        netstat: '#!/bin/sh\ncat dump.out\n',
        ssh: '#!/bin/sh\nshift; exec "./$@"\n',
        pager: "#!/bin/sh\nprintf '\\033[?1049h'; cat; printf '\\033[?1049l'\n",
        'dump.out': DUMP,
      },
      settings: {
        // Cells are elements then, whose places the page tells.
        'terminal.integrated.gpuAcceleration': 'off',
        'terminal.integrated.defaultProfile.linux': 'bash',
      },
    });
    for (const name of ['netstat', 'ssh', 'pager']) {
      await chmod(path.join(vscode.workspace, name), 0o755);
    }
    if (!hasTerminals(vscode)) {
      console.warn(`    SKIPPED: VS Code ${vscode.version} has no terminals here.`);
      this.skip();
    }
    await vscode.runCommand('Terminal: Create New Terminal');
    await output().filter({ hasText: /[#$] / }).waitFor();
    // The README shows a picture of it: no user, no host, no folder.
    await type("PS1='$ '");
  });
  after(() => vscode.close());

  const offer = () => vscode.page.locator('[id$="netstatLens.terminal"]');
  const output = () => vscode.page.locator('.xterm-rows').first();

  async function type(command: string): Promise<void> {
    await vscode.page.locator('.xterm-helper-textarea').first().focus();
    await vscode.page.keyboard.type(`${command}\n`);
  }

  /** Types a command until it is offered as said: the first may come before shell integration. */
  async function run(command: string, said: RegExp): Promise<void> {
    await vscode.until(async () => {
      // It ends what is offered of an earlier command.
      await type('true');
      await offer().waitFor({ state: 'hidden' });
      await type(command);
      return offer()
        .filter({ hasText: said })
        .waitFor({ timeout: 10_000 })
        .then(
          () => true,
          () => false,
        );
    }, `an offer after ${command}`);
  }

  it('offer to analyze what a command printed, until the next one begins', async () => {
    await run('./netstat -tanp', /95 sockets · 48 CLOSE_WAIT in leaky-server \(21476\) · Analyze/);
    await vscode.screenshot('terminal-offer');
    await type('true');
    await offer().waitFor({ state: 'hidden' });
  });

  it('say on the state of a row who closed, and explain it in full', async () => {
    await run('clear; ./netstat -tanp', /48 CLOSE_WAIT/);
    const said = vscode.page.locator('.monaco-hover:not(.hidden)', {
      hasText: '10.20.0.2:33306 closed this connection; leaky-server (21476) has not.',
    });
    const place = () => vscode.terminalWord('10.20.0.2:33306', 'CLOSE_WAIT');
    await vscode.until(async () => {
      const { x, y } = await place();
      await vscode.page.mouse.move(x, 4);
      await vscode.page.mouse.move(x - 2, y);
      await vscode.page.mouse.move(x, y);
      return said.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    }, 'the tooltip of the link');
    await vscode.screenshot('terminal-link');

    const { x, y } = await place();
    await vscode.page.keyboard.down('Control');
    await vscode.page.mouse.click(x, y);
    await vscode.page.keyboard.up('Control');
    const page = await vscode.webview('.markdown-body');
    await page.getByText('leaky-server (21476) has not').first().waitFor();
    await vscode.screenshot('terminal-explained');
  });

  it('open what a command printed on another machine as a dump of that machine', async () => {
    await run('./ssh web-1 netstat -tanp', /95 sockets/);
    await offer().click();
    const panel = await vscode.webview('.states');
    await panel.getByText('leaky-server').first().waitFor();
    await panel.getByText('web-1').first().waitFor();
    assert.ok((await vscode.tabs()).some(tab => tab === 'ssh web-1 netstat -tanp.netstat'));
    await vscode.screenshot('terminal-analyzed');
  });

  it('offer nothing that was drawn on the alternate screen, and say why', async () => {
    await type('./netstat | ./pager; echo drawn-$?');
    await output().filter({ hasText: 'drawn-0' }).waitFor();
    const told = vscode.page.locator('.notifications-center', {
      hasText: 'drew on the alternate screen',
    });
    // What stands in the terminal is known to the extension a moment later.
    await vscode.until(async () => {
      await vscode.runCommand('Netstat: Analyze Last Terminal Command');
      await vscode.runCommand('Notifications: Show Notifications');
      return told.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    }, 'the reason');
    await told.getByText('Watch Sockets', { exact: true }).first().waitFor();
    await vscode.screenshot('terminal-pager');
    await vscode.page.keyboard.press('Escape');
  });

  it('are analyzed whole, and leave the clipboard as it was', async () => {
    await vscode.page.evaluate(() => navigator.clipboard.writeText('precious'));
    await vscode.runCommand('Terminal: Clear');
    await run('./netstat -tanp', /95 sockets/);
    await vscode.runCommand('Netstat: Analyze Terminal');
    await vscode.until(
      async () => (await vscode.tabs()).includes('bash.netstat'),
      'the dump of the terminal',
    );
    await vscode.until(async () => (await vscode.clipboard()) === 'precious', 'the clipboard');
    await vscode.screenshot('terminal-whole');
  });
});

/** Whether the server has what starts a shell; code-server 4.139 brings it ready for use. */
function hasTerminals({ version }: VSCodeWindow): boolean {
  const installed = `code-server-${version.replace(/^1/, '4')}/node_modules/code-server/lib/vscode`;
  const built = `node_modules/node-pty/prebuilds/${process.platform}-${process.arch}`;
  return existsSync(path.join(cacheFolder, installed, built));
}
