import { isPlainWord, isSystemAccount } from './plainWords';
import type { Pseudonyms } from './pseudonyms';

/** Letters and digits, or an escape that stands for a blank, as lsof prints it. */
const WORD = /\\x[\dA-Fa-f]{2}|\\[0-7]{3}|[\p{L}\p{M}\p{N}]+/gu;

/** Words of the longest name that is looked for. */
const MOST_WORDS = 12;

/** Labels of a host name that are looked at. */
const MOST_LABELS = 8;

/** Words of which it is remembered what stands for them. */
const MOST_REMEMBERED = 20_000;

type Kind = 'host' | 'user';

/** What is known of the names in a dump, to find them again inside other texts. */
export class KnownNames {
  private readonly kinds = new Map<string, Kind>();
  /** Words that known names begin with, and how many the longest of those has. */
  private readonly beginnings = new Map<string, number>();
  /** What stands for words in strict texts where they are no known name; null for themselves. */
  private readonly remembered = new Map<string, string | null>();

  public constructor(private readonly names: Pseudonyms) {}

  /** Learns a host name, with what it is called in its own network and what its network is called. */
  public learnHost(name: string): void {
    const labels = name.toLowerCase().split('.', MOST_LABELS);
    this.learn(name, 'host');
    this.learn(labels[0] ?? '', 'host');
    for (let i = 1; i < labels.length - 1; i++) {
      this.learn(labels.slice(i).join('.'), 'host');
    }
  }

  /** Learns the name of a user, with and without a domain, and the names that it is made of. */
  public learnUser(name: string): void {
    if (isSystemAccount(name)) {
      return;
    }
    this.learn(name, 'user');
    for (const part of name.split(/[\s\\@/+."]/)) {
      if (!isSystemAccount(part)) {
        this.learn(part, 'user');
      }
    }
  }

  /** Whether a name is that of a host. */
  public isHost(name: string): boolean {
    return this.kinds.get(name.toLowerCase()) === 'host';
  }

  /**
   * A text with other names for hosts and users, and where `strict` for every word that is not
   * known to tell nothing.
   */
  public rewrite(text: string, strict: boolean): string {
    if (!strict && this.kinds.size === 0) {
      return text;
    }
    const words = spansIn(text);
    let result = '';
    let done = 0;
    for (let i = 0; i < words.length; i += 2) {
      const start = words[i]!;
      if (text[start] === '\\') {
        continue;
      }
      const word = text.slice(start, words[i + 1]).toLowerCase();
      const run = this.runAt(text, words, i, word);
      if (run > 0) {
        i += 2 * (run - 1);
      }
      const end = words[i + 1]!;
      const other =
        run > 0 ? this.pseudonym(text.slice(start, end)) : strict ? this.unknown(word) : null;
      if (other !== null) {
        result += text.slice(done, start) + other;
        done = end;
      }
    }
    return done === 0 ? text : result + text.slice(done);
  }

  /** What stands for a word that is no known name; null where it tells nothing. */
  private unknown(word: string): string | null {
    let other = this.remembered.get(word);
    if (other === undefined) {
      if (this.remembered.size === MOST_REMEMBERED) {
        this.remembered.clear();
      }
      other = isPlainWord(word)
        ? null
        : this.names.name(/^\d+$/.test(word) ? 'number' : 'name', word);
      this.remembered.set(word, other);
    }
    return other;
  }

  /** How many words from the `i`-th place on are the longest known name; 0 where they are none. */
  private runAt(text: string, words: readonly number[], i: number, first: string): number {
    const longest = this.beginnings.get(first) ?? 0;
    for (let n = Math.min(longest, (words.length - i) / 2); n > 0; n--) {
      if (this.kinds.has(text.slice(words[i], words[i + 2 * n - 1]).toLowerCase())) {
        return n;
      }
    }
    return 0;
  }

  private pseudonym(name: string): string {
    return this.kinds.get(name.toLowerCase()) === 'user'
      ? this.names.user(name)
      : this.names.host(name);
  }

  private learn(name: string, kind: Kind): void {
    const lower = name.toLowerCase();
    const words = [...lower.matchAll(WORD)];
    const last = words.at(-1);
    if (last === undefined || words.length > MOST_WORDS) {
      return;
    }
    // What stands around the words is no part of what is looked up.
    const first = words[0]!;
    const key = lower.slice(first.index, last.index + last[0].length);
    if (this.kinds.has(key) || isPlainWord(key)) {
      return;
    }
    this.kinds.set(key, kind);
    this.beginnings.set(first[0], Math.max(this.beginnings.get(first[0]) ?? 0, words.length));
  }
}

/** Where the words of a text begin and end, in turn. */
function spansIn(text: string): number[] {
  const spans: number[] = [];
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match !== null; match = WORD.exec(text)) {
    spans.push(match.index, WORD.lastIndex);
  }
  return spans;
}
