import { sources } from '../wording/sources';
import { visible } from '../wording/visible';
import { WORDS } from '../wording/words';
import type { Detail, Explanation } from './explanation';
import { type Inline, plain, type Localizer, type Text } from '../wording/text';

/**
 * An explanation as lines of plain text, for terminals and the clipboard. Short is the title with
 * the lead, normal adds what the row shows, full adds everything with its sources.
 */
export function plainText(explanation: Explanation, detail: Detail, localizer: Localizer): string {
  return explanationLines(explanation, detail, localizer)
    .map(({ mark, parts }) => mark + parts.map(({ text }) => visible(text)).join(''))
    .join('\n');
}

/** A line of an explanation, and what it begins with. */
interface Line {
  readonly mark: '' | '- ';
  readonly parts: readonly Inline[];
}

/** The same as lines whose commands can be told from words. */
export function explanationLines(
  { title, lead, evidence, details, sources: known }: Explanation,
  detail: Detail,
  localizer: Localizer,
): readonly Line[] {
  const words = (text: string): Inline => ({ text, style: 'plain' });
  const colon = plain(localizer.format(WORDS.colon));
  const line = (...parts: readonly Inline[]): Line => ({ mark: '', parts });
  const items = (texts: readonly Text[]): readonly Line[] =>
    texts.map(({ parts }) => ({ mark: '- ', parts }));
  const lines: Line[] = [
    line(
      ...title.parts,
      words(colon.trimEnd()),
      ...lead.flatMap(({ parts }) => [words(' '), ...parts]),
    ),
  ];
  if (detail !== 'short') {
    lines.push(...items(evidence));
  }
  if (detail === 'full') {
    for (const section of details) {
      const heading = plain(section.title);
      lines.push(
        line(),
        line(words(heading.endsWith('?') ? heading : `${heading}${colon.trimEnd()}`)),
      );
      lines.push(...items(section.items));
    }
    const titles = known.map(id => sources[id].title).join('; ');
    lines.push(line(), line(words(`${plain(localizer.format(WORDS.sources))}${colon}${titles}`)));
  }
  return lines;
}
