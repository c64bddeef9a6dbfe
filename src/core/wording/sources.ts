/** Where a statement comes from: a document, a program's source, or our own measurement. */
export interface Source {
  /** As shown to people. */
  readonly title: string;
  /** A public address, where there is one. */
  readonly url?: string;
}

const kernel = files('Linux', 'https://github.com/torvalds/linux/blob/v6.12/');
const netTools = files('net-tools', 'https://github.com/ecki/net-tools/blob/master/');
const xnu = files('xnu', 'https://github.com/apple-oss-distributions/xnu/blob/main/');
const freebsd = files('FreeBSD', 'https://github.com/freebsd/freebsd-src/blob/main/');
const openbsd = files('OpenBSD', 'https://github.com/openbsd/src/blob/master/');
const illumos = files('illumos', 'https://github.com/illumos/illumos-gate/blob/master/');

/*
 * Every source that a text may name. Kernel files are those of Linux 6.12. "Measured" means seen
 * in our own experiments: Linux 6.18, net-tools 2.10, iproute2 6.1, two network namespaces.
 */
const TABLE = {
  'rfc9293-3.3.1': rfc(9293, '3.3.1'),
  'rfc9293-3.3.2': rfc(9293, '3.3.2'),
  'rfc9293-3.4.2': rfc(9293, '3.4.2'),
  'rfc9293-3.4.3': rfc(9293, '3.4.3'),
  'rfc9293-3.5': rfc(9293, '3.5'),
  'rfc9293-3.5.1': rfc(9293, '3.5.1'),
  'rfc9293-3.5.2': rfc(9293, '3.5.2'),
  'rfc9293-3.6': rfc(9293, '3.6'),
  'rfc9293-3.6.1': rfc(9293, '3.6.1'),
  'rfc9293-3.8.3': rfc(9293, '3.8.3'),
  'rfc9293-3.8.4': rfc(9293, '3.8.4'),
  'rfc9293-3.8.6': rfc(9293, '3.8.6'),
  'rfc9293-3.8.6.1': rfc(9293, '3.8.6.1'),
  'rfc9293-3.10.4': rfc(9293, '3.10.4'),
  rfc1337: rfc(1337),
  rfc768: rfc(768),
  rfc9260: rfc(9260, '4'),
  rfc3828: rfc(3828),
  rfc4340: rfc(4340),
  rfc8684: rfc(8684),
  rfc2525: rfc(2525),
  rfc4022: rfc(4022),
  rfc4113: rfc(4113),
  rfc4293: rfc(4293),
  rfc3873: rfc(3873),
  rfc6335: rfc(6335, '6'),
  rfc919: rfc(919),
  rfc1112: rfc(1112),
  rfc1122: rfc(1122),
  rfc1191: rfc(1191),
  rfc1918: rfc(1918),
  rfc2544: rfc(2544),
  rfc3056: rfc(3056),
  rfc3849: rfc(3849),
  rfc3927: rfc(3927),
  rfc4007: rfc(4007),
  rfc4193: rfc(4193),
  rfc4291: rfc(4291),
  rfc4380: rfc(4380),
  rfc5180: rfc(5180),
  rfc5737: rfc(5737),
  rfc5771: rfc(5771),
  rfc6052: rfc(6052, '2.2'),
  rfc6598: rfc(6598),
  rfc6666: rfc(6666),
  rfc6762: rfc(6762),
  rfc6890: rfc(6890),
  rfc7526: rfc(7526),
  rfc8215: rfc(8215),
  rfc8305: rfc(8305),
  rfc9637: rfc(9637),
  'iana-ports': {
    title: 'IANA service names and port numbers',
    url: 'https://www.iana.org/assignments/service-names-port-numbers',
  },
  'de-facto-ports': { title: 'The default port in the documentation of the product itself' },

  measured: { title: 'Measured on Linux 6.18 (net-tools 2.10, iproute2 6.1)' },
  'measured-tls': { title: 'Measured on Linux 6.18 with TLS 1.2 and 1.3 connections' },
  'measured-node': { title: 'Measured with Node.js 20 on Linux 6.18' },
  'measured-errors': {
    title: 'Measured on Linux 6.18 with Java 17, Python 3, Node.js 20, and OpenSSL',
  },
  'captures-windows': { title: 'Published captures of Windows netstat' },
  'captures-macos': { title: 'Published captures of macOS netstat' },

  'linux-snmp-counter': {
    title: 'Linux documentation: SNMP counter',
    url: 'https://docs.kernel.org/networking/snmp_counter.html',
  },
  'linux-kthread': kernel('kernel/kthread.c'),
  'linux-tcp': kernel('net/ipv4/tcp.c'),
  'linux-tcp-ipv4': kernel('net/ipv4/tcp_ipv4.c'),
  'linux-tcp-input': kernel('net/ipv4/tcp_input.c'),
  'linux-tcp-timer': kernel('net/ipv4/tcp_timer.c'),
  'linux-xprtsock': kernel('net/sunrpc/xprtsock.c'),
  'linux-tcp-diag': kernel('net/ipv4/tcp_diag.c'),
  'linux-tcp-minisocks': kernel('net/ipv4/tcp_minisocks.c'),
  'linux-tcp-output': kernel('net/ipv4/tcp_output.c'),
  'linux-tcp-ao': kernel('net/ipv4/tcp_ao.c'),
  'linux-syncookies': kernel('net/ipv4/syncookies.c'),
  'linux-timewait-sock': kernel('net/ipv4/inet_timewait_sock.c'),
  'linux-ip-input': kernel('net/ipv4/ip_input.c'),
  'linux-ip-output': kernel('net/ipv4/ip_output.c'),
  'linux-ip-fragment': kernel('net/ipv4/ip_fragment.c'),
  'linux-icmp': kernel('net/ipv4/icmp.c'),
  'linux-proc': kernel('net/ipv4/proc.c'),
  'linux-filter': kernel('net/core/filter.c'),
  'linux-dev': kernel('net/core/dev.c'),
  'linux-mptcp-mib-h': kernel('net/mptcp/mib.h'),
  'linux-if-link-h': kernel('include/uapi/linux/if_link.h'),
  'linux-net-procfs': kernel('net/core/net-procfs.c'),
  'linux-errno-h': kernel('include/uapi/asm-generic/errno.h'),
  'linux-tcp-h': kernel('include/net/tcp.h'),
  'linux-sock-h': kernel('include/net/sock.h'),
  'linux-af-unix': kernel('net/unix/af_unix.c'),
  'linux-connection-sock': kernel('net/ipv4/inet_connection_sock.c'),
  'linux-connection-sock-h': kernel('include/net/inet_connection_sock.h'),
  'linux-tcp-states-h': kernel('include/net/tcp_states.h'),
  'linux-net-h': kernel('include/uapi/linux/net.h'),
  'linux-sctp-constants-h': kernel('include/net/sctp/constants.h'),
  'linux-sctp-h': kernel('include/uapi/linux/sctp.h'),
  'linux-udp': kernel('net/ipv4/udp.c'),
  'linux-ip-sysctl': {
    title: 'Linux Documentation/networking/ip-sysctl.rst',
    url: 'https://docs.kernel.org/networking/ip-sysctl.html',
  },
  'linux-proc-net-tcp': {
    title: 'Linux Documentation/networking/proc_net_tcp.rst',
    url: 'https://docs.kernel.org/networking/proc_net_tcp.html',
  },
  'open.2': man('open', 2),
  'shutdown.2': man('shutdown', 2),
  'nstat.8': man('nstat', 8),
  'tcp.7': man('tcp', 7),
  'socket.7': man('socket', 7),
  'ip.7': man('ip', 7),
  'unix.7': man('unix', 7),
  'udp.7': man('udp', 7),
  'raw.7': man('raw', 7),
  'packet.7': man('packet', 7),
  'netlink.7': man('netlink', 7),
  'vsock.7': man('vsock', 7),
  'ps.1': man('ps', 1),
  'systemd.socket': man('systemd.socket', 5),
  'proc.5': man('proc', 5),
  'fork.2': man('fork', 2),
  'network-namespaces.7': man('network_namespaces', 7),
  'lsns.8': man('lsns', 8),
  'nsenter.1': man('nsenter', 1),
  'docker-ps': {
    title: 'Docker: docker container ls',
    url: 'https://docs.docker.com/reference/cli/docker/container/ls/',
  },
  'docker-desktop': {
    title: 'Docker Desktop: Virtual Machine Manager for Mac',
    url: 'https://docs.docker.com/desktop/features/vmm/',
  },
  'ms-netsh-interface': microsoft(
    'netsh interface',
    'windows-server/administration/windows-commands/netsh-interface',
  ),
  'listen.2': man('listen', 2),
  'connect.2': man('connect', 2),
  'recv.2': man('recv', 2),
  'send.2': man('send', 2),
  'bind.2': man('bind', 2),
  'accept.2': man('accept', 2),
  'errno.3': man('errno', 3),
  'netstat.8': man('netstat', 8),
  'netdevice.7': man('netdevice', 7),
  'route.8': man('route', 8),
  'net-tools-interface': netTools('lib/interface.c'),
  'net-tools-routes': netTools('lib/inet6_gr.c'),
  'openbsd-route': openbsdMan('route', 8),
  'ip-link.8': man('ip-link', 8),
  'ip-route.8': man('ip-route', 8),
  'ethtool.8': man('ethtool', 8),
  'ss.8': man('ss', 8),
  'net-tools': netTools('netstat.c'),
  'net-tools-statistics': netTools('statistics.c'),
  'iproute2-ss': {
    title: 'iproute2 misc/ss.c',
    url: 'https://github.com/iproute2/iproute2/blob/main/misc/ss.c',
  },
  busybox: { title: 'busybox networking/netstat.c' },
  'ip-neighbour.8': man('ip-neighbour', 8),
  'tc.8': man('tc', 8),
  'tcpdump.1': {
    title: 'tcpdump(1)',
    url: 'https://www.tcpdump.org/manpages/tcpdump.1.html',
  },
  lsof: man('lsof', 8),
  sockstat: freebsdMan('sockstat', 1),

  'ms-tasklist': microsoft('tasklist', 'windows-server/administration/windows-commands/tasklist'),
  'http-sys': microsoft('netsh http', 'windows-server/administration/windows-commands/netsh-http'),
  'ms-netstat': microsoft('netstat', 'windows-server/administration/windows-commands/netstat'),
  'ms-winsock-errors': microsoft(
    'Windows Sockets error codes',
    'windows/win32/winsock/windows-sockets-error-codes-2',
  ),
  'ms-listen': microsoft('listen function', 'windows/win32/api/winsock2/nf-winsock2-listen'),
  'ms-mib-tcpstats': microsoft(
    'MIB_TCPSTATS',
    'windows/win32/api/tcpmib/ns-tcpmib-mib_tcpstats_lh',
  ),
  'ms-port-exhaustion': microsoft(
    'Troubleshoot port exhaustion issues',
    'troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting',
  ),
  'ms-timed-wait-2000': { title: 'Microsoft TechNet cc938217, TcpTimedWaitDelay (Windows 2000)' },
  'ms-timed-wait-2003': { title: 'Microsoft TechNet cc757512, TcpTimedWaitDelay (Server 2003)' },
  'ms-rrasm': { title: 'Microsoft [MS-RRASM] 2.2.1.1.11' },
  'ms-exclusiveaddruse': microsoft(
    'Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE',
    'windows/win32/winsock/using-so-reuseaddr-and-so-exclusiveaddruse',
  ),
  'ms-win32-process': microsoft('Win32_Process class', 'windows/win32/cimwin32prov/win32-process'),
  'ms-get-nettcpconnection': microsoft(
    'Get-NetTCPConnection',
    'powershell/module/nettcpip/get-nettcpconnection',
  ),
  'ms-tcpstate': microsoft('TcpState', 'dotnet/api/system.net.networkinformation.tcpstate'),
  'ms-keepalive': microsoft('SIO_KEEPALIVE_VALS', 'windows/win32/winsock/sio-keepalive-vals'),
  'ms-fin-wait-2-timer': microsoft(
    'FIN_WAIT_2 Timer',
    'previous-versions/windows/hardware/network/fin-wait-2-timer',
  ),
  'ms-kb-813056': { title: 'Microsoft KB 813056, FINWAIT-2 (Server 2003)' },
  'ms-smb-secure-traffic': microsoft(
    'Secure SMB traffic in Windows Server',
    'windows-server/storage/file-server/smb-secure-traffic',
  ),
  'ms-tcpview': microsoft('TCPView', 'sysinternals/downloads/tcpview'),
  'windows-syn-measured': { title: 'Measured connect time-outs, SciQLop/speasy issue 344' },

  'xnu-timer': xnu('bsd/netinet/tcp_timer.h'),
  'xnu-tcp-h': xnu('bsd/netinet/tcp.h'),
  'xnu-in6-pcb': xnu('bsd/netinet6/in6_pcb.c'),
  'xnu-in-pcb': xnu('bsd/netinet/in_pcb.c'),
  'macos-setsockopt.2': { title: 'macOS setsockopt(2)' },
  'xnu-uipc-socket2': xnu('bsd/kern/uipc_socket2.c'),
  'xnu-in-h': { title: 'xnu bsd/netinet/in.h' },
  'macos-netstat.1': { title: 'macOS netstat(1) (network_cmds)' },
  'network-cmds-inet': { title: 'Apple network_cmds netstat.tproj/inet.c' },
  'freebsd-tcp.4': freebsdMan('tcp', 4),
  'freebsd-listen.2': freebsdMan('listen', 2),
  'freebsd-setsockopt.2': freebsdMan('setsockopt', 2),
  'freebsd-accept.2': freebsdMan('accept', 2),
  'freebsd-send.2': freebsdMan('send', 2),
  'freebsd-errno.2': freebsdMan('errno', 2),
  'freebsd-netstat.1': freebsdMan('netstat', 1),
  'freebsd-tcp-var-h': freebsd('sys/netinet/tcp_var.h'),
  'freebsd-timer': { title: 'FreeBSD sys/netinet/tcp_timer.h, tcp_timer.c' },
  'freebsd-udp': freebsd('sys/netinet/udp_usrreq.c'),
  'freebsd-in-h': { title: 'FreeBSD sys/netinet/in.h' },
  'freebsd-ip.4': freebsdMan('ip', 4),
  'tcpdrop.8': freebsdMan('tcpdrop', 8),
  'openbsd-tcpdrop': openbsdMan('tcpdrop', 8),
  'bsd-tcp-fsm': { title: 'xnu bsd/netinet/tcp_fsm.h' },
  'openbsd-timer': { title: 'OpenBSD sys/netinet/tcp_timer.h' },
  'openbsd-fstat': openbsdMan('fstat', 1),
  'netbsd-timer': { title: 'NetBSD sys/netinet/tcp_timer.h' },
  'netbsd-in-h': { title: 'NetBSD sys/netinet/in.h' },
  'illumos-mib2-h': illumos('usr/src/uts/common/inet/mib2.h'),
  'illumos-errno-h': illumos('usr/src/uts/common/sys/errno.h'),
  illumos: { title: 'illumos tcp_tunables.c' },
  'solaris-tunables': { title: 'Oracle Solaris Tunable Parameters Reference Manual' },
  'solaris-netstat': { title: 'Oracle Solaris netstat(8)' },

  'apache-fin-wait-2': {
    title: 'Apache: Connections in the FIN_WAIT_2 state and Apache',
    url: 'https://httpd.apache.org/docs/2.0/misc/fin_wait_2.html',
  },
  'apache-hc': { title: 'Apache HttpClient tutorial, connection management' },
  'apache-event': {
    title: 'Apache: MPM event',
    url: 'https://httpd.apache.org/docs/2.4/mod/event.html',
  },
  'apache-mpm-common': {
    title: 'Apache: MPM common directives',
    url: 'https://httpd.apache.org/docs/2.4/mod/mpm_common.html#maxrequestworkers',
  },
  'nginx-core': {
    title: 'nginx: Core functionality',
    url: 'https://nginx.org/en/docs/ngx_core_module.html#worker_connections',
  },
  'aws-imds': { title: 'AWS: Instance metadata and user data' },
  'azure-imds': { title: 'Microsoft: Azure Instance Metadata Service' },
  'iana-multicast': {
    title: 'IANA IPv4 multicast address space registry',
    url: 'https://www.iana.org/assignments/multicast-addresses',
  },
  tailscale: { title: 'Tailscale: What are these 100.x.y.z addresses?' },
  'docker-packet-filtering': {
    title: 'Docker: Packet filtering and firewalls',
    url: 'https://docs.docker.com/engine/network/packet-filtering-firewalls/',
  },
  'cisa-amplification': {
    title: 'CISA: UDP-Based Amplification Attacks (TA14-017A)',
    url: 'https://www.cisa.gov/news-events/alerts/2014/01/17/udp-based-amplification-attacks',
  },
  'docker-socket': {
    title: 'Docker: Protect the Docker daemon socket',
    url: 'https://docs.docker.com/engine/security/protect-access/',
  },
  kinsing: {
    title: 'Guardian Digital: Kinsing cryptominer (kdevtmpfsi)',
    url: 'https://guardiandigital.com/resources/blog/how-phishing-email-leads-to-kinsing-cryptominer',
  },
  xmrig: { title: 'XMRig', url: 'https://github.com/xmrig/xmrig' },
  cpuminer: { title: 'cpuminer (minerd)', url: 'https://github.com/pooler/cpuminer' },
  'metasploit-ports': {
    title: 'Metasploit Framework: default LPORT of payloads',
    url: 'https://docs.metasploit.com/docs/using-metasploit/basics/how-to-use-a-reverse-shell-in-metasploit.html',
  },
  adb: {
    title: 'Android Debug Bridge (adb)',
    url: 'https://developer.android.com/tools/adb',
  },
  'flower-config': {
    title: 'Flower: configuration',
    url: 'https://flower.readthedocs.io/en/latest/config.html',
  },
  'grafana-alloy-run': {
    title: 'Grafana Alloy: the run command',
    url: 'https://grafana.com/docs/alloy/latest/reference/cli/run/',
  },
  'strapi-server': {
    title: 'Strapi: server configuration',
    url: 'https://docs.strapi.io/cms/configurations/server',
  },
  'kubernetes-service': {
    title: 'Kubernetes: Service',
    url: 'https://kubernetes.io/docs/concepts/services-networking/service/',
  },
  'openssh-auth2': {
    title: 'OpenSSH auth2.c',
    url: 'https://github.com/openssh/openssh-portable/blob/master/auth2.c',
  },
  'sshd-config.5': man('sshd_config', 5),
  'selenium-grid': {
    title: 'Selenium: Grid, getting started',
    url: 'https://www.selenium.dev/documentation/grid/getting_started/',
  },
  'nodejs-inspector': {
    title: 'Node.js: Debugging, security implications',
    url: 'https://nodejs.org/en/learn/getting-started/debugging',
  },
  jdwp: { title: 'Java Debug Wire Protocol' },
  'nodejs-net': { title: 'Node.js: net', url: 'https://nodejs.org/api/net.html' },
  'nodejs-http': { title: 'Node.js: http', url: 'https://nodejs.org/api/http.html' },
  'nodejs-errors': { title: 'Node.js: errors', url: 'https://nodejs.org/api/errors.html' },
  'undici-client': {
    title: 'undici: Client (fetch of Node.js)',
    url: 'https://undici.nodejs.org/#/docs/api/Client',
  },
  'nodejs-fin-wait': { title: 'nodejs/node-v0.x-archive issue 3613' },
  'go-net-http': { title: 'Go: net/http', url: 'https://pkg.go.dev/net/http' },
  'go-net': { title: 'Go: net', url: 'https://pkg.go.dev/net' },
  'go-syscall': { title: 'Go: syscall', url: 'https://pkg.go.dev/syscall' },
  'java-socket': {
    title: 'Java: Socket',
    url: 'https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/net/Socket.html',
  },
  'java-extended-options': {
    title: 'Java: ExtendedSocketOptions',
    url: 'https://docs.oracle.com/en/java/javase/21/docs/api/jdk.net/jdk/net/ExtendedSocketOptions.html',
  },
  'java-http-client': {
    title: 'Java: HttpClient',
    url: 'https://docs.oracle.com/en/java/javase/21/docs/api/java.net.http/java/net/http/HttpClient.Builder.html',
  },
  'python-requests': {
    title: 'Requests: Advanced usage',
    url: 'https://requests.readthedocs.io/en/latest/user/advanced/',
  },
  'dotnet-handler': microsoft(
    'SocketsHttpHandler',
    'dotnet/api/system.net.http.socketshttphandler',
  ),
  'python-socket': {
    title: 'Python: socket',
    url: 'https://docs.python.org/3/library/socket.html',
  },
  'python-exceptions': {
    title: 'Python: OS exceptions',
    url: 'https://docs.python.org/3/library/exceptions.html#os-exceptions',
  },
  'dotnet-sockets': microsoft(
    'Use Sockets to send and receive data over TCP',
    'dotnet/fundamentals/networking/sockets/socket-services',
  ),
  'dotnet-socketexception': microsoft(
    'SocketException',
    'dotnet/api/system.net.sockets.socketexception',
  ),
  'curl-errors': {
    title: 'libcurl: error codes',
    url: 'https://curl.se/libcurl/c/libcurl-errors.html',
  },
  'dotnet-httpclient': microsoft(
    'Guidelines for using HttpClient',
    'dotnet/fundamentals/networking/http/httpclient-guidelines',
  ),
  'general-practice': { title: 'General practice; not measured by us' },
  'cloudflare-die': {
    title: 'Cloudflare: When TCP sockets refuse to die',
    url: 'https://blog.cloudflare.com/when-tcp-sockets-refuse-to-die/',
  },
  'bernat-time-wait': {
    title: 'Vincent Bernat: Coping with the TCP TIME-WAIT state',
    url: 'https://vincent.bernat.ch/en/blog/2014-tcp-time-wait-state-linux',
  },
  'aws-elb': {
    title: 'AWS: Network Load Balancers, connection idle timeout',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html',
  },
  'aws-elb-classic': {
    title: 'AWS: Classic Load Balancers, idle connection timeout',
    url: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/classic/config-idle-timeout.html',
  },
  'istio-ports': {
    title: 'Istio: Application requirements, ports used by Istio',
    url: 'https://istio.io/latest/docs/ops/deployment/application-requirements/',
  },
  'istio-traffic': {
    title: 'Istio: Understanding traffic routing and sidecar interception',
    url: 'https://istio.io/latest/docs/ops/configuration/traffic-management/traffic-routing/',
  },
  'linkerd-proxy': {
    title: 'Linkerd: Proxy configuration',
    url: 'https://linkerd.io/2/reference/proxy-configuration/',
  },
  'ms-app-lifecycle': microsoft(
    'Windows app lifecycle, suspended apps',
    'windows/uwp/launch-resume/app-lifecycle',
  ),
  conntrack8: {
    title: 'conntrack(8)',
    url: 'https://manpages.debian.org/bookworm/conntrack/conntrack.8.en.html',
  },
  'nf-conntrack-core': kernel('net/netfilter/nf_conntrack_core.c'),
  'linux-nf-conntrack-sysctl': {
    title: 'Linux documentation: nf_conntrack sysctl',
    url: 'https://docs.kernel.org/networking/nf_conntrack-sysctl.html',
  },
  'nf-conntrack-tcp': kernel('net/netfilter/nf_conntrack_proto_tcp.c'),
  'pf-print-state': openbsd('sbin/pfctl/pf_print_state.c'),
  pf: openbsd('sys/net/pf.c'),
  'ibm-zos-tcp-status': {
    title: 'IBM z/OS: TCP connection status',
    url: 'https://www.ibm.com/docs/en/zos/2.1.0?topic=SSLTBW_2.1.0/com.ibm.zos.v2r1.halu101/constatus.htm',
  },
  'azure-lb': { title: 'Microsoft: Azure Load Balancer TCP reset and idle time-out' },
} satisfies Record<string, Source>;

export type SourceId = keyof typeof TABLE;

/** Every source that a statement may name. */
export const sources: Readonly<Record<SourceId, Source>> = TABLE;

function rfc(number: number, section?: string): Source {
  const url = `https://www.rfc-editor.org/rfc/rfc${number}`;
  return section === undefined
    ? { title: `RFC ${number}`, url }
    : { title: `RFC ${number} §${section}`, url: `${url}#section-${section}` };
}

/** Makes the sources that are files of a repository. */
function files(project: string, repository: string): (file: string) => Source {
  return file => ({ title: `${project} ${file}`, url: repository + file });
}

function man(page: string, section: number): Source {
  return {
    title: `${page}(${section})`,
    url: `https://man7.org/linux/man-pages/man${section}/${page}.${section}.html`,
  };
}

function freebsdMan(page: string, section: number): Source {
  return {
    title: `FreeBSD ${page}(${section})`,
    url: `https://man.freebsd.org/cgi/man.cgi?query=${page}&sektion=${section}`,
  };
}

function openbsdMan(page: string, section: number): Source {
  return {
    title: `OpenBSD ${page}(${section})`,
    url: `https://man.openbsd.org/${page}.${section}`,
  };
}

function microsoft(title: string, path: string): Source {
  return { title: `Microsoft: ${title}`, url: `https://learn.microsoft.com/${path}` };
}
