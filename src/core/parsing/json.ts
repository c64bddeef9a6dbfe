import type { Task } from '../model/task';
import { isDigit } from './line';
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from '../vocabulary/characters';

/** A JSON value and where it stands; a string's place is that of its characters, without quotes. */
export interface JsonValue {
  readonly start: number;
  readonly end: number;
  readonly value: string | number | boolean | null | readonly JsonValue[] | JsonObject;
}

/** The members of a JSON object; of a name that is there twice, the last. */
export type JsonObject = ReadonlyMap<string, JsonValue>;

/** How deep values may be nested: far more than any dump, far less than the stack. */
const MAXIMUM_DEPTH = 16;

/**
 * Whether a JSON object or an array of objects may begin at `text[start]`: `{"` or `[{`, also where
 * the text ends before that is clear.
 */
export function beginsJson(text: string, start: number): boolean {
  const open = text.charCodeAt(start);
  if (open !== OPEN_BRACKET && open !== OPEN_BRACE) {
    return false;
  }
  const next = skipSpace(text, start + 1);
  return (
    next >= text.length || text.charCodeAt(next) === (open === OPEN_BRACE ? QUOTE : OPEN_BRACE)
  );
}

/**
 * Reads the JSON value that begins at `text[start]` and offers every object in it, the inner ones
 * first, with its place; an object that is taken is not kept, so that a long array costs no more
 * memory than one of its objects. Gives where the value ends, or where it stops being JSON: what
 * was complete up to there has been offered. That is what `JSON.parse` can do neither of, nor can
 * it say where values stand.
 */
export function* readJson(
  text: string,
  start: number,
  take: (object: JsonObject, start: number, end: number) => boolean,
): Task<number> {
  const reader = new JsonReader(text, start, take);
  if (text.charCodeAt(start) === OPEN_BRACKET) {
    yield* reader.readList();
  } else {
    reader.read();
  }
  return reader.at;
}

class JsonReader {
  public constructor(
    private readonly text: string,
    public at: number,
    private readonly take: (object: JsonObject, start: number, end: number) => boolean,
  ) {}

  /** Reads the elements of the array that begins at {@link at}, and keeps none. */
  public *readList(): Task<void> {
    this.at++;
    if (this.skip(CLOSE_BRACKET)) {
      return;
    }
    do {
      if (this.read(1) === undefined) {
        return;
      }
      yield;
    } while (this.skip(COMMA));
    this.skip(CLOSE_BRACKET);
  }

  /** Reads the value at {@link at}; undefined if there is none or it is cut. */
  public read(depth = 0): JsonValue | undefined {
    const start = skipSpace(this.text, this.at);
    const code = this.text.charCodeAt(start);
    if (code !== OPEN_BRACKET && code !== OPEN_BRACE) {
      return code === QUOTE ? this.readString(start) : this.readWord(start);
    }
    if (depth === MAXIMUM_DEPTH) {
      return undefined;
    }
    this.at = start + 1;
    const value =
      code === OPEN_BRACE ? this.readMembers(start, depth + 1) : this.readElements(depth + 1);
    return value === undefined ? undefined : { start, end: this.at, value };
  }

  private readElements(depth: number): JsonValue[] | undefined {
    const elements: JsonValue[] = [];
    if (this.skip(CLOSE_BRACKET)) {
      return elements;
    }
    do {
      const element = this.read(depth);
      if (element === undefined) {
        return undefined;
      }
      if (element.value !== TAKEN) {
        elements.push(element);
      }
    } while (this.skip(COMMA));
    return this.skip(CLOSE_BRACKET) ? elements : undefined;
  }

  private readMembers(start: number, depth: number): JsonObject | undefined {
    const members = new Map<string, JsonValue>();
    if (!this.skip(CLOSE_BRACE)) {
      do {
        this.at = skipSpace(this.text, this.at);
        const name = this.text.charCodeAt(this.at) === QUOTE ? this.readString(this.at) : undefined;
        const value = name !== undefined && this.skip(COLON) ? this.read(depth) : undefined;
        if (value === undefined) {
          return undefined;
        }
        members.set(name?.value as string, value);
      } while (this.skip(COMMA));
      if (!this.skip(CLOSE_BRACE)) {
        return undefined;
      }
    }
    return this.take(members, start, this.at) ? TAKEN : members;
  }

  private readString(open: number): JsonValue | undefined {
    const { text } = this;
    let escaped = false;
    for (let i = open + 1; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === QUOTE) {
        const value = escaped ? unescaped(text.slice(open, i + 1)) : text.slice(open + 1, i);
        if (value === undefined) {
          return undefined;
        }
        this.at = i + 1;
        return { start: open + 1, end: i, value };
      }
      if (code === BACKSLASH) {
        escaped = true;
        i++;
      } else if (code < 32) {
        return undefined;
      }
    }
    return undefined;
  }

  private readWord(start: number): JsonValue | undefined {
    const { text } = this;
    let end = start;
    while (end < text.length && isWordChar(text.charCodeAt(end))) {
      end++;
    }
    const word = text.slice(start, end);
    const known = LITERALS.get(word);
    const value = known === undefined ? Number(word) : known;
    if (end === start || Number.isNaN(value)) {
      return undefined;
    }
    this.at = end;
    return { start, end, value };
  }

  private skip(code: number): boolean {
    const at = skipSpace(this.text, this.at);
    if (this.text.charCodeAt(at) !== code) {
      return false;
    }
    this.at = at + 1;
    return true;
  }
}

/** Stands for the members of an object that was taken. */
const TAKEN: JsonObject = new Map();

const LITERALS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function skipSpace(text: string, start: number): number {
  let i = start;
  let code = text.charCodeAt(i);
  while (code === 32 || code === 10 || code === 13 || code === 9) {
    i++;
    code = text.charCodeAt(i);
  }
  return i;
}

function isWordChar(code: number): boolean {
  return (
    isDigit(code) ||
    (code >= 97 && code <= 122) ||
    code === 69 ||
    code === 43 ||
    code === 45 ||
    code === 46
  );
}

function unescaped(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}
