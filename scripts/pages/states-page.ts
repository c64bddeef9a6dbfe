/*
 * docs/states.md: everything that the knowledge base holds about the states of sockets, as a page
 * to read.
 */
import { format } from 'prettier';

import { noContext } from '../../src/core/explain/context';
import { dumpContext } from '../../src/core/explain/dumpContext';
import { explainRowState, explainState } from '../../src/core/explain/state';
import { type Inline, Localizer, type Text } from '../../src/core/wording/text';
import { durations } from '../../src/core/wording/units';
import { otherStates } from '../../src/core/knowledge/nonTcpStates';
import { questions } from '../../src/core/knowledge/faq';
import { type SourceId, sources } from '../../src/core/wording/sources';
import { type Actor, type ClosedFirst, stateKnowledge } from '../../src/core/knowledge/states';
import { type LimitId, systemKnowledge, systemName } from '../../src/core/knowledge/systems';
import { transitions } from '../../src/core/knowledge/transitions';
import type { System } from '../../src/core/vocabulary/system';
import { TCP_STATES, type TcpState } from '../../src/core/vocabulary/state';
import { runToEnd } from '../../src/core/model/task';
import { readDump } from '../../src/core/reading/reader';

const localizer = new Localizer();

const CLOSED: Readonly<Record<ClosedFirst, string>> = {
  local: 'this end',
  remote: 'the peer',
  both: 'both at once',
  nobody: '–',
};

const TURN: Readonly<Record<Actor, string>> = {
  program: 'the program here',
  'peer-program': "the peer's program",
  'either-program': 'either program',
  'peer-kernel': "the peer's kernel",
  'kernel-timer': 'a timer',
  nobody: 'a client',
};

/** Rows of `netstat -antopee` on Linux, each of which says something else. */
const ROWS = `Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
tcp        3      0 0.0.0.0:8080            0.0.0.0:*               LISTEN      1000       4000       812/orders-api       off (0.00/0/0)
tcp        0      1 192.0.2.1:40000         192.0.2.7:443           SYN_SENT    1000       4001       812/orders-api       on (3.10/3/0)
tcp        0      0 192.0.2.1:8080          192.0.2.7:51040         SYN_RECV    1000       0          -                    on (3.00/2/0)
tcp        0      0 192.0.2.1:8080          192.0.2.7:51041         ESTABLISHED 1000       0          -                    off (0.00/0/0)
tcp        0      0 192.0.2.1:40001         192.0.2.7:443           ESTABLISHED 1000       4003       812/orders-api       off (0.00/0/0)
tcp        0  65000 192.0.2.1:40002         192.0.2.7:443           ESTABLISHED 1000       4004       812/orders-api       probe (1.30/0/0)
tcp        0    500 192.0.2.1:40003         192.0.2.7:443           ESTABLISHED 1000       4005       812/orders-api       on (6.40/5/0)
tcp        0     50 192.0.2.1:40004         192.0.2.7:443           FIN_WAIT1   0          0          -                    on (0.20/0/0)
tcp        0  65791 192.0.2.1:40005         192.0.2.7:443           FIN_WAIT1   0          0          -                    probe (1.00/0/0)
tcp        0      0 192.0.2.1:40006         192.0.2.7:443           FIN_WAIT2   0          0          -                    timewait (58.10/0/0)
tcp        0      0 192.0.2.1:40007         192.0.2.7:443           FIN_WAIT2   1000       4006       812/orders-api       off (0.00/0/0)
tcp        0      0 192.0.2.1:40008         192.0.2.7:443           CLOSE_WAIT  1000       4007       812/orders-api       off (0.00/0/0)
tcp        1      0 192.0.2.1:40009         192.0.2.7:443           CLOSE_WAIT  1000       4008       812/orders-api       off (0.00/0/0)
tcp       25      0 192.0.2.1:40010         192.0.2.7:443           CLOSE_WAIT  1000       4009       812/orders-api       off (0.00/0/0)
tcp     4711      0 192.0.2.1:40011         192.0.2.7:443           CLOSE_WAIT  1000       4010       812/orders-api       off (0.00/0/0)
tcp        5      0 192.0.2.1:8080          192.0.2.7:51042         CLOSE_WAIT  1000       0          -                    off (0.00/0/0)
tcp        0      0 192.0.2.1:40012         192.0.2.7:443           CLOSE_WAIT  1000       4011       990/sleep            off (0.00/0/0)
tcp        0 380000 192.0.2.1:40013         192.0.2.7:443           CLOSE_WAIT  1000       4012       812/orders-api       probe (5.00/0/0)
tcp        1      1 192.0.2.1:40014         192.0.2.7:443           CLOSING     0          0          -                    on (0.20/0/0)
tcp        0     12 192.0.2.1:40015         192.0.2.7:443           LAST_ACK    0          0          -                    on (25.00/6/0)
tcp        0      0 192.0.2.1:40016         192.0.2.7:443           TIME_WAIT   0          0          -                    timewait (12.00/0/0)
`;

/** The page, as Prettier leaves it. */
export async function statesPage(): Promise<string> {
  const page = new Page();
  page.add(
    '# The states of sockets',
    '<!-- Made from the knowledge base by `npm run generate`: change src/core/knowledge. -->',
    'What each state in a dump of netstat or ss means: who closed the connection, whose turn it is, and whether it ends by itself. Numbers in brackets are the [sources](#sources); what is general practice, and neither documented nor measured by us, has a source that says so.',
    '## At a glance',
    overview(),
    'FIN-WAIT-2 expires only without a process; while a process holds the socket, Linux keeps it. "Never" is of connections whose peer still answers: keepalive ends them when it is gone, on FreeBSD by default, elsewhere where the program has asked for it. "–" is for sockets that are wanted as they are.',
    'A state always speaks of **this end** of the connection: the other end is in another one. CLOSE_WAIT here is, as a rule, FIN_WAIT_2 there.',
  );
  for (const state of TCP_STATES) {
    page.state(state);
  }
  page.add('## Transitions', transitionTable());
  page.add(
    'A reset that is received ends any connection: the state becomes CLOSED, or LISTEN again. The first two notes of the RFC are the rows marked so. Its third says what the figure leaves out: "A RST can be sent from any state with a corresponding transition to TIME-WAIT", and one that is received in any state leads to LISTEN or CLOSED.',
  );
  page.others();
  page.costs();
  page.questions();
  return format(page.end(), { parser: 'markdown', printWidth: 100 });
}

class Page {
  private readonly blocks: string[] = [];
  /** Sources in the order in which they are named, which numbers them. */
  private readonly named: SourceId[] = [];

  public add(...blocks: string[]): void {
    this.blocks.push(...blocks);
  }

  /** All about one TCP state. */
  public state(state: TcpState): void {
    const knowledge = stateKnowledge(state);
    const explanation = explainState(state, noContext, localizer);
    this.add(`## ${state}`, this.paragraph(localizer.say(knowledge.meaning)));
    this.add(`**Whose turn:** ${TURN[knowledge.turn]}.`);
    for (const { id, title, items } of explanation.details) {
      // The page has the first item of "what happened" above.
      const rest = id === 'segments' ? items.slice(1) : items;
      if (rest.length > 0) {
        this.add(`**${text(title)}**`, rest.map(item => `- ${this.paragraph(item)}`).join('\n'));
      }
    }
    const neighbours = [
      ...transitions
        .filter(({ to }) => to === state)
        .map(({ from, event }) => `from ${from} (${event})`),
      ...transitions
        .filter(({ from }) => from === state)
        .map(({ to, event }) => `to ${to} (${event})`),
    ];
    if (neighbours.length > 0) {
      this.add(`**Transitions**: ${neighbours.join(', ')}.`);
    }
    this.rows(state);
  }

  /** States of sockets that are not TCP. */
  public others(): void {
    this.add('## States of other sockets');
    for (const { protocol, words } of otherStates()) {
      const items = words.map(
        ({ word, text: said }) => `- \`${word}\`: ${this.paragraph(localizer.say(said))}`,
      );
      this.add(`**${protocol}**`, items.join('\n'));
    }
  }

  /** What each state takes up, as a table. */
  public costs(): void {
    const rows = TCP_STATES.flatMap(state => {
      const { cost } = stateKnowledge(state);
      return cost === null
        ? []
        : [
            `| ${state} | ${cost.descriptor} | ${cost.worker} | ${cost.ephemeralPort} | ${this.paragraph(localizer.say(cost.text))} |`,
          ];
    });
    this.add(
      '## What a state costs',
      [
        '| State | File descriptor (`ulimit -n`) | Worker | Port for outgoing connections | In words |',
        '| --- | --- | --- | --- | --- |',
        ...rows,
      ].join('\n'),
      '"While owned": as long as the row has a process. "Client side": only at the end that opened the connection. "Worker": of a server that gives every connection a thread or process.',
    );
  }

  public questions(): void {
    this.add('## Questions that people ask');
    for (const { question, answer } of questions) {
      this.add(
        `### ${text(localizer.format(question))}`,
        answer.map(statement => `- ${this.paragraph(localizer.say(statement))}`).join('\n'),
      );
    }
  }

  /** The page with its sources. */
  public end(): string {
    const list = this.named.map((id, i) => {
      const { title, url }: { title: string; url?: string } = sources[id];
      return `${i + 1}. ${url === undefined ? escape(title) : `[${escape(title)}](${url})`}`;
    });
    return [...this.blocks, '## Sources', list.join('\n')].join('\n\n');
  }

  /** Example rows in a state, with what they say. */
  private rows(state: TcpState): void {
    const dump = readDump(ROWS);
    const lines = ROWS.split('\n');
    const blocks: string[] = [];
    for (let row = 0; row < dump.table.length; row++) {
      const socket = dump.table.socket(row);
      if (socket.state === state) {
        const { evidence } = explainRowState(
          socket,
          state,
          runToEnd(dumpContext(dump, row)),
          localizer,
        );
        blocks.push(
          `\`\`\`text\n${lines[socket.line] ?? ''}\n\`\`\``,
          evidence.map(item => `- ${this.paragraph(item)}`).join('\n'),
        );
      }
    }
    if (blocks.length > 0) {
      this.add(blocks.length > 2 ? '**Rows, and what they say**' : '**A row, and what it says**');
      this.add(...blocks.filter(block => block !== ''));
    }
  }

  /** A text with the numbers of its sources. */
  private paragraph(said: Text): string {
    const numbers = said.sources.map(id => {
      if (!this.named.includes(id)) {
        this.named.push(id);
      }
      return this.named.indexOf(id) + 1;
    });
    const marks = numbers.length === 0 ? '' : ` [[${numbers.join(', ')}](#sources)]`;
    return `${text(said)}${marks}`;
  }
}

const COMPARED: readonly System[] = ['linux', 'windows', 'macos', 'freebsd', 'solaris'];

/** Sockets that stay as long as their program wants, or go at once. */
const WANTED: ReadonlySet<TcpState> = new Set(['LISTEN', 'CLOSED', 'BOUND', 'IDLE', 'DELETE-TCB']);

function overview(): string {
  const rows = TCP_STATES.map(state => {
    const { closedFirst, turn, limit } = stateKnowledge(state);
    const times = COMPARED.map(system => (WANTED.has(state) ? '–' : limitOf(limit, system)));
    const name = `[${state}](#${state.toLowerCase()})`;
    return `| ${[name, CLOSED[closedFirst], TURN[turn], ...times].join(' | ')} |`;
  });
  return [
    `| State | Closed first | Whose turn | ${COMPARED.map(id => `Expires: ${systemName(id)}`).join(' | ')} |`,
    `| --- | --- | --- | ${COMPARED.map(() => '---').join(' | ')} |`,
    ...rows,
  ].join('\n');
}

function limitOf(limit: LimitId | null, system: System): string {
  if (limit === null) {
    return 'never';
  }
  const known = systemKnowledge(system)?.limits[limit];
  return known === undefined
    ? 'yes, time not known to us'
    : text(durations(known.seconds, localizer));
}

function transitionTable(): string {
  const rows = transitions.map(
    ({ from, to, event, action, note }) =>
      `| ${from} | ${to} | ${event} | ${action} | ${note === undefined ? '' : `note ${note}`} |`,
  );
  return [
    'RFC 9293, Figure 5:',
    '',
    '| From | To | Event | Action | |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function text({ parts }: Text): string {
  return parts.map(inline).join('');
}

function inline({ text: raw, style }: Inline): string {
  switch (style) {
    case 'code':
      return `\`${raw}\``;
    case 'strong':
      return `**${escape(raw)}**`;
    case 'plain':
      return escape(raw);
  }
}

/** Characters of the text that Markdown would take for marks. */
function escape(raw: string): string {
  return raw.replace(/[*<>|[\]]/g, String.raw`\$&`);
}
