import { say } from '../wording/statement';
import { type Advice, BSD, LINUX, MACOS, on } from './advice';

/*
 * What runs on a port in practice. IANA's names mislead for many of these: 9200 is "wap-wsp"
 * there and Elasticsearch everywhere else. `u` marks ports of UDP; all others are of TCP, and of
 * UDP where a `b` stands.
 */
const NAMES =
  '20 FTP data|21 FTP|22 SSH|23 Telnet|25 SMTP|37 time|43 WHOIS|49 TACACS+|53b DNS|67u DHCP server|68u DHCP client|' +
  '69u TFTP|70 Gopher|79 Finger|80 HTTP|88b Kerberos|102 S7 / ISO-TSAP|110 POP3|111b ONC RPC portmapper|113 ident|' +
  '119 NNTP|123u NTP|135 Windows RPC endpoint mapper|137u NetBIOS name service|138u NetBIOS datagrams|' +
  '139 NetBIOS session (SMB)|143 IMAP|161u SNMP|162u SNMP traps|179 BGP|194 IRC|389b LDAP|427b SLP|443b HTTPS|' +
  '445 SMB (Windows file sharing)|464b Kerberos passwords|465 SMTP over TLS|500u IKE (IPsec)|502 Modbus|512 rexec|513 rlogin|' +
  '514 rsh|514u syslog|515 LPD printing|520u RIP|523 Db2 administration|546u DHCPv6 client|547u DHCPv6 server|548 AFP|' +
  '554 RTSP|587 SMTP submission|623u IPMI|631b IPP (CUPS)|636 LDAP over TLS|646b LDP|853b DNS over TLS|873 rsync|' +
  '902 VMware ESXi|989 FTPS data|990 FTPS|993 IMAP over TLS|995 POP3 over TLS|1080 SOCKS|1194b OpenVPN|1433 SQL Server|' +
  '1434u SQL Server browser|1521 Oracle Database|1645u RADIUS (old)|1701u L2TP|1723 PPTP|1812u RADIUS|1813u RADIUS accounting|' +
  '1883 MQTT|1900u SSDP (UPnP)|2049b NFS|2082 cPanel|2083 cPanel over TLS|2181 ZooKeeper|2222 SSH (alternative)|' +
  '2375 Docker API without TLS|2376 Docker API|2377 Docker Swarm|2379 etcd clients|2380 etcd peers|2483 Oracle Database|' +
  '2888 ZooKeeper peers|3000 Node.js and Grafana|3128 Squid|3260 iSCSI|3268 Active Directory catalogue|3306 MySQL / MariaDB|' +
  '3389b Remote Desktop (RDP)|3478b STUN / TURN|3690 Subversion|3888 ZooKeeper election|4200 Angular dev server|4222 NATS|' +
  '4369 Erlang port mapper|4444 Selenium; also a default of Metasploit|4500u IPsec NAT traversal|4505 Salt publisher|4506 Salt|' +
  '4789u VXLAN|5000 Flask, Docker registry, AirPlay|5005 Java debugger (JDWP)|5037 Android Debug Bridge|5044 Logstash Beats|' +
  '5060b SIP|5061 SIP over TLS|5140b syslog (Fluentd)|5173 Vite dev server|5222 XMPP|5269 XMPP servers|5353u mDNS|' +
  '5355b LLMNR|5357 Windows WSD|5432 PostgreSQL|5433 PostgreSQL (second)|5500 VNC listener|5601 Kibana|5666 Nagios NRPE|' +
  '5671 AMQP over TLS|5672 AMQP (RabbitMQ)|5683u CoAP|5900 VNC|5901 VNC :1|5938b TeamViewer|5984 CouchDB|5985 WinRM|' +
  '5986 WinRM over TLS|6000 X11|6060 Go pprof|6081u GENEVE|6379 Redis|6380 Redis over TLS|6432 PgBouncer|6443 Kubernetes API|' +
  '6514 syslog over TLS|6650 Pulsar|6667 IRC|7000 Cassandra peers, AirPlay|7001 WebLogic|7077 Spark|7199 Cassandra JMX|' +
  '7474 Neo4j|7687 Neo4j Bolt|7680 Windows Delivery Optimization|7946b Docker Swarm|8000 HTTP (development)|' +
  '8005 Tomcat shutdown|8006 Proxmox|8008 HTTP (alternative)|8009 AJP (Tomcat)|8080 HTTP (alternative)|8081 HTTP (alternative)|' +
  '8086 InfluxDB|8088 HTTP (Hadoop YARN)|8089 Splunk|8123 ClickHouse HTTP|8125u StatsD|8161 ActiveMQ console|8200 Vault|' +
  '8300 Consul servers|8301b Consul gossip|8333 Bitcoin|8400 Consul RPC|8443 HTTPS (alternative)|8472u Flannel VXLAN|' +
  '8500 Consul|8530 WSUS|8600b Consul DNS|8883 MQTT over TLS|8888 Jupyter|8983 Solr|9000 PHP-FPM, SonarQube, MinIO|' +
  '9001 Tor, MinIO console|9042 Cassandra|9090 Prometheus|9091 Prometheus Pushgateway|9092 Kafka|9093 Alertmanager|9094 Alertmanager|' +
  '9100 Prometheus node exporter; printers|9160 Cassandra Thrift|9200 Elasticsearch / OpenSearch|9229 Node.js inspector|' +
  '9300 Elasticsearch nodes|9411 Zipkin|9418 Git|9443 HTTPS (alternative)|9500 Longhorn|9600 Logstash API|9999 JMX|' +
  '10000 Webmin|10050 Zabbix agent|10051 Zabbix server|10249 kube-proxy metrics|10250 kubelet|10255 kubelet (read-only)|' +
  '10256 kube-proxy health|10257 kube-controller-manager|10259 kube-scheduler|11211b Memcached|11434 Ollama|' +
  '15672 RabbitMQ console|16686 Jaeger|18080 Spark history|19999 Netdata|25565 Minecraft|25672 RabbitMQ nodes|26257 CockroachDB|' +
  '27017 MongoDB|27018 MongoDB shard|32400 Plex|35357 OpenStack Keystone|47808u BACnet|49152u UPnP|50000 Db2, Jenkins agents|' +
  '50051 gRPC|50070 HDFS NameNode|51820u WireGuard|61613 STOMP|61616 ActiveMQ';

/** Names that IANA has registered and nobody uses, for ports that have another name in practice. */
const IANA: Readonly<Record<number, string>> = {
  1521: 'ncube-lm',
  2181: 'eforward',
  3000: 'remoteware-cl',
  5000: 'commplex-main',
  5044: 'lxi-evntsvc',
  5601: 'esmagent',
  8000: 'irdmi',
  8081: 'sunproxyadmin',
  8443: 'pcsync-https',
  8500: 'fmtp',
  9000: 'cslistener',
  9090: 'websm',
  9092: 'XmlIpcRegSvc',
  9200: 'wap-wsp',
  9300: 'vrace',
};

let table: Map<string, string> | undefined;

/** What runs on a port in practice; null if nothing is known. */
export function serviceOf(port: number, transport: 'tcp' | 'udp'): string | null {
  table ??= read();
  return table.get(`${port}/${transport}`) ?? null;
}

/** The name that IANA gives to a port that has another in practice. */
export function ianaNameOf(port: number): string | null {
  return IANA[port] ?? null;
}

function read(): Map<string, string> {
  const map = new Map<string, string>();
  for (const entry of NAMES.split('|')) {
    const blank = entry.indexOf(' ');
    const port = Number.parseInt(entry, 10);
    const kind = entry.charAt(blank - 1);
    const name = entry.slice(blank + 1);
    if (kind !== 'u') {
      map.set(`${port}/tcp`, name);
    }
    if (kind === 'u' || kind === 'b') {
      map.set(`${port}/udp`, name);
    }
  }
  return map;
}

/** Ports on which other protocols than HTTP are usual. */
const NOT_HTTP: ReadonlySet<number> = new Set([
  20, 21, 22, 23, 25, 53, 88, 110, 111, 135, 139, 143, 389, 445, 465, 514, 587, 636, 873, 990, 993,
  995, 1433, 1521, 1883, 2049, 2181, 2483, 3268, 3306, 3389, 4222, 5222, 5432, 5433, 5671, 5672,
  6379, 6380, 6432, 7687, 8009, 8883, 9042, 9092, 9160, 9300, 11211, 27017, 27018, 61613, 61616,
]);

/** Whether the server on a port may speak HTTP: any, but where another protocol is usual. */
export function maySpeakHttp(port: number): boolean {
  return !NOT_HTTP.has(port);
}

/** Who may listen on a system port. */
export const PRIVILEGED: readonly Advice[] = [
  on(
    LINUX,
    say(
      'Only root, or a program with CAP_NET_BIND_SERVICE, may listen on it by default. Containers often lower the limit (`net.ipv4.ip_unprivileged_port_start`).',
      'ip.7',
      'linux-ip-sysctl',
    ),
  ),
  on(
    MACOS,
    say(
      'Since macOS 10.14 any program may listen on it on all addresses; on a single address only root may.',
      'xnu-in6-pcb',
    ),
  ),
  on(BSD, say('Only root may listen on it by default.', 'freebsd-ip.4', 'general-practice')),
];

/** What is said of ports. */
export const PORT_TEXTS = {
  system: say('A system port (0–1023).', 'rfc6335'),
  user: say('A user port (1024–49151).', 'rfc6335'),
  dynamic: say('A dynamic port (49152–65535).', 'rfc6335'),
  ephemeral: say('In the range that {system} uses for outgoing connections: {range}.', 'rfc6335'),
  remoteEphemeral: say(
    'From a range that many systems give to outgoing connections (from 32768 or 49152).',
    'rfc6335',
    'linux-ip-sysctl',
    'illumos',
  ),
  practice: say('In practice: **{name}**.', 'de-facto-ports'),
  iana: say('Registered as `{name}`, which is rarely what runs there.', 'iana-ports'),
  unknown: say('No well-known service uses it.', 'iana-ports'),
  service: say(
    'A name from the services file instead of the number; option `-n` shows the number.',
    'netstat.8',
    'ss.8',
  ),
  any: say('Any port: no peer is connected.', 'netstat.8', 'ss.8'),
  anySender: say('Any port of the sender.', 'udp.7'),
  zero: say(
    'Port 0 stands for none: no peer is connected.',
    'captures-windows',
    'linux-proc-net-tcp',
  ),
  raw: say(
    'Not a port: raw sockets show the number of the IP protocol here (1 is ICMP, 58 ICMPv6).',
    'net-tools',
    'measured',
  ),
};
