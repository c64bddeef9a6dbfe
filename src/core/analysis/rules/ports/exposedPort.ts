import { quote } from '../../../wording/text';
import { label, say } from '../../../wording/statement';
import { listenerCommand } from '../../kit/commands';
import { type Reach, reachOf } from '../../../vocabulary/address';
import { where } from '../../../index/grouping';
import type { Draft, Severity } from '../../kit/draft';
import { each, rule } from '../../kit/rule';
import type { RuleContext } from '../../kit/ruleContext';

/** What is behind a port that should not be open to everybody. */
interface Sensitive {
  readonly name: string;
  readonly severity: Severity;
  /** Only what nobody should reach, not even from the local network, is told for that as well. */
  readonly always?: true;
}

const TEXTS = {
  everywhere: say(
    'exp-1.everywhere',
    '{program} listens on {port} on all addresses: {service}',
    'rfc1122',
    'rfc4291',
  ),
  address: say(
    'exp-1.address',
    '{program} listens on {address}, port {port}: {service}',
    'rfc1122',
    'rfc4291',
  ),
  why: say(
    'exp-1.why',
    'Everybody who can reach this address can connect. {service} is made for trusted networks, or for this host alone.',
    'general-practice',
  ),
  root: say(
    'exp-1.root',
    'The Docker API without TLS gives everybody who reaches it root on this host.',
    'general-practice',
  ),
  windows: say(
    'exp-1.windows',
    'Windows listens there by default, and its firewall closes it on public networks.',
    'general-practice',
  ),
  test: say('exp-1.test', 'Shows the addresses. Then try to connect from outside.', 'ss.8'),
  bind: say(
    'exp-1.bind',
    'Bind it to 127.0.0.1 or ::1 where only this host uses it; put a firewall and a password before it where others do.',
    'general-practice',
  ),
  firewall: say(
    'exp-1.firewall',
    'A firewall or security group may protect it; in a container only published ports can be reached.',
    'general-practice',
  ),
};

/** Default ports of services that were not made to be reached by everybody. */
const PORTS: ReadonlyMap<number, Sensitive> = new Map<number, Sensitive>([
  [23, sensitive('Telnet', 'warning', true)],
  [139, sensitive('NetBIOS file sharing')],
  [445, sensitive('SMB file sharing')],
  [1433, sensitive('SQL Server')],
  [1521, sensitive('Oracle Database')],
  [2375, sensitive('the Docker API without TLS', 'error', true)],
  [2379, sensitive('etcd')],
  [3306, sensitive('MySQL')],
  [3389, sensitive('Remote Desktop')],
  [4444, sensitive('a port that Metasploit uses by default', 'warning', true)],
  [5005, sensitive('the Java debugger (JDWP), which runs any code')],
  [5432, sensitive('PostgreSQL')],
  [5601, sensitive('Kibana')],
  [5900, sensitive('VNC')],
  [5984, sensitive('CouchDB')],
  [6379, sensitive('Redis')],
  [8500, sensitive('Consul')],
  [9200, sensitive('Elasticsearch')],
  [9229, sensitive('the Node.js inspector, which runs any code')],
  [9300, sensitive('Elasticsearch between nodes')],
  [10250, sensitive('the kubelet API')],
  [11211, sensitive('memcached')],
  [15672, sensitive('the RabbitMQ management interface')],
  [27017, sensitive('MongoDB')],
]);

function sensitive(name: string, severity: Severity = 'warning', always?: true): Sensitive {
  return always === undefined ? { name, severity } : { name, severity, always };
}

export const exposedPort = rule({
  code: 'EXP-1',
  id: 'exposed-port',
  title: label('rule.EXP-1', 'A service for trusted networks listens on reachable addresses'),
  find(context) {
    const { index } = context;
    return each(PORTS, ([port, service]) => {
      const open = where(index.listeners.on(port), row =>
        isReachable(reachOf(addressOf(context, row))),
      );
      return open.length > 0 ? draft(context, port, service, open) : undefined;
    });
  },
});

function draft(context: RuleContext, port: number, service: Sensitive, rows: Uint32Array): Draft {
  const { index } = context;
  const exposures = new Set(Array.from(rows, row => reachOf(addressOf(context, row))));
  const everywhere = exposures.has('everywhere');
  const outside = everywhere || exposures.has('public');
  const windowsOwn = index.system === 'windows' && (port === 139 || port === 445);
  const { owner, program } = context.holderOf(rows[0]!);
  const args = {
    program,
    port: String(port),
    service: quote(service.name),
  };
  return {
    subject: `port ${port}`,
    severity: windowsOwn || !(outside || service.always) ? 'info' : service.severity,
    confidence: outside && !windowsOwn ? 'medium' : 'low',
    rows,
    owner,
    describe: () => ({
      title: everywhere
        ? context.say(TEXTS.everywhere, args)
        : context.say(TEXTS.address, { ...args, address: quote(addressOf(context, rows[0]!)) }),
      why: [
        context.say(TEXTS.why, { service: quote(service.name) }),
        ...(port === 2375 ? [context.say(TEXTS.root)] : []),
        ...(windowsOwn ? [context.say(TEXTS.windows)] : []),
      ],
      evidence: context.examples(rows),
      confirm: [{ text: context.say(TEXTS.test), command: listenerCommand(index.system, port) }],
      remedy: [context.say(TEXTS.bind)],
      alternatives: [context.say(TEXTS.firewall)],
      caveats: context.caveats({ owner }),
    }),
  };
}

function addressOf({ index }: RuleContext, row: number): string {
  return index.table.pool.get(index.table.localAddress[row]!);
}

function isReachable(exposure: Reach): boolean {
  return exposure !== 'host' && exposure !== 'unknown';
}
