// Provided by the build (see esbuild.config.mjs).
declare module '*.test-list' {
  const load: () => void;
  export default load;
}
