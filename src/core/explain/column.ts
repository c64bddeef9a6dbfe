import { columnCalled, columns } from '../knowledge/columns';
import { INTERFACE_WORDS } from '../knowledge/links/interfaces';
import { ROUTE_WORDS } from '../knowledge/links/routes';
import type { Localizer } from '../wording/text';
import { PHRASES } from '../wording/words';
import { texts } from './advice';
import { printedWord } from '../knowledge/printedWords';
import { detailText } from '../knowledge/ssDetails';
import type { Explanation } from './explanation';
import { simple } from './fields/simple';

/** Columns of interfaces and routes that no other table has, and of which enough is said alone. */
const LINK_HEADS = 'Ipkts Ierrs Opkts Oerrs Idrop Colls Gateway Genmask Netmask'.split(' ');

/** Every header that {@link explainColumn} knows. */
export const columnNames: readonly string[] = [
  ...columns.flatMap(({ headers }) => headers).filter(header => columnCalled(header) !== null),
  ...LINK_HEADS,
];

/**
 * Explains a column by its header, or a detail of `ss -i`, a timer or a mark by its word, without a
 * dump: what holds on some systems is said with their names. Null for a header that is unknown, or
 * means something else in each table.
 */
export function explainColumn(header: string, localizer: Localizer): Explanation | null {
  const wanted = header.trim().toLowerCase();
  const head = LINK_HEADS.find(one => one.toLowerCase() === wanted) ?? '';
  const column = columnCalled(wanted);
  const text =
    column?.text ??
    INTERFACE_WORDS.get(head) ??
    ROUTE_WORDS.get(head) ??
    detailText(wanted) ??
    printedWord(wanted);
  return text === null
    ? null
    : simple(localizer.format(PHRASES.word, { word: header.trim() }), [localizer.say(text)], {
        evidence: texts(column?.more ?? [], null, localizer),
      });
}
