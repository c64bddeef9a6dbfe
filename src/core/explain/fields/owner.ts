import { label, say } from '../../wording/statement';
import { PHRASES } from '../../wording/words';
import { type Advice, adviceOn, BSD, MACOS, on, WINDOWS } from '../../knowledge/advice';
import { isLinux, systemKnowledge } from '../../knowledge/systems';
import type { Socket } from '../../model/socket';
import type { Explanation } from '../explanation';
import { RowFacts } from '../facts';
import type { FieldTarget } from '../target';
import { quote, type Localizer, type Text } from '../../wording/text';
import { simple } from './simple';

const LABELS = {
  pid: label('**PID {pid}**'),
  program: label('**{program}**'),
  fd: label('**File descriptor {fd}**'),
  inode: label('**Inode {inode}**'),
  user: label('**User {user}**'),
};

const SAYS = {
  holds: say('{program} holds this socket.', 'netstat.8', 'ss.8'),
  several: say(
    '{n} processes hold this socket: {owners}. It closes when the last of them closes it.',
    'ss.8',
    'linux-tcp',
  ),
  onlyFirst: say(
    'netstat shows only the first process it finds; `ss -p` shows all of them.',
    'net-tools',
    'measured',
  ),
  linuxMore: say('More: `ps -fp {pid}`, `ls -l /proc/{pid}/fd`.', 'ps.1', 'proc.5'),
  windowsMore: say('More: `tasklist /svc /fi "PID eq {pid}"`.', 'ms-tasklist'),
  macosMore: say('More: `ps -fp {pid}`, `lsof -p {pid}`.', 'ps.1', 'lsof'),
  bsdMore: say('More: `ps -p {pid}`, `fstat -p {pid}`.', 'openbsd-fstat'),
  solarisMore: say('More: `ps -fp {pid}`, `pfiles {pid}`.', 'solaris-netstat'),
  idle: say(
    'PID 0 is "System Idle Process", which is no program. No process holds this connection any longer, and Windows keeps it until its TIME_WAIT is over.',
    'captures-windows',
  ),
  system: say(
    'PID 4 is "System", the kernel: HTTP.sys (80, 443, 5985), SMB (445), NetBIOS (139). For HTTP.sys, `netsh http show servicestate` shows the program.',
    'captures-windows',
    'http-sys',
  ),
  unaccepted: say(
    'No process yet: the connection has not been accepted.',
    'measured',
    'linux-tcp-ipv4',
  ),
  kernel: say(
    'No process, as expected: in this state, only the kernel holds the socket.',
    'linux-tcp-ipv4',
    'linux-tcp-minisocks',
    'measured',
  ),
  kernelUser: say(
    'The socket has an inode but no visible process. If the tool ran without root, it belongs to another user. If it ran as root, it belongs to another PID namespace (a container) or to the kernel (NFS, CIFS, WireGuard), or it was opened while netstat was running.',
    'linux-tcp-ipv4',
    'netstat.8',
    'general-practice',
  ),
  hidden: say(
    'Not shown: without root, netstat and ss only show your own programs. For root it would mean that no process has the socket, or only one in another PID namespace (a container).',
    'netstat.8',
    'measured',
    'general-practice',
  ),
  hiddenElsewhere: say(
    'Not shown. Without root, tools show only your own programs.',
    'lsof',
    'sockstat',
  ),
  hiddenForSure: say(
    "Not shown: the dump was taken without permission to see other users' processes.",
    'netstat.8',
  ),
  noOwnership: say(
    'Windows does not say which process this is: it is protected, or the prompt was not elevated.',
    'captures-windows',
  ),
  cutNetstat: say(
    'netstat truncates PID and name to 19 characters in total.',
    'net-tools',
    'measured',
  ),
  cutLsof: say('lsof truncates names to 9 characters; `+c0` shows them in full.', 'lsof'),
  svchost: say(
    'A host process for Windows services. The line before it names the service.',
    'ms-netstat',
  ),
  component: say(
    'The service or component inside the program below that created the socket (`netstat -b`).',
    'ms-netstat',
  ),
  fd: say(
    'The number by which {program} knows the socket. It counts toward `ulimit -n`.',
    'ss.8',
    'lsof',
  ),
  fdSeveral: say(
    'By this number the process next to it knows the socket; it is one of those that `ulimit -n` limits.',
    'ss.8',
    'lsof',
  ),
  fdMode: say('`u` means open for reading and writing.', 'lsof'),
  noInode: say(
    'No process has this socket open: it is waiting to be accepted, or only the kernel holds it.',
    'linux-tcp-ipv4',
    'measured',
  ),
  inode: say(
    "The socket's number among open files. To find its processes, run `find /proc/[0-9]*/fd -lname 'socket:\\[{inode}\\]'` as root.",
    'proc.5',
  ),
  inodeElsewhere: say('The number of the socket among open files.', 'lsof'),
  root: say('The user root.', 'netstat.8'),
  noUser: say(
    'No user: the kernel keeps this socket alone, and 0 is printed for it.',
    'linux-tcp-ipv4',
    'measured',
  ),
  user: say('The user who created the socket.', 'netstat.8', 'ss.8', 'lsof'),
  userUnaccepted: say(
    "For a connection that has not been accepted, this is the listening socket's user (or 0 on some kernels), not the user of the connection.",
    'measured',
    'linux-tcp-ipv4',
  ),
  handle: say(
    "The kernel's own name for the socket, a memory address. Rows with the same value are one socket.",
    'lsof',
    'macos-netstat.1',
  ),
};

/** Explains a process number, or the `-` in its place. */
export function explainPid(target: FieldTarget, localizer: Localizer): Explanation {
  const { token, socket, context } = target;
  const pid = /^\d+$/.test(token) ? Number(token) : null;
  const title = localizer.format(LABELS.pid, { pid: token });
  if (pid === null) {
    return simple(title, nobody(target, localizer));
  }
  const row = new RowFacts(socket, context, localizer);
  if (row.windows && pid === 0) {
    return simple(title, [localizer.say(SAYS.idle)]);
  }
  if (row.windows && pid === 4) {
    return simple(title, [localizer.say(SAYS.system)]);
  }
  return simple(title, [holders(row, localizer)], { evidence: more(row, String(pid), localizer) });
}

/** Explains a program's name. */
export function explainProgram(target: FieldTarget, localizer: Localizer): Explanation {
  const { token, socket, context } = target;
  const title = localizer.format(LABELS.program, { program: token });
  const row = new RowFacts(socket, context, localizer);
  if (row.windows && socket.owners.every(owner => owner.process !== token)) {
    return simple(title, [localizer.say(SAYS.noOwnership)]);
  }
  const lead = [holders(row, localizer)];
  if (/^svchost\.exe$/i.test(token)) {
    lead.push(localizer.say(SAYS.svchost));
  } else if (context.tool?.id === 'linux-net-tools') {
    lead.push(localizer.say(SAYS.cutNetstat));
  } else if (context.tool?.id === 'lsof' && token.length === 9) {
    lead.push(localizer.say(SAYS.cutLsof));
  }
  const pid = socket.owners.find(owner => owner.process === token)?.pid ?? null;
  return simple(title, lead, { evidence: pid === null ? [] : more(row, String(pid), localizer) });
}

function holders(row: RowFacts, localizer: Localizer): Text {
  const owners = row.holders;
  if (owners.length < 2) {
    return localizer.say(SAYS.holds, row.words);
  }
  const list = owners.map(({ process, pid }) => `${process ?? '?'} (${pid ?? '?'})`).join(', ');
  return localizer.say(SAYS.several, { n: owners.length, owners: quote(list) });
}

/** How to see more of a process; on Linux, see above. */
const MORE: readonly Advice<'pid'>[] = [
  on(WINDOWS, SAYS.windowsMore),
  on(MACOS, SAYS.macosMore),
  on(BSD, SAYS.bsdMore),
  on(['solaris'], SAYS.solarisMore),
];

function more(row: RowFacts, pid: string, localizer: Localizer): Text[] {
  if (row.linux) {
    const first = row.context.tool?.id === 'linux-net-tools' ? [localizer.say(SAYS.onlyFirst)] : [];
    return [...first, localizer.say(SAYS.linuxMore, { pid })];
  }
  return adviceOn(row.context.system, MORE).map(text => localizer.say(text, { pid }));
}

function nobody({ socket, context }: FieldTarget, localizer: Localizer): Text[] {
  const row = new RowFacts(socket, context, localizer);
  if (row.unaccepted === 'certain') {
    return [localizer.say(SAYS.unaccepted)];
  }
  if (row.ownership === 'none') {
    return [localizer.say(SAYS.kernel)];
  }
  const pids = systemKnowledge(context.system)?.pids ?? null;
  const how = pids === null ? [] : [localizer.say(pids)];
  if (context.unprivileged) {
    return [localizer.say(SAYS.hiddenForSure), ...how];
  }
  return (socket.inode ?? 0) > 0
    ? [localizer.say(SAYS.kernelUser)]
    : [localizer.say(row.linux ? SAYS.hidden : SAYS.hiddenElsewhere), ...how];
}

/** Explains a file descriptor. */
export function explainFd(target: FieldTarget, localizer: Localizer): Explanation {
  const row = new RowFacts(target.socket, target.context, localizer);
  const lead = [
    row.holders.length > 1 ? localizer.say(SAYS.fdSeveral) : localizer.say(SAYS.fd, row.words),
  ];
  if (/u[A-Za-z]?$/.test(target.token)) {
    lead.push(localizer.say(SAYS.fdMode));
  }
  return simple(localizer.format(LABELS.fd, { fd: target.token }), lead);
}

/** Explains an inode. */
export function explainInode(target: FieldTarget, localizer: Localizer): Explanation {
  const inode = target.token;
  const text = /^0+$/.test(inode)
    ? localizer.say(SAYS.noInode)
    : isLinux(target.context.system)
      ? localizer.say(SAYS.inode, { inode })
      : localizer.say(SAYS.inodeElsewhere);
  return simple(localizer.format(LABELS.inode, { inode }), [text]);
}

/** Explains a user. */
export function explainUser(target: FieldTarget, localizer: Localizer): Explanation {
  const { token, socket, context } = target;
  const row = new RowFacts(socket, context, localizer);
  const root = token === '0' || token === 'root';
  const lead: Text[] = [];
  if (row.linux && (row.unaccepted !== null || isKernelRow(socket))) {
    lead.push(localizer.say(SAYS.userUnaccepted));
  } else if (root) {
    lead.push(localizer.say(row.linux && row.ownership === 'none' ? SAYS.noUser : SAYS.root));
  } else {
    lead.push(localizer.say(SAYS.user));
  }
  return simple(localizer.format(LABELS.user, { user: token }), lead);
}

function isKernelRow({ state }: Socket): boolean {
  return state === 'SYN-RECEIVED';
}

/** Explains a component of a Windows program. */
export function explainComponent(target: FieldTarget, localizer: Localizer): Explanation {
  return simple(localizer.format(PHRASES.word, { word: target.token }), [
    localizer.say(SAYS.component),
  ]);
}

/** Explains a socket's address in the kernel. */
export function explainHandle(target: FieldTarget, localizer: Localizer): Explanation {
  return simple(localizer.format(PHRASES.word, { word: target.token }), [
    localizer.say(SAYS.handle),
  ]);
}
