import type { LineSource } from './documentReader';

/** A fenced block of a Markdown text: the lines between its fences. */
export interface FencedBlock {
  /** 0-based first line of its content. */
  readonly first: number;
  /** 0-based last line of its content; below `first` where it is empty. */
  readonly last: number;
  /** The language that its fence names, in lower case; empty where it names none. */
  readonly language: string;
}

/** A fence, behind quote signs, blanks and the mark of a list. */
const FENCE = /^(?:[ \t>]|[-*+] |\d{1,9}[.)] )*(`{3,}|~{3,})/;

/** The language behind a fence. */
const LANGUAGE = /^[^\s,{:]*/;

/** The fenced blocks of a Markdown text, in order (CommonMark 4.5). */
export function fencedBlocks(lines: LineSource): FencedBlock[] {
  const found: FencedBlock[] = [];
  let fence = '';
  let first = 0;
  let language = '';
  for (let line = 0; line < lines.lineCount; line++) {
    const text = lines.lineAt(line);
    const [opening, mark = ''] = FENCE.exec(text) ?? [''];
    if (mark === '') {
      continue;
    }
    const info = text.slice(opening.length).trim();
    if (fence === '') {
      // Backticks further on: that is code within a line.
      if (mark.startsWith('~') || !info.includes('`')) {
        fence = mark;
        first = line + 1;
        language = LANGUAGE.exec(info)![0].toLowerCase();
      }
    } else if (mark.startsWith(fence) && info === '') {
      found.push({ first, last: line - 1, language });
      fence = '';
    }
  }
  if (fence !== '') {
    // Without an end it goes on to the end of the text.
    found.push({ first, last: lines.lineCount - 1, language });
  }
  return found;
}
