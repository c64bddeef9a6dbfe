import { adviceOn } from '../../knowledge/advice';
import { columnAt } from '../../knowledge/columns';
import { DETAIL_TEXTS, detailText, skmemParts, unixFlags } from '../../knowledge/ssDetails';
import { OTHER_STATE_TEXTS, otherState } from '../../knowledge/nonTcpStates';
import { PROTOCOL_TEXTS, protocolText } from '../../knowledge/protocols';
import { label } from '../../wording/statement';
import { PHRASES } from '../../wording/words';
import type { FieldSpan } from '../../model/field';
import type { System } from '../../vocabulary/system';
import { unmapped } from '../../vocabulary/address';
import type { Explained, FieldTarget } from '../target';
import type { Explanation } from '../explanation';
import type { Localizer } from '../../wording/text';
import { simple } from './simple';

const LABELS = {
  column: label('{header}: {text}'),
};

/** Explains a protocol word, and how it goes with the row's addresses. */
export function explainProtocol(
  { socket, token, context }: FieldTarget,
  localizer: Localizer,
): Explanation {
  const lead = [localizer.say(protocolText(socket.protocol))];
  const word = token;
  if (/^(?:tcp|udp|raw|udpl)6$/.test(word) && isIpv4(socket.local.address)) {
    lead.push(localizer.say(PROTOCOL_TEXTS.tcp6Mapped, { word }));
  } else if (/^(?:tcp|udp|sctp)46$/.test(word)) {
    lead.push(localizer.say(PROTOCOL_TEXTS.dual, { word }));
  } else if (context.system === 'windows' && (word === 'TCP' || word === 'UDP')) {
    lead.push(localizer.say(PROTOCOL_TEXTS.windows));
  } else if (word.endsWith('6')) {
    lead.push(localizer.say(PROTOCOL_TEXTS.ipv6));
  } else if (socket.local.address.includes(':') && !isIpv4(socket.local.address)) {
    const busybox = context.tool?.id === 'linux-net-tools' && word === 'tcp';
    lead.push(localizer.say(busybox ? PROTOCOL_TEXTS.noNetid : PROTOCOL_TEXTS.ipv6));
  }
  return simple(localizer.format(PHRASES.word, { word }), lead);
}

function isIpv4(address: string): boolean {
  return !unmapped(address).includes(':') && address.includes('.');
}

/** Explains the state word of a socket that is not TCP, or one that nobody knows. */
export function explainOtherState(
  { socket, token, context }: FieldTarget,
  localizer: Localizer,
): Explanation {
  const own = new Map(Object.entries(context.tool?.stateWords ?? {}));
  const known = own.get(token) ?? otherState(socket.protocol, token);
  return simple(localizer.format(PHRASES.word, { word: token }), [
    localizer.say(known ?? OTHER_STATE_TEXTS.unknown),
  ]);
}

/** Explains a further word of a row: `ss -i` values, arrows, `skmem`, flags, types. */
export function explainDetail({ token }: FieldTarget, localizer: Localizer): Explanation | null {
  const title = localizer.format(PHRASES.word, { word: token });
  if (token.startsWith('[')) {
    const flags = unixFlags(token).map(flag => localizer.say(flag));
    return flags.length === 0 ? null : simple(title, flags);
  }
  const text = detailText(token);
  if (text !== null) {
    const evidence = skmemParts(token).map(({ text: part, n }) => localizer.say(part, { n }));
    return simple(title, [localizer.say(text)], { evidence });
  }
  return /^[\d.]+[KMG]?bps$/.test(token) ? simple(title, [localizer.say(DETAIL_TEXTS.rate)]) : null;
}

/** What printed a header, as far as it is known: a dialect's id, and the system that it ran on. */
export interface Printed {
  readonly tool: string | null;
  readonly system: System | null;
}

const MACOS_NETSTAT = 'macos-netstat';

/**
 * Where in the header of macOS' `netstat -v` the column of a word behind the process stands; null
 * for a word before it. The name of a process may have blanks and be wider than its column, so
 * that what follows stands under other headers: it is counted from the end of the line.
 */
function placeInTail({ start }: FieldSpan, line: string, header: string): number | null {
  const names = [...header.matchAll(/\S+/g)];
  const owner = names.findIndex(([name]) => name === 'process:pid' || name === 'pid');
  const fromEnd = [...line.slice(start).matchAll(/\S+/g)].length;
  return owner === -1 || fromEnd >= names.length - owner
    ? null
    : (names[names.length - fromEnd]?.index ?? null);
}

/** Explains a column by its header. */
export function explainHeader(
  line: string,
  character: number,
  { tool, system }: Printed,
  localizer: Localizer,
): Explained | null {
  const found = columnAt(line, character, tool);
  if (found === null) {
    return null;
  }
  const { start, end, column } = found;
  const word = line.slice(start, end);
  const explanation = simple(localizer.format(PHRASES.word, { word }), [
    localizer.say(column.text),
    ...adviceOn(system, column.more ?? []).map(text => localizer.say(text)),
  ]);
  return { start, end, row: null, explanation };
}

/** Explains a value of which nothing but its column is known, by the header that is above it. */
export function explainByColumn(
  span: FieldSpan,
  line: string,
  header: string,
  tool: string | null,
  localizer: Localizer,
): Explanation | null {
  const token = line.slice(span.start, span.end);
  const tail = tool === MACOS_NETSTAT ? placeInTail(span, line, header) : null;
  // Numbers stand under the end of their header, words under its beginning.
  const found =
    tail === null
      ? (columnAt(header, span.end - 1, tool) ?? columnAt(header, span.start, tool))
      : columnAt(header, tail, tool);
  return found === null
    ? null
    : simple(localizer.format(PHRASES.word, { word: token }), [
        localizer.format(LABELS.column, {
          header: header.slice(found.start, found.end),
          text: localizer.say(found.column.text),
        }),
      ]);
}
