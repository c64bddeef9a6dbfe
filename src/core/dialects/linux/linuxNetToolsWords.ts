/*
 * Titles and column headers of net-tools in each language that they are translated to (captures;
 * net-tools po files).
 */

/** What a net-tools title announces. */
export type NetToolsSection = 'internet' | 'unix' | 'other';

export interface NetToolsTitle {
  /** How the line begins. */
  readonly text: string;
  readonly section: NetToolsSection;
}

/** Titles of the sections of net-tools `netstat`, without what is in parentheses. */
export const NET_TOOLS_TITLES: readonly NetToolsTitle[] = [
  ...titles('internet', [
    // Without the parenthesis it is BSD's.
    'Active Internet connections (servers and established)',
    'Active Internet connections (only servers)',
    'Active Internet connections (w/o servers)',
    // toybox
    'Active Internet connections (established and servers)',
    'Aktive Internetverbindungen (',
    'Connexions Internet actives (',
    "Connexions actives d'Internet (",
    'Conexões Internet Ativas (',
    'Conexiones activas de Internet (',
    'Aktiva internetanslutningar (',
    'Aktivní Internetová spojení (',
    '稼働中のインターネット接続 (',
    'Aktiivsed internetiühendused (',
    'ინტერნეტის აქტიური შეერთებები',
  ]),
  ...titles('unix', [
    'Active UNIX domain sockets (',
    'Aktive Sockets in der UNIX-Domäne (',
    'Aktive Sockets in der UNIX Domäne (',
    'Sockets du domaine UNIX actives',
    'Domain sockets UNIX ativos (',
    'Sockets de dominio UNIX activos (',
    'Sòcols de domini UNIX actius',
    'Aktiva UNIX-domänuttag (',
    'Aktiva UNIX domän-uttag (',
    'Aktivní sokety domény UNIX (',
    '稼働中のUNIXドメインソケット (',
    'Aktiivsed UNIX domeeni soklid (',
  ]),
  ...titles('other', [
    'Active Bluetooth connections',
    'Active IPX sockets',
    'Active AX.25 sockets',
    'Active NET/ROM sockets',
    'Active X.25 sockets',
    'Active ROSE sockets',
  ]),
];

function titles(section: NetToolsSection, texts: readonly string[]): NetToolsTitle[] {
  return texts.map(text => ({ text, section }));
}

/** How net-tools column headers of internet sections begin. */
export const NET_TOOLS_QUEUES: readonly (readonly [string, string, string])[] = [
  ['Proto', 'Recv-Q', 'Send-Q'],
  ['Proto', 'Přích-F', 'Odch-F'],
  ['Proto', '受信-Q', '送信-Q'],
  ['Proto', 'VvJrk', 'SaatJrk'],
  ['Proto', 'Recib', 'Enviad'],
  ['პროტო', 'მიღება-Q', 'გაგზავნა-Q'],
];

/** The word behind `Proto` in net-tools column headers of UNIX sections. */
export const NET_TOOLS_REFCOUNTS: readonly string[] = ['RefCnt', 'RefCpt', 'CntRef', 'Čítač'];
