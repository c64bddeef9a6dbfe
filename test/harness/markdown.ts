import MarkdownIt, { type Token } from 'markdown-it';

/** CommonMark with tables, strikethrough, HTML and the autolinks of GFM. */
const parser = new MarkdownIt({ html: true, linkify: true });
// GFM links no bare domains.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: true });
parser.linkify.add('//', null);

/** What keeps a forge from finding a mention. */
const SEPARATOR = '<!-- -->';

/** All that is in Markdown, nested or not: each block, and each piece of its text. */
export function markdownTokens(markdown: string): Token[] {
  return parser.parse(markdown, {}).flatMap(token => [token, ...(token.children ?? [])]);
}

/** What Markdown is made of, besides text: `heading_open`, `link_open` and the like, each once. */
export function markupOf(markdown: string): string[] {
  const kinds = markdownTokens(markdown)
    .filter(({ type, content }) => type !== 'html_inline' || content !== SEPARATOR)
    .map(({ type }) => type)
    .filter(type => !/^text|^inline$|_close$/.test(type));
  return [...new Set(kinds)].sort();
}

/** What Markdown shows, a line for each of its blocks; a separator, where nothing may join, as itself. */
export function shownBy(markdown: string): string[] {
  return parser
    .parse(markdown, {})
    .filter(({ type }) => type === 'inline' || type === 'fence' || type === 'code_block')
    .map(({ children, content }) =>
      children === null || children.length === 0
        ? content
        : children
            .map(child =>
              child.type === 'html_inline' && child.content === SEPARATOR ? '' : child.content,
            )
            .join(''),
    );
}
