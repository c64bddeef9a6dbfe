import { sources } from '../../core/wording/sources';
import { WORDS } from '../../core/wording/words';
import {
  type Detail,
  type Explanation,
  type Link,
  type Picture,
  sourcesOf,
} from '../../core/explain/explanation';
import { escapeXml } from '../../core/explain/picture/svg';
import { escapeMarkdown } from '../../core/wording/markdown';
import { label } from '../../core/wording/statement';
import { type Inline, plain, type Localizer, type Text } from '../../core/wording/text';

/** Texts of what a row shows that stand above the folds. */
const MOST_SHOWN = 2;

/** The section that takes the others, and the picture. */
const HAPPENED = 'segments';

const PART_OF = label('Part of');
const IN_WORKSPACE = label('In this workspace');

/** The finding that a row belongs to, with the addresses of what can be done with it. */
export interface FindingLink {
  readonly title: Text;
  /** Shows it. */
  readonly show: string;
  /** The command to run first, and what copies it; null if there is none. */
  readonly check: { readonly command: string; readonly copy: string } | null;
  /** Searches the code that it is about; null where that is not known. */
  readonly search: string | null;
}

/** A place that a hover leads to, by the name of its file. */
export interface PlaceLink {
  readonly text: string;
  readonly url: string;
}

/** How the parts of an explanation that need the outside become Markdown. */
export interface MarkdownOptions {
  readonly detail: Detail;
  readonly localizer: Localizer;
  readonly finding?: FindingLink | undefined;
  /** Where the workspace has the port that is pointed at. */
  readonly places?: readonly PlaceLink[];
  /** The target of a link; null where it leads nowhere. */
  target(link: Link | { readonly kind: 'inline'; readonly line: number }): string | null;
  /** The address of a picture and its text alternative; null to leave it out. */
  picture(picture: Picture): { readonly url: string; readonly alt: string } | null;
}

/**
 * An explanation as Markdown with the HTML that VS Code's hovers allow: what happened and who is
 * waited for, what the row shows, its finding, links; below a line everything else, folded.
 */
export function markdown(explanation: Explanation, options: MarkdownOptions): string {
  const { links } = explanation;
  const above = [...leadOf(explanation, options)];
  const below: string[] = [];
  if (options.detail !== 'short') {
    above.push(
      list(explanation.evidence.slice(0, shownOf(explanation)), options),
      placesLine(options),
      findingLines(options),
    );
    below.push(...folds(explanation, options));
  }
  above.push(footer(links, options));
  const blocks = [above, below].map(all => all.filter(block => block !== '').join('\n\n'));
  return blocks.filter(block => block !== '').join('\n\n---\n\n');
}

/** The headline; of a state who is waited for and how long in a paragraph of its own. */
function leadOf({ title, lead, facts }: Explanation, options: MarkdownOptions): string[] {
  const first = facts === null ? lead.length : 1;
  const sentences = (all: readonly Text[]): string => all.map(one => text(one, options)).join(' ');
  return [
    `${text(title, options)}${colon(options)}${sentences(lead.slice(0, first))}`,
    sentences(lead.slice(first)),
  ];
}

/** How many texts of what the row shows stand above; all where there is no fold for the rest. */
function shownOf({ evidence, details }: Explanation): number {
  return details.some(({ id }) => id === HAPPENED) ? MOST_SHOWN : evidence.length;
}

function placesLine(options: MarkdownOptions): string {
  const { places = [], localizer } = options;
  const links = places.map(({ text: name, url }) => `[${escapeMarkdown(name)}](${url})`);
  return links.length === 0
    ? ''
    : `${characters(localizer.format(IN_WORKSPACE))}${colon(options)}${links.join(', ')}`;
}

function findingLines(options: MarkdownOptions): string {
  const { finding, localizer } = options;
  if (finding === undefined) {
    return '';
  }
  const { title, show, check, search } = finding;
  const find =
    search === null ? '' : ` · [${characters(localizer.format(WORDS.findInWorkspace))}](${search})`;
  const lines = [
    `${characters(localizer.format(PART_OF))}${colon(options)}[${characters(title)}](${show})${find}`,
    ...(check === null
      ? []
      : [
          `${characters(localizer.format(WORDS.check))}${colon(options)}${styled(escapeMarkdown(check.command), 'code')} ` +
            `[${characters(localizer.format(WORDS.copy))}](${check.copy})`,
        ]),
  ];
  return lines.join('\n\n');
}

function footer(links: readonly Link[], options: MarkdownOptions): string {
  const parts = links.flatMap(link => {
    const target = options.target(link);
    return target === null ? [] : [`[${characters(link.label)}](${target})`];
  });
  return parts.join(' · ');
}

function folds(explanation: Explanation, options: MarkdownOptions): string[] {
  const shown = shownOf(explanation);
  const picture = pictureOf(explanation, options);
  const sections = explanation.details.map(({ id, title, items }) => {
    const body =
      id === HAPPENED
        ? [picture, list([...explanation.evidence.slice(shown), ...items], options)]
        : [list(items, options)];
    return details(plain(title), body.filter(block => block !== '').join('\n\n'), options.detail);
  });
  return [...sections, sourcesBlock(explanation, shown, options)];
}

function pictureOf({ pictures: [first] }: Explanation, options: MarkdownOptions): string {
  const picture = first === undefined ? null : options.picture(first);
  return picture === null ? '' : `![${escapeMarkdown(picture.alt)}](${picture.url})`;
}

/** The sources of what is in sight: of all where nothing is folded. */
function sourcesBlock(explanation: Explanation, shown: number, options: MarkdownOptions): string {
  const { lead, evidence } = explanation;
  const ids =
    options.detail === 'full' ? explanation.sources : sourcesOf(lead, evidence.slice(0, shown));
  const items = ids.map(id => {
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

function colon({ localizer }: MarkdownOptions): string {
  return plain(localizer.format(WORDS.colon));
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
