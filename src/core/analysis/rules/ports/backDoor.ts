import { quote, type Text } from '../../../wording/text';
import { NONE } from '../../../model/row';
import { type Label, label, say } from '../../../wording/statement';
import { reachOf } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { systemKnowledge } from '../../../knowledge/systems';
import { listenerCommand, processCommand, remoteCommand } from '../../kit/commands';
import type { Confirmation, Draft } from '../../kit/draft';
import { addressOf, reachable } from '../../kit/reachable';
import { each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';
import { onlyRemote } from '../../kit/ruleContext';
import { union, where } from '../../../index/grouping';

const TEXTS = {
  both: say(
    'bdr-1.both',
    '{listener} listens on {port}, and {client} connects to {remote}: a port that back doors use',
    'metasploit-ports',
    'general-practice',
  ),
  everywhere: say(
    'bdr-1.everywhere',
    '{program} listens on {port} on all addresses, a port that back doors use by default',
    'metasploit-ports',
    'general-practice',
  ),
  address: say(
    'bdr-1.address',
    '{program} listens on {address}, port {port}, which back doors use by default',
    'metasploit-ports',
    'general-practice',
  ),
  connects: say(
    'bdr-1.connects',
    '{program} connects to {remote}, a port that back doors use by default',
    'metasploit-ports',
    'general-practice',
  ),
  test: say(
    'bdr-1.test-tool',
    '{program} listens on {port} for other hosts: most likely {tool}',
    'selenium-grid',
    'de-facto-ports',
  ),
  why: say(
    'bdr-1.why',
    'Metasploit or other programs for remote control use this port by default, and so do test tools. The port alone proves nothing.',
    'metasploit-ports',
    'general-practice',
  ),
  tool: say(
    'bdr-1.tool',
    'Such a tool does what anyone who can reach it asks for. Back doors use the same port by default.',
    'selenium-grid',
    'metasploit-ports',
  ),
  process: say(
    'bdr-1.process',
    'Look which file process {pid} runs, who started it, and when.',
    'ps.1',
    'ms-win32-process',
  ),
  listener: say('bdr-1.listener', 'Look which process listens there.', 'general-practice'),
  remote: say('bdr-1.remote', 'Look which process connects there.', 'general-practice'),
  find: say(
    'bdr-1.remedy',
    'Find out what this program is. If it is unknown to those who run this host, treat the host as compromised.',
    'general-practice',
  ),
  keep: say('bdr-1.remedy.tool', 'Let only the hosts of your tests reach it.', 'general-practice'),
};

/** What is known to use a port that back doors use as well, by the names of its programs. */
interface Tool {
  readonly name: Label;
  readonly programs: RegExp;
}

const SELENIUM: Tool = {
  name: label('bdr-1.tool.selenium', 'Selenium Grid'),
  programs: /^(?:java|selenium|geckodriver|chromedriver|docker|com\.docke|rootlessport)/i,
};
const ADB: Tool = {
  name: label('bdr-1.tool.adb', 'the Android Debug Bridge'),
  programs: /^adb/i,
};

/** Ports that programs for remote control listen on by default, with what else does. */
const PORTS: ReadonlyMap<number, Tool | null> = new Map<number, Tool | null>([
  [1337, null],
  [4444, SELENIUM],
  [5555, ADB],
  [12_345, null],
  [31_337, null],
]);

/** Where systems begin to give out ports of which nothing more is known. */
const FIRST_GIVEN_OUT = 10_000;

export const backDoor = rule({
  code: 'BDR-1',
  id: 'back-door-port',
  title: label('rule.BDR-1', 'A program uses a port that back doors use by default'),
  find(context) {
    const outgoing = connections(context);
    return each(PORTS, ([port, tool]) => {
      const listening = reachable(context, port);
      const connected = where(outgoing, row => context.index.table.remotePort[row] === port);
      if (listening.length + connected.length === 0) {
        return undefined;
      }
      const owner = listening.length > 0 ? context.ownerOf(listening[0]!) : null;
      return tool?.programs.test(owner?.process ?? '') === true && connected.length === 0
        ? known(context, port, tool, listening)
        : unknown(context, port, listening, connected);
    });
  },
});

/** Connections that this host opened to such ports of other hosts. */
function connections(context: RuleContext): Uint32Array {
  const { index, system } = context;
  const { localPort, remotePort } = index.table;
  const first = systemKnowledge(system)?.ephemeral?.[0] ?? FIRST_GIVEN_OUT;
  const open = index.rowsBetween(State.SynSent, State.FinWait1);
  const found = where(
    open,
    row =>
      PORTS.has(remotePort[row]!) &&
      // A hidden port may be any.
      (localPort[row]! >= first || localPort[row] === NONE) &&
      index.table.state[row] !== State.SynReceived &&
      !index.isServed(row) &&
      !index.isHere(row),
  );
  if (found.length === 0) {
    return found;
  }
  // A port here that has several connections is a server's, whose clients may have any port.
  const uses = index.portTally();
  for (const row of open) {
    if (localPort[row]! >= 0) {
      uses.add(localPort[row]!);
    }
  }
  return where(found, row => localPort[row] === NONE || uses.countOf(localPort[row]!) === 1);
}

/** A tool that listens there by default. */
function known(context: RuleContext, port: number, tool: Tool, rows: Uint32Array): Draft {
  const { owner, program } = context.holderOf(rows[0]!);
  return {
    subject: `port ${port}`,
    severity: 'info',
    confidence: 'medium',
    rows,
    owner,
    describe: () => ({
      title: context.say(TEXTS.test, {
        program,
        port: String(port),
        tool: context.localizer.format(tool.name),
      }),
      why: [context.say(TEXTS.tool)],
      evidence: context.examples(rows),
      confirm: lookAt(context, rows, port, null),
      remedy: [context.say(TEXTS.keep)],
    }),
  };
}

function unknown(
  context: RuleContext,
  port: number,
  listening: Uint32Array,
  connected: Uint32Array,
): Draft {
  const { pool, remoteAddress } = context.index.table;
  const abroad = connected.some(row => reachOf(pool.get(remoteAddress[row]!)) === 'public');
  const rows = union(listening.slice().sort(), connected.slice().sort());
  const { owner } = context.holderOf(listening[0] ?? connected[0]!);
  const remotes = context.remotes(connected);
  return {
    subject: `port ${port}`,
    // Within the own network it may as well be a test tool or a service of the house.
    severity: listening.length > 0 || abroad ? 'warning' : 'info',
    confidence: 'low',
    rows,
    owner,
    remote: onlyRemote(remotes),
    describe: () => ({
      title: titleOf(context, port, listening, connected),
      why: [context.say(TEXTS.why)],
      evidence: context.examples(rows),
      confirm: [
        ...lookAt(context, listening, port, null),
        ...lookAt(context, connected, port, remotes.top[0]?.address ?? null),
      ],
      remedy: [context.say(TEXTS.find)],
      caveats: context.caveats({ owner }),
    }),
  };
}

function titleOf(
  context: RuleContext,
  port: number,
  listening: Uint32Array,
  connected: Uint32Array,
): Text {
  const [listener] = listening;
  const remote = context.remoteText(context.remotes(connected));
  if (listener === undefined) {
    return context.say(TEXTS.connects, {
      program: context.holderOf(connected[0]!).program,
      remote,
    });
  }
  const { program } = context.holderOf(listener);
  const args = { program, port: String(port) };
  if (connected.length > 0) {
    const client = context.holderOf(connected[0]!).program;
    return context.say(TEXTS.both, { listener: program, client, port: String(port), remote });
  }
  const address = addressOf(context, listener);
  return reachOf(address) === 'everywhere'
    ? context.say(TEXTS.everywhere, args)
    : context.say(TEXTS.address, { ...args, address: quote(address) });
}

/** How to see what the program of some rows is; which one it is where the dump does not show it. */
function lookAt(
  context: RuleContext,
  rows: Uint32Array,
  port: number,
  remote: string | null,
): Confirmation[] {
  if (rows.length === 0) {
    return [];
  }
  const { system } = context;
  const pid = context.ownerOf(rows[0]!)?.pid ?? null;
  const command = processCommand(system, pid);
  if (pid !== null && command !== null) {
    return [{ text: context.say(TEXTS.process, { pid: String(pid) }), command }];
  }
  return remote === null
    ? [{ text: context.say(TEXTS.listener), command: listenerCommand(system, port) }]
    : [{ text: context.say(TEXTS.remote), command: remoteCommand(system, remote) }];
}
