import { quote, type Text } from '../../../wording/text';
import { NONE } from '../../../model/row';
import { type Label, label, say, type Statement } from '../../../wording/statement';
import { reachOf } from '../../../vocabulary/address';
import { State } from '../../../vocabulary/state';
import { NODE_PORTS, PUBLISHING } from '../../../knowledge/relays';
import { systemKnowledge } from '../../../knowledge/systems';
import { listenerCommand, listState, remoteCommand } from '../../kit/commands';
import type { Confirmation, Draft } from '../../kit/draft';
import { onlyOwner } from '../../kit/remoteGroups';
import { addressOf, isPublicRemote, listenedOn, reachable } from '../../kit/reachable';
import { each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';
import { lookAtProcess, SUSPECT_TEXTS } from '../../kit/suspects';
import { onlyRemote } from '../../kit/ruleContext';
import { union, where } from '../../../index/grouping';

const TEXTS = {
  both: say(
    '{listener} listens on {port}, and {client} connects to {remote}: a port that back doors use',
    'metasploit-ports',
    'general-practice',
  ),
  everywhere: say(
    '{program} listens on {port} on all addresses, a port that back doors use by default',
    'metasploit-ports',
    'general-practice',
  ),
  address: say(
    '{program} listens on {address}, port {port}, which back doors use by default',
    'metasploit-ports',
    'general-practice',
  ),
  connects: say(
    '{program} connects to {remote}, a port that back doors use by default',
    'metasploit-ports',
    'general-practice',
  ),
  test: say(
    '{program} listens on {port} for other hosts: most likely {tool}',
    'selenium-grid',
    'de-facto-ports',
  ),
  why: say(
    'Metasploit or other programs for remote control use this port by default, and so do test tools. The port alone proves nothing.',
    'metasploit-ports',
    'general-practice',
  ),
  mayBe: say('{program} listens on {port} for other hosts: it may be {tool}', 'de-facto-ports'),
  alone: say(
    'Back doors use the same port by default. The port alone proves nothing.',
    'metasploit-ports',
    'general-practice',
  ),
  tool: say(
    'Such a tool does what anyone who can reach it asks for. Back doors use the same port by default.',
    'selenium-grid',
    'metasploit-ports',
  ),
  listener: say('Look which process listens there.', 'general-practice'),
  remote: say('Look which process connects there.', 'general-practice'),
  keep: say('Let only the hosts of your tests reach it.', 'general-practice'),
  strapi: say('Strapi, a server that Node.js runs, listens on 1337 by default.', 'strapi-server'),
  selenium: say(
    'Selenium Grid listens on 4444 by default; its nodes and tests connect to that port.',
    'selenium-grid',
  ),
  adb: say(
    'The Android Debug Bridge reaches devices on 5555, and Flower, the monitor of Celery, listens there by default.',
    'adb',
    'flower-config',
  ),
  alloy: say('Grafana Alloy serves its own pages on 12345 by default.', 'grafana-alloy-run'),
  nodePort: say(
    'Kubernetes gives services ports from 30000 to 32767 (NodePort), and this can be one of them.',
    'kubernetes-service',
  ),
  givenOut: say(
    'The port is in the range of ports for outgoing connections, so the system may have given it to any program.',
    'rfc6335',
  ),
};

/** What is known to use a port that back doors use as well, by the names of its programs. */
interface Tool {
  readonly name: Label;
  readonly programs: RegExp;
  /** Whether it does what anyone who can reach it asks for. */
  readonly obeys?: true;
  /** Whether its program runs much else, so that the name tells little. */
  readonly runsAll?: true;
}

/** A port that programs for remote control listen on by default. */
interface KnownPort {
  readonly tools: readonly Tool[];
  /** What else uses it. */
  readonly others: Statement;
}

/** Programs that open ports for others, whichever those want. */
const PUBLISHED: Tool = {
  name: label('a port that was published for a container'),
  programs: PUBLISHING,
};
const SELENIUM: Tool = {
  name: label('Selenium Grid'),
  programs: /^(?:java|selenium|geckodriver|chromedriver|docker|com\.docke|rootlessport)/i,
  obeys: true,
};
const ADB: Tool = {
  name: label('the Android Debug Bridge'),
  programs: /^adb/i,
  obeys: true,
};
const FLOWER: Tool = {
  name: label('Flower, the monitor of Celery'),
  programs: /^(?:python|celery|flower)/i,
  obeys: true,
  runsAll: true,
};
const STRAPI: Tool = {
  name: label('Strapi or another server of Node.js'),
  programs: /^(?:node|strapi|bun|PM2)/i,
  runsAll: true,
};
const ALLOY: Tool = {
  name: label('Grafana Alloy'),
  programs: /^(?:alloy|grafana)/i,
};
const NODE_PORT: Tool = {
  name: label('a NodePort of Kubernetes'),
  programs: NODE_PORTS,
};

/** Ports that programs for remote control listen on by default, with what else does. */
const PORTS: ReadonlyMap<number, KnownPort> = new Map<number, KnownPort>([
  [1337, { tools: [STRAPI], others: TEXTS.strapi }],
  [4444, { tools: [SELENIUM], others: TEXTS.selenium }],
  [5555, { tools: [ADB, FLOWER], others: TEXTS.adb }],
  [12_345, { tools: [ALLOY], others: TEXTS.alloy }],
  [31_337, { tools: [NODE_PORT], others: TEXTS.nodePort }],
]);

/** Processes to look at, of many that do the same. */
const LOOKS = 2;

/** Where systems begin to give out ports of which nothing more is known. */
const FIRST_GIVEN_OUT = 10_000;

export const backDoor = rule({
  code: 'BDR-1',
  id: 'back-door-port',
  title: label('A program uses a port that back doors use by default'),
  find(context) {
    const outgoing = connections(context);
    const ports = outgoing.length === 0 ? listenedOn(context, PORTS) : PORTS;
    return each(ports, ([port, known]) => {
      const listening = reachable(context, port);
      const connected = where(outgoing, row => context.index.table.remotePort[row] === port);
      if (listening.length + connected.length === 0) {
        return undefined;
      }
      const tools = Array.from(listening, row => toolOf(context, row, known));
      const unknown = listening.filter((_, i) => tools[i] === NONE);
      const [first] = tools;
      return first !== undefined && unknown.length === 0 && !isAbroad(context, connected)
        ? ofTool(context, port, [...known.tools, PUBLISHED][first]!, listening)
        : ofUnknown(context, port, known, unknown, connected);
    });
  },
});

/** Which of the tools known on a port listens in a row, or publishes it; NONE where none does. */
function toolOf(context: RuleContext, row: number, { tools }: KnownPort): number {
  const process = context.ownerOf(row)?.process ?? '';
  return [...tools, PUBLISHED].findIndex(({ programs }) => programs.test(process));
}

/** Whether some rows lead to public addresses. */
function isAbroad({ index }: RuleContext, rows: Uint32Array): boolean {
  return rows.some(row => isPublicRemote(index, row));
}

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
function ofTool(
  context: RuleContext,
  port: number,
  { name, obeys, runsAll }: Tool,
  rows: Uint32Array,
): Draft {
  const owner = onlyOwner(context, rows);
  const program = context.programOf(rows);
  return {
    subject: `port ${port}`,
    severity: 'info',
    confidence: runsAll ? 'low' : 'medium',
    rows,
    owner,
    describe: () => ({
      title: context.say(runsAll ? TEXTS.mayBe : TEXTS.test, {
        program,
        port: String(port),
        tool: context.localizer.format(name),
      }),
      why: [context.say(obeys ? TEXTS.tool : TEXTS.alone)],
      evidence: context.examples(rows),
      confirm: lookAt(context, rows, port, null),
      remedy: obeys ? [context.say(TEXTS.keep)] : [],
    }),
  };
}

function ofUnknown(
  context: RuleContext,
  port: number,
  { others }: KnownPort,
  listening: Uint32Array,
  connected: Uint32Array,
): Draft {
  const rows = union([listening, connected]);
  const owner = onlyOwner(context, listening.length > 0 ? listening : connected);
  const remotes = context.remotes(connected);
  const range = systemKnowledge(context.system)?.ephemeral ?? null;
  // Within that range any program may have been given it.
  const given = range !== null && range[0] <= port && port <= range[1];
  return {
    subject: `port ${port}`,
    // Within the own network it may as well be a test tool or a service of the house.
    severity: (listening.length > 0 && !given) || isAbroad(context, connected) ? 'warning' : 'info',
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
        ...lookAt(context, connected, port, remotes.whole),
      ],
      remedy: [context.say(SUSPECT_TEXTS.find)],
      alternatives: [
        context.say(others),
        ...(given && listening.length > 0 ? [context.say(TEXTS.givenOut)] : []),
      ],
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
      program: context.programOf(connected),
      remote,
    });
  }
  const program = context.programOf(listening);
  const args = { program, port: String(port) };
  if (connected.length > 0) {
    const client = context.programOf(connected);
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
  const pids = new Set(Array.from(rows, row => context.ownerOf(row)?.pid ?? null));
  const looks = [...pids].slice(0, LOOKS).flatMap(pid => lookAtProcess(context, pid));
  if (looks.length > 0) {
    return looks;
  }
  return remote === null
    ? [context.check(TEXTS.listener, listenerCommand(system, port))]
    : [
        context.check(
          TEXTS.remote,
          remoteCommand(system, remote) ?? listState(system, 'ESTABLISHED'),
        ),
      ];
}
