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
  /** What stands for words in strict texts where they are no known name. */
  private readonly remembered = new Map<string, string>();

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
    const words = [...text.matchAll(WORD)];
    let result = '';
    let done = 0;
    for (let i = 0; i < words.length; i++) {
      const { 0: word, index } = words[i]!;
      if (word.startsWith('\\')) {
        continue;
      }
      const run = this.runAt(text, words, i);
      if (run > 0) {
        const last = words[i + run - 1]!;
        const end = last.index + last[0].length;
        result += text.slice(done, index) + this.pseudonym(text.slice(index, end));
        done = end;
        i += run - 1;
      } else if (strict) {
        result += text.slice(done, index) + this.unknown(word);
        done = index + word.length;
      }
    }
    return result + text.slice(done);
  }

  /** What stands for a word that is no known name. */
  private unknown(word: string): string {
    let other = this.remembered.get(word);
    if (other === undefined) {
      if (this.remembered.size === MOST_REMEMBERED) {
        this.remembered.clear();
      }
      other = isPlainWord(word)
        ? word
        : this.names.name(/^\d+$/.test(word) ? 'number' : 'name', word.toLowerCase());
      this.remembered.set(word, other);
    }
    return other;
  }

  /** How many words from the `i`-th on are the longest known name; 0 where they are none. */
  private runAt(text: string, words: readonly RegExpExecArray[], i: number): number {
    const { 0: word, index: from } = words[i]!;
    const longest = this.beginnings.get(word.toLowerCase()) ?? 0;
    for (let n = Math.min(longest, words.length - i); n > 0; n--) {
      const last = words[i + n - 1]!;
      if (this.kinds.has(text.slice(from, last.index + last[0].length).toLowerCase())) {
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
