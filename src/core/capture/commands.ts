import { aixNetstat } from '../dialects/bsd/aixNetstat';
import type { DumpCommand } from '../model/format';
import { linuxNetTools } from '../dialects/linux/linuxNetTools';
import { lsof } from '../dialects/lsof/lsof';
import { macosNetstat } from '../dialects/bsd/macosNetstat';
import { openbsdNetstat } from '../dialects/bsd/openbsdNetstat';
import { powershell } from '../dialects/windows/powershell';
import { sockstat } from '../dialects/bsd/sockstat';
import { solarisNetstat } from '../dialects/solarisNetstat';
import { ss } from '../dialects/linux/ss';
import { windowsNetstat } from '../dialects/windows/windowsNetstat';

/*
 * How the sockets of a running system are listed: which program, with which arguments. All of
 * them print numbers: names would be asked of DNS, which takes its time and leaves a trace.
 */

/** What can list sockets, as users choose it; `proc` is Linux's own lists in /proc. */
export const CAPTURE_TOOLS = ['ss', 'netstat', 'lsof', 'sockstat', 'powershell', 'proc'] as const;

export type CaptureTool = (typeof CAPTURE_TOOLS)[number];

/** One way to list them. */
export interface CaptureCommand {
  readonly tool: CaptureTool;
  /**
   * Its file name; on Windows its path below System32. Null for what is read from files and needs
   * no program.
   */
  readonly program: string | null;
  /** Arguments of each run; what the runs print is put one below the other. */
  readonly runs: readonly (readonly string[])[];
  /** Whether what is written to standard error is a remark that belongs to the dump. */
  readonly remarks: boolean;
  /**
   * Whether another tool may tell more where this one's output names no process; it is then
   * preferred.
   */
  readonly needsOwners: boolean;
  /** Shows the owners that are missing without it. */
  readonly owners: DumpCommand;
}

const SS = tool('ss', 'ss', ss.best);
const NET_TOOLS = tool('netstat', 'netstat', linuxNetTools.best, { remarks: true });
const LSOF = tool('lsof', 'lsof', lsof.best);
const SOCKSTAT = tool('sockstat', 'sockstat', sockstat.best);
const NETSTAT_EXE = tool('netstat', 'netstat.exe', windowsNetstat.best);

/** Old or small builds refuse options: the next line is for those. */
const LINUX: readonly CaptureCommand[] = [
  SS('-tunapoeim'),
  SS('-tunap'),
  NET_TOOLS('-tunapeeo --wide'),
  NET_TOOLS('-tunapeeo'),
  NET_TOOLS('-tunap'),
  NET_TOOLS('-tuna'),
  {
    tool: 'proc',
    program: null,
    runs: [],
    remarks: false,
    needsOwners: false,
    // Without either tool: which process holds which socket, by its inode.
    owners: { command: 'ls -l /proc/[0-9]*/fd', needs: 'root' },
  },
];

/** By `process.platform`; the best first. */
const COMMANDS: Readonly<Partial<Record<string, readonly CaptureCommand[]>>> = {
  linux: LINUX,
  android: LINUX,
  darwin: [
    tool('netstat', 'netstat', macosNetstat.best, { needsOwners: true })(
      '-anvl -p tcp',
      '-anvl -p udp',
    ),
    LSOF('-nP -i -Tqs'),
  ],
  win32: [
    // -b needs an administrator, -q a system that knows it.
    NETSTAT_EXE('-anobq'),
    NETSTAT_EXE('-anob'),
    NETSTAT_EXE('-anoq'),
    NETSTAT_EXE('-ano'),
    {
      tool: 'powershell',
      program: String.raw`WindowsPowerShell\v1.0\powershell.exe`,
      // What is wider than the console would be cut.
      runs: [
        [
          '-NoProfile',
          '-NonInteractive',
          '-Command',
          `${powershell.best.command} | Out-String -Width 400`,
        ],
      ],
      remarks: false,
      needsOwners: false,
      owners: windowsNetstat.best,
    },
  ],
  freebsd: [
    SOCKSTAT('-46s'),
    // Before FreeBSD 12 there was no -s.
    SOCKSTAT('-46'),
    tool('netstat', 'netstat', sockstat.best)('-an'),
  ],
  openbsd: [tool('netstat', 'netstat', openbsdNetstat.best)('-anB'), LSOF('-nP -i -Tqs')],
  netbsd: [tool('netstat', 'netstat', lsof.best)('-an')],
  sunos: [
    tool('netstat', 'netstat', solarisNetstat.best)('-anu'),
    tool('netstat', 'netstat', solarisNetstat.best)('-an'),
  ],
  aix: [tool('netstat', 'netstat', aixNetstat.best)('-Aan')],
};

/** What to try on a platform (`process.platform`), the best first. */
export function captureCommands(
  platform: string,
  wanted: CaptureTool | 'auto' = 'auto',
): readonly CaptureCommand[] {
  const all = COMMANDS[platform] ?? [];
  return wanted === 'auto' ? all : all.filter(command => command.tool === wanted);
}

/** Linux's own lists of counters, in /proc/net: to read them takes no program. */
export const PROC_COUNTERS = ['snmp', 'netstat', 'snmp6', 'sockstat'] as const;

/**
 * The program that prints a system's counters when it is run with `-s`; null on Linux, which has
 * {@link PROC_COUNTERS}, and undefined if none is known.
 */
export function counterProgram(platform: string): string | null | undefined {
  const commands = captureCommands(platform);
  return commands.some(({ program }) => program === null)
    ? null
    : commands.find(({ tool }) => tool === 'netstat')?.program;
}

/** A command as it would be typed. */
export function asTyped({ program, runs }: CaptureCommand): string {
  if (program === null) {
    return '/proc/net';
  }
  const name = program.slice(program.lastIndexOf('\\') + 1).replace(/\.exe$/, '');
  return runs.map(args => [name, ...args].join(' ')).join('; ');
}

/** Makes the commands of one program; each argument is one run, its words are parted by blanks. */
function tool(
  id: CaptureTool,
  program: string,
  owners: DumpCommand,
  { remarks = false, needsOwners = false } = {},
): (...runs: string[]) => CaptureCommand {
  return (...runs) => ({
    tool: id,
    program,
    runs: runs.map(run => run.split(' ')),
    remarks,
    needsOwners,
    owners,
  });
}
