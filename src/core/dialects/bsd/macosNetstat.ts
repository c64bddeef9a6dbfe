import { protocolWord } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { readBsdRow, readPid, readProcessAndPid } from './bsdRow';
import { Field } from '../../model/field';
import { isHexWord, type Line } from '../../parsing/line';
import { bsdDialect, continuesUnix } from './bsdFamily';

/** Columns that only Apple's `netstat -v` and `-b` have. */
const OWN_COLUMNS = ['rxbytes', 'rhiwat', 'pid', 'process:pid'];

/**
 * `netstat` of macOS and iOS. `-v` adds columns that changed with nearly every release, among
 * them `pid` or, since macOS 15, `process:pid`, and a second column called `state`, which holds
 * the socket's flags in hexadecimal (Apple network_cmds, netstat.tproj/inet.c). The column header
 * says where things stand; for UDP everything is one word further left, because it has no state.
 * Without `-l` or `-W` addresses are cut and, with `-A`, ports too: what was printed is kept.
 */
export const macosNetstat = bsdDialect({
  id: 'macos-netstat',
  title: 'macOS netstat',
  systems: ['macos'],
  commands: ['netstat'],
  best: { command: 'netstat -anvl', needs: 'root' },
  tells: { pids: 'with options', queues: 'always', timers: 'never' },

  ownsTitle: title =>
    title.section === 'multipath' ||
    title.section === 'modules' ||
    title.section === 'kernel' ||
    title.text.includes('LOCAL (UNIX)'),
  ownsHeader: (header, layout) => {
    const { section, columns } = header.layout;
    switch (section) {
      case 'internet':
        return (
          OWN_COLUMNS.some(column => columns.includes(column)) ||
          header.address === 'Socket Flowhash' ||
          // The column is filled up to eleven characters, by macOS alone of those with two blanks.
          (header.state === '(state)' &&
            header.padded &&
            header.localGap === 2 &&
            header.protocolGap === 1)
        );
      case 'listeners':
        return header.protocolGap === 0 && header.address !== 'Tcpcb';
      case 'unix':
        return columns.length > 0 || continuesUnix(header, layout);
      default:
        return true;
    }
  },
  bareRow: (line, row) => readBsdRow(line, undefined, row) && readOwnerWithoutHeader(line, row),
});

/** Words behind the process in macOS 11 and later: state, options, gencnt, flags, … , fltrs. */
const WORDS_BEHIND = 8;

/**
 * Reads the process of a row of `-v` whose header is gone (`netstat -anv | grep LISTEN`). The
 * columns behind it tell the release; false where they are not there, so that the row may as well
 * be another system's.
 */
function readOwnerWithoutHeader(line: Line, row: Row): boolean {
  const kind = protocolWord(row.protocol).protocol;
  if (kind === 'unix' || kind === 'kernel') {
    return false;
  }
  let first = 0;
  const before = row.has(Field.State) ? row.end(Field.State) : row.end(Field.Remote);
  while (first < line.count && line.wordStart(first) < before) {
    first++;
  }
  const { count } = line;
  const behind = count - WORDS_BEHIND;
  if (
    behind >= first + 3 &&
    width(line, behind) === 5 &&
    width(line, behind + 1) === 8 &&
    width(line, behind + 2) === 16 &&
    isHexWord(line, behind + 2)
  ) {
    if (line.number(behind - 1) !== NONE) {
      return readPid(line, behind - 2, row);
    }
    let name = first;
    while (name < behind && line.number(name) !== NONE) {
      name++;
    }
    return readProcessAndPid(line, name, row) === behind;
  }
  if (count === first + 6 && isPrefixedHex(line, count - 1) && isPrefixedHex(line, count - 2)) {
    // macOS 10.14: rhiwat shiwat pid epid 0x0102 0x00000008
    return readPid(line, count - 4, row);
  }
  // Up to macOS 10.13: rhiwat shiwat pid epid
  return count === first + 4 && areNumbers(line, first, count) && readPid(line, first + 2, row);
}

function width(line: Line, i: number): number {
  return line.wordEnd(i) - line.wordStart(i);
}

function isPrefixedHex(line: Line, i: number): boolean {
  return line.text.startsWith('0x', line.wordStart(i)) && isHexWord(line, i);
}

function areNumbers(line: Line, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    if (line.number(i) === NONE) {
      return false;
    }
  }
  return true;
}
