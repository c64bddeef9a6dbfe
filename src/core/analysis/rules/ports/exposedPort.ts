import {
  DOCKER_API,
  MEMCACHED,
  REMOTE_DESKTOP,
  type Sensitive,
  SENSITIVE_PORTS,
} from '../../../knowledge/sensitivePorts';
import { getOrAdd } from '../../../model/maps';
import { State } from '../../../vocabulary/state';
import { where } from '../../../index/grouping';
import type { SnapshotIndex } from '../../../index/snapshotIndex';
import { quote } from '../../../wording/text';
import { label, say, type Statement } from '../../../wording/statement';
import { listenerCommand } from '../../kit/commands';
import { type Reach, reachOf } from '../../../vocabulary/address';
import type { Draft } from '../../kit/draft';
import { type Drafts, each, rule } from '../../kit/rule';
import { PerSnapshot } from '../../kit/perSnapshot';
import { onlyOwner } from '../../kit/remoteGroups';
import { addressOf, listenedOn, reachable } from '../../kit/reachable';
import { isUdp } from '../../kit/udp';
import type { RuleContext } from '../../kit/ruleContext';

const TEXTS = {
  everywhere: say(
    '{program} listens on {port} on all addresses, the default port of {service}',
    'rfc1122',
    'rfc4291',
  ),
  address: say(
    '{program} listens on {address}, port {port}, the default port of {service}',
    'rfc1122',
    'rfc4291',
  ),
  why: say(
    'Anyone who can reach this address can connect. A service with this default port is made for trusted networks, or for this host alone.',
    'general-practice',
  ),
  debugger: say(
    'If this is the debugger, anyone who can reach this address can run code in the program: it asks for no password.',
    'nodejs-inspector',
    'jdwp',
  ),
  root: say(
    'The Docker API without TLS gives anyone who can reach it root on this host.',
    'docker-socket',
  ),
  windows: say(
    'Windows listens here by default. Its firewall blocks the port on public networks.',
    'general-practice',
  ),
  test: say(
    'See on which addresses it listens. Then try to connect from another host.',
    'general-practice',
  ),
  bind: say(
    'If only this host uses it, bind it to 127.0.0.1 or ::1. Otherwise let only known addresses through a firewall, and require a password.',
    'general-practice',
  ),
  limit: say(
    'Let only known addresses reach it through a firewall, and require a password.',
    'general-practice',
  ),
  limitDocker: say(
    'Publish the port on 127.0.0.1 (`-p 127.0.0.1:…`), or filter it in the chain DOCKER-USER: published ports bypass ufw and the chain INPUT.',
    'docker-packet-filtering',
  ),
  limitApi: say(
    'The API knows no password: reach it over SSH or with TLS client certificates, or leave it to its UNIX socket.',
    'docker-socket',
  ),
  bindDebugger: say(
    'Bind the debugger to 127.0.0.1 and reach it through an SSH tunnel, or start the program without it.',
    'nodejs-inspector',
    'jdwp',
  ),
  limitWindows: say(
    'Let only known remote addresses reach this port: the scope of its rule in Windows Firewall. If no other host uses the service, turn it off.',
    'ms-smb-secure-traffic',
    'general-practice',
  ),
  udp: say(
    '{program} listens on UDP port {port} on {address}: memcached over UDP can be used to attack others',
    'cisa-amplification',
  ),
  udpWhy: say(
    'An answer can be many thousand times as long as its request, and goes to whatever address a forged request names.',
    'cisa-amplification',
  ),
  udpOff: say('Turn UDP off: `memcached -U 0`.', 'cisa-amplification'),
  network: say(
    'A firewall, a security group, or the network around the host may keep others out: this dump does not show that.',
    'general-practice',
  ),
};

/** Services of Windows that cannot be bound to loopback, or have no use there. */
const WINDOWS_SERVICES: ReadonlySet<number> = new Set([139, 445, REMOTE_DESKTOP]);

/**
 * Whether the other hosts that are connected, or connecting, to each of these ports have private
 * addresses only: then the service is most likely for a trusted network, and in one.
 */
const clientsOf = new PerSnapshot<ReadonlyMap<number, 'private' | 'public'>>(function* (index) {
  const { localPort, pool, remoteAddress } = index.table;
  const clients = new Map<number, 'private' | 'public'>();
  const known = new Map<number, Reach>();
  for (const row of index.rowsBetween(State.SynReceived, State.Established + 1)) {
    const port = localPort[row]!;
    if (!SENSITIVE_PORTS.has(port) || clients.get(port) === 'public' || index.isHere(row)) {
      continue;
    }
    const address = index.plainAddress(remoteAddress[row]!);
    const reach = getOrAdd(known, address, () => reachOf(pool.get(address)));
    clients.set(port, reach === 'private' ? 'private' : 'public');
  }
  yield;
  return clients;
});

/** Whether connections show private addresses of the host itself, and no public one. */
function isInPrivateNetwork(index: SnapshotIndex): boolean {
  const { localAddress, pool } = index.table;
  const seen = new Set<number>();
  let isPrivate = false;
  for (const row of index.rowsIn(State.Established)) {
    const address = index.plainAddress(localAddress[row]!);
    if (!seen.has(address)) {
      seen.add(address);
      const reach = reachOf(pool.get(address));
      if (reach === 'public') {
        return false;
      }
      isPrivate ||= reach === 'private';
    }
  }
  return isPrivate;
}

export const exposedPort = rule({
  code: 'EXP-1',
  id: 'exposed-port',
  title: label('Service for trusted networks on reachable addresses'),
  needs: { states: [State.Listen, State.None] },
  culprit: 'local',
  *find(context) {
    if (context.index.snapshot.listing.inside) {
      // A container listens on its own addresses; what is reached from outside is published.
      return;
    }
    yield* overUdp(context);
    yield* each(listenedOn(context, SENSITIVE_PORTS), ([port, service]) => {
      // What BDR-1 looks at.
      if (service.kind === 'test') {
        return undefined;
      }
      const open = reachable(context, port);
      const { meant } = service;
      if (open.length === 0 || meant?.test(context.ownerOf(open[0]!)?.process ?? '') === true) {
        return undefined;
      }
      return draft(context, port, service, open);
    });
  },
});

/** What to do about a service, where it has to be reached and where not. */
function remedyOf(
  context: RuleContext,
  port: number,
  service: Sensitive,
  rows: Uint32Array,
): Statement {
  const { index } = context;
  if (service.kind === 'debugger') {
    return TEXTS.bindDebugger;
  }
  if (port === DOCKER_API) {
    return TEXTS.limitApi;
  }
  if (index.system === 'windows' && WINDOWS_SERVICES.has(port)) {
    return TEXTS.limitWindows;
  }
  if (rows.some(row => context.ownerOf(row)?.process?.startsWith('docker-pr') === true)) {
    return TEXTS.limitDocker;
  }
  // Other hosts use what they are connected to, or what was given one address of the network.
  return clientsOf.of(index).has(port) ||
    rows.every(row => reachOf(addressOf(context, row)) !== 'everywhere')
    ? TEXTS.limit
    : TEXTS.bind;
}

/** memcached that answers datagrams of other hosts, and so lets them attack a third one. */
function overUdp(context: RuleContext): Drafts {
  const { index } = context;
  const { localPort, remotePort } = index.table;
  const rows = where(index.rowsIn(State.None), row => {
    const reach =
      localPort[row] === MEMCACHED && remotePort[row]! <= 0 && isUdp(index, row)
        ? reachOf(addressOf(context, row))
        : 'unknown';
    return reach !== 'host' && reach !== 'unknown';
  });
  if (rows.length === 0) {
    return [];
  }
  const owner = onlyOwner(context, rows);
  const program = context.programOf(rows);
  return [
    {
      subject: `udp ${MEMCACHED}`,
      severity: 'warning',
      confidence: 'medium',
      rows,
      owner,
      describe: () => ({
        title: context.say(TEXTS.udp, {
          program,
          port: String(MEMCACHED),
          address: quote(addressOf(context, rows[0]!)),
        }),
        why: [context.say(TEXTS.udpWhy)],
        evidence: context.examples(rows),
        remedy: [context.say(TEXTS.udpOff)],
        alternatives: [context.say(TEXTS.network)],
        caveats: context.caveats({ owner }),
      }),
    },
  ];
}

function draft(context: RuleContext, port: number, service: Sensitive, rows: Uint32Array): Draft {
  const { index } = context;
  const exposures = new Set(Array.from(rows, row => reachOf(addressOf(context, row))));
  const everywhere = exposures.has('everywhere');
  const isWindows = index.system === 'windows';
  const served = clientsOf.of(index);
  // Each Windows server of a network is reached by Remote Desktop; on the Internet it is attacked.
  const remoteDesktop =
    isWindows &&
    port === REMOTE_DESKTOP &&
    served.get(port) !== 'public' &&
    isInPrivateNetwork(index);
  const outside =
    exposures.has('public') ||
    (everywhere &&
      !remoteDesktop &&
      (service.kind === 'debugger' || served.get(port) !== 'private'));
  const windowsOwn = isWindows && (port === 139 || port === 445);
  const owner = onlyOwner(context, rows);
  const program = context.programOf(rows);
  // Whether it is what is meant to be reached is not known where the program is not.
  const meant = service.meant !== undefined && (owner?.process ?? null) === null;
  const args = {
    program,
    port: String(port),
    service:
      typeof service.name === 'string'
        ? quote(service.name)
        : context.localizer.format(service.name),
  };
  return {
    subject: `port ${port}`,
    severity:
      meant || windowsOwn || !(outside || service.always)
        ? 'info'
        : service.kind === 'docker'
          ? 'error'
          : 'warning',
    confidence: outside && !windowsOwn && !meant ? 'medium' : 'low',
    rows,
    owner,
    describe: () => ({
      title: everywhere
        ? context.say(TEXTS.everywhere, args)
        : context.say(TEXTS.address, { ...args, address: quote(addressOf(context, rows[0]!)) }),
      why: [
        context.say(service.kind === 'debugger' ? TEXTS.debugger : TEXTS.why),
        ...(port === DOCKER_API ? [context.say(TEXTS.root)] : []),
        ...(windowsOwn ? [context.say(TEXTS.windows)] : []),
      ],
      evidence: context.examples(rows),
      confirm: [context.check(TEXTS.test, listenerCommand(context.system, port))],
      remedy: [context.say(remedyOf(context, port, service, rows))],
      // Who is connected from the Internet was not kept out.
      alternatives: served.get(port) === 'public' ? [] : [context.say(TEXTS.network)],
      caveats: context.caveats({ owner }),
    }),
  };
}
