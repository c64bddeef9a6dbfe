import { undecorated } from './timestamps';

/*
 * The line that `head` and `tail` print above each of several files: `==> web-3.netstat <==`.
 * What follows is another file's, so that `tail -n +1 *.netstat` makes one text of many hosts.
 * Scripts print titles of their own, `=== web-3 ===`, or the name alone, `web-3:`. Most of these name
 * a moment, a protocol or a program, so that one is believed only where it can hardly name anything
 * but a machine. Even then it names a source, not a host, unless it says so (`host: web-3`): common
 * addresses show that two sources are one.
 */

/** Whose the lines below are. */
export interface Title {
  readonly host: string | null;
  /** A file, or what is most likely a machine. */
  readonly source: string | null;
}

const BEGIN = '==> ';
const END = ' <==';

/** As long as a path may be (PATH_MAX). */
const LONGEST = 4096;

/** The line that introduces a file. */
export function fileTitle(name: string): string {
  return BEGIN + name.replace(/[\r\n]/g, ' ') + END;
}

/** Files that are sections of one moment, and no dumps of their own. */
const KERNEL = '/proc/net/';

/** The file that a line introduces; null if it is another line. */
export function fileOfTitle(line: string): string | null {
  return line.length > BEGIN.length + END.length &&
    line.length <= LONGEST &&
    line.startsWith(BEGIN) &&
    line.endsWith(END) &&
    !line.includes(KERNEL)
    ? line.slice(BEGIN.length, -END.length)
    : null;
}

/** What a line introduces; null if it is another line. */
export function titleOf(line: string): Title | null {
  if (!RULE.test(line)) {
    return null;
  }
  const file = fileOfTitle(line);
  return file !== null
    ? { host: null, source: file }
    : line.length > LONGEST_TITLE
      ? null
      : machineOf(undecorated(line));
}

const RULE = /^(?:==|--|##|\*\*|~~|__)/;

/**
 * The name on a line of its own, which is a title if a listing stands directly below: `web-1:`,
 * `[web-1]`, `Host: web-1`; null if it is another line. `any`: names of machines are expected, so
 * that one need not look like that.
 */
export function nameOn(line: string, any: boolean): Title | null {
  if (line.length > LONGEST_TITLE) {
    return null;
  }
  const text = undecorated(line);
  const [, user, name] = ALONE.exec(text) ?? [];
  return name !== undefined && (any || user !== undefined) && LETTER.test(name)
    ? { host: name, source: null }
    : machineOf(name ?? text);
}

const ALONE = /^([\w.-]{1,64}@)?(?!localhost)([\w.-]{1,100}) ?:?$/;

/** Whether a line is a rule, of signs without words. */
export function isRule(line: string): boolean {
  return line.length <= LONGEST_TITLE && undecorated(line) === '';
}

/** The machine that a text names, behind a word for it or by its look. */
function machineOf(text: string): Title | null {
  const [, word = '', sign = '', name = text] = LABELLED.exec(text) ?? [];
  const looks = MACHINE.test(name) && !OF_A_FILE.test(name);
  const isSaid = sign.trim() !== '' && (looks || LETTER.test(name));
  return isSaid && CERTAIN.test(word)
    ? { host: name, source: null }
    : isSaid || looks
      ? { host: null, source: name }
      : null;
}

const LONGEST_TITLE = 200;

const LABELLED =
  /^(host ?(?:name)?|server|node|machine|vm|pod|container)( ?[:=] ?| )([\w.-]{1,100})$/i;

/** Words for what has a name of its own; servers and containers may be programs. */
const CERTAIN = /^[hmnpv]/i;

/** A letter that is not that of a version. */
const LETTER = /^(?!v?\d+\.\d)(?=\w)[\d._-]*[a-z]/i;

/** An IPv4 address, a name with its domain, or a usual name with a number or a part. */
const MACHINE =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|[a-z][a-z\d-]{0,62}(?:(?:\.[a-z\d-]{1,63}){1,5}\.[a-z]{2,20}|\.(?:local|lan|internal|localdomain))|(?:[a-z\d]{1,20}[-_]){0,5}(?:web|www|app|api|db|sql|srv|server|host|node|vm|proxy|lb|gw|mail|mx|dns|ns|fw)(?:[-_]?\d{1,4}|[-_](?:[a-h]|primary|replica)))$/i;

/** Names with dots that are not of a machine. */
const OF_A_FILE = /\.(?:txt|log|out|csv|json|netstat|gz|conf|service|sh|jar|exe)$/i;

/**
 * The time in a file's name, as cron jobs put it there: `netstat-20260105-1000.txt`,
 * `2026-01-05T10:00:00Z.log`, `ss_2026-01-05_10.00.00`. ISO 8601; null if there is none.
 */
export function timeInFileName(name: string): string | null {
  const base = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1;
  const match = STAMP.exec(name.slice(base));
  if (match === null) {
    return null;
  }
  const [, year, month, day, hour, minute, second = '00', zone = ''] = match;
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`;
  return Number.isNaN(Date.parse(time)) ? null : time;
}

const STAMP =
  /(?<!\d)(20\d\d)[-_.]?(\d\d)[-_.]?(\d\d)[-_.T ]{0,3}(\d\d)[-_.:h]?(\d\d)(?:[-_.:m]?(\d\d))?(Z)?(?!\d)/;
