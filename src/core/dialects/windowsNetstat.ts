import { Field } from '../model/field';
import { isTcpWord, protocolWordAt } from '../model/protocol';
import { NONE, type Row } from '../model/row';
import { readColonEndpoint } from '../reading/endpoint';
import { type Line, pidAt } from '../reading/line';
import { readStateWord } from '../reading/stateWord';
import { type Dialect, Remark } from './dialect';

/** What a Windows header announces. */
interface Layout {
  readonly pid: boolean;
  readonly offload: boolean;
}

const TITLE: Layout = { pid: false, offload: false };

/** Titles in the languages that captures were found in (FORMATS §1b). */
const TITLES = [
  'Active Connections',
  'Aktive Verbindungen',
  'Connexions actives',
  'Conexiones activas',
  'Conexões ativas',
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

/** Header lines as their words, without PID and offload columns. */
const HEADERS = [
  'Proto Local Address Foreign Address State',
  'Proto Lokale Adresse Remoteadresse Status',
  'Proto Adresse locale Adresse distante État',
  'Proto Adresse locale Adresse distante Etat',
  'Proto Dirección local Dirección remota Estado',
  'Proto Endereço local Endereço externo Estado',
  'Proto Indirizzo locale Indirizzo esterno Stato',
  'Имя Локальный адрес Внешний адрес Состояние',
  '协议 本地地址 外部地址 状态',
  '協定 本機位址 外部位址 狀態',
  '프로토콜 로컬 주소 외부 주소 상태',
  'プロトコル ローカル アドレス 外部アドレス 状態',
  'Proto Lokaal adres Extern adres Status',
  'Proto Yerel Adres Yabancı Adres Durum',
];

/** How the first word of a header can begin, to leave other lines quickly. */
const HEADER_STARTS: ReadonlySet<string> = new Set(HEADERS.map(h => h.slice(0, 2)));

/**
 * `netstat` of Windows. The row is the same in every language: protocol, two endpoints, a state
 * for TCP, a process id with `-o`; `-b` puts the owner's components and program below the row.
 */
export const windowsNetstat: Dialect<Layout> = {
  id: 'windows-netstat',
  title: 'Windows netstat',
  systems: ['windows'],
  best: { command: 'netstat -anob', needs: 'administrator' },
  tells: { pids: 'with options', queues: 'never', timers: 'never' },

  header(line) {
    if (
      line.count < 1 ||
      !HEADER_OR_TITLE_STARTS.has(line.text.slice(line.wordStart(0), line.wordStart(0) + 2))
    ) {
      return undefined;
    }
    const words = words_(line);
    if (TITLES.includes(words)) {
      return TITLE;
    }
    if (!HEADER_STARTS.has(words.slice(0, 2))) {
      return undefined;
    }
    for (const header of HEADERS) {
      if (words.startsWith(header)) {
        const rest = words.slice(header.length).trim();
        return /\d/.test(rest)
          ? undefined
          : { pid: rest.includes('PID'), offload: rest.replace('PID', '').trim() !== '' };
      }
    }
    return undefined;
  },

  row(line, layout, row) {
    const protocol = protocolWordAt(line.text, line.wordStart(0), line.wordEnd(0));
    if (
      protocol === 0 ||
      !(line.is(0, 'TCP') || line.is(0, 'UDP') || line.is(0, 'TCPv6') || line.is(0, 'UDPv6'))
    ) {
      return false;
    }
    if (!readColonEndpoint(line, 1, row, false) || !readColonEndpoint(line, 2, row, true)) {
      return false;
    }
    row.protocol = protocol;
    row.span(Field.Protocol, line.wordStart(0), line.wordEnd(0));
    let end = line.count;
    if (end > 3 && isOffload(line, end - 1, layout)) {
      end--;
      row.detail(Field.Detail, line.wordStart(end), line.wordEnd(end));
    }
    if (end > 3) {
      end = readPid(line, end, row);
    }
    if (end > 3) {
      if (!isTcpWord(protocol)) {
        return false;
      }
      if (readStateWord(line, 3, row) !== end - 3) {
        row.stateWord = 0;
        row.span(Field.State, line.wordStart(3), line.wordEnd(end - 1));
      }
    }
    return true;
  },

  continuation(line, _layout, row) {
    return readOwnerLine(line, row);
  },

  remark(line) {
    const text = line.rest(0);
    return REFUSED.some(refused => text.startsWith(refused)) ? Remark.Unprivileged : undefined;
  },
};

const HEADER_OR_TITLE_STARTS: ReadonlySet<string> = new Set(
  [...HEADERS, ...TITLES].map(text => text.slice(0, 2)),
);

/** What `-b` says when it is run without the rights. */
const REFUSED = [
  'The requested operation requires elevation',
  'Der angeforderte Vorgang erfordert erhöhte Rechte',
];

function words_(line: Line): string {
  return line.rest(0).replace(/\s+/g, ' ');
}

/** Reads the process id that ends the row; gives the new end of the words before it. */
function readPid(line: Line, end: number, row: Row): number {
  const start = line.wordStart(end - 1);
  const pid = pidAt(line.text, start, line.wordEnd(end - 1));
  if (pid === NONE) {
    return end;
  }
  const owner = row.addOwner();
  owner.pid = pid;
  owner.pidStart = start;
  owner.pidEnd = line.wordEnd(end - 1);
  row.span(Field.Pid, start, owner.pidEnd);
  return end - 1;
}

/** The values of `-t`'s Offload State (TCP_CONNECTION_OFFLOAD_STATE). */
const OFFLOAD = ['InHost', 'Offloaded', 'Offloading', 'Uploading'];

function isOffload(line: Line, i: number, layout: Layout | undefined): boolean {
  const first = line.firstChar(i);
  if (first !== 73 && first !== 79 && first !== 85 && layout?.offload !== true) {
    return false;
  }
  const word = line.word(i);
  return OFFLOAD.includes(word);
}

/** "Can not obtain ownership information", in the languages it was seen in. */
const NO_OWNER = [
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

/** Reads what `-b` prints below a row: `[program.exe]`, a component, or that it can't tell. */
function readOwnerLine(line: Line, row: Row): boolean {
  if (line.count === 0) {
    return false;
  }
  const { text } = line;
  const start = line.wordStart(0);
  const end = line.wordEnd(line.count - 1);
  if (text.charCodeAt(start) === 91 && text.charCodeAt(end - 1) === 93 && end - start > 2) {
    const owner = row.addOwner();
    owner.nameStart = start + 1;
    owner.nameEnd = end - 1;
    row.span(Field.Process, start + 1, end - 1);
    return true;
  }
  const words = text.slice(start, end);
  if (NO_OWNER.includes(words)) {
    row.ownerUnknown = true;
    row.span(Field.Process, start, end);
    return true;
  }
  if (line.indent > 0 && isComponent(line, words)) {
    row.span(Field.Component, start, end);
    return true;
  }
  return false;
}

/** A service or component name, a DLL's path, or XP's `-- unknown component(s) --`. */
function isComponent(line: Line, words: string): boolean {
  if (/^[A-Za-z]:\\|^\\\\|^-- .{1,80} --$/.test(words)) {
    return true;
  }
  return line.count === 1 && /^[A-Za-z_][\w.$-]{0,255}$/.test(words);
}
