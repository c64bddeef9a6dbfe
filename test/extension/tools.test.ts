import * as vscode from 'vscode';

import { closeAll, LEAK, open } from './documents';
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
  const error = await assert.rejects(ask(name, input));
  return error instanceof Error ? error.message : String(error);
}

interface Summary {
  readonly sockets: number;
  readonly tcpStates: Record<string, number>;
  readonly closeWaitByProcess: { process: string; count: number; lines: number[] }[];
  readonly findings: { code: string; title: string }[];
}

interface Findings {
  readonly found: number;
  readonly findings: { code: string; severity: string; remedy: string; lines: number[] }[];
}

describe('tools for language models', () => {
  afterEach(closeAll);

  const tools = ['netstat_summarize_dump', 'netstat_list_findings', 'netstat_explain_state'];

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

  it('explain a state in any spelling', async () => {
    assert.match(await ask('netstat_explain_state', { state: 'CLOSE_WAIT' }), /^CLOSE.WAIT/);
    assert.match(await refusal('netstat_explain_state', { state: 'NOPE' }), /CLOSE-WAIT/);
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
});
