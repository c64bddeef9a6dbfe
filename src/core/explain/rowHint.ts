/*
 * Terminals ask for links in every line that the mouse passes. This is asked before anything else
 * of the extension is loaded, so it imports nothing: whether a line has a state word and an address.
 */

/** No row that a state stands in is longer, in characters; what is behind is left out. */
export const LONGEST_ROW = 2000;

/**
 * State words as tools print them, in any language (vocabulary/stateSpellings.ts): words in capitals
 * by how they begin, and those of PowerShell and z/OS.
 */
const STATE =
  /(?:^|[\s(|])(?:ESTA|LIST|SYN|TIME|FIN|CLOS|LAST|BOUND|IDLE|DELETE|UNCON|NEW[-_]SYN|ABH|HERG|VERBU|SCHL|ZULETZT|WART|ESPERA|[UÚ]LTIMO|OU[ÇC]A|FECHA|SPOJ|ZAV|POSLED|NASL|ETABL|ST[ÄA]NG|LYSS|TEMPS|TANCA|ESC[OU]|IN ASC|STABIL|ÉCOU|ПРОСЛУ|timeD_WAIT|(?:Listen(?:ing)?|Estab(?:lished)?|Esta?bls?h|Syn(?:Sent|Received|Rcvd)|Fin(?:Wait|Wt)[12]|Clos(?:e?Wait|Wt|ing|ed)|LastAck|TimeWait|Bound|Idle|DeleteT(?:CB|cb))(?![\w-]))/;

/** What an address and its port have: `1:22`, `1.22`, `]:https`, `*:*`, `::`. */
const ADDRESS = /[\da-f\]*][:.][\d*a-z]|::/i;

/** The kernel's own list has both in hexadecimal: `00000000:0000 0A`. */
const KERNEL = /:[\dA-F]{4} [\dA-F]{2} /;

/** Whether a line may be a row of a socket with a state. */
export function mayBeRow(line: string): boolean {
  const start = line.length > LONGEST_ROW ? line.slice(0, LONGEST_ROW) : line;
  return (STATE.test(start) && ADDRESS.test(start)) || KERNEL.test(start);
}
