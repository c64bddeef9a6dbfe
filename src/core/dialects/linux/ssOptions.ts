import { stateFromAnySpelling } from '../../vocabulary/stateSpellings';
import { State, stateCode } from '../../vocabulary/state';
import { protocolWordId } from '../../vocabulary/protocol';

/** The namespace of `-N`. */
export function namespaceIn(command: string): string | null {
  const name = / -(?:[a-zA-Z\d]{0,20}N|-net[= ]) ?([\w.-]{1,64})/.exec(command)?.[1];
  return name === undefined ? null : `netns-${name}`;
}

/** What a filter has words of, or the file that it is read from. */
export const FILTER =
  /^[\\!(]{0,3}(?:(?:state|exclude|src|dst|[sd]port|dev|fwmark|cgroup|autobound)\b|\()|^-(?:\w{0,20}F|-filter)/;

/** The protocols that may be asked for, by option. */
const PROTOCOL_OPTIONS: Readonly<Record<string, string>> = {
  t: 'tcp',
  u: 'udp',
  w: 'raw',
  d: 'dccp',
  S: 'sctp',
  M: 'mptcp',
  '--tcp': 'tcp',
  '--udp': 'udp',
  '--raw': 'raw',
  '--dccp': 'dccp',
  '--sctp': 'sctp',
  '--mptcp': 'mptcp',
};

/** The word of the one protocol that the options ask for; 0 where not just one. */
export function onlyProtocol(words: readonly string[]): number {
  const asked = new Set<string>();
  for (const word of words) {
    const letters = word.startsWith('--') ? [word] : word.startsWith('-') ? Array.from(word) : [];
    for (const letter of letters) {
      const protocol = PROTOCOL_OPTIONS[letter] ?? (/^[x0]$/.test(letter) ? 'other' : undefined);
      if (protocol !== undefined) {
        asked.add(protocol);
      }
    }
  }
  const [only] = asked;
  return asked.size === 1 && only !== undefined && only !== 'other' ? protocolWordId(only) : 0;
}

/** The one state of `ss state …`, for which it prints no State column; None where not just one. */
export function onlyState(words: readonly string[]): State {
  const at = words.indexOf('state');
  const name = at === -1 ? null : stateFromAnySpelling(words[at + 1] ?? '');
  return name === null || words.lastIndexOf('state') !== at ? State.None : stateCode(name);
}
