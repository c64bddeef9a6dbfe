import { either, include, line, optional, scoped } from '../../grammar/pattern';
import { protocol, number } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import type { FormatGrammar } from '../../grammar/formatGrammar';
import { lsofEndpoint } from './lsof.grammar';

/** `lsof -F`. */
export const grammar: FormatGrammar = {
  short: {
    'lsof-field': line(
      'lsof -F: a field of a file',
      [
        '^',
        either(
          [scoped(scopes.type, 'P'), protocol, '$'],
          [scoped(scopes.type, 'f'), scoped(scopes.descriptor, '\\d+'), '$'],
          [scoped(scopes.type, 't'), scoped(scopes.protocol, 'IPv[46]'), '$'],
          [scoped(scopes.type, 'TST'), '=(?=[A-Z])'],
          [scoped(scopes.type, 'TQ[RS]'), '=', either('0', scoped(scopes.queue, number)), '$'],
          [scoped(scopes.type, 'n'), lsofEndpoint, optional('->', lsofEndpoint), '$'],
        ),
      ],
      [include('state-anywhere')],
    ),

    'lsof-fields': {
      comment: 'lsof -F: process id, then its name before anything else',
      begin: '^(p)(\\d+)$',
      beginCaptures: { '1': { name: scopes.type }, '2': { name: scopes.pid } },
      end: '^(?:(c)(.+)|(?![gRu]\\S))',
      endCaptures: { '1': { name: scopes.type }, '2': { name: scopes.process } },
    },
  },
};
