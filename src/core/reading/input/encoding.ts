import { dialects } from '../../dialects';
import { stateSpellings } from '../../vocabulary/stateSpellings';
import { CP437, CP850 } from './encodingTables';
import { beginsNarrow, beginsWide, type Decoder, MixedDecoder } from './mixedDecoder';

/*
 * Bytes to text. PowerShell 5 writes UTF-16, `netstat > file` in cmd.exe the code page of the
 * console, everything else mostly UTF-8. Nothing in a file says which, so it is chosen by
 * evidence: byte order marks, zero bytes, whether it is valid UTF-8, and else which code page
 * gives words that tools really print.
 */

/** Encodings a dump may be in, by the names that people know them under. */
export type Encoding =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'cp437'
  | 'cp850'
  | 'cp866'
  | 'cp932'
  | 'cp936'
  | 'cp949'
  | 'cp950'
  | 'windows-1251'
  | 'windows-1252';

/** A text and the encoding that it was found to be in. */
export interface DecodedText {
  readonly text: string;
  readonly encoding: Encoding;
}

/** As much of a file as is looked at to choose; a multiple of every character's size. */
const SAMPLE_BYTES = 65_536;

/** The whole of a file as text, without its byte order mark. */
export function decodeBytes(bytes: Uint8Array): DecodedText {
  const decoder = new ByteDecoder();
  const text = decoder.decode(bytes) + decoder.end();
  return { text, encoding: decoder.encoding };
}

/**
 * Decodes a file that arrives in chunks of any size. What cannot be told yet is kept back, at most
 * {@link SAMPLE_BYTES}; ASCII is passed on without deciding, since all candidates agree on it.
 */
export class ByteDecoder {
  private kept = new Uint8Array(0);
  private keptLength = 0;
  private chosen: Encoding | undefined;
  private decoder: Decoder | undefined;
  /** Whether some text was passed on already: no byte order mark may follow. */
  private begun = false;

  /** The encoding decided on; UTF-8 as long as all was ASCII. */
  public get encoding(): Encoding {
    return this.chosen ?? 'utf-8';
  }

  /** Whether nothing is kept back, and a byte that is an ASCII character is that character. */
  public get isIdle(): boolean {
    return this.keptLength === 0 && !isWide(this.encoding);
  }

  /**
   * The text of the next chunk, as far as it can be told. `atOnce` says that so much has been seen
   * that a little ASCII need not wait for what follows it.
   */
  public decode(chunk: Uint8Array, atOnce = false): string {
    if (this.decoder !== undefined) {
      if (!isWide(this.encoding) && hasWidePart(chunk)) {
        this.chosen = 'utf-16le';
        this.decoder = new MixedDecoder(false, 1, this.decoder);
      }
      return this.decoder.decode(chunk, true);
    }
    const ascii = atOnce && this.keptLength === 0 ? asciiText(chunk) : undefined;
    if (ascii !== undefined) {
      this.begun ||= ascii !== '';
      return ascii;
    }
    const length = this.keptLength + chunk.length;
    if (length < SAMPLE_BYTES) {
      this.keep(chunk);
      return '';
    }
    if (this.keptLength === 0) {
      return this.pass(chunk);
    }
    const bytes = new Uint8Array(length);
    bytes.set(this.kept.subarray(0, this.keptLength));
    bytes.set(chunk, this.keptLength);
    return this.pass(bytes);
  }

  /** The rest of the text, when all chunks have been given. */
  public end(): string {
    return this.pass(this.kept.subarray(0, this.keptLength)) + this.flush();
  }

  private keep(chunk: Uint8Array): void {
    if (this.kept.length === 0) {
      this.kept = new Uint8Array(SAMPLE_BYTES);
    }
    this.kept.set(chunk, this.keptLength);
    this.keptLength += chunk.length;
  }

  /** Decides on what is there, or passes it on where it is all ASCII. */
  private pass(bytes: Uint8Array): string {
    this.keptLength = 0;
    const ascii = asciiText(bytes);
    if (ascii !== undefined) {
      this.begun ||= ascii !== '';
      return ascii;
    }
    const isNarrow = this.begun || beginsNarrow(bytes, 0, 0, 1);
    const wide =
      (isNarrow ? undefined : utf16Of(bytes)) ?? (hasWidePart(bytes) ? 'utf-16le' : null);
    this.chosen = wide ?? narrowEncodingOf(bytes);
    this.decoder =
      wide === null
        ? decoderFor(this.chosen)
        : new MixedDecoder(!isNarrow, wide === 'utf-16be' ? 0 : 1, new NarrowDecoder());
    return this.decoder.decode(bytes, true);
  }

  private flush(): string {
    return this.decoder?.decode(new Uint8Array(0), false) ?? '';
  }
}

function isWide(encoding: Encoding): boolean {
  return encoding === 'utf-16le' || encoding === 'utf-16be';
}

/** Whether some of what is not UTF-16 is: what Windows appends is little-endian. */
function hasWidePart(bytes: Uint8Array): boolean {
  const zero = bytes.indexOf(0);
  return zero > 0 && beginsWide(bytes, zero - 1, 1);
}

/** Decodes what is not UTF-16 among what is. */
class NarrowDecoder implements Decoder {
  private decoder: Decoder | undefined;

  public decode(bytes: Uint8Array, more: boolean): string {
    const ascii = this.decoder === undefined ? asciiText(bytes) : undefined;
    if (ascii !== undefined) {
      return ascii;
    }
    this.decoder ??= decoderFor(narrowEncodingOf(bytes));
    return this.decoder.decode(bytes, more);
  }
}

/** What bytes that are not UTF-16 are most likely in. */
function narrowEncodingOf(bytes: Uint8Array): Encoding {
  const odd = firstNonAscii(bytes);
  // The evidence is where the first foreign letter is; titles and headers stand a little above.
  const from = Math.max(0, odd - SAMPLE_BYTES / 8);
  const sample = bytes.subarray(from, from + SAMPLE_BYTES);
  if (isUtf8(sample)) {
    return 'utf-8';
  }
  let best: Encoding = 'windows-1252';
  let most = -Infinity;
  for (const candidate of CODE_PAGES) {
    const points = plausibility(decoderFor(candidate).decode(sample, false));
    if (points > most) {
      best = candidate;
      most = points;
    }
  }
  return best;
}

/** Code pages in the order in which they are believed where nothing tells them apart. */
const CODE_PAGES: readonly Encoding[] = [
  'windows-1252',
  'cp850',
  'cp437',
  'cp866',
  'windows-1251',
  'cp936',
  'cp932',
  'cp949',
  'cp950',
];

/** UTF-16 by its mark, or by the zero bytes that ASCII text has in it. */
function utf16Of(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return 'utf-16le';
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return 'utf-16be';
  }
  const end = Math.min(bytes.length, SAMPLE_BYTES) & ~1;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < end; i += 2) {
    even += bytes[i] === 0 ? 1 : 0;
    odd += bytes[i + 1] === 0 ? 1 : 0;
  }
  // Half of the characters are enough: headers may be Chinese, addresses are not.
  const half = end / 4;
  if (odd > half && even * 8 < odd) {
    return 'utf-16le';
  }
  return even > half && odd * 8 < even ? 'utf-16be' : undefined;
}

/**
 * Whether bytes are UTF-8. A few broken characters do not speak against it, as `netstat` cuts
 * program names in the middle of them; in other encodings the broken ones are by far the most.
 */
function isUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes, { stream: true });
  let good = 0;
  let bad = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd) {
      bad++;
    } else if (code > 127) {
      good++;
    }
  }
  return bad === 0 || good >= 3 * bad;
}

/** Words with foreign letters that tools print: one of them outweighs any number of letters. */
const KNOWN_WORDS: ReadonlySet<string> = new Set(
  [
    ...dialects.flatMap(({ titles = [], headers = [] }) => [...titles, ...headers]),
    ...stateSpellings.map(spelling => spelling.word),
  ]
    .flatMap(text => text.split(/[\s()]+/))
    .filter(word => /[^\u0000-\u007f]/.test(word)),
);

const KNOWN_WORD = 1000;

/** How much a decoded text looks like what it should be. */
function plausibility(text: string): number {
  let points = 0;
  for (const word of text.split(/[\s()]+/)) {
    if (KNOWN_WORDS.has(word)) {
      points += KNOWN_WORD;
    } else {
      for (const character of word) {
        points += character > '\u007f' ? letterPoints(character) : 0;
      }
    }
  }
  return points;
}

/** Letters of alphabets speak for a code page, frames and signs against it. */
function letterPoints(character: string): number {
  return /\p{L}/u.test(character) ? (/\p{Lo}/u.test(character) ? 0 : 1) : -2;
}

/** TextDecoder's names for what it knows. */
const LABELS: Readonly<Partial<Record<Encoding, string>>> = {
  cp866: 'ibm866',
  cp932: 'shift_jis',
  cp936: 'gbk',
  cp949: 'euc-kr',
  cp950: 'big5',
};

function decoderFor(encoding: Encoding): Decoder {
  if (encoding === 'cp437' || encoding === 'cp850') {
    const upper = encoding === 'cp437' ? CP437 : CP850;
    return { decode: bytes => singleByteText(bytes, upper) };
  }
  const decoder = new TextDecoder(LABELS[encoding] ?? encoding);
  return { decode: (bytes, more) => decoder.decode(bytes, { stream: more }) };
}

/** Bytes to code units in parts that a call may take as arguments. */
const PART = 8192;

function singleByteText(bytes: Uint8Array, upper: string): string {
  let text = '';
  const units = new Uint16Array(Math.min(PART, bytes.length));
  for (let from = 0; from < bytes.length; from += PART) {
    const end = Math.min(bytes.length, from + PART);
    for (let i = from; i < end; i++) {
      const byte = bytes[i]!;
      units[i - from] = byte < 128 ? byte : upper.charCodeAt(byte - 128);
    }
    text += String.fromCharCode(...units.subarray(0, end - from));
  }
  return text;
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Bytes that are all ASCII as text; undefined where they are not. The decoder of the platform is
 * many times faster than a loop, and as many characters as bytes are ASCII.
 */
function asciiText(bytes: Uint8Array): string | undefined {
  try {
    const text = strict.decode(bytes);
    return text.length === bytes.length && !text.includes('\u0000') ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Where the first byte is that is no ASCII character of a text: above 127, or zero. */
function firstNonAscii(bytes: Uint8Array): number {
  let i = 0;
  while (i < bytes.length && bytes[i]! < 128 && bytes[i] !== 0) {
    i++;
  }
  return i;
}
