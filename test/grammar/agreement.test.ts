import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Field, FIELD_NAMES } from '../../src/core/model/field';
import { LineClass } from '../../src/core/model/lineClass';
import { locate } from '../../src/core/reading/locate';
import { readDump } from '../../src/core/reading/reader';
import { describePublic, publicDumpNames, publicText } from '../core/publicDumps';
import { nameOf } from './notation';
import { linesOf, netstatGrammar, tokenize, type TokenLine } from './tokenizer';

const SAMPLES = new URL('../../samples/', import.meta.url);

/** What a field of the parser may be colored as; in CSV all numbers look alike. */
const EXPECTED: Partial<Record<Field, readonly string[]>> = {
  [Field.Protocol]: ['protocol', 'type', 'detailValue'],
  [Field.LocalAddress]: ['address', 'path'],
  [Field.LocalScope]: ['interface'],
  [Field.LocalPort]: ['port', 'service', 'detailValue'],
  [Field.RemoteAddress]: ['address', 'path', 'pointer'],
  [Field.RemoteScope]: ['interface'],
  [Field.RemotePort]: ['port', 'service', 'detailValue'],
  [Field.State]: [
    'normal',
    'waiting',
    'transient',
    'suspicious',
    'localState',
    'unknownState',
    'type',
  ],
  [Field.Pid]: ['pid', 'detailValue'],
  [Field.Process]: ['process', 'notice'],
};

/*
 * What the grammar leaves as it is, by sample and line or text. It reads each line alone, where
 * the parser knows the header, and it does not color what is no address.
 */
const LEFT: readonly (readonly [sample: RegExp, line: RegExp])[] = [
  // Names of netlink, packet and the like, and UNIX sockets without a path.
  [/ss/, /^(?:nl|p_raw|u_str|u_dgr|v_str) /],
  [/lsof/, /\s(?:netlink|sock|pack|raw6?)\s/],
  [/^macos/, /^(?:kctl|kevt|unix| )/],
  // SCTP addresses without port.
  [/^solaris/, /^0\.0\.0\.0 +0\.0\.0\.0 /],
  // A program's name that runs into its pid: only the parser tells by their widths.
  [/sockstat/, /python\d\.\d*\d{5}/],
  // Nothing but a type's name.
  [/export-csv/, /^#TYPE/],
];
const UNKNOWN = /^(?:[-?*\s]*|-1|\(socketpair\))$/;

describe('grammar and parser agree on the samples', () => {
  for (const name of readdirSync(SAMPLES).filter(file => file.endsWith('.netstat'))) {
    it(name, () => agree(name, readFileSync(new URL(name, SAMPLES), 'utf8')));
  }
});

describePublic('grammar and parser agree on published dumps', () => {
  // UTF-16 is decoded before the grammar sees it; JSON has a grammar of its own.
  for (const name of publicDumpNames().filter(file => !/utf16|\.json$/.test(file))) {
    it(name, () => agree(name, publicText(name)));
  }
});

async function agree(name: string, text: string): Promise<void> {
  const dump = readDump(text);
  const differences: string[] = [];
  for (const [number, line] of tokenize(await netstatGrammar(), linesOf(text)).entries()) {
    if (!LEFT.some(([s, l]) => s.test(name) && l.test(line.text))) {
      differences.push(...differ(dump, number, line));
    }
  }
  assert.deepEqual(differences, []);
}

function differ(dump: ReturnType<typeof readDump>, number: number, line: TokenLine): string[] {
  const located = locate(dump, number, line.text);
  const names = line.tokens.map(token => nameOf(token.scopes));
  const place = `line ${number + 1}: ${line.text}`;
  if (located.kind === LineClass.Header) {
    const known = ['header', 'title', 'rule', 'snapshot', 'pid', 'process', 'type', 'detailName'];
    return known.some(known => names.includes(known)) ? [] : [`${place}\n  no header`];
  }
  if (located.kind === LineClass.Text || located.kind === LineClass.Blank) {
    return names.includes('address') ? [`${place}\n  coloured as a row`] : [];
  }
  return located.fields.flatMap(({ field, start, end }) => {
    const expected = EXPECTED[field];
    const shown = line.text.slice(start, end);
    if (expected === undefined || UNKNOWN.test(shown)) {
      return [];
    }
    // Brackets are part of an address's token and not of the field.
    const token = line.tokens.find(t => t.start <= start && end <= t.end);
    const actual = token === undefined ? 'in several tokens' : nameOf(token.scopes);
    return expected.includes(actual)
      ? []
      : [
          `${place}\n  ${(FIELD_NAMES as readonly string[])[field] ?? field} '${shown}' is ${actual === '' ? 'not coloured' : actual}`,
        ];
  });
}
