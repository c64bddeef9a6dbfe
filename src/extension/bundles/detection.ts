/** Tells whether documents are dumps, and makes them Netstat. */
export { closed, languageChanged, settle } from '../documents/detection';
export { fencedDumpAt } from '../documents/fencedDumps';
