import { include, line } from '../grammar/pattern';
import { START, GAP, pointer, dottedEndpoint } from '../grammar/parts';
import type { FormatGrammar } from '../grammar/formatGrammar';

/** Cisco `show tcp brief`. */
export const grammar: FormatGrammar = {
  rows: {
    cisco: line(
      'Cisco show tcp brief: 7F71A7A76F48  192.0.2.1.646  198.51.100.7.52429  ESTAB',
      [START, pointer, GAP, dottedEndpoint, GAP, dottedEndpoint, '(?=\\s+[A-Z]{4})'],
      [include('state')],
    ),
  },
};
