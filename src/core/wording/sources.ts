/** Where a statement comes from: a document, a program's source, or our own measurement. */
export interface Source {
  /** As shown to people. */
  readonly title: string;
  /** A public address, where there is one. */
  readonly url?: string;
}

const RFC = 'https://www.rfc-editor.org/rfc/';
const KERNEL = 'https://github.com/torvalds/linux/blob/v6.12/';
const MAN = 'https://man7.org/linux/man-pages/';

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
  'linux-tcp': kernel('net/ipv4/tcp.c'),
  'linux-tcp-ipv4': kernel('net/ipv4/tcp_ipv4.c'),
  'linux-tcp-input': kernel('net/ipv4/tcp_input.c'),
  'linux-tcp-timer': kernel('net/ipv4/tcp_timer.c'),
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
  'open.2': man('man2/open.2.html', 'open(2)'),
  'shutdown.2': man('man2/shutdown.2.html', 'shutdown(2)'),
  'nstat.8': man('man8/nstat.8.html', 'nstat(8)'),
  'tcp.7': man('man7/tcp.7.html', 'tcp(7)'),
  'socket.7': man('man7/socket.7.html', 'socket(7)'),
  'ip.7': man('man7/ip.7.html', 'ip(7)'),
  'unix.7': man('man7/unix.7.html', 'unix(7)'),
  'udp.7': man('man7/udp.7.html', 'udp(7)'),
  'raw.7': man('man7/raw.7.html', 'raw(7)'),
  'packet.7': man('man7/packet.7.html', 'packet(7)'),
  'netlink.7': man('man7/netlink.7.html', 'netlink(7)'),
  'vsock.7': man('man7/vsock.7.html', 'vsock(7)'),
  'ps.1': man('man1/ps.1.html', 'ps(1)'),
  'systemd.socket': man('man5/systemd.socket.5.html', 'systemd.socket(5)'),
  'proc.5': man('man5/proc.5.html', 'proc(5)'),
  'fork.2': man('man2/fork.2.html', 'fork(2)'),
  'network-namespaces.7': man('man7/network_namespaces.7.html', 'network_namespaces(7)'),
  'lsns.8': man('man8/lsns.8.html', 'lsns(8)'),
  'nsenter.1': man('man1/nsenter.1.html', 'nsenter(1)'),
  'docker-ps': {
    title: 'Docker: docker container ls',
    url: 'https://docs.docker.com/reference/cli/docker/container/ls/',
  },
  'docker-desktop': {
    title: 'Docker Desktop: Virtual Machine Manager for Mac',
    url: 'https://docs.docker.com/desktop/features/vmm/',
  },
  'ms-netsh-interface': {
    title: 'Microsoft: netsh interface',
    url: 'https://learn.microsoft.com/windows-server/administration/windows-commands/netsh-interface',
  },
  'listen.2': man('man2/listen.2.html', 'listen(2)'),
  'connect.2': man('man2/connect.2.html', 'connect(2)'),
  'recv.2': man('man2/recv.2.html', 'recv(2)'),
  'send.2': man('man2/send.2.html', 'send(2)'),
  'bind.2': man('man2/bind.2.html', 'bind(2)'),
  'accept.2': man('man2/accept.2.html', 'accept(2)'),
  'errno.3': man('man3/errno.3.html', 'errno(3)'),
  'netstat.8': man('man8/netstat.8.html', 'netstat(8)'),
  'netdevice.7': man('man7/netdevice.7.html', 'netdevice(7)'),
  'route.8': man('man8/route.8.html', 'route(8)'),
  'net-tools-interface': {
    title: 'net-tools lib/interface.c',
    url: 'https://github.com/ecki/net-tools/blob/master/lib/interface.c',
  },
  'net-tools-routes': {
    title: 'net-tools lib/inet6_gr.c',
    url: 'https://github.com/ecki/net-tools/blob/master/lib/inet6_gr.c',
  },
  'openbsd-route': { title: 'OpenBSD route(8)', url: 'https://man.openbsd.org/route.8' },
  'ip-link.8': man('man8/ip-link.8.html', 'ip-link(8)'),
  'ip-route.8': man('man8/ip-route.8.html', 'ip-route(8)'),
  'ethtool.8': man('man8/ethtool.8.html', 'ethtool(8)'),
  'ss.8': man('man8/ss.8.html', 'ss(8)'),
  'net-tools': {
    title: 'net-tools netstat.c',
    url: 'https://github.com/ecki/net-tools/blob/master/netstat.c',
  },
  'net-tools-statistics': {
    title: 'net-tools statistics.c',
    url: 'https://github.com/ecki/net-tools/blob/master/statistics.c',
  },
  'iproute2-ss': {
    title: 'iproute2 misc/ss.c',
    url: 'https://github.com/iproute2/iproute2/blob/main/misc/ss.c',
  },
  busybox: { title: 'busybox networking/netstat.c' },
  'ip-neighbour.8': man('man8/ip-neighbour.8.html', 'ip-neighbour(8)'),
  'tc.8': man('man8/tc.8.html', 'tc(8)'),
  'tcpdump.1': {
    title: 'tcpdump(1)',
    url: 'https://www.tcpdump.org/manpages/tcpdump.1.html',
  },
  lsof: man('man8/lsof.8.html', 'lsof(8)'),
  sockstat: {
    title: 'FreeBSD sockstat(1)',
    url: 'https://man.freebsd.org/cgi/man.cgi?query=sockstat&sektion=1',
  },

  'ms-tasklist': {
    title: 'Microsoft: tasklist',
    url: 'https://learn.microsoft.com/windows-server/administration/windows-commands/tasklist',
  },
  'http-sys': {
    title: 'Microsoft: netsh http',
    url: 'https://learn.microsoft.com/windows-server/administration/windows-commands/netsh-http',
  },
  'ms-netstat': {
    title: 'Microsoft: netstat',
    url: 'https://learn.microsoft.com/windows-server/administration/windows-commands/netstat',
  },
  'ms-winsock-errors': {
    title: 'Microsoft: Windows Sockets error codes',
    url: 'https://learn.microsoft.com/windows/win32/winsock/windows-sockets-error-codes-2',
  },
  'ms-listen': {
    title: 'Microsoft: listen function',
    url: 'https://learn.microsoft.com/windows/win32/api/winsock2/nf-winsock2-listen',
  },
  'ms-mib-tcpstats': {
    title: 'Microsoft: MIB_TCPSTATS',
    url: 'https://learn.microsoft.com/windows/win32/api/tcpmib/ns-tcpmib-mib_tcpstats_lh',
  },
  'ms-port-exhaustion': {
    title: 'Microsoft: Troubleshoot port exhaustion issues',
    url: 'https://learn.microsoft.com/troubleshoot/windows-client/networking/tcp-ip-port-exhaustion-troubleshooting',
  },
  'ms-timed-wait-2000': { title: 'Microsoft TechNet cc938217, TcpTimedWaitDelay (Windows 2000)' },
  'ms-timed-wait-2003': { title: 'Microsoft TechNet cc757512, TcpTimedWaitDelay (Server 2003)' },
  'ms-rrasm': { title: 'Microsoft [MS-RRASM] 2.2.1.1.11' },
  'ms-exclusiveaddruse': {
    title: 'Microsoft: Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE',
    url: 'https://learn.microsoft.com/windows/win32/winsock/using-so-reuseaddr-and-so-exclusiveaddruse',
  },
  'ms-win32-process': {
    title: 'Microsoft: Win32_Process class',
    url: 'https://learn.microsoft.com/windows/win32/cimwin32prov/win32-process',
  },
  'ms-get-nettcpconnection': {
    title: 'Microsoft: Get-NetTCPConnection',
    url: 'https://learn.microsoft.com/powershell/module/nettcpip/get-nettcpconnection',
  },
  'ms-tcpstate': {
    title: 'Microsoft: TcpState',
    url: 'https://learn.microsoft.com/dotnet/api/system.net.networkinformation.tcpstate',
  },
  'ms-keepalive': {
    title: 'Microsoft: SIO_KEEPALIVE_VALS',
    url: 'https://learn.microsoft.com/windows/win32/winsock/sio-keepalive-vals',
  },
  'ms-fin-wait-2-timer': {
    title: 'Microsoft: FIN_WAIT_2 Timer',
    url: 'https://learn.microsoft.com/previous-versions/windows/hardware/network/fin-wait-2-timer',
  },
  'ms-kb-813056': { title: 'Microsoft KB 813056, FINWAIT-2 (Server 2003)' },
  'ms-smb-secure-traffic': {
    title: 'Microsoft: Secure SMB traffic in Windows Server',
    url: 'https://learn.microsoft.com/windows-server/storage/file-server/smb-secure-traffic',
  },
  'ms-tcpview': {
    title: 'Microsoft: TCPView',
    url: 'https://learn.microsoft.com/sysinternals/downloads/tcpview',
  },
  'windows-syn-measured': { title: 'Measured connect time-outs, SciQLop/speasy issue 344' },

  'xnu-timer': {
    title: 'xnu bsd/netinet/tcp_timer.h',
    url: 'https://github.com/apple-oss-distributions/xnu/blob/main/bsd/netinet/tcp_timer.h',
  },
  'xnu-tcp-h': {
    title: 'xnu bsd/netinet/tcp.h',
    url: 'https://github.com/apple-oss-distributions/xnu/blob/main/bsd/netinet/tcp.h',
  },
  'xnu-in6-pcb': {
    title: 'xnu bsd/netinet6/in6_pcb.c',
    url: 'https://github.com/apple-oss-distributions/xnu/blob/main/bsd/netinet6/in6_pcb.c',
  },
  'xnu-in-pcb': {
    title: 'xnu bsd/netinet/in_pcb.c',
    url: 'https://github.com/apple-oss-distributions/xnu/blob/main/bsd/netinet/in_pcb.c',
  },
  'macos-setsockopt.2': { title: 'macOS setsockopt(2)' },
  'xnu-uipc-socket2': {
    title: 'xnu bsd/kern/uipc_socket2.c',
    url: 'https://github.com/apple-oss-distributions/xnu/blob/main/bsd/kern/uipc_socket2.c',
  },
  'xnu-in-h': { title: 'xnu bsd/netinet/in.h' },
  'macos-netstat.1': { title: 'macOS netstat(1) (network_cmds)' },
  'network-cmds-inet': { title: 'Apple network_cmds netstat.tproj/inet.c' },
  'freebsd-tcp.4': {
    title: 'FreeBSD tcp(4)',
    url: 'https://man.freebsd.org/cgi/man.cgi?query=tcp&sektion=4',
  },
  'freebsd-listen.2': {
    title: 'FreeBSD listen(2)',
    url: 'https://man.freebsd.org/cgi/man.cgi?query=listen&sektion=2',
  },
  'freebsd-setsockopt.2': {
    title: 'FreeBSD setsockopt(2)',
    url: 'https://man.freebsd.org/cgi/man.cgi?query=setsockopt&sektion=2',
  },
  'freebsd-accept.2': {
    title: 'FreeBSD accept(2)',
    url: 'https://man.freebsd.org/cgi/man.cgi?query=accept&sektion=2',
  },
  'freebsd-send.2': {
    title: 'FreeBSD send(2)',
    url: 'https://man.freebsd.org/cgi/man.cgi?query=send&sektion=2',
  },
  'freebsd-errno.2': {
    title: 'FreeBSD errno(2)',
    url: 'https://man.freebsd.org/cgi/man.cgi?query=errno&sektion=2',
  },
  'freebsd-netstat.1': {
    title: 'FreeBSD netstat(1)',
    url: 'https://man.freebsd.org/cgi/man.cgi?query=netstat&sektion=1',
  },
  'freebsd-tcp-var-h': {
    title: 'FreeBSD sys/netinet/tcp_var.h',
    url: 'https://github.com/freebsd/freebsd-src/blob/main/sys/netinet/tcp_var.h',
  },
  'freebsd-timer': { title: 'FreeBSD sys/netinet/tcp_timer.h, tcp_timer.c' },
  'freebsd-udp': {
    title: 'FreeBSD sys/netinet/udp_usrreq.c',
    url: 'https://github.com/freebsd/freebsd-src/blob/main/sys/netinet/udp_usrreq.c',
  },
  'freebsd-in-h': { title: 'FreeBSD sys/netinet/in.h' },
  'freebsd-ip.4': {
    title: 'FreeBSD ip(4)',
    url: 'https://man.freebsd.org/cgi/man.cgi?query=ip&sektion=4',
  },
  'tcpdrop.8': {
    title: 'FreeBSD tcpdrop(8)',
    url: 'https://man.freebsd.org/cgi/man.cgi?query=tcpdrop&sektion=8',
  },
  'openbsd-tcpdrop': { title: 'OpenBSD tcpdrop(8)', url: 'https://man.openbsd.org/tcpdrop.8' },
  'bsd-tcp-fsm': { title: 'xnu bsd/netinet/tcp_fsm.h' },
  'openbsd-timer': { title: 'OpenBSD sys/netinet/tcp_timer.h' },
  'openbsd-fstat': { title: 'OpenBSD fstat(1)', url: 'https://man.openbsd.org/fstat.1' },
  'netbsd-timer': { title: 'NetBSD sys/netinet/tcp_timer.h' },
  'netbsd-in-h': { title: 'NetBSD sys/netinet/in.h' },
  'illumos-mib2-h': {
    title: 'illumos usr/src/uts/common/inet/mib2.h',
    url: 'https://github.com/illumos/illumos-gate/blob/master/usr/src/uts/common/inet/mib2.h',
  },
  'illumos-errno-h': {
    title: 'illumos usr/src/uts/common/sys/errno.h',
    url: 'https://github.com/illumos/illumos-gate/blob/master/usr/src/uts/common/sys/errno.h',
  },
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
  'dotnet-handler': {
    title: 'Microsoft: SocketsHttpHandler',
    url: 'https://learn.microsoft.com/dotnet/api/system.net.http.socketshttphandler',
  },
  'python-socket': {
    title: 'Python: socket',
    url: 'https://docs.python.org/3/library/socket.html',
  },
  'python-exceptions': {
    title: 'Python: OS exceptions',
    url: 'https://docs.python.org/3/library/exceptions.html#os-exceptions',
  },
  'dotnet-sockets': {
    title: 'Microsoft: Use Sockets to send and receive data over TCP',
    url: 'https://learn.microsoft.com/dotnet/fundamentals/networking/sockets/socket-services',
  },
  'dotnet-socketexception': {
    title: 'Microsoft: SocketException',
    url: 'https://learn.microsoft.com/dotnet/api/system.net.sockets.socketexception',
  },
  'curl-errors': {
    title: 'libcurl: error codes',
    url: 'https://curl.se/libcurl/c/libcurl-errors.html',
  },
  'dotnet-httpclient': {
    title: 'Microsoft: Guidelines for using HttpClient',
    url: 'https://learn.microsoft.com/dotnet/fundamentals/networking/http/httpclient-guidelines',
  },
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
  'ms-app-lifecycle': {
    title: 'Microsoft: Windows app lifecycle, suspended apps',
    url: 'https://learn.microsoft.com/windows/uwp/launch-resume/app-lifecycle',
  },
  conntrack8: {
    title: 'conntrack(8)',
    url: 'https://manpages.debian.org/bookworm/conntrack/conntrack.8.en.html',
  },
  'nf-conntrack-tcp': kernel('net/netfilter/nf_conntrack_proto_tcp.c'),
  'pf-print-state': {
    title: 'OpenBSD sbin/pfctl/pf_print_state.c',
    url: 'https://github.com/openbsd/src/blob/master/sbin/pfctl/pf_print_state.c',
  },
  pf: {
    title: 'OpenBSD sys/net/pf.c',
    url: 'https://github.com/openbsd/src/blob/master/sys/net/pf.c',
  },
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
  return section === undefined
    ? { title: `RFC ${number}`, url: `${RFC}rfc${number}` }
    : { title: `RFC ${number} §${section}`, url: `${RFC}rfc${number}#section-${section}` };
}

function kernel(file: string): Source {
  return { title: `Linux ${file}`, url: KERNEL + file };
}

function man(path: string, title: string): Source {
  return { title, url: MAN + path };
}
