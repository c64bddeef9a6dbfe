import { INTERFACE_FLAGS, INTERFACE_LETTERS, INTERFACE_WORDS } from '../knowledge/links/interfaces';
import { BSD_ROUTE_FLAGS, LINUX_ROUTE_FLAGS, ROUTE_WORDS } from '../knowledge/links/routes';
import { LineClass } from '../model/lineClass';
import type { Dump } from '../reading/dump';
import { label, type Statement } from '../wording/statement';
import type { Localizer } from '../wording/text';
import { PHRASES } from '../wording/words';
import { simple } from './fields/simple';
import type { Explained } from './target';

/*
 * Lines of interfaces and routes: a word that a tool prints is explained itself, a number below the
 * head of a column by that head.
 */

const LABELS = {
  cell: label('**{head}** {value}'),
};

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** How far above the head of a column is looked for. */
const FAR = 400;

/** Words that a line of heads begins with. */
const HEADS = /^(?:Iface|Name|Destination(?:\/Mask)?|[RT]X:|[RT]X)$/;

/** Explains what stands at a place of a line of interfaces or routes. */
export function explainLinkLine(
  dump: Dump,
  number: number,
  character: number,
  textOf: (line: number) => string,
  localizer: Localizer,
): Explained | null {
  const isRoute = dump.classes[number] === LineClass.Route;
  const line = textOf(number);
  const words = wordsOf(line);
  const word = words.find(({ start, end }) => start <= character && character < end);
  if (word === undefined) {
    return null;
  }
  const flag = isRoute ? null : flagAt(word, character);
  if (flag !== null) {
    return explained(flag, INTERFACE_FLAGS.get(flag.text), localizer);
  }
  const known = (isRoute ? ROUTE_WORDS : INTERFACE_WORDS).get(word.text);
  const head = headOf(dump, number, words, word, textOf);
  if (head === null) {
    return explained(word, known, localizer);
  }
  const letters = lettersOf(head.word, head.isLinux, isRoute, word.text);
  if (letters.length > 0) {
    const lead = letters.map(text => localizer.say(text));
    const explanation = simple(localizer.format(PHRASES.word, { word: word.text }), lead);
    return { start: word.start, end: word.end, row: null, explanation };
  }
  const text = (isRoute ? ROUTE_WORDS : INTERFACE_WORDS).get(head.word);
  return text === undefined
    ? null
    : {
        start: word.start,
        end: word.end,
        row: null,
        explanation: simple(localizer.format(LABELS.cell, { head: head.word, value: word.text }), [
          localizer.say(text),
        ]),
      };
}

function wordsOf(line: string): Word[] {
  return Array.from(line.matchAll(/[^\s,]+/g), ({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }));
}

/** A flag in words: `<UP`, `flags=73<UP`, `RUNNING>`. */
function flagAt({ text, start }: Word, character: number): Word | null {
  for (const { 0: flag, index } of text.matchAll(/[A-Z][A-Z_-]+/g)) {
    const from = start + index;
    if (from <= character && character < from + flag.length && INTERFACE_FLAGS.has(flag)) {
      return { text: flag, start: from, end: from + flag.length };
    }
  }
  return null;
}

function explained(
  { text, start, end }: Word,
  statement: Statement | undefined,
  localizer: Localizer,
): Explained | null {
  return statement === undefined
    ? null
    : {
        start,
        end,
        row: null,
        explanation: simple(localizer.format(PHRASES.word, { word: text }), [
          localizer.say(statement),
        ]),
      };
}

/** The head of the column that a word stands in; null where the word is none below heads. */
function headOf(
  { classes }: Dump,
  number: number,
  words: readonly Word[],
  word: Word,
  textOf: (line: number) => string,
): { readonly word: string; readonly isLinux: boolean } | null {
  if (HEADS.test(words[0]!.text)) {
    return null;
  }
  for (let line = number - 1; line >= Math.max(0, number - FAR); line--) {
    if (classes[line] !== classes[number]) {
      return null;
    }
    const heads = wordsOf(textOf(line).replace('Next Hop', 'Gateway')).map(({ text }) => text);
    if (HEADS.test(heads[0] ?? '')) {
      return headIn(heads, words, words.indexOf(word));
    }
    if (heads[0]?.endsWith(':') === true) {
      return null;
    }
  }
  return null;
}

function headIn(
  heads: readonly string[],
  words: readonly Word[],
  place: number,
): { readonly word: string; readonly isLinux: boolean } | null {
  const isLinux = heads[0] === 'Iface' || heads.includes('Genmask') || heads.at(-1) === 'If';
  const isOfLink = heads[0]!.startsWith('RX') || heads[0]!.startsWith('TX');
  const own = isOfLink ? heads.slice(heads[1] === 'errors:' ? 2 : 1) : heads;
  // The addresses of the BSDs may be missing: their numbers are counted from the right.
  const fromRight = heads[0] === 'Name' && place > 1;
  const word = own[fromRight ? own.length - words.length + place : place];
  return word === undefined || (isOfLink && own.length !== words.length) ? null : { word, isLinux };
}

/** What the letters of a column of flags say. */
function lettersOf(head: string, isLinux: boolean, isRoute: boolean, word: string): Statement[] {
  if (head !== 'Flg' && head !== 'Flags' && head !== 'Flag') {
    return [];
  }
  return Array.from(word).flatMap(letter => {
    const text = isRoute
      ? (isLinux ? LINUX_ROUTE_FLAGS : BSD_ROUTE_FLAGS).get(letter)
      : INTERFACE_FLAGS.get(INTERFACE_LETTERS.get(letter) ?? '');
    return text === undefined ? [] : [text];
  });
}
