import { type Label, label, say, type Statement } from '../wording/statement';

/** How bad it is that a port can be reached from other hosts. */
type Exposure = 'info' | 'warning' | 'error';

/** What services are that should not be open to all networks, and what is said of their ports. */
const KINDS = {
  docker: {
    level: 'error',
    text: say(
      'The port of the Docker API without TLS, which asks for no password: anyone who can reach that API is root on this host.',
      'docker-socket',
    ),
  },
  windows: {
    level: 'info',
    text: say(
      'File sharing: Windows listens here by default. The firewall decides who can reach it.',
      'general-practice',
    ),
  },
  debugger: {
    level: 'warning',
    text: say(
      'A debugger port: anyone who can reach a debugger there runs code in the program.',
      'nodejs-inspector',
      'jdwp',
    ),
  },
  remote: {
    level: 'warning',
    text: say(
      'A port of remote control or file sharing, which should not be open to every network.',
      'general-practice',
    ),
  },
  store: {
    level: 'warning',
    text: say(
      'The port of a data store, which is meant for a few hosts at most and sometimes asks for no password.',
      'general-practice',
    ),
  },
  test: {
    level: 'warning',
    text: say(
      'Selenium listens here by default and asks for no password, and Metasploit also uses this port. Check which program it is.',
      'de-facto-ports',
      'general-practice',
    ),
  },
  administration: {
    level: 'warning',
    text: say(
      'The port of an administration interface, which is meant for a few hosts at most.',
      'general-practice',
    ),
  },
} satisfies Record<string, { readonly level: Exposure; readonly text: Statement }>;

/** What uses a port by default that should not be open to everyone. */
export interface Sensitive {
  readonly kind: keyof typeof KINDS;
  /** A proper name, or what is translated. */
  readonly name: string | Label;
  /** Whether nobody should reach it, not even from the local network. */
  readonly always?: true;
  /** Programs that are meant to listen there for other hosts, and ask who they are. */
  readonly meant?: RegExp;
}

/** Services whose names are words. */
const NAMES = {
  netbios: label('NetBIOS file sharing'),
  smb: label('SMB file sharing'),
  docker: label('the Docker API without TLS'),
  java: label('the Java debugger (JDWP), which runs any code'),
  x11: label('X11, which shows and controls the screen'),
  node: label('the Node.js inspector, which runs any code'),
  elasticNodes: label('Elasticsearch between nodes'),
  kubelet: label('the kubelet API'),
  kubeletReadOnly: label('the read-only kubelet API, which asks for no password'),
  rabbitMq: label('the RabbitMQ management interface'),
};

export const REMOTE_DESKTOP = 3389;
export const DOCKER_API = 2375;
export const MEMCACHED = 11_211;

/** Default ports of services that were not made to be reached by everybody. */
export const SENSITIVE_PORTS: ReadonlyMap<number, Sensitive> = new Map<number, Sensitive>([
  [23, { kind: 'remote', name: 'Telnet', always: true }],
  [139, { kind: 'remote', name: NAMES.netbios }],
  [445, { kind: 'windows', name: NAMES.smb }],
  [1433, { kind: 'store', name: 'SQL Server' }],
  [1521, { kind: 'store', name: 'Oracle Database' }],
  [2181, { kind: 'store', name: 'ZooKeeper' }],
  [DOCKER_API, { kind: 'docker', name: NAMES.docker, always: true }],
  [2379, { kind: 'store', name: 'etcd' }],
  [3306, { kind: 'store', name: 'MySQL' }],
  [REMOTE_DESKTOP, { kind: 'remote', name: 'Remote Desktop' }],
  [4444, { kind: 'test', name: 'Selenium Grid' }],
  [5005, { kind: 'debugger', name: NAMES.java }],
  [5432, { kind: 'store', name: 'PostgreSQL' }],
  [5601, { kind: 'administration', name: 'Kibana' }],
  [5900, { kind: 'remote', name: 'VNC' }],
  [5984, { kind: 'store', name: 'CouchDB' }],
  [6000, { kind: 'remote', name: NAMES.x11 }],
  [6379, { kind: 'store', name: 'Redis' }],
  [8086, { kind: 'store', name: 'InfluxDB' }],
  [8500, { kind: 'administration', name: 'Consul' }],
  [9042, { kind: 'store', name: 'Cassandra' }],
  [9092, { kind: 'store', name: 'Kafka' }],
  [9200, { kind: 'store', name: 'Elasticsearch' }],
  [9229, { kind: 'debugger', name: NAMES.node }],
  [9300, { kind: 'store', name: NAMES.elasticNodes }],
  // The API server of Kubernetes has to reach each node's kubelet, which asks who it is.
  [10250, { kind: 'administration', name: NAMES.kubelet, meant: /^(?:kubelet|k3s|k0s|microk8s)/ }],
  [10255, { kind: 'administration', name: NAMES.kubeletReadOnly }],
  [MEMCACHED, { kind: 'store', name: 'memcached' }],
  [15672, { kind: 'administration', name: NAMES.rabbitMq }],
  [27017, { kind: 'store', name: 'MongoDB' }],
]);

/** Whether a port is one that should not be open to all networks, and why; null where not. */
export function exposureOf(
  port: number,
): { readonly level: Exposure; readonly text: Statement } | null {
  const service = SENSITIVE_PORTS.get(port);
  return service === undefined ? null : KINDS[service.kind];
}
