import { visible } from './visible';

/**
 * Characters as Markdown that shows exactly them where it is rendered, as a hover is.
 * MarkdownString.appendText is not enough: it leaves `<` and `&` alone, and a bare address becomes
 * a link. Markdown lets every ASCII punctuation character be escaped, and then none of them means
 * anything. Characters that turn round or hide what follows are shown by their number.
 */
export function escapeMarkdown(raw: string): string {
  return visible(raw.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '))
    .replace(/[!-/:-@[-`{-~]/g, String.raw`\$&`)
    .replace(/ {2,}/g, spaces => '\u00A0'.repeat(spaces.length));
}

/** Where on its line a text stands: where blocks begin, behind something else, or in a cell. */
export type Place = 'start' | 'inside' | 'cell';

/**
 * What begins or ends something wherever it stands (CommonMark 0.31, GFM 0.29): code, emphasis,
 * strikethrough, `$` formulas, escapes, links, HTML, character references and closing `#`. `_` in
 * a word, a bracket that no link follows, and `<` and `&` of a sentence are left as they are.
 */
const ACTIVE =
  /[`*~$]|\\(?=[!-/:-@[-`{-~]|$)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\](?=[([])|\[(?=\[)|<(?=[a-z/!?])|&(?=#?[\da-z]{1,40};)|(?<!\S)#(?=[\s#]|$)/giu;

/** Of autolinks, what stands before the character by which they are found. */
const AUTOLINK = /(?:https?|ftp)(?=:\/\/)|(?:mailto|xmpp)(?=:)|www(?=\.)/gi;

/**
 * What forges take for a mention, a reference or an e-mail address. They look for it in what was
 * rendered, where an escape is gone (github/cmark-gfm#181), and so a comment has to stand between.
 * Found in what is escaped.
 */
const REFERENCE = /(?<!\w)@(?=[\w\\])|@(?=[\w\\-]+\.)|#(?=\d)|(?<!\w)gh-(?=\d)/gi;

/** What begins a block: a heading, a quote, a list, a line, the target of a link, or a task. */
const OPENING = /^(?:[#>[]|[-+](?=[\s+-]|$))/;
const NUMBERED = /^\d{1,9}(?=[).](?:\s|$))/;

/**
 * The same for Markdown that people also read as it is written, as that of a ticket: escapes only
 * what would mean something at its place, so that names and addresses stay what they are.
 */
export function escapeReadably(raw: string, place: Place = 'inside'): string {
  const shown = visible(raw);
  const escaped = (place === 'start' ? shown.trimStart() : shown)
    .replace(ACTIVE, String.raw`\$&`)
    .replace(AUTOLINK, '$&\\')
    .replace(REFERENCE, '$&<!-- -->');
  switch (place) {
    case 'start':
      return escaped.replace(OPENING, String.raw`\$&`).replace(NUMBERED, '$&\\');
    case 'cell':
      return escaped.replaceAll('|', String.raw`\|`);
    case 'inside':
      return escaped;
  }
}
