// Files that esbuild takes into the panel's bundle.
declare module '*.css';
