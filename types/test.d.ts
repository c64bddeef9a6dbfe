// Modules that the build provides for the extension suite (see esbuild.config.mjs).

/** Loads every *.test.ts of the importing folder and of those below it. */
declare module '*.test-list' {
  const load: () => void;
  export default load;
}

declare module 'mocha/mocha.js' {
  const mocha: BrowserMocha;
  export default mocha;
}
