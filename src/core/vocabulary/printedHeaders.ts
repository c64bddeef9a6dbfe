/*
 * Titles and column headers as the tools print them in each language. The formats, the choice of
 * a code page and the grammar read these tables. Sources: FORMATS §1b, §2 (captures; net-tools po
 * files).
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

/** The two words behind `Proto` in net-tools column headers of internet sections. */
export const NET_TOOLS_QUEUES: readonly (readonly [string, string])[] = [
  ['Recv-Q', 'Send-Q'],
  ['Přích-F', 'Odch-F'],
  ['受信-Q', '送信-Q'],
  ['VvJrk', 'SaatJrk'],
  ['Recib', 'Enviad'],
  ['მიღება-Q', 'გაგზავნა-Q'],
];

/** The word behind `Proto` in net-tools column headers of UNIX sections. */
export const NET_TOOLS_REFCOUNTS: readonly string[] = ['RefCnt', 'RefCpt', 'CntRef', 'Čítač'];

/** The title above a Windows dump. */
export const WINDOWS_TITLES: readonly string[] = [
  'Active Connections',
  'Aktive Verbindungen',
  'Connexions actives',
  'Conexiones activas',
  'Conexões ativas',
  'Ligações activas',
  'Ligações ativas',
  'Connessioni attive',
  'Активные подключения',
  '活动连接',
  '使用中連線',
  '활성 연결',
  'アクティブな接続',
  'Actieve verbindingen',
  'Etkin Bağlantılar',
  'Aktywne połączenia',
  'Aktivní připojení',
  'Aktiva anslutningar',
  'Aktív kapcsolatok',
];

/** A Windows column header: its words up to the state column. */
export const WINDOWS_HEADERS: readonly (readonly string[])[] = [
  ['Proto', 'Local Address', 'Foreign Address', 'State'],
  ['Proto', 'Lokale Adresse', 'Remoteadresse', 'Status'],
  ['Proto', 'Adresse locale', 'Adresse distante', 'État'],
  ['Proto', 'Adresse locale', 'Adresse distante', 'Etat'],
  ['Proto', 'Dirección local', 'Dirección remota', 'Estado'],
  ['Proto', 'Endereço local', 'Endereço externo', 'Estado'],
  ['Proto', 'Indirizzo locale', 'Indirizzo esterno', 'Stato'],
  ['Имя', 'Локальный адрес', 'Внешний адрес', 'Состояние'],
  ['协议', '本地地址', '外部地址', '状态'],
  ['協定', '本機位址', '外部位址', '狀態'],
  ['프로토콜', '로컬 주소', '외부 주소', '상태'],
  ['プロトコル', 'ローカル アドレス', '外部アドレス', '状態'],
  ['Proto', 'Lokaal adres', 'Extern adres', 'Status'],
  ['Proto', 'Yerel Adres', 'Yabancı Adres', 'Durum'],
];

/** What Windows `netstat -b` prints below a row whose owner it may not see, in its languages. */
export const NO_OWNER_REMARKS: readonly string[] = [
  'Can not obtain ownership information',
  'Cannot obtain ownership information',
  'Impossible d’obtenir les informations de propriétaire',
  "Impossible d'obtenir les informations de propriétaire",
  'Es konnten keine Besitzerinformationen abgerufen werden',
  'Не удается получить сведения о владельце',
  'No se puede obtener información de propiedad',
  'Não foi possível obter informações de propriedade',
  '无法获取所有权信息',
];
