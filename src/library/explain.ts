import { counterMoves } from '../core/analysis/time/counterMoves';
import { noContext } from '../core/explain/context';
import { explainAt as explain } from '../core/explain/explain';
import type { Detail, Explanation } from '../core/explain/explanation';
import { plainText } from '../core/explain/explanationText';
import { explainState as explainOne } from '../core/explain/state';
import { Localizer } from '../core/wording/text';
import { sources, type Source } from '../core/wording/sources';
import type { TcpState } from '../core/vocabulary/state';
import { coreOf, type Dump } from './dump';

/** What is said of something that was pointed at. */
export interface Explained {
  readonly text: string;
  /** What the text draws upon, in order of use. */
  readonly sources: readonly Source[];
}

/** An explanation of a part of a line. */
export interface ExplainedPart extends Explained {
  /** The part, in UTF-16 units from the start of the line. */
  readonly start: number;
  readonly end: number;
}

/** What a TCP state means, on all systems. */
export function explainState(state: TcpState, detail: Detail = 'normal'): Explained {
  const localizer = new Localizer();
  return explained(explainOne(state, noContext, localizer), detail, localizer);
}

/**
 * Explains what stands at a place of a dump, in the light of its row and of the rows around it;
 * null if there is nothing to say. `line` and `character` count from 0, `lines` is the text.
 */
export function explainAt(
  dump: Dump,
  line: number,
  character: number,
  lines: readonly string[],
  detail: Detail = 'normal',
): ExplainedPart | null {
  const localizer = new Localizer();
  const core = coreOf(dump);
  const textOf = (number: number): string => lines[number] ?? '';
  const found = explain(core, line, character, textOf, localizer, counterMoves(core));
  return found === null
    ? null
    : { start: found.start, end: found.end, ...explained(found.explanation, detail, localizer) };
}

function explained(explanation: Explanation, detail: Detail, localizer: Localizer): Explained {
  return {
    text: plainText(explanation, detail, localizer),
    sources: explanation.sources.map(id => sources[id]),
  };
}
