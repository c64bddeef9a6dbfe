import { Field } from '../model/field';
import { NONE, type Row } from '../model/row';
import { isDigit, isLetter, type Line } from './line';
import { CLOSE_BRACKET, COLON, DOT, OPEN_BRACKET, PERCENT, STAR } from '../vocabulary/characters';

/*
 * Endpoints as tools print them. `address:port` (Linux, Windows, lsof) is cut at its last colon,
 * `address.port` (BSD, macOS, Solaris, AIX, Cisco) at its last dot. Tools cut long addresses, so
 * an address need not be a valid one; what was printed is kept.
 */

/** Reads word `i` as `address:port`; false, with the row's fields unset, if it is none. */
export function readColonEndpoint(line: Line, i: number, row: Row, remote: boolean): boolean {
  return (
    i < line.count &&
    readEndpoint(line.text, line.wordStart(i), line.wordEnd(i), COLON, row, remote)
  );
}

/** Reads word `i` as `address.port`; false, with the row's fields unset, if it is none. */
export function readDotEndpoint(line: Line, i: number, row: Row, remote: boolean): boolean {
  return (
    i < line.count && readEndpoint(line.text, line.wordStart(i), line.wordEnd(i), DOT, row, remote)
  );
}

/** Reads `text[start, end)` as an endpoint with its port after the last `separator`. */
export function readEndpoint(
  text: string,
  start: number,
  end: number,
  separator: number,
  row: Row,
  remote: boolean,
): boolean {
  let cut = end - 1;
  while (cut >= start && text.charCodeAt(cut) !== separator) {
    cut--;
  }
  if (cut <= start || cut === end - 1) {
    return false;
  }
  const port = portAt(text, cut + 1, end);
  if (port === NOT_A_PORT) {
    return false;
  }
  if (!readAddress(text, start, cut, row, remote)) {
    return false;
  }
  row.endpoint(remote, start, end, cut + 1, end, port);
  return true;
}

/** Reads `text[start, end)` as an address with brackets and scope; false if it is none. */
export function readAddress(
  text: string,
  start: number,
  end: number,
  row: Row,
  remote: boolean,
): boolean {
  let from = start;
  let to = end;
  let scope = NONE;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === PERCENT) {
      scope = i;
      break;
    }
    if (!isAddressChar(code)) {
      return false;
    }
  }
  if (scope !== NONE) {
    let scopeEnd = end;
    if (text.charCodeAt(scopeEnd - 1) === CLOSE_BRACKET) {
      scopeEnd--;
    }
    for (let i = scope + 1; i < scopeEnd; i++) {
      if (!isScopeChar(text.charCodeAt(i))) {
        return false;
      }
    }
    if (scope + 1 < scopeEnd) {
      row.span(remote ? Field.RemoteScope : Field.LocalScope, scope + 1, scopeEnd);
    }
    to = scope;
  }
  if (text.charCodeAt(from) === OPEN_BRACKET) {
    from++;
    if (text.charCodeAt(to - 1) === CLOSE_BRACKET) {
      to--;
    }
  }
  if (from >= to) {
    return false;
  }
  row.span(remote ? Field.RemoteAddress : Field.LocalAddress, from, to);
  return true;
}

const NOT_A_PORT = -2;

/** The port number of `text[start, end)`, NONE for `*` and service names, NOT_A_PORT else. */
function portAt(text: string, start: number, end: number): number {
  let value = 0;
  let letters = 0;
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) {
      value = value * 10 + code - 48;
    } else if (isLetter(code) || code > 127) {
      letters++;
    } else if (code === STAR) {
      return end - start === 1 ? NONE : NOT_A_PORT;
    } else if (code !== 45 && code !== 95 && code !== 43 && code !== 47) {
      return NOT_A_PORT;
    } else {
      // A service name may hold - _ + and /, a number may not. Neither has a dot: what looks so
      // is an `address.port` of BSD whose IPv6 address has the last colon.
      value = Number.MAX_SAFE_INTEGER;
    }
  }
  if (letters > 0) {
    return NONE;
  }
  return value <= 65535 ? value : NOT_A_PORT;
}

/** By ASCII code, whether an address may have it: a table is faster than ten comparisons. */
const ADDRESS_CHARS = Uint8Array.from({ length: 128 }, (_, code) =>
  isDigit(code) || isLetter(code) || '.:-_*[]'.includes(String.fromCharCode(code)) ? 1 : 0,
);

function isAddressChar(code: number): boolean {
  return code > 127 || ADDRESS_CHARS[code] === 1;
}

function isScopeChar(code: number): boolean {
  return (
    isDigit(code) ||
    isLetter(code) ||
    code === DOT ||
    code === 45 ||
    code === 95 ||
    code === 64 ||
    code === CLOSE_BRACKET ||
    code === COLON
  );
}

/** Whether word `i` has the unmistakable shape of an endpoint: an IP address or `*`, and a port. */
export function looksLikeEndpoint(line: Line, i: number): boolean {
  const word = line.word(i);
  return (
    word.length < 80 &&
    (/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(%[\w.-]{1,20})?[:.](\d{1,5}|\*)$/.test(word) ||
      /^\[[\da-fA-F:.]{2,45}(%[\w.-]{1,20})?\](%[\w.-]{1,20})?:(\d{1,5}|\*)$/.test(word) ||
      /^\*[:.](\d{1,5}|\*)$/.test(word) ||
      /^::[\da-fA-F:.]{0,43}:(\d{1,5}|\*)$/.test(word))
  );
}

/** Where a value ends that begins at `text[start]` and was hidden (reading/around/damage); NONE. */
export function hiddenEnd(text: string, start: number, end: number): number {
  const close = text.charCodeAt(start) === HIDDEN_BEGIN ? text.indexOf('›', start) : NONE;
  return close === NONE || close >= end ? NONE : close + 1;
}

const HIDDEN_BEGIN = 0x2039;
