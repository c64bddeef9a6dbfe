import { sources } from '../../core/wording/sources';
import { WORDS } from '../../core/wording/words';
import type { Detail, Explanation, Link, Picture, Section } from '../../core/explain/explanation';
import { escapeXml } from '../../core/explain/picture/svg';
import { escapeMarkdown } from '../../core/wording/markdown';
import { type Inline, plain, type Localizer, type Text } from '../../core/wording/text';

/** How the parts of an explanation that need the outside become Markdown. */
export interface MarkdownOptions {
  readonly detail: Detail;
  readonly localizer: Localizer;
  /** The target of a link; null where it leads nowhere. */
  target(link: Link | { readonly kind: 'inline'; readonly line: number }): string | null;
  /** The address of a picture and its text alternative; null to leave it out. */
  picture(picture: Picture): { readonly url: string; readonly alt: string } | null;
}

/** An explanation as Markdown with the HTML that VS Code's hovers allow. */
export function markdown(explanation: Explanation, options: MarkdownOptions): string {
  const { detail } = options;
  const { title, lead, evidence, details, links, pictures } = explanation;
  const blocks = [`${text(title, options)}: ${lead.map(one => text(one, options)).join(' ')}`];
  if (detail !== 'short' && evidence.length > 0) {
    blocks.push(list(evidence, options));
  }
  // Links stand before the picture: a hover is not high, and they are wanted more often.
  blocks.push(...footer(links, options));
  if (detail !== 'short') {
    const picture = pictures[0] === undefined ? null : options.picture(pictures[0]);
    if (picture !== null) {
      blocks.push(`![${escapeMarkdown(picture.alt)}](${picture.url})`);
    }
    blocks.push(...details.map(section => folded(section, options)));
    blocks.push(sourcesBlock(explanation, options));
  }
  return blocks.filter(block => block !== '').join('\n\n');
}

function footer(links: readonly Link[], options: MarkdownOptions): string[] {
  const parts = links.flatMap(link => {
    const target = options.target(link);
    return target === null ? [] : [`[${characters(link.label)}](${target})`];
  });
  return parts.length === 0 ? [] : [parts.join(' · ')];
}

function folded({ title, items }: Section, options: MarkdownOptions): string {
  return details(plain(title), list(items, options), options.detail);
}

function sourcesBlock(explanation: Explanation, options: MarkdownOptions): string {
  const items = explanation.sources.map(id => {
    const { title, url } = sources[id];
    return url === undefined ? escapeMarkdown(title) : `[${escapeMarkdown(title)}](${url})`;
  });
  return items.length === 0
    ? ''
    : details(
        plain(options.localizer.format(WORDS.sources)),
        items.join(' · '),
        // Sources are long and seldom wanted, so that even a full hover folds them.
        'normal',
      );
}

function details(summary: string, body: string, detail: Detail): string {
  return detail === 'full'
    ? `<strong>${escapeMarkdown(summary)}</strong>\n\n${body}`
    : // Up to the empty line this is HTML, in which Markdown's escapes are not read.
      `<details><summary>${escapeXml(summary)}</summary>\n\n${body}\n\n</details>`;
}

function list(items: readonly Text[], options: MarkdownOptions): string {
  return items.map(item => `- ${text(item, options)}`).join('\n');
}

function text({ parts }: Text, options: MarkdownOptions): string {
  return parts.map(part => inline(part, options)).join('');
}

function characters({ parts }: Text): string {
  return parts.map(part => escapeMarkdown(part.text)).join('');
}

/**
 * HTML elements rather than `**` and backticks: whether those mark anything depends on the
 * characters around them, which come from the dump.
 */
function inline({ text: raw, style, line }: Inline, options: MarkdownOptions): string {
  const escaped = escapeMarkdown(raw);
  const target = line === undefined ? null : options.target({ kind: 'inline', line });
  if (target !== null) {
    return `[${escaped}](${target})`;
  }
  return styled(escaped, style);
}

/** Escaped text as HTML of a style. */
export function styled(escaped: string, style: Inline['style']): string {
  return style === 'plain'
    ? escaped
    : style === 'strong'
      ? `<strong>${escaped}</strong>`
      : `<code>${escaped}</code>`;
}
