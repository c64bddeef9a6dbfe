/** The end of a connection, or what a program listens on, as a message names it. */
export interface MessageEnd {
  /** Without brackets; `*` where only the port is named. */
  readonly address: string;
  readonly port: number;
}

const IPV4 = String.raw`(?:\d{1,3}\.){3}\d{1,3}`;
const IPV6 = String.raw`[\da-f]{0,4}:[\da-f:.]{1,43}`;

/** How programs write an end; the first two groups are its address and port. */
const FORMS: readonly RegExp[] = [
  // 192.0.2.1:80, [::1]:80, localhost:80, *:80, <null>:80
  new RegExp(
    String.raw`(?<![\w.:])(${IPV4}|\[${IPV6}(?:%\w{1,15})?\]|localhost|\*|<null>):(\d{1,5})\b(?!->)`,
    'i',
  ),
  // :::3000 and ::1:3000 of Node.js, :8080 of Go
  /(?<=\s)(::1?):(\d{1,5})(?=[\s,]|$)/,
  /\b(?:tcp|udp)[46]? ():(\d{1,5})\b/,
  // ('0.0.0.0', 8000) of Python, host='localhost', port=8000
  new RegExp(String.raw`['"](${IPV4}|${IPV6}|localhost|)['"], (?:port=)?(\d{1,5})\b`, 'i'),
  // localhost port 80, "127.0.0.1", port 5432, port 22 on 0.0.0.0
  new RegExp(String.raw`(?<![\w.:])(${IPV4}|${IPV6}|localhost)"?\)?,? port (\d{1,5})\b`, 'i'),
  /\bport ()(\d{1,5})\b/i,
];

/** The first end that a text names, in the form that says most; null where it names none. */
export function endIn(text: string): MessageEnd | null {
  for (const form of FORMS) {
    const [, address = '', port] = form.exec(text) ?? [];
    if (port !== undefined) {
      const isNamed = address !== '' && address !== '<null>';
      return { address: isNamed ? address.replace(/^\[|\]$/g, '') : '*', port: Number(port) };
    }
  }
  return null;
}
