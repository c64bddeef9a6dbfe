import * as vscode from 'vscode';

import { closeAll, LEAK, open } from './documents';
import * as assert from './suite/assert';

const MANY =
  LEAK +
  Array.from(
    { length: 60 },
    (_, i) =>
      `tcp        1      0 192.0.2.1:9443          192.0.2.7:${52000 + i}         CLOSE_WAIT  4321/orders-api\n`,
  ).join('');

const BOTH_ENDS = `Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 192.0.2.1:443           0.0.0.0:*               LISTEN      811/nginx
tcp        0      0 192.0.2.1:443           192.0.2.1:40000         ESTABLISHED 811/nginx
tcp        0      0 192.0.2.1:40000         192.0.2.1:443           ESTABLISHED 77/client
tcp        0      0 192.0.2.1:443           198.51.100.9:5000       ESTABLISHED 811/nginx
`;

const STATE_WORDS =
  /CLOSE.?WAIT|ESTAB|LISTEN|SYN.?(SENT|RECV|RECEIVED)|TIME.?WAIT|FIN.?WAIT|LAST.?ACK|SCHLIESSEN|WARTEND|HERGESTELLT|ABHÖREN/gi;

async function problems(uri: vscode.Uri): Promise<vscode.Diagnostic[]> {
  return assert.eventually(() => {
    const found = vscode.languages.getDiagnostics(uri);
    return found.length > 0 && found;
  }, 'problems');
}

describe('the editor', () => {
  afterEach(async () => {
    await vscode.workspace
      .getConfiguration('netstatLens')
      .update('ignoredRules', undefined, vscode.ConfigurationTarget.Workspace);
    await closeAll();
  });

  it('shows a leak in the Problems view, with its lines', async () => {
    const { document } = await open(MANY);
    const [problem] = await problems(document.uri);
    assert.ok(problem, 'a problem');
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(problem.source, 'Netstat Lens');
    assert.match(
      problem.message,
      /^orders-api \(4321\) .*62 in CLOSE_WAIT.*\. See what the threads of [^.\n]*\?$/,
    );
    assert.equal(problem.range.start.line, 3);
    assert.equal(document.getText(problem.range), '4321/orders-api');
    const related = problem.relatedInformation ?? [];
    assert.deepEqual(
      related.map(({ message }) => message),
      ['192.0.2.7:51046, Recv-Q 28', '192.0.2.7:52000, Recv-Q 1', '192.0.2.7:52001, Recv-Q 1'],
    );
    assert.equal(document.getText(related[0]?.location.range), '4321/orders-api');
  });

  it('shows the rule behind the code of a problem', async () => {
    const { document } = await open(MANY);
    const [problem] = await problems(document.uri);
    const code = problem?.code;
    assert.ok(typeof code === 'object', 'a code with a link');
    assert.equal(code.value, 'CW-1');
    assert.equal(code.target.scheme, 'command');
    assert.equal(code.target.path, 'netstatLens.explainRule');
    await vscode.commands.executeCommand(
      code.target.path,
      ...(JSON.parse(code.target.query) as unknown[]),
    );
    const page = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('netstat-lens-rule:/CW-1.md'),
    );
    assert.match(page.getText(), /^# CW-1: .*[^]*netstatLens\.thresholds\.closeWaitError/);
    await assert.eventually(
      () =>
        vscode.window.tabGroups.all
          .flatMap(({ tabs }) => tabs)
          .some(({ label }) => label.includes('CW-1')),
      'the page',
    );
  });

  it('leaves the state to its explanation in every sample', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'a workspace');
    const names = (await vscode.workspace.fs.readDirectory(folder.uri))
      .map(([name]) => name)
      .filter(name => name.endsWith('.netstat'));
    let count = 0;
    for (const name of names) {
      const document = await vscode.workspace.openTextDocument(
        vscode.Uri.joinPath(folder.uri, name),
      );
      await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 1);
      for (const { message, range } of vscode.languages.getDiagnostics(document.uri)) {
        count++;
        const { text } = document.lineAt(range.start);
        for (const { 0: state, index } of text.matchAll(STATE_WORDS)) {
          const { line } = range.start;
          assert.ok(
            range.intersection(new vscode.Range(line, index, line, index + state.length))
              ?.isEmpty ?? true,
            `${name}: ${message} marks ${state}`,
          );
        }
      }
    }
    assert.ok(count > 5, `problems: ${count}`);
  });

  it('shows no problem where the dump is edited to be healthy', async () => {
    const editor = await open(MANY);
    await problems(editor.document.uri);
    await editor.edit(edit => edit.delete(new vscode.Range(3, 0, 100, 0)));
    await assert.eventually(
      () => vscode.languages.getDiagnostics(editor.document.uri).length === 0,
      'no problems',
    );
  });

  it('offers the lines, the analysis, the command to check, and to ignore the rule', async () => {
    const { document } = await open(MANY);
    const [problem] = await problems(document.uri);
    assert.ok(problem, 'a problem');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      problem.range,
    );
    const own = actions.filter(({ kind }) => kind?.value === vscode.CodeActionKind.QuickFix.value);
    assert.deepEqual(
      own.map(({ title }) => title),
      [
        'Show All 62 Lines',
        'Show in Analysis',
        'Copy the Command to Check',
        ...(vscode.workspace.workspaceFolders === undefined ? [] : ['Find in Workspace']),
        'Ignore Rule CW-1',
      ],
    );
    const run = async (title: string): Promise<void> => {
      const command = own.find(one => one.title === title)?.command;
      assert.ok(command, title);
      await vscode.commands.executeCommand(
        command.command,
        ...((command.arguments ?? []) as unknown[]),
      );
    };
    await run('Copy the Command to Check');
    assert.match(await vscode.env.clipboard.readText(), /4321/);
    await run('Show All 62 Lines');
    assert.equal(vscode.window.activeTextEditor?.selections.length, 62);
    await run('Ignore Rule CW-1');
    await assert.eventually(
      () =>
        !vscode.languages
          .getDiagnostics(document.uri)
          .some(({ code }) => typeof code === 'object' && code.value === 'CW-1'),
      'the rule to be silent',
    );
    assert.equal(document.getText(), MANY, 'the dump was changed');
  });

  it('sums up each snapshot in a lens', async () => {
    const { document } = await open(MANY + MANY.replace('CLOSE_WAIT', 'ESTABLISHED'));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    const sums = lenses.filter(({ command }) => command?.title.endsWith('Analyze'));
    assert.equal(sums.length, 2);
    assert.match(
      sums[0]?.command?.title ?? '',
      /^65 sockets · 62 CLOSE_WAIT in orders-api \(4321\) · Analyze$/,
    );
  });

  it('sums up, outlines and folds each section of counters', async () => {
    const { document } = await open(
      'Tcp:\n    17 active connection openings\n    3 segments retransmitted\nTcpExt:\n    TCPBacklogDrop: 0\n',
    );
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title]),
      [[0, '3 counters · 1 worth a look · Analyze']],
    );
    const [snapshot] = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.ok(snapshot, 'a snapshot');
    assert.equal(snapshot.detail, '3 counters');
    assert.deepEqual(
      snapshot.children.map(({ name, children }) => [name, children.map(one => one.name)]),
      [
        ['Tcp', ['TcpActiveOpens', 'TcpRetransSegs']],
        ['TcpExt', ['TcpExtTCPBacklogDrop']],
      ],
    );
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [
        [0, 4],
        [3, 4],
      ],
    );
  });

  it('offers the same on other rows of a finding, when asked', async () => {
    const { document } = await open(MANY);
    const [problem] = await problems(document.uri);
    assert.ok(problem, 'a problem');
    const { line } = problem.range.start;
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(line + 9, 0, line + 9, 0),
      vscode.CodeActionKind.QuickFix.value,
    );
    assert.ok(
      actions.some(({ title }) => title === 'Show All 62 Lines'),
      actions.map(({ title }) => title).join(),
    );
  });

  it('counts and outlines interfaces and routes', async () => {
    const { document } = await open(
      'Kernel Interface table\n' +
        'Iface MTU RX-OK RX-ERR RX-DRP RX-OVR TX-OK TX-ERR TX-DRP TX-OVR Flg\n' +
        'eth0 1500 12 0 3 0 10 0 0 0 BMRU\n' +
        'default via 192.0.2.1 dev eth0 metric 100\n192.0.2.0/24 dev eth0 scope link\n',
    );
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      10,
    );
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['1 interface, 2 routes · Analyze'],
    );
    const [snapshot] = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.ok(snapshot, 'a snapshot');
    assert.deepEqual(
      snapshot.children.map(({ name, children }) => [name, children.map(one => one.name)]),
      [
        ['Linux netstat -i', ['eth0']],
        ['ip route', ['0.0.0.0/0 via 192.0.2.1', '192.0.2.0/24']],
      ],
    );
  });

  it('outlines snapshots, states and sockets', async () => {
    const { document } = await open(LEAK);
    const [snapshot] = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    assert.ok(snapshot, 'a snapshot');
    assert.deepEqual(
      snapshot.children.map(({ name, detail }) => `${name} ${detail}`),
      ['LISTEN 1', 'ESTABLISHED 1', 'CLOSE_WAIT 2', 'TIME_WAIT 1'],
    );
    assert.deepEqual(
      [0, 2].map(state => snapshot.children[state]?.children[0]?.name),
      ['192.0.2.1:9443', '192.0.2.1:9443 – 192.0.2.7:51044'],
    );
  });

  it('folds snapshots', async () => {
    const { document } = await open(LEAK + LEAK.replace('CLOSE_WAIT', 'ESTABLISHED'));
    const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
      'vscode.executeFoldingRangeProvider',
      document.uri,
    );
    assert.deepEqual(
      folds.map(({ start, end }) => [start, end]),
      [
        [0, 6],
        [7, 13],
      ],
    );
  });

  it('goes to the other end of a connection', async () => {
    const { document } = await open(BOTH_ENDS);
    const [link] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      new vscode.Position(2, document.lineAt(2).text.indexOf('ESTABLISHED')),
    );
    assert.equal(link?.targetRange.start.line, 3);
  });

  it('goes to the socket that listens where a connection was accepted', async () => {
    const { document } = await open(LEAK);
    const [link] = await vscode.commands.executeCommand<vscode.LocationLink[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      new vscode.Position(5, document.lineAt(5).text.indexOf('9443')),
    );
    assert.equal(link?.targetRange.start.line, 2);
  });

  it('lists a socket of a process once', async () => {
    const { document } = await open(LEAK);
    const found = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      document.uri,
      new vscode.Position(3, document.lineAt(3).text.indexOf('orders-api')),
    );
    assert.deepEqual(
      found.map(({ range }) => range.start.line),
      [2, 3, 4, 5],
    );
  });

  it('finds the sockets of a process and of a port', async () => {
    const { document } = await open(BOTH_ENDS);
    const lines = async (word: string): Promise<number[]> => {
      const found = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeReferenceProvider',
        document.uri,
        new vscode.Position(1, document.lineAt(1).text.indexOf(word)),
      );
      return [...new Set(found.map(({ range }) => range.start.line))];
    };
    assert.deepEqual(await lines('811'), [1, 2, 4]);
    assert.deepEqual(await lines('443'), [1, 2, 3, 4]);
  });

  it('highlights both ends of a connection', async () => {
    const { document } = await open(BOTH_ENDS);
    const found = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      document.uri,
      new vscode.Position(2, document.lineAt(2).text.indexOf('ESTABLISHED')),
    );
    assert.deepEqual([...new Set(found.map(({ range }) => range.start.line))], [2, 3]);
  });

  it('names services where the user wants it', async () => {
    const settings = vscode.workspace.getConfiguration('netstatLens');
    await settings.update('inlayHints.serviceNames', true, vscode.ConfigurationTarget.Workspace);
    const { document } = await open(BOTH_ENDS);
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
      'vscode.executeInlayHintProvider',
      document.uri,
      new vscode.Range(0, 0, 5, 0),
    );
    await settings.update(
      'inlayHints.serviceNames',
      undefined,
      vscode.ConfigurationTarget.Workspace,
    );
    assert.ok(hints.length >= 4, `hints: ${hints.length}`);
  });
});
