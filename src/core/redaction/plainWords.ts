/*
 * Words that tell nothing of anybody. In paths, in what follows a program's name in its title and
 * before a row, every other word is replaced.
 */

const PLAIN = `
unknown component components type ino connected internet datacenter compat defaultroute seqpacket abstract accept accepted agent and apache app application apps apr archive archlog arg arp async at
audit aug auth authority authorization autofs autovacuum avahi background backup bash bat bin bind
bluetooth boot browser bus busy busybox cache caddy capture cat catalina celery cfg cgroup
checkpoint checkpointer child chrome chromium chrony chronyd cli cluster cmd code com commit conf
config connect connection connections connector console consul consumer container containerd
content control core cri cron crond crypto ctl cups cupsd daemon dash data database dav dbus dead
debian debug dec default delete deleted deno desktop dev device dgram dhclient dhcp dhcpcd disk dll
dm dnf dnrtmsg dnsmasq docker dockerd dotnet dovecot dri drivers dump edge edgewebview
elasticsearch electron end epmd error etc etcd eth etl event exe exec executor exim export failed
fd feb fiblookup file files firefox fixed for fpm framework freebsd fri fs fstat fw gdm genl git
global gmt gnome go google gpg gpu grafana greeter grpc gssproxy guest gunicorn haproxy helper home
html http httpd https ice icmp id idle iisexpress imap imapd in inet inetdiag info ini init initctl
input insert interactive internal invoker io ip ipc ipp ipv irq is iscsid items jan jar java javaw
jetty job jobs journal journald js jsvc jul jun jupyter kafka kde kernel keyring kobject kthreadd
kube kubelet kubepods kworker lan launchd launcher ld lib libexec library libvirt lighttpd linux
lldp lldpad lo local lock log logger logical login logind logs lsof machine mail main manager mar
master may mdns memcached message messagebus microsoft mod modules mon mongod mongodb mongos mount
mpathd mqueue msc multipathd mysql mysqld mysqlx name named native net netd netlink netns netstat
network networkd networkmanager next nflog nfs nft nginx nm node nodejs none notify notty nov npm
ns nscd nt ntp ntpd null oct of on opt options org os out output overlay packagekit packet pager
pam parallel parent path perl pgbouncer pgsql php pid pids pipe pipewire pl plugin pm podman polkit
polkitd pool pop popd port portal postfix postgres postgresql postmaster priv private proc process
processes producer program programdata programs prometheus proxy proxysql ps pts public pulse puma
py pypy python pythonw query queue rabbitmq raw rb rbin rdma react reader ready redis relay
renderer replica replication rest result root route router rpc rpcbind rtnl ruby run runner running
runtime safari sat sbin scheduler scope scsitrans sctp sddm sdk secure select selinux sender sep
server service services session sftp sh share shared shell sidekiq signal simple slack slice smbd
snap snapshot so sock socket sockets sockstat spool sql squid src srv ss ssh sshd sshfs ssl standby
start startup stat state statistics stats stderr stdin stdout storage stream su sudo sun supervisor
supervisord svc svchost swarm sync sys syslog syslogd system systemctl systemd systemroot syswow t
target tcp tcpdiag telegraf temp test thu tls tmp tomcat tool tools traefik transaction ts tty tue
tunnel txt udev udevd udp uevent ui unbound unicorn unit unix unpriv update uplevel upstart user
users usr utc utilities utility uuidd uvicorn uwsgi v var varnish varnishd vault version volume
volumes wait waiting wal walreceiver walsender war watch watchdog wayland wed wget widget windows
windowserver winlogon wireplumber with worker workers wow writer www wwwroot x xfrm xinetd xorg xpc
yarn z zabbix zookeeper zoom zsh
`;

const WORDS: ReadonlySet<string> = new Set(PLAIN.split(/\s+/).filter(word => word !== ''));

/** Longer numbers may be addresses, telephone or serial numbers. */
const LONGEST_NUMBER = 7;
/** `20260105` */
const DATE = /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

/** Whether a word of letters and digits tells nothing of anybody. */
export function isPlainWord(word: string): boolean {
  if (word.length < 2) {
    return true;
  }
  if (/^\d+$/.test(word)) {
    return word.length <= LONGEST_NUMBER || DATE.test(word);
  }
  const lower = word.toLowerCase();
  return WORDS.has(lower) || WORDS.has(lower.replace(/\d{1,3}$/, ''));
}

/** Accounts that systems and packages make: they name nobody. */
const ACCOUNTS: ReadonlySet<string> = new Set(
  `root daemon nobody nogroup bin sys sync adm operator admin administrator system guest public shared
default user www-data www http httpd apache nginx postgres mysql mongodb redis rabbitmq memcache
elasticsearch tomcat messagebus dbus avahi sshd ntp chrony syslog mail postfix dovecot dovenull exim
named bind unbound dnsmasq polkitd rpc rpcuser statd nfsnobody lp cups colord rtkit haproxy squid
zabbix nscd git docker vagrant ubuntu debian ec2-user systemd-network systemd-resolve
systemd-timesync systemd-oom localservice networkservice`.split(/\s+/),
);

/** Accounts of macOS, the BSDs and Debian that begin with a low line, as their passwd files list them. */
const LOW_LINE_ACCOUNTS: ReadonlySet<string> = new Set(
  `_accessoryupdater _amavisd _analyticsd _aonsensed _appinstalld _appleevents _applepay _appowner
_appserver _appstore _apt _ard _assetcache _astris _atsserver _audiomxd _avbdeviced _avphidbridge
_backgroundassets _biome _bgpd _calendar _captiveagent _ces _chrony _clamav _cmiodalassistants
_coreaudiod _coremediaiod _coreml _ctkd _cvmsroot _cvs _cyrus _darwindaemon _datadetectors _demod
_devdocs _devicemgr _dhcp _diskimagesiod _displaypolicyd _distnote _dovecot _dovenull _dpaudio
_driverkit _dvmrpd _eigrpd _eligibilityd _eppc _file _findmydevice _fingerd _fpsd _ftp _ftp_proxy
_gamecontrollerd _geod _hidd _hostapd _iconservices _identd _iked _installassistant
_installcoordinationd _installer _isakmpd _jabber _kadmin_admin _kadmin_changepw _knowledgegraphd
_krb_anonymous _krb_changepw _krb_kadmin _krb_kerberos _krb_krbtgt _krbfast _krbtgt
_launchservicesd _lda _ldapd _ldpd _lldpd _locationd _logd _lp _mailman _mbsetupuser _mcxalr
_mdnsresponder _mmaintenanced _mobileasset _mobilegestalthelper _modelmanagerd _mysql
_naturallanguaged _nearbyd _netbios _netstatistics _networkd _neuralengine _notification_proxy
_nsd _nsurlsessiond _ntp _oahd _ondemand _ospf6d _ospfd _pbuild _pflogd _ping _pkgfetch _portmap
_postfix _postgres _ppp _qtss _rad _radiusd _rbootd _relayd _reportmemoryexception
_reportsystemmemory _ripd _rmd _rpc _rpki-client _rstatd _rusersd _sandbox _screensaver _scsd
_securityagent _slaacd _smtpd _smtpq _sndio _sndiop _snmpd _sntpd _softwareupdate _spamd
_spotlight _sshd _svn _switchd _syslogd _syspatch _systemstatusd _taskgated _teamsserver
_terminusd _tftp_proxy _tftpd _timed _timezone _tokend _traceroute _trustd
_trustevaluationagent _tss _unbound _unknown _unwind _update_sharing _usbmuxd _uucp _vmd _warmd
_webauthserver _windowserver _www _wwwproxy _x11 _xserverdocs _ypldap`.split(/\s+/),
);

/** Service accounts of Windows. */
const SERVICE_ACCOUNT =
  /^(?:NT AUTHORITY|NT SERVICE|AUTORITÉ NT|NT-AUTORITÄT)\\|^(?:LOCAL|NETWORK) SERVICE$/i;

/** Whether a user is nobody in particular: an account of the system, or a number. */
export function isSystemAccount(user: string): boolean {
  return (
    !/[\p{L}\p{N}]/u.test(user) ||
    /^\d+$/.test(user) ||
    ACCOUNTS.has(user.toLowerCase()) ||
    LOW_LINE_ACCOUNTS.has(user.toLowerCase()) ||
    SERVICE_ACCOUNT.test(user)
  );
}

/** Interfaces as kernels name them, without a part that may be anything or a hardware address. */
const INTERFACE =
  /^(?:\d+|(?:lo|eth|ens?|em|igb|ix|ixl|bge|re|vmx|vtnet|hn|wlan|wl|ww|wlp|enp|wwan|bond|team|br|virbr|docker|tun|tap|wg|utun|awdl|llw|bridge|gif|stf|ap|ppp|vlan|veth|net|igc|cni|flannel|tailscale|dummy|hme|ce|vnic|ib|usb)\d{0,4}(?:[ps]\d{1,3}|f\d{1,2}|[.:]\d{1,4}){0,4})$/;

/** Whether an interface has the name that a kernel gave it. */
export function isPlainInterface(name: string): boolean {
  return name === '' || name === '*' || INTERFACE.test(name);
}
