/** Ports that worms and scanners try first: SSH, Telnet, SMB, RDP. */
export const HUNTED: ReadonlySet<number> = new Set([22, 23, 2323, 445, 3389]);

/** What subjects of programs that try many remotes begin with, by whatever rule. */
export const SCAN = 'scan';
