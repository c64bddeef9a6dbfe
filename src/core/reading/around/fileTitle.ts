/*
 * The line that `head` and `tail` print above each of several files: `==> web-3.netstat <==`.
 * What follows is another file's, so that `tail -n +1 *.netstat` makes one text of many hosts.
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
