// Modules that the build provides for the extension suite (see esbuild.config.mjs), and untyped ones.

/** Loads every *.test.ts of the importing folder and of those below it. */
declare module '*.test-list' {
  const load: () => void;
  export default load;
}

declare module 'mocha/mocha.js' {
  const mocha: BrowserMocha;
  export default mocha;
}

/** A parser of CommonMark, without types of its own: what the tests use of it. */
declare module 'markdown-it' {
  export interface Token {
    readonly type: string;
    readonly tag: string;
    readonly content: string;
    readonly children: readonly Token[] | null;
    attrGet(name: string): string | null;
  }
  export default class MarkdownIt {
    constructor(options: { readonly html: boolean; readonly linkify: boolean });
    readonly linkify: {
      set(options: { readonly fuzzyLink: boolean; readonly fuzzyEmail: boolean }): void;
      add(schema: string, definition: null): void;
    };
    parse(text: string, environment: object): Token[];
  }
}
