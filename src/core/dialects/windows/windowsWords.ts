/*
 * Titles, column headers and remarks of Windows in each language (captures).
 */

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
export const NO_OWNER_REMARKS: ReadonlySet<string> = new Set([
  'Can not obtain ownership information',
  'Cannot obtain ownership information',
  'Impossible d’obtenir les informations de propriétaire',
  "Impossible d'obtenir les informations de propriétaire",
  'Es konnten keine Besitzerinformationen abgerufen werden',
  'Не удается получить сведения о владельце',
  'No se puede obtener información de propiedad',
  'Não foi possível obter informações de propriedade',
  '无法获取所有权信息',
]);
