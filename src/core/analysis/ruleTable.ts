import type { Rule } from './kit/rule';
import { rules } from './rules';

/** The families of codes as settings list them; others come after these, as in the list of rules. */
const FAMILIES = 'CW PAIR TW BND CLD SR SS LQ F2 F1 SQ RQ RT KA HO EXP BDR DUP UDP FL'.split(' ');

/** Every rule, in the order of settings. */
export const listedRules: readonly (typeof rules)[number][] = [...rules].sort(
  (a, b) => placeOf(a) - placeOf(b),
);

/** The rules under the codes that reports name, each with its stable name for settings. */
export const RULE_IDS = idsOf(listedRules);

export type RuleCode = keyof typeof RULE_IDS;
export type RuleId = (typeof RULE_IDS)[RuleCode];

/** The type is spelled out, so that the library's declarations show names only, and no rules. */
function idsOf<R extends Rule>(
  list: readonly R[],
): { readonly [One in R as One['code']]: One['id'] } {
  return Object.fromEntries(list.map(({ code, id }) => [code, id])) as {
    readonly [One in R as One['code']]: One['id'];
  };
}

const BY_CODE = new Map<string, Rule>(listedRules.map(rule => [rule.code, rule]));

/** The rule with a code. */
export function ruleOf(code: RuleCode): Rule {
  return BY_CODE.get(code)!;
}

function placeOf({ code }: Rule): number {
  const [family = '', number] = code.split('-');
  const place = FAMILIES.indexOf(family);
  return (place === -1 ? FAMILIES.length : place) * 100 + Number(number);
}
