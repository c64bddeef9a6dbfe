import { sources } from '../wording/sources';
import { WORDS } from '../wording/words';
import type { Detail, Explanation } from './explanation';
import { plain, type Localizer } from '../wording/text';

/**
 * An explanation as lines of plain text, for terminals and the clipboard. Short is the title with
 * the lead, normal adds what the row shows, full adds everything with its sources.
 */
export function plainText(explanation: Explanation, detail: Detail, localizer: Localizer): string {
  const { title, lead, evidence, details } = explanation;
  const colon = plain(localizer.format(WORDS.colon));
  const lines = [`${plain(title)}${colon}${lead.map(plain).join(' ')}`];
  if (detail !== 'short') {
    lines.push(...evidence.map(text => `- ${plain(text)}`));
  }
  if (detail === 'full') {
    for (const section of details) {
      const heading = plain(section.title);
      lines.push('', heading.endsWith('?') ? heading : `${heading}${colon.trimEnd()}`);
      lines.push(...section.items.map(text => `- ${plain(text)}`));
    }
    const titles = explanation.sources.map(id => sources[id].title);
    lines.push('', `${plain(localizer.format(WORDS.sources))}${colon}${titles.join('; ')}`);
  }
  return lines.join('\n');
}
