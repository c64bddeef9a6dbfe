import { undecorated } from './timestamps';

/*
 * The line that `head` and `tail` print above each of several files: `==> web-3.netstat <==`.
 * What follows is another file's, so that `tail -n +1 *.netstat` makes one text of many hosts.
 * Scripts print titles of their own, `=== web-3 ===`. Most of these name a moment, a protocol or a
 * program, so that one is believed only where it can hardly name anything but a machine. Even then
 * it names a source, not a host: common addresses show that two of them are one.
 */

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

/** The file that a line introduces; null where it is another line. */
export function fileOfTitle(line: string): string | null {
  return line.length > BEGIN.length + END.length &&
    line.length <= LONGEST &&
    line.startsWith(BEGIN) &&
    line.endsWith(END) &&
    !line.includes(KERNEL)
    ? line.slice(BEGIN.length, -END.length)
    : null;
}

/** The file or machine that a line introduces; null where it is another line. */
export function sourceOfTitle(line: string): string | null {
  return RULE.test(line) ? (fileOfTitle(line) ?? machineOfTitle(line)) : null;
}

const RULE = /^(?:==|--|##|\*\*|~~|__)/;

/** The machine that a title names, behind a word for it or by its look. */
function machineOfTitle(line: string): string | null {
  if (line.length > LONGEST_TITLE) {
    return null;
  }
  const text = undecorated(line);
  const [, sign, name = text] = LABELLED.exec(text) ?? [];
  const isSaid =
    sign !== undefined && sign.trim() !== '' && /^\w/.test(name) && /[a-z]/i.test(name);
  return isSaid || (MACHINE.test(name) && !OF_A_FILE.test(name)) ? name : null;
}

const LONGEST_TITLE = 200;

const LABELLED =
  /^(?:host(?:name)?|server|node|machine|vm|pod|container)( ?[:=] ?| )([\w.-]{1,100})$/i;

/** An IPv4 address, a name with its domain, or a usual name with a number. */
const MACHINE =
  /^(?:\d{1,3}(?:\.\d{1,3}){3}|[a-z][a-z\d-]{0,62}(?:(?:\.[a-z\d-]{1,63}){1,5}\.[a-z]{2,20}|\.(?:local|lan|internal|localdomain))|(?:[a-z\d]{1,20}[-_]){0,5}(?:web|www|app|db|sql|srv|server|host|node|vm|proxy|lb|gw|mail|mx|dns|ns)[-_]?\d{1,4})$/i;

/** Names with dots that are not of a machine. */
const OF_A_FILE = /\.(?:txt|log|out|csv|json|netstat|gz|conf|service|sh|jar|exe)$/i;

/**
 * The time in a file's name, as cron jobs put it there: `netstat-20260105-1000.txt`,
 * `2026-01-05T10:00:00Z.log`, `ss_2026-01-05_10.00.00`. ISO 8601; null where there is none.
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
