/*
 * Ranges of ports that Windows has reserved, as `netsh` prints them. Its words are those of the
 * system's language, so only numbers are read.
 */

/** Ports that bind() may not have, both ends included. */
export interface ExcludedRange {
  readonly from: number;
  readonly to: number;
}

/** The arguments of `netsh` that list the ranges. */
export function excludedPortsArguments(transport: 'tcp' | 'udp'): readonly string[] {
  return ['interface', 'ipv4', 'show', 'excludedportrange', `protocol=${transport}`];
}

/** The command that lists the ranges. */
export function excludedPortsCommand(transport: 'tcp' | 'udp'): string {
  return ['netsh', ...excludedPortsArguments(transport)].join(' ');
}

/**
 * Reads what `netsh` printed. Ranges with an asterisk are left out: an administrator has set those
 * aside, and a program that asks for such a port by its number may still get it.
 */
export function readExcludedPorts(text: string): ExcludedRange[] {
  return text.split('\n').flatMap(line => {
    const match = /^ {0,20}(\d{1,5}) {1,40}(\d{1,5})$/.exec(line.trimEnd());
    return match === null ? [] : [{ from: Number(match[1]), to: Number(match[2]) }];
  });
}
