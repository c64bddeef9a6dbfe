import * as vscode from 'vscode';

import { closeAll, LEAK, open } from './documents';
import { DumpService } from '../../src/extension/documents/dumpService';
import { isShown } from '../../src/extension/host/tabs';
import { makeTools, type Tools } from '../../src/extension/languageModel/tools';
import * as assert from './suite/assert';

/** What a tool tells the model. */
async function ask(name: string, input: object): Promise<string> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content
    .map(part => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
    .join('');
}

/** Why a tool refuses. */
async function refusal(name: string, input: object): Promise<string> {
  return messageOf(await assert.rejects(ask(name, input)));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface Summary {
  readonly source: string;
  readonly sockets: number;
  readonly tcpStates: Record<string, number>;
  readonly closeWaitByProcess: {
    process: string;
    count: number;
    lines: number[];
    remotes: unknown;
  }[];
  readonly findings: { code: string; title: string }[];
}

interface Findings {
  readonly found: number;
  readonly ignoredRules: string[];
  readonly findings: { code: string; severity: string; remedy: string; lines: number[] }[];
}

describe('tools for language models', () => {
  const dumps = new DumpService();
  /** The same tools, asked without VS Code in between: it may check input, and tokens. */
  const direct = makeTools(dumps);
  const { token } = new vscode.CancellationTokenSource();

  afterEach(closeAll);
  after(() => dumps.dispose());

  /** What the user is told before a tool runs. */
  async function announced(input: unknown, name: keyof Tools = tools[0]): Promise<string> {
    const prepared = await direct[name].prepareInvocation?.({ input }, token);
    const message = prepared?.invocationMessage;
    assert.ok(typeof message === 'string', 'no Markdown');
    return message;
  }

  /** How a tool fails that VS Code asks with an input that it has not checked. */
  async function failure(
    name: keyof Tools,
    input: unknown,
    cancellation = token,
  ): Promise<unknown> {
    const run = async () =>
      direct[name].invoke({ input, toolInvocationToken: undefined }, cancellation);
    return assert.rejects(run());
  }

  const tools = [
    'netstat_summarize_dump',
    'netstat_list_findings',
    'netstat_explain_state',
  ] as const;

  it('are there, each with a description for the model', () => {
    for (const name of tools) {
      const tool = vscode.lm.tools.find(one => one.name === name);
      assert.ok(tool, name);
      assert.ok(tool.description.length > 80, tool.description);
    }
  });

  it('summarise an open document', async () => {
    const { document } = await open(LEAK);
    const text = await ask('netstat_summarize_dump', { path: document.uri.toString() });
    const { sockets, tcpStates, closeWaitByProcess } = JSON.parse(text) as Summary;
    assert.equal(sockets, 5);
    assert.equal(tcpStates['CLOSE-WAIT'], 2);
    assert.equal(closeWaitByProcess[0]?.process, 'orders-api');
    assert.deepEqual(closeWaitByProcess[0]?.lines, [4, 5]);
  });

  it('list findings of a file of the workspace, the grave ones where asked', async () => {
    const path = 'linux-netstat-close-wait.netstat';
    const all = JSON.parse(await ask('netstat_list_findings', { path })) as Findings;
    assert.ok(all.found > 0 && all.findings.length === all.found);
    assert.ok(all.findings.some(({ code, remedy }) => code === 'CW-1' && remedy !== ''));
    const input = { path, minimumSeverity: 'error' };
    const grave = JSON.parse(await ask('netstat_list_findings', input)) as Findings;
    assert.ok(grave.findings.every(({ severity }) => severity === 'error'));
    assert.ok(grave.found < all.found);
  });

  it('give no address or host away', async () => {
    const { document } = await open(
      LEAK.replaceAll('192.0.2.7', '8.8.4.4').replaceAll('192.0.2.9', 'db.corp.example'),
    );
    for (const name of tools.slice(0, 2)) {
      const text = await ask(name, { path: document.uri.toString() });
      assert.ok(!text.includes('8.8.4.4') && !text.includes('corp'), text);
      assert.ok(text.includes('orders-api'));
    }
  });

  describe('whatever a workspace sets', () => {
    const NAME = 'tools.redactAddresses';
    const { ConfigurationTarget } = vscode;

    async function set(value: boolean | undefined, target: vscode.ConfigurationTarget) {
      await vscode.workspace.getConfiguration('netstatLens').update(NAME, value, target);
    }

    /** Sets it for a language as well, which counts for more. */
    async function setForDumps(
      value: boolean | undefined,
      target: vscode.ConfigurationTarget,
    ): Promise<void> {
      const entry = value === undefined ? undefined : { [`netstatLens.${NAME}`]: value };
      await vscode.workspace.getConfiguration().update('[netstat]', entry, target);
    }

    async function showsOriginals(): Promise<boolean> {
      const { document } = await open(LEAK.replaceAll('192.0.2.7', '8.8.4.4'));
      const path = document.uri.toString();
      const answers = await Promise.all(tools.slice(0, 2).map(name => ask(name, { path })));
      return answers.some(text => text.includes('8.8.4.4'));
    }

    afterEach(async () => {
      for (const target of [ConfigurationTarget.Workspace, ConfigurationTarget.Global]) {
        await set(undefined, target);
        await setForDumps(undefined, target);
      }
    });

    it('give nothing away unless the user says so', async () => {
      await set(false, ConfigurationTarget.Workspace);
      assert.equal(await showsOriginals(), false);
      await setForDumps(false, ConfigurationTarget.Workspace);
      assert.equal(await showsOriginals(), false);
      await set(false, ConfigurationTarget.Global);
      assert.equal(await showsOriginals(), true);
    });

    it('give nothing away where the workspace asks for that', async () => {
      await set(false, ConfigurationTarget.Global);
      assert.equal(await showsOriginals(), true);
      await set(true, ConfigurationTarget.Workspace);
      assert.equal(await showsOriginals(), false);
      await set(undefined, ConfigurationTarget.Workspace);
      await setForDumps(true, ConfigurationTarget.Workspace);
      assert.equal(await showsOriginals(), false);
    });
  });

  it('explain a state in any spelling', async () => {
    assert.match(await ask('netstat_explain_state', { state: 'CLOSE_WAIT' }), /^CLOSE.WAIT/);
    assert.match(await refusal('netstat_explain_state', { state: 'NOPE' }), /CLOSE-WAIT/);
  });

  it('explain a counter by its sentence, and an error by its message', async () => {
    for (const [word, title] of [
      ['12 times the listen queue of a socket overflowed', /^TcpExtListenOverflows: /],
      ['java.net.BindException: Address already in use', /^EADDRINUSE: /],
    ] as const) {
      assert.match(await ask('netstat_explain_state', { state: word }), title);
      assert.ok((await announced({ state: word }, 'netstat_explain_state')).endsWith(` ${word}`));
    }
    assert.match(
      await refusal('netstat_explain_state', { state: 'TcpExtListenOverflow2' }),
      /TcpExtListenOverflows/,
    );
  });

  /** The workspace's folder. */
  function root(): vscode.Uri {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'a folder');
    return folder.uri;
  }

  it('read a file of the workspace by any of its names', async () => {
    const name = 'linux-netstat-close-wait.netstat';
    const uri = vscode.Uri.joinPath(root(), name);
    for (const path of [name, `./${name}`, `x/../${name}`, uri.fsPath, uri.toString()]) {
      const { closeWaitByProcess } = JSON.parse(
        await ask('netstat_summarize_dump', { path }),
      ) as Summary;
      assert.ok(closeWaitByProcess.length > 0, path);
    }
  });

  it('read what an open document holds now, saved or not', async () => {
    const { document } = await open(LEAK);
    assert.equal(document.uri.scheme, 'untitled');
    for (const path of [document.uri.toString(), document.uri.path]) {
      const { sockets } = JSON.parse(await ask('netstat_summarize_dump', { path })) as Summary;
      assert.equal(sockets, 5, path);
    }
  });

  it('follow no link and no .. out of the workspace, and no other scheme', async () => {
    const outside = `${root().path}-outside/file.netstat`;
    const linked = vscode.Uri.joinPath(root(), '.links/file.netstat');
    assert.ok(
      (await vscode.workspace.fs.stat(linked)).type & vscode.FileType.SymbolicLink,
      'a link that can be read',
    );
    for (const path of [
      '.links/file.netstat',
      linked.fsPath,
      linked.toString(),
      '.links/folder/file.netstat',
      outside,
      root().with({ path: outside }).toString(),
      `../${outside.slice(outside.lastIndexOf('/', outside.length - 14) + 1)}`,
      `${root().path}/../../..${outside}`,
      '.links/../../etc/passwd',
      '.links',
      '.',
      'https://example.org/dump.netstat',
      'untitled:nowhere',
      'data:text/plain,tcp',
      'command:workbench.action.quit',
      'C:\\Windows\\system32',
      '\0',
    ]) {
      assert.match(await refusal('netstat_list_findings', { path }), /only those are read/, path);
    }
    for (const path of [undefined, null, 7, {}, [], '  ']) {
      assert.match(
        await refusal('netstat_list_findings', { path }),
        /path|input|schema/i,
        JSON.stringify(path),
      );
    }
  });

  it('answer the same whether or not there is a file outside', async () => {
    const folder = root().toString();
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    const outside = [
      `${folder}/../${name}-outside/#`,
      `${folder}/%2e%2e/${name}-outside/#`,
      `${folder}/sub/../../${name}-outside/#`,
      `${folder}/..%2f${name}-outside/#`,
      `${folder}/%252e%252e/${name}-outside/#`,
      `${folder}/.links/folder/#`,
      `${root().path}-outside/#`,
    ].map(spelling => ['file.netstat', 'missing'].map(file => spelling.replace('#', file)));
    const passwd = ['/etc/passwd', '/etc/missing'];
    const system = [
      passwd,
      passwd.map(path => `${folder}/../../../../../../../..${path}`),
      passwd.map(path => root().with({ path }).toString()),
    ];
    for (const paths of [...outside, ...system]) {
      const answers = paths.map(async path => {
        const reason = await refusal('netstat_summarize_dump', { path });
        const told = await announced({ path });
        assert.ok(
          reason.includes(JSON.stringify(path)) && told.endsWith(path),
          `${reason} ${told}`,
        );
        return [reason, told].map(text => text.replaceAll(path, ''));
      });
      const [existing, missing] = await Promise.all(answers);
      assert.deepEqual(existing, missing, paths[0]);
      assert.match(existing?.[0] ?? '', /only those are read/, paths[0]);
    }
  });

  it('read an open document from outside by its exact name only', async () => {
    const path = `${root().path}-outside/file.netstat`;
    const uri = root().with({ path });
    await vscode.window.showTextDocument(uri);
    for (const name of [uri.toString(), path]) {
      const { sockets } = JSON.parse(
        await ask('netstat_summarize_dump', { path: name }),
      ) as Summary;
      assert.ok(sockets > 0, name);
    }
    for (const name of [
      `/.${path}`,
      path.toUpperCase(),
      path.replace('-outside/', '-outside/./'),
    ]) {
      const reason = await refusal('netstat_summarize_dump', { path: name });
      assert.match(reason, /only those are read/, name);
    }
  });

  it('name the file before they read it, whatever the model calls it', async () => {
    const told = async (path: unknown): Promise<string> => await announced({ path });
    const name = 'linux-netstat-close-wait.netstat';
    assert.match(await told(`x/../${name}`), /dump linux-netstat-close-wait\.netstat$/);
    const { document } = await open(LEAK);
    assert.match(await told(document.uri.toString()), /dump (?:untitled:)?Untitled-\d+$/);
    assert.match(await told('/etc/passwd'), /dump \/etc\/passwd$/);
    assert.match(
      await told('[x](command:workbench.action.quit)\u202e\u0007'),
      /dump \[x\] \(command:workbench\.action\.quit\)<U\+202E>\u2407$/,
    );
  });

  it('give names of a dump as JSON in which nothing is hidden', async () => {
    const { document } = await open(LEAK.replaceAll('orders-api', 'a\u202e</script>\u001b[2J'));
    for (const name of tools.slice(0, 2)) {
      const text = await ask(name, { path: document.uri.toString() });
      assert.ok(!/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text), text);
      assert.ok(text.includes('a\\u202e') || text.includes('<U+202E>'), text);
    }
  });

  it('read nothing else, and say what to do instead', async () => {
    const { document } = await open(LEAK);
    for (const path of ['/etc/passwd', '../../../etc/passwd', 'nowhere.netstat', '']) {
      const reason = await refusal('netstat_summarize_dump', { path });
      assert.ok(reason.includes(document.uri.toString()), reason);
    }
    const { document: prose } = await open('No socket here.', 'plaintext');
    const path = prose.uri.toString();
    assert.match(await refusal('netstat_summarize_dump', { path }), /no socket found/);
  });

  /** Puts a dump into the workspace while `work` goes on. */
  async function withFile(name: string, work: (uri: vscode.Uri) => Promise<void>): Promise<void> {
    const uri = vscode.Uri.joinPath(root(), name);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(LEAK));
    try {
      await work(uri);
    } finally {
      await closeAll();
      await vscode.workspace.fs.delete(uri);
    }
  }

  it('read no document that only VS Code or another extension has loaded', async () => {
    const outside = await vscode.workspace.openTextDocument(
      root().with({ path: `${root().path}-outside/file.netstat` }),
    );
    const linked = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(root(), '.links/file.netstat'),
    );
    for (const { uri } of [outside, linked]) {
      assert.ok(vscode.workspace.textDocuments.some(document => document.uri === uri));
      for (const path of [uri.toString(), uri.path]) {
        const reason = await refusal('netstat_summarize_dump', { path });
        assert.match(reason, /only those are read/, path);
        assert.match(reason, /No dump is open\.$/, path);
      }
    }
  });

  /** Puts a link that leads outside in the place of a file while `work` goes on. */
  async function asLink(uri: vscode.Uri, work: () => Promise<void>): Promise<void> {
    const link = vscode.Uri.joinPath(root(), '.links/file.netstat');
    await vscode.workspace.fs.rename(link, uri, { overwrite: true });
    try {
      await work();
    } finally {
      await vscode.workspace.fs.rename(uri, link);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(LEAK));
    }
  }

  it('refuse a file that has become a link, although VS Code has its text', async () => {
    await withFile('becomes-a-link.netstat', async uri => {
      const path = uri.toString();
      const { sockets } = JSON.parse(await ask(tools[0], { path })) as Summary;
      assert.equal(sockets, 5);
      await vscode.workspace.openTextDocument(uri);
      await asLink(uri, async () => {
        assert.match(await refusal(tools[0], { path }), /only those are read/);
      });
    });
  });

  it('read a file itself, not what VS Code has kept of a link in its place', async () => {
    await withFile('was-a-link.netstat', async uri => {
      await asLink(uri, async () => {
        const { lineCount } = await vscode.workspace.openTextDocument(uri);
        assert.ok(lineCount > LEAK.split('\n').length, 'the text from outside');
      });
      const { sockets } = JSON.parse(await ask(tools[0], { path: uri.path })) as Summary;
      assert.equal(sockets, 5);
    });
  });

  it('take a path without a scheme for no document of another scheme', async () => {
    const provider = vscode.workspace.registerTextDocumentContentProvider('tools-test', {
      provideTextDocumentContent: () => LEAK,
    });
    try {
      const uri = vscode.Uri.joinPath(root(), 'earlier.netstat').with({ scheme: 'tools-test' });
      await vscode.window.showTextDocument(uri);
      for (const path of [uri.path, uri.fsPath, 'earlier.netstat']) {
        assert.match(await refusal('netstat_summarize_dump', { path }), /only those are read/);
      }
      const path = uri.toString();
      const { sockets } = JSON.parse(await ask('netstat_summarize_dump', { path })) as Summary;
      assert.equal(sockets, 5);
    } finally {
      provider.dispose();
    }
  });

  it('keep to themselves what VS Code says of a file that it cannot open', async () => {
    await withFile('binary.netstat', async uri => {
      await vscode.workspace.fs.writeFile(uri, new Uint8Array(5000));
      await vscode.commands.executeCommand('vscode.open', uri);
      await assert.eventually(() => isShown(uri), 'the tab');
      const reason = await refusal('netstat_summarize_dump', { path: 'binary.netstat' });
      assert.match(reason, /"binary\.netstat" cannot be read: [a-z0-9, ]+MB\.$/i);
    });
  });

  it('call open dumps by names that tell nothing, and take those', async () => {
    await withFile('web7.corp.netstat', async first => {
      await withFile('web8.corp.netstat', async second => {
        for (const uri of [first, second]) {
          await vscode.window.showTextDocument(uri, { preview: false });
        }
        const reason = await refusal('netstat_summarize_dump', { path: '' });
        assert.ok(!/web|corp/.test(reason), reason);
        const names = JSON.parse(`[${/Open dumps: (.*)\.$/.exec(reason)?.[1] ?? ''}]`) as string[];
        assert.equal(new Set(names).size, 2, reason);
        const remotes = new Set<string>();
        for (const path of names) {
          const text = await ask('netstat_summarize_dump', { path });
          const { source, closeWaitByProcess } = JSON.parse(text) as Summary;
          assert.equal(source, path);
          remotes.add(JSON.stringify(closeWaitByProcess[0]?.remotes));
        }
        assert.equal(remotes.size, 1, 'equal addresses stay equal');
      });
    });
  });

  it('write names of open dumps so that nothing in them acts', async () => {
    const settings = vscode.workspace.getConfiguration('netstatLens');
    const { Global } = vscode.ConfigurationTarget;
    await settings.update('tools.redactAddresses', false, Global);
    try {
      await withFile('a\u202e", "b.netstat', async uri => {
        await vscode.window.showTextDocument(uri);
        const reason = await refusal('netstat_summarize_dump', { path: 'missing\n\u202e' });
        assert.ok(!/[\p{Cc}\p{Cf}]/u.test(reason), reason);
        // A path, or where files are remote an address with everything in it encoded.
        const written = ['a\\u202e\\", \\"b.netstat"', 'a%E2%80%AE%22%2C%20%22b.netstat"'];
        assert.ok(
          written.some(name => reason.includes(name)),
          reason,
        );
      });
    } finally {
      await settings.update('tools.redactAddresses', undefined, Global);
    }
  });

  it('repeat no more than the beginning of what they were given', async () => {
    const word = 'x'.repeat(5000);
    const shown = `${'x'.repeat(200)}…`;
    for (const [name, input] of [
      [tools[0], { path: word }],
      [tools[1], { path: 'linux-netstat-close-wait.netstat', minimumSeverity: word }],
      [tools[2], { state: word }],
    ] as const) {
      const reason = messageOf(await failure(name, input));
      assert.ok(reason.includes(`"${shown}"`) && reason.length < 1000, reason);
    }
    for (const told of [
      await announced({ path: word }),
      await announced({ state: word }, 'netstat_explain_state'),
    ]) {
      assert.ok(told.endsWith(` ${shown}`), told);
    }
  });

  it('say which rules the settings ignore', async () => {
    const settings = vscode.workspace.getConfiguration('netstatLens');
    const { Global } = vscode.ConfigurationTarget;
    const path = 'linux-netstat-close-wait.netstat';
    const ignored = ['close-wait-leak'];
    await settings.update('ignoredRules', ignored, Global);
    try {
      for (const name of tools.slice(0, 2)) {
        const { ignoredRules } = JSON.parse(await ask(name, { path })) as Findings;
        assert.deepEqual(ignoredRules, ignored, name);
      }
    } finally {
      await settings.update('ignoredRules', undefined, Global);
    }
    const { ignoredRules } = JSON.parse(await ask(tools[1], { path })) as Findings;
    assert.deepEqual(ignoredRules, []);
  });

  it('say what they want where they are given something of another type', async () => {
    const path = 'linux-netstat-close-wait.netstat';
    const values = [undefined, null, 7, true, {}, [], [path], { toString: 1 }, Object.create(null)];
    for (const value of values as unknown[]) {
      for (const name of tools) {
        for (const input of [value, { path: value, state: value }]) {
          assert.match(await announced(input, name), /\?$/, name);
          assert.match(
            messageOf(await failure(name, input)),
            /^Give the path of a dump, as text\.|^A value of type \w+ is no TCP state, counter or error that is known\./,
            name,
          );
        }
      }
      if (value !== undefined) {
        assert.match(
          messageOf(await failure('netstat_list_findings', { path, minimumSeverity: value })),
          /^A value of type \w+ is no minimumSeverity\. Use one of: info, warning, error\.$/,
        );
      }
    }
    assert.match(
      messageOf(await failure('netstat_list_findings', { path, minimumSeverity: 'grave' })),
      /^"grave" is no minimumSeverity/,
    );
  });

  it('end when they are cancelled', async () => {
    const cancelled = new vscode.CancellationTokenSource();
    cancelled.cancel();
    const { document } = await open(LEAK);
    for (const path of ['linux-netstat-close-wait.netstat', document.uri.toString()]) {
      for (const name of tools.slice(0, 2)) {
        const error = await failure(name, { path }, cancelled.token);
        assert.ok(error instanceof vscode.CancellationError, messageOf(error));
      }
    }
  });
});
