import { type Explanation, type Link, type Section, sourcesOf } from '../explanation';
import type { Text } from '../../wording/text';

/** An explanation of something that is not a state. */
export function simple(
  title: Text,
  lead: readonly Text[],
  rest: {
    readonly evidence?: readonly Text[];
    readonly details?: readonly Section[];
    readonly links?: readonly Link[];
  } = {},
): Explanation {
  const { evidence = [], links = [] } = rest;
  const details = (rest.details ?? []).filter(({ items }) => items.length > 0);
  return {
    title,
    lead,
    evidence,
    details,
    pictures: [],
    links,
    sources: sourcesOf(lead, evidence, ...details.map(section => section.items)),
    facts: null,
  };
}
