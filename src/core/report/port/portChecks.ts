import type { ExplainContext } from '../../explain/context';
import type { RowFacts } from '../../explain/facts';
import { cmdlet, processCommand } from '../../analysis/kit/commands';
import { excludedPortsCommand } from '../../knowledge/excludedPorts';
import { isLinux, kernelName } from '../../knowledge/systems';
import { say, type Statement } from '../../wording/statement';
import { type Localizer, type Text, uncut } from '../../wording/text';
import type { Kind } from './rowsOfPort';
import type { Transport, WantedPort } from './wantedPort';

const CHECKS = {
  process: say('To see which file it runs and who started it: `{command}`', 'general-practice'),
  httpSys: say(
    'PID 4 is the kernel. If HTTP.sys listens here, this shows for which program: `{command}`',
    'http-sys',
  ),
  smb: say(
    'PID 4 is the kernel, and this is the port of SMB (file sharing). To see who is connected: `{command}`',
    'general-practice',
  ),
  netBios: say(
    'PID 4 is the kernel, and this is a port of NetBIOS. To see its names: `{command}`',
    'general-practice',
  ),
  owner: say('To see the process: `{command}`', 'general-practice'),
  rows: say('To see all sockets on the port: `{command}`', 'general-practice'),
  wait: say('To see how long it takes: `{command}`', 'ss.8'),
  namespaces: say('To find network namespaces with a process in each: `{command}`', 'lsns.8'),
  inside: say('To look into one of them, put its PID here: `{command}`', 'nsenter.1'),
  container: say('To find a container that publishes the port: `{command}`', 'docker-ps'),
  inactive: say('To see sockets that are only bound (iproute2 6.8 or newer): `{command}`', 'ss.8'),
  excluded: say('To see the reserved ranges: `{command}`', 'ms-netsh-interface'),
};

export interface Check {
  readonly text: Text;
  readonly command: string;
}

export interface Question {
  readonly wanted: WantedPort;
  readonly transport: Transport;
  readonly context: ExplainContext;
  /** Whether all sockets of the machine were asked for just now. */
  readonly isLive: boolean;
  readonly localizer: Localizer;
}

/** The commands that tell more of sockets on the port; the most wanted first. */
export function checksOf(kind: Kind, { socket, ownership }: RowFacts, question: Question): Check[] {
  const { context, localizer } = question;
  const { system } = context;
  const linux = isLinux(system);
  const port = String(question.wanted.port);
  if (kind === 'time-wait') {
    return linux
      ? [check(CHECKS.wait, `ss -tano state time-wait 'sport = :${port}'`, localizer)]
      : [check(CHECKS.rows, portCommand(question).command, localizer)];
  }
  if (ownership !== 'known') {
    return [ownerCheck(question, CHECKS.owner)];
  }
  const pid = socket.owners[0]?.pid ?? null;
  const process = processCommand(system, pid);
  return [
    ...(kernelName(system, pid) !== null
      ? kernelChecks(question)
      : process === null
        ? []
        : [check(CHECKS.process, process, localizer)]),
    check(CHECKS.rows, portCommand(question).command, localizer),
  ];
}

/** What tells more of a port of the Windows kernel, by what is known to listen there. */
function kernelChecks({ wanted: { port }, transport, localizer }: Question): Check[] {
  if (port >= 137 && port <= 139) {
    return [check(CHECKS.netBios, 'nbtstat -n', localizer)];
  }
  if (transport === 'udp') {
    return [];
  }
  return port === 445
    ? [check(CHECKS.smb, 'Get-SmbSession', localizer)]
    : [check(CHECKS.httpSys, 'netsh http show servicestate', localizer)];
}

export function elsewhereChecks(question: Question): Check[] {
  const { transport, wanted, context, localizer } = question;
  const { system } = context;
  if (isLinux(system)) {
    const bound = `ss -tanp state bound-inactive 'sport = :${wanted.port}'`;
    return [
      check(CHECKS.container, `docker ps --filter publish=${wanted.port}/${transport}`, localizer),
      check(CHECKS.namespaces, 'sudo lsns -t net', localizer),
      check(CHECKS.inside, `sudo nsenter -t PID -n ${portCommand(question).command}`, localizer),
      ...(transport === 'tcp' ? [check(CHECKS.inactive, bound, localizer)] : []),
    ];
  }
  return [
    ...(system === 'windows' ? excludedChecks(question) : []),
    ownerCheck(question, CHECKS.rows),
  ];
}

export function excludedChecks({ transport, localizer }: Question): Check[] {
  return [check(CHECKS.excluded, excludedPortsCommand(transport), localizer)];
}

function check(text: Statement<'command'>, command: string, localizer: Localizer): Check {
  return { text: localizer.say(text, { command: uncut(command) }), command };
}

/** A command that lists all sockets on the port. */
interface PortCommand {
  readonly command: string;
  /** As whom it shows their processes; null where it never does. */
  readonly owners: 'root' | 'anyone' | null;
}

function portCommand({ transport, wanted: { port }, context }: Question): PortCommand {
  const { system, tool } = context;
  const tcp = transport === 'tcp';
  switch (system) {
    case 'linux':
    case 'android':
      return { command: `ss -${tcp ? 't' : 'u'}anp 'sport = :${port}'`, owners: 'root' };
    case 'windows': {
      const command = `Get-Net${tcp ? 'TCPConnection' : 'UDPEndpoint'} -LocalPort ${port}`;
      return { command: cmdlet(command), owners: 'anyone' };
    }
    case 'macos':
      return { command: lsofCommand(transport, port), owners: 'root' };
    case 'freebsd':
      return { command: `sockstat -46 -P ${transport} -p ${port}`, owners: 'anyone' };
    case 'openbsd':
      return { command: `fstat | grep 'internet.*:${port}'`, owners: 'root' };
    case 'netbsd':
      return { command: `sockstat -n -p ${port}`, owners: 'anyone' };
    case 'solaris':
      return { command: `netstat -anu -P ${transport} | grep '[.]${port} '`, owners: 'root' };
    case 'esxi':
      return { command: `esxcli network ip connection list | grep :${port}`, owners: 'anyone' };
    default: {
      const best = tool?.best.command ?? '';
      return tool?.id.startsWith('lsof') === true
        ? { command: lsofCommand(transport, port), owners: 'root' }
        : {
            command: best.startsWith('show ')
              ? `${best} | include ${port}`
              : `netstat -an | grep ${port}`,
            owners: null,
          };
    }
  }
}

function lsofCommand(transport: Transport, port: number): string {
  return `lsof -nP -i${transport.toUpperCase()}:${port}`;
}

/** The command with the rights to see every process; where it never shows any, for the rows. */
function ownerCheck(question: Question, text: Statement<'command'>): Check {
  const { command, owners } = portCommand(question);
  // Solaris need not have sudo.
  const sudo = owners === 'root' && question.context.system !== 'solaris' ? 'sudo ' : '';
  return check(owners === null ? CHECKS.rows : text, sudo + command, question.localizer);
}
