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

/**
 * The same for Markdown that people also read as it is written, as that of a ticket: addresses
 * keep their dots and colons. Escapes what Markdown, HTML or an autolink could begin with.
 */
export function escapeReadably(raw: string): string {
  return visible(raw)
    .replace(/[\\`*_{}[\]()<>#+!|~$&@-]/g, '\\$&')
    .replace(/(?:https?|ftp|mailto)(?=:)|www(?=\.)/gi, '$&\\');
}
