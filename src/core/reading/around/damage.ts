import { isDigit, type Line } from '../../parsing/line';
import {
  BACKSLASH,
  BACKTICK,
  CLOSE_PARENTHESIS,
  DOT,
  GREATER,
  LESS,
  MINUS,
  OPEN_PARENTHESIS,
  STAR,
} from '../../vocabulary/characters';
import { NONE } from '../../model/row';
import { type Clean, edited, unchanged } from './cleanText';
import { hasSignOfDump } from './signOfDump';

/*
 * What happens to rows on their way through web pages, Markdown, word processors and the hands of
 * people who hide what nobody should see. It is undone before a format sees the line, and only
 * where the line as it stands was not understood.
 */

/** No row is longer, apart from those of `ss -i`, which nobody retypes. */
const LONGEST = 4000;

/** What is put into a row, or into the values of one. */
const MARKS =
  /[<>&`*\\|"'{}$#%[\]()\u00a0\u00ad\u200c\u200d\u2010-\u2015\u2018-\u201e\u2026\u2039\u203a\u2060\u2190-\u2193\u2212\u2500-\u25ff]|x{2}|: /i;

/** Tags that stand within words, and all others, which stand between them. */
const INLINE_TAG =
  /<\/?(?:b|i|u|em|strong|span|font|code|tt|samp|kbd|mark|small)(?:\s[^<>]{0,200})?\/?>|<a\s[^<>]{0,300}>|<\/a>/gi;
const BLOCK_TAG =
  /<\/?(?:br|p|pre|td|th|tr|table|tbody|thead|div|li|ul|ol|hr|blockquote|body|html)(?:\s[^<>]{0,200})?\/?>/gi;

/** A tag of a page behind a row; others belong to the name of a program. */
const TAG_AT_END =
  /<\/?(?:br|p|pre|td|th|tr|table|tbody|thead|div|li|ul|ol|hr|blockquote|body|html|b|i|u|em|strong|span|font|code|tt|samp|kbd|mark|small)\s{0,3}\/?>$/i;

const ENTITY = /&(?:(quot|lt|gt|amp|nbsp|apos|ndash|mdash)|#(\d{1,5})|#x([\da-f]{1,4}));/gi;
const NAMED: Readonly<Partial<Record<string, string>>> = {
  quot: '"',
  lt: '<',
  gt: '>',
  amp: '&',
  nbsp: ' ',
  apos: "'",
  ndash: '-',
  mdash: '-',
};

/** How people and programs write that something is not shown. */
const HIDDEN_WORDS =
  /redact|hidden|hide|remov|mask|censor|anonym|private|secret|omit|\bip|addr|host|port|pid|client|server|node|user|name|x{2}|\u2026|\.{2}/i;

const STATE =
  'ESTABLISHED|LISTENING|LISTEN|CLOSE_WAIT|TIME_WAIT|FIN_WAIT_?[12]|SYN_SENT|SYN_RECV|SYN_RECEIVED|LAST_ACK|CLOSING|CLOSED';
const TIMER = 'off|on|keepalive|timewait|probe';

/** One kind of damage: a global pattern, and what stands for each match of it. */
type Repair = readonly [pattern: RegExp, replace: (match: RegExpExecArray) => string];

const nothing = (): string => '';
const blank = (): string => ' ';
const hidden = (match: RegExpExecArray): string => `‹${inside(match[1] ?? '')}›`;

const REPAIRS: readonly Repair[] = [
  [INLINE_TAG, nothing],
  [BLOCK_TAG, blank],
  [ENTITY, match => characterOf(match)],
  // What typesetting makes of quotes, dashes and arrows, and invisible characters.
  [/[\u201c-\u201e]/g, () => '"'],
  [/[\u2018-\u201a]/g, () => "'"],
  [/[\u2010-\u2015\u2212]/g, () => '-'],
  [/\u2192/g, () => '->'],
  [/\u00a0/g, blank],
  [/[\u00ad\u200c\u200d\u2060]/g, nothing],
  // Markdown: code, bold, italics, escapes, a break at the end of the line.
  [/`/g, nothing],
  [/(?<![:.*])\*\*(?!\*)/g, nothing],
  [/(?<=^|\s)\*([A-Za-z][\w-]{2,60})\*(?=\s|$)/g, match => match[1] ?? ''],
  [/\\(?=[*_[\](){}<>#+.!|`~"':&\\-]|\s{0,20}$)/g, nothing],
  // Columns that lost the blank between them.
  [new RegExp(String.raw`(?<=\b(?:${TIMER}))(?=\(\d{1,7}[.,]\d{1,3}/)`, 'g'), blank],
  [new RegExp(String.raw`(?<=[\s\d*](?:${STATE}))(?=\d{1,10}/)`, 'g'), blank],
  [new RegExp(String.raw`(?<=:(?:\d{1,5}|\*))(?=(?:${STATE})(?:\s|\d|$))`, 'g'), blank],
  // A timer whose end was cut off says nothing, and is no part of the name before it.
  [new RegExp(String.raw`(?<=\s)(?:${TIMER})\s{1,4}\([\d.,/]{0,30}$`, 'g'), nothing],
  // Hidden values: <client ip>, {client}, ${CLIENT}, $CLIENT, %CLIENT%, [hidden ip], #MyIP
  [
    /<([\w\u2026][\w .:-]{0,40})>/g,
    // What is closed again is a tag, as a name of a process may hold.
    match => (match.input.includes(`</${match[1] ?? ''}>`) ? match[0] : hidden(match)),
  ],
  [/\$?\{{1,2}(\w[\w .-]{0,40})\}{1,2}/g, hidden],
  [/\$(\w{1,40})/g, hidden],
  [/%([A-Za-z]\w{1,40})%/g, hidden],
  [
    /\[([A-Za-z.\u2026][\w .\u2026-]{1,40})\]/g,
    match => (HIDDEN_WORDS.test(match[1] ?? '') ? hidden(match) : match[0]),
  ],
  [/#(\w[\w-]{0,40})\s{0,40}(?=:\d)/g, hidden],
  [/(?<=\s)([Xx]{2,12}|\*{2,12}|#{2,12}|\?{2,12}|[\u2580-\u259f]{1,20})(?=\/\S)/g, hidden],
  [/(?<=:)(\*{2,12}|#{2,12}|\?{2,12})(?=\s|$)/g, hidden],
];

/** A row that stands between quotes, as an item of a list perhaps. */
const QUOTED: Repair = [/^\s{0,20}["']|["'],?\s{0,20}$/g, nothing];

/** The frames of tables. */
const FRAME: Repair = [/[|\u2502\u2503\u2551]/g, blank];

const ROW_BEGINS = String.raw`(?:tcp|udp|TCP|UDP|raw|unix|u_|sctp|icm|ESTAB|LISTEN|UNCONN|[A-Z]{3,5}-[A-Z]|[a-z][a-z\d_]{1,6}\s)`;

/** COMMAND, PID, USER and FD. */
const LSOF_BEGINS = String.raw`\S{1,64}\s{1,40}\d{1,8}\s{1,40}\S{1,64}\s{1,40}\*?\d{1,8}[a-zA-Z]`;

/** Bold from the beginning of a row to its end, which may be a star of its own. */
const BOLD: Repair = [/^\s{0,20}\*\*(?=\S)|\*\*\s{0,20}$/g, nothing];

/** A number or sign before a row, of lists and editors. */
const LIST_MARK: Repair = [
  new RegExp(
    String.raw`^\s{0,40}(?:\(?\d{1,7}[.):]?|[-*+•·▪►–—])\s{1,40}(?=${ROW_BEGINS}|${LSOF_BEGINS})`,
    'g',
  ),
  nothing,
];

/** Queues, endpoints and a state, but the protocol before them is lost, or its beginning. */
const HEADLESS = new RegExp(
  String.raw`^\s{0,20}(?:(cp|cp6|dp|dp6|p|p6|6)\s{1,40})?(?=\d{1,10}\s{1,40}\d{1,10}\s{1,40}\S{3,80}\s{1,40}\S{3,80}\s{1,40}(?:${STATE})(?:\s|$))`,
  'g',
);

/** Whether a text holds what may hide owners in rows that are read all the same. */
export function isMarkedUp(text: string): boolean {
  return OWNER_MARKS.some(mark => text.includes(mark));
}

const OWNER_MARKS = [
  '&quot;',
  '&#34;',
  '&#x22;',
  '“',
  '”',
  '„',
  '\\"',
  '&nbsp;',
  '\u00a0',
] as const;

/** Whether a text is that of a page: what stands between tags in it is no name of a program. */
export function isPage(text: string): boolean {
  return text.includes('<') && PAGE_TAGS.some(tag => text.includes(tag));
}

const PAGE_TAGS = ['<html', '<pre', '<code', '<p>', '</p>', '<br', '<td', '<div', '<li', '<span'];

/** Whether a value is `<b>name</b>`, which a program may be called. */
function isBetweenTags(value: string): boolean {
  const tag = /^<([a-z]{1,10})>/i.exec(value)?.[1];
  return tag !== undefined && value.endsWith(`</${tag}>`);
}

/** What is known of a text before its rows are read. */
export interface Markup {
  /** See isMarkedUp. */
  readonly markedUp: boolean;
  readonly page: boolean;
}

/**
 * Whether a row that was read may have damage in its last value, a program's name as a rule, or
 * in its owners where the text has some.
 */
export function mayBeDamaged(line: Line, { markedUp, page }: Markup): boolean {
  if (line.is(0, SCTP_ASSOCIATION)) {
    return false;
  }
  const last = line.count - 1;
  if (!page) {
    const name = line.lastChar(last) === GREATER ? line.word(last).replace(/^\d{1,10}\//, '') : '';
    if (isBetweenTags(name) || (line.firstChar(0) === LESS && isBetweenTags(line.word(0)))) {
      return false;
    }
  }
  if (MARK_STARTS.has(line.firstChar(0)) || (isDigit(line.firstChar(0)) && isItem(line))) {
    return true;
  }
  switch (line.lastChar(last)) {
    case GREATER:
      // `<->` of ss is none.
      if (line.text.charCodeAt(line.wordEnd(last) - 2) !== MINUS) {
        return TAG_AT_END.test(line.rest(last > 0 ? last - 1 : 0));
      }
      break;
    case STAR:
      if (line.text.charCodeAt(line.wordEnd(last) - 2) === STAR) {
        return true;
      }
      break;
    case BACKSLASH:
    case BACKTICK:
    case SEMICOLON:
      return true;
    case CLOSE_PARENTHESIS:
      if (line.firstChar(last) !== OPEN_PARENTHESIS && GLUED_TIMER.test(line.word(last))) {
        return true;
      }
      break;
    default:
      if (line.firstChar(last) === OPEN_PARENTHESIS) {
        return true;
      }
  }
  return markedUp && isMarkedUp(line.rest(0));
}

/** What `ss` itself prints before an association. */
const SCTP_ASSOCIATION = '`-';

/** `*`, back-tick, `-`, `<`, `>`, `|`, `"` and bullets. */
const MARK_STARTS: ReadonlySet<number> = new Set(
  Array.from('*`-<>|"•·▪►–—', character => character.charCodeAt(0)),
);

/** Whether the first word is `12.`, `12)`, or `12` before a word. */
function isItem(line: Line): boolean {
  const last = line.lastChar(0);
  return (
    last === CLOSE_PARENTHESIS ||
    last === DOT ||
    (line.number(0) !== NONE && line.firstChar(1) >= 65)
  );
}

const SEMICOLON = 59;
const GLUED_TIMER = new RegExp(String.raw`^(?:${TIMER})\(\d`);

/** What a line may have been, the likeliest first; it is none of them as it stands. */
export function repairsOf(line: Line): Clean[] {
  const { text, start, end } = line;
  if (line.count === 0 || end - start > LONGEST) {
    return [];
  }
  const printed = text.slice(start, end);
  if (!hasSignOfDump(printed)) {
    return [];
  }
  const before = unchanged(text, start, end);
  const found: Clean[] = [];
  const after = MARKS.test(printed) ? repaired(before) : before;
  if (after !== before) {
    found.push(after);
  }
  const below = afterRules(after);
  if (below !== after) {
    found.push(below);
  }
  const bare = edited(after, ...LIST_MARK);
  if (bare !== after) {
    found.push(bare);
  }
  const headed = edited(bare, HEADLESS, match => protocolBefore(match[1] ?? ''));
  if (headed !== bare) {
    found.push(headed);
  }
  return found;
}

/** The row behind its header and the dashes below that, where all are in one line. */
function afterRules(clean: Clean): Clean {
  let end = 0;
  for (const rule of clean.text.matchAll(/---\s+(?=[^\s-])/g)) {
    end = rule.index + rule[0].length;
  }
  return end === 0 || !/^\s{0,20}[A-Z]/.test(clean.text)
    ? clean
    : { text: clean.text.slice(end), places: clean.places.slice(end) };
}

function repaired(clean: Clean): Clean {
  let result = /^\s{0,20}\*\*\S/.test(clean.text) ? edited(clean, ...BOLD) : clean;
  for (const [pattern, replace] of REPAIRS) {
    result = edited(result, pattern, replace);
  }
  const { text } = result;
  const cells = text.split(FRAME[0]).length - 1;
  if (
    cells > 2 ||
    (cells > 0 && /^\s{0,20}[|\u2502\u2503\u2551]|[|\u2502\u2503\u2551]\s{0,20}$/.test(text))
  ) {
    result = edited(result, ...FRAME);
  }
  return /^\s{0,20}["']/.test(text) ? edited(result, ...QUOTED) : result;
}

/** The protocol whose end was printed; a state is TCP's where nothing is left of it. */
function protocolBefore(end: string): string {
  const six = end.endsWith('6') ? '6' : '';
  return `${end.startsWith('d') ? 'udp' : 'tcp'}${six} `;
}

/** A hidden value in one word. */
function inside(text: string): string {
  return text.replace(/[\s:]/g, '_');
}

function characterOf([entity, name, decimal, hex]: RegExpExecArray): string {
  if (name !== undefined) {
    return NAMED[name.toLowerCase()] ?? entity;
  }
  const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
  return code >= 32 && code < 0xd800 ? String.fromCharCode(code) : ' ';
}
