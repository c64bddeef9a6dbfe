import { label, say } from '../../wording/statement';
import { systemKnowledge } from '../../knowledge/systems';
import type { Socket } from '../../model/socket';
import type { Explanation } from '../explanation';
import { RowFacts } from '../facts';
import type { FieldTarget } from '../target';
import { quote, type Teller, type Text } from '../../wording/text';
import { simple } from './simple';

const LABELS = {
  pid: label('field.pid', '**PID {pid}**'),
  program: label('field.program', '**{program}**'),
  fd: label('field.fd', '**File descriptor {fd}**'),
  inode: label('field.inode', '**Inode {inode}**'),
  user: label('field.user', '**User {user}**'),
  plain: label('field.word', '**{word}**'),
};

const SAYS = {
  holds: say('pid.holds', '{program} holds this socket.', 'netstat.8', 'ss.8'),
  several: say(
    'pid.several',
    '{n} processes hold it: {owners}. It ends when the last of them closes it.',
    'ss.8',
    'linux-tcp',
  ),
  onlyFirst: say(
    'pid.only-first',
    'netstat names only the first process that it finds; `ss -p` names all.',
    'net-tools',
    'measured',
  ),
  linuxMore: say(
    'pid.linux-more',
    'More: `ps -fp {pid}`, `ls -l /proc/{pid}/fd`.',
    'ps.1',
    'proc.5',
  ),
  windowsMore: say('pid.windows-more', 'More: `tasklist /svc /fi "PID eq {pid}"`.', 'ms-tasklist'),
  unixMore: say('pid.unix-more', 'More: `ps -fp {pid}`, `lsof -p {pid}`.', 'ps.1', 'lsof'),
  idle: say(
    'pid.zero',
    'PID 0 is "System Idle Process", which is no program: the owner is gone, and Windows keeps the connection until its TIME_WAIT is over.',
    'captures-windows',
  ),
  system: say(
    'pid.four',
    'PID 4 is "System", the kernel: HTTP.sys (80, 443, 5985), SMB (445), NetBIOS (139). For HTTP.sys, `netsh http show servicestate` tells the real owner.',
    'captures-windows',
    'http-sys',
  ),
  unaccepted: say(
    'pid.unaccepted',
    'No process has it: the connection was not accepted yet.',
    'measured',
    'linux-tcp-ipv4',
  ),
  kernel: say(
    'pid.kernel',
    'No process has it: in this state the kernel keeps it alone. That is normal.',
    'linux-tcp-ipv4',
    'linux-tcp-minisocks',
    'measured',
  ),
  kernelUser: say(
    'pid.kernel-user',
    'It has an inode and no visible process. Without root that is a program of another user; for root it is one in another PID namespace (a container), a part of the kernel (NFS, CIFS, WireGuard), or a connection that came while netstat ran.',
    'linux-tcp-ipv4',
    'netstat.8',
    'general-practice',
  ),
  hidden: say(
    'pid.hidden',
    'Not shown: without root, netstat and ss only show your own programs. For root it would mean that no process has the socket.',
    'netstat.8',
    'measured',
  ),
  hiddenForSure: say(
    'pid.hidden-unprivileged',
    "Not shown: the dump was taken without the rights to see other users' programs.",
    'netstat.8',
  ),
  noOwnership: say(
    'pid.no-ownership',
    'Windows does not say which program it is: a protected one, or the prompt was not elevated.',
    'captures-windows',
  ),
  cutNetstat: say(
    'program.cut-netstat',
    'netstat cuts PID and name at 19 characters together.',
    'net-tools',
    'measured',
  ),
  cutLsof: say('program.cut-lsof', 'lsof cuts names at 9 characters; `+c0` shows all.', 'lsof'),
  svchost: say(
    'program.svchost',
    'A host of Windows services; the line before it names the service.',
    'ms-netstat',
  ),
  component: say(
    'component',
    'The service or component within the program below that made the socket (`netstat -b`).',
    'ms-netstat',
  ),
  fd: say(
    'fd',
    'By this number {program} knows the socket; it is one of those that `ulimit -n` limits.',
    'ss.8',
    'lsof',
  ),
  fdMode: say('fd.mode', '`u` stands for reading and writing.', 'lsof'),
  noInode: say(
    'inode.zero',
    'No process has a file for it: it waits to be accepted, or the kernel keeps it alone.',
    'linux-tcp-ipv4',
    'measured',
  ),
  inode: say(
    'inode',
    "The number of the socket among open files. Its processes: `find /proc/[0-9]*/fd -lname 'socket:\\[{inode}\\]'`, as root.",
    'proc.5',
  ),
  root: say('user.root', 'The user root.', 'netstat.8'),
  user: say('user', 'The user who made the socket.', 'netstat.8', 'ss.8', 'lsof'),
  userUnaccepted: say(
    'user.unaccepted',
    'For a connection that was not accepted yet this is the user of the listening socket, or 0 on some kernels: not who uses it.',
    'measured',
    'linux-tcp-ipv4',
  ),
  handle: say(
    'handle',
    "The kernel's own name of the socket, an address in its memory. Rows that share it are one socket.",
    'lsof',
    'macos-netstat.1',
  ),
};

/** Explains a process number, or the `-` in its place. */
export function explainPid(target: FieldTarget, teller: Teller): Explanation {
  const { token, socket, context } = target;
  const pid = /^\d+$/.test(token) ? Number(token) : null;
  const title = teller.name(LABELS.pid, { pid: token });
  if (pid === null) {
    return simple(title, nobody(target, teller));
  }
  const row = new RowFacts(socket, context, teller);
  if (row.windows && pid === 0) {
    return simple(title, [teller.say(SAYS.idle)]);
  }
  if (row.windows && pid === 4) {
    return simple(title, [teller.say(SAYS.system)]);
  }
  return simple(title, [holders(row, teller)], { evidence: more(row, String(pid), teller) });
}

/** Explains a program's name. */
export function explainProgram(target: FieldTarget, teller: Teller): Explanation {
  const { token, socket, context } = target;
  const title = teller.name(LABELS.program, { program: token });
  const row = new RowFacts(socket, context, teller);
  if (row.windows && socket.owners.every(owner => owner.process !== token)) {
    return simple(title, [teller.say(SAYS.noOwnership)]);
  }
  const lead = [holders(row, teller)];
  if (/^svchost\.exe$/i.test(token)) {
    lead.push(teller.say(SAYS.svchost));
  } else if (context.tool?.id === 'linux-net-tools') {
    lead.push(teller.say(SAYS.cutNetstat));
  } else if (context.tool?.id === 'lsof' && token.length === 9) {
    lead.push(teller.say(SAYS.cutLsof));
  }
  const pid = socket.owners.find(owner => owner.process === token)?.pid ?? null;
  return simple(title, lead, { evidence: pid === null ? [] : more(row, String(pid), teller) });
}

function holders(row: RowFacts, teller: Teller): Text {
  const { owners } = row.socket;
  if (owners.length < 2) {
    return teller.say(SAYS.holds, row.words);
  }
  const list = owners.map(({ process, pid }) => `${process ?? '?'} (${pid ?? '?'})`).join(', ');
  return teller.say(SAYS.several, { n: owners.length, owners: quote(list) });
}

function more(row: RowFacts, pid: string, teller: Teller): Text[] {
  if (row.linux) {
    const first = row.context.tool?.id === 'linux-net-tools' ? [teller.say(SAYS.onlyFirst)] : [];
    return [...first, teller.say(SAYS.linuxMore, { pid })];
  }
  return [teller.say(row.windows ? SAYS.windowsMore : SAYS.unixMore, { pid })];
}

function nobody({ socket, context }: FieldTarget, teller: Teller): Text[] {
  const row = new RowFacts(socket, context, teller);
  if (row.unaccepted === 'certain') {
    return [teller.say(SAYS.unaccepted)];
  }
  if (row.ownership === 'none') {
    return [teller.say(SAYS.kernel)];
  }
  const pids = systemKnowledge(context.system)?.pids ?? null;
  const how = pids === null ? [] : [teller.say(pids)];
  if (context.unprivileged) {
    return [teller.say(SAYS.hiddenForSure), ...how];
  }
  return (socket.inode ?? 0) > 0
    ? [teller.say(SAYS.kernelUser)]
    : [teller.say(SAYS.hidden), ...how];
}

/** Explains a file descriptor. */
export function explainFd(target: FieldTarget, teller: Teller): Explanation {
  const row = new RowFacts(target.socket, target.context, teller);
  const lead = [teller.say(SAYS.fd, row.words)];
  if (/u[A-Za-z]?$/.test(target.token)) {
    lead.push(teller.say(SAYS.fdMode));
  }
  return simple(teller.name(LABELS.fd, { fd: target.token }), lead);
}

/** Explains an inode. */
export function explainInode(target: FieldTarget, teller: Teller): Explanation {
  const inode = target.token;
  return simple(teller.name(LABELS.inode, { inode }), [
    /^0+$/.test(inode) ? teller.say(SAYS.noInode) : teller.say(SAYS.inode, { inode }),
  ]);
}

/** Explains a user. */
export function explainUser(target: FieldTarget, teller: Teller): Explanation {
  const { token, socket, context } = target;
  const lead = [teller.say(token === '0' || token === 'root' ? SAYS.root : SAYS.user)];
  const row = new RowFacts(socket, context, teller);
  if (row.unaccepted !== null || isKernelRow(socket)) {
    lead.push(teller.say(SAYS.userUnaccepted));
  }
  return simple(teller.name(LABELS.user, { user: token }), lead);
}

function isKernelRow({ state }: Socket): boolean {
  return state === 'SYN-RECEIVED';
}

/** Explains a component of a Windows program. */
export function explainComponent(target: FieldTarget, teller: Teller): Explanation {
  return simple(teller.name(LABELS.plain, { word: target.token }), [teller.say(SAYS.component)]);
}

/** Explains a socket's address in the kernel. */
export function explainHandle(target: FieldTarget, teller: Teller): Explanation {
  return simple(teller.name(LABELS.plain, { word: target.token }), [teller.say(SAYS.handle)]);
}
