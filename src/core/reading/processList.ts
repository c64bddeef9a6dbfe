import { NONE } from '../model/row';
import type { Line } from '../parsing/line';
import { EQUALS } from '../vocabulary/characters';

/** Who holds a socket. */
interface Holder {
  readonly pid: number;
  readonly fd: number;
}

/** More processes than a machine has; what else a text holds is not worth its memory. */
const MOST = 500_000;

/** No line of a process is looked at further. */
const LONGEST = 400;

/** `ps aux`: USER PID %CPU %MEM VSZ RSS TTY STAT START TIME COMMAND. */
const AUX =
  /^\S{1,64} {1,20}(\d{1,10}) {1,8}\d{1,5}[.,]\d {1,8}\d{1,5}[.,]\d {1,20}\d{1,14} {1,20}\d{1,14} {1,8}\S{1,20} {1,12}[A-Z]\S{0,8} {1,8}\S{1,12} {1,12}\d{1,8}:\d\d(?:[.:]\d\d)? (.*)/;

/** `ps -ef`: UID PID PPID C STIME TTY TIME CMD. */
const FULL =
  /^\S{1,64} {1,20}(\d{1,10}) {1,20}\d{1,10} {1,8}\d{1,4} {1,8}[\d:.A-Za-z]{3,10} {1,8}\S{1,20} {1,12}[\d-]{1,8}:\d\d(?:[:.]\d\d)? (.*)/;

/** `tasklist /fo csv`, whatever the language of its header. */
const CSV = /^"([^"]{1,260})","(\d{1,10})","[^"]{0,100}"(?:,|$)/;
const CSV_HEADER = /^"[^"]{1,60}","PID","[^"]{1,60}"/;

/** The rule below the header of `tasklist`: a name, a PID and more. */
const RULE = /^(={8,80}) (={5,20}) ={5,}/;

/** The last column of `ps`, and of the lists of its options. */
const COMMAND = /^(?:CMD|COMMAND|ARGS|COMM)$/;

/** `ls -l /proc/812/fd`: the command, the title that it prints, and its links. */
const FOLDER = /(?:^|\s)\/proc\/(\d{1,10})\/fd\/?:?(?:\s|$)/;
const LINK = /(?:\/proc\/(\d{1,10})\/fd\/| )(\d{1,10}) -> '?socket:\[(\d{1,20})\]'?$/;

/**
 * Process lists beside a listing of sockets: `ps`, `tasklist`, and the descriptors in `/proc`. They
 * give names to PIDs, and PIDs to inodes.
 */
export class ProcessLists {
  public readonly names = new Map<number, string>();
  /** By inode. */
  public readonly holders = new Map<number, Holder>();
  /** Which words the PID and the command are, below a header of `ps`. */
  private columns: { readonly pid: number; readonly command: number } | undefined;
  /** Where the columns of `tasklist` end. */
  private ends: readonly [name: number, pid: number] | undefined;
  /** Whose descriptors are listed. */
  private folder = NONE;

  /** Whether nothing was told. */
  public get isEmpty(): boolean {
    return this.names.size === 0 && this.holders.size === 0;
  }

  /** Reads a line that is no socket; false if it is not of a process list. */
  public read(line: Line): boolean {
    return this.readHeader(line) || this.readRow(line) || this.readLink(line);
  }

  /** Takes note of a command line: what it lists may be somebody's descriptors. */
  public sawCommand(line: Line): void {
    this.leave();
    this.readFolder(line.rest(0));
  }

  private readHeader(line: Line): boolean {
    if (line.firstChar(0) === EQUALS) {
      const [, name, pid] = RULE.exec(line.rest(0)) ?? [];
      if (name === undefined || pid === undefined) {
        return false;
      }
      this.leave();
      this.ends = [name.length, name.length + 1 + pid.length];
      return true;
    }
    const last = line.count - 1;
    if (last < 1 || last > 24 || !COMMAND.test(line.word(last))) {
      return false;
    }
    for (let i = 0; i < last; i++) {
      if (line.word(i) === 'PID') {
        this.leave();
        this.columns = { pid: i, command: last };
        return true;
      }
    }
    return false;
  }

  private readRow(line: Line): boolean {
    if (line.firstChar(0) === QUOTE) {
      const text = line.rest(0).slice(0, LONGEST);
      const [, name = '', pid = ''] = CSV.exec(text) ?? [];
      return pid === '' ? CSV_HEADER.test(text) : this.add(Number(pid), name);
    }
    const { columns, ends } = this;
    if (ends !== undefined) {
      const text = line.text.slice(line.start, line.end);
      const pid = text.slice(ends[0], ends[1]).trim();
      if (/^\d{1,10}$/.test(pid)) {
        return this.add(Number(pid), text.slice(0, ends[0]).trim());
      }
      // What `tasklist /svc` wraps: services alone, far to the right.
      if (line.indent >= ends[1]) {
        return true;
      }
      this.ends = undefined;
    }
    if (columns !== undefined) {
      const pid = line.count > columns.command ? line.number(columns.pid) : NONE;
      if (pid !== NONE) {
        return this.add(pid, programOf(line.rest(columns.command)));
      }
      this.columns = undefined;
    }
    if (line.number(1) === NONE || line.count < 8) {
      return false;
    }
    const text = line.rest(0).slice(0, LONGEST);
    const [, pid = '', command = ''] = AUX.exec(text) ?? FULL.exec(text) ?? [];
    return pid !== '' && this.add(Number(pid), programOf(command.trim()));
  }

  private readLink(line: Line): boolean {
    // A command line whose prompt says nothing, or the title of what it lists.
    for (let i = 0; i < line.count && i < 6; i++) {
      if (line.firstChar(i) === SLASH && this.readFolder(line.word(i))) {
        return true;
      }
    }
    return this.readSocketLink(line);
  }

  private readSocketLink(line: Line): boolean {
    if (line.count < 3 || !line.word(line.count - 1).includes('socket:[')) {
      return false;
    }
    const [, whose, fd, inode] = LINK.exec(` ${line.rest(line.count - 3)}`) ?? [];
    const pid = whose === undefined ? this.folder : Number(whose);
    if (fd === undefined || inode === undefined || pid === NONE) {
      return false;
    }
    if (this.holders.size < MOST && !this.holders.has(Number(inode))) {
      this.holders.set(Number(inode), { pid, fd: Number(fd) });
    }
    return true;
  }

  private readFolder(text: string): boolean {
    const [, pid] = FOLDER.exec(text.slice(0, LONGEST)) ?? [];
    if (pid !== undefined) {
      this.folder = Number(pid);
    }
    return pid !== undefined;
  }

  private add(pid: number, name: string): true {
    if (name !== '' && this.names.size < MOST) {
      this.names.set(pid, name);
    }
    return true;
  }

  private leave(): void {
    this.columns = undefined;
    this.ends = undefined;
    this.folder = NONE;
  }
}

const QUOTE = 34;
const SLASH = 47;

/** The program of a command line: `/usr/sbin/nginx -g …`, `nginx: worker process`, `-bash`. */
function programOf(command: string): string {
  if (command.startsWith('[')) {
    return /^\[[^\]]{1,64}\]/.exec(command)?.[0] ?? '';
  }
  const first = command.split(' ', 1)[0]!.replace(/:$/, '');
  return first.slice(first.lastIndexOf('/') + 1).replace(/^-/, '');
}
