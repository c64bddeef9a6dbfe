import { TimerKind } from './timer';
import { Vocabulary } from './vocabulary';

export interface TimerWord {
  readonly word: string;
  readonly kind: TimerKind;
}

/*
 * Timer words of net-tools in its languages (its po files) and of ss. Two-word Catalan
 * `temps d'espera` is known by its last word.
 */
const WORDS: readonly TimerWord[] = [
  ...list(
    TimerKind.Off,
    'off',
    'aus',
    'desligado',
    'vyp',
    'av',
    'aturada',
    'オフ',
    'eikäi',
    'გამორთული',
  ),
  ...list(TimerKind.On, 'on', 'ein', 'em', 'zapnut', 'på', 'el', 'オン', 'käib', 'ჩართული'),
  ...list(TimerKind.Keepalive, 'keepalive', 'manténiu', 'キープアライブ'),
  ...list(TimerKind.TimeWait, 'timewait', 'temps', "d'espera", '時間待ち'),
  ...list(TimerKind.Probe, 'probe', 'persist'),
  ...list(TimerKind.Unknown, 'unknown', 'delack'),
];

function list(kind: TimerKind, ...words: string[]): TimerWord[] {
  return words.map(word => ({ word, kind }));
}

/** Every timer word that some tool prints. */
export const timerWords: readonly TimerWord[] = WORDS;

/** Timer words by their numbers. */
export const timerVocabulary = new Vocabulary(['', ...WORDS.map(w => w.word)]);

const KINDS = Uint8Array.from([TimerKind.Unknown, ...WORDS.map(w => w.kind)]);

/** The timer that the number of a word stands for; Unknown for 0. */
export function timerKindOf(id: number): TimerKind {
  return KINDS[id]!;
}

/** The timer that the word `text[start, end)` names; Unknown for a word nobody knows. */
export function timerKindAt(text: string, start: number, end: number): TimerKind {
  return timerKindOf(timerVocabulary.find(text, start, end));
}
