import { State, type TcpState, stateCode } from './state';
import { Vocabulary } from './vocabulary';

/** A language whose tools translate state words, as a BCP 47 tag. */
type Language = 'en' | 'de' | 'pt-BR' | 'cs' | 'sv' | 'ca' | 'fr' | 'et' | 'es' | 'it' | 'ru';

/** Where a spelling was seen: in real dumps or sources, or only in other projects' made-up tests. */
type Standing = 'seen' | 'folklore';

export interface StateSpelling {
  /** The word exactly as printed; two words where the tool prints two. */
  readonly word: string;
  /** What it means for a TCP socket; null for a word that no TCP socket has. */
  readonly tcp: TcpState | null;
  readonly language: Language;
  readonly standing: Standing;
}

/*
 * Every spelling of a socket state. The parser, the grammar, hovers and `explain` all read this
 * one table. Sources: net-tools po files, iproute2 misc/ss.c, BSD netinet/tcp_fsm.h, Linux
 * include/net/tcp_states.h, published Windows captures.
 */
const SPELLINGS: readonly StateSpelling[] = [
  ...words('LISTEN', 'LISTEN', 'LISTENING', 'Listen', 'Listening'),
  ...words('SYN-SENT', 'SYN_SENT', 'SYN-SENT', 'SYNSENT', 'SynSent', 'SYN_SEND'),
  ...words(
    'SYN-RECEIVED',
    'SYN_RECV',
    'SYN-RECV',
    'SYN_RCVD',
    'SYN_RECEIVED',
    'SYN-RECEIVED',
    'SYNRCVD',
    'SYNRECEIVED',
    'SynReceived',
    'SynRcvd',
  ),
  ...words('ESTABLISHED', 'ESTABLISHED', 'ESTAB', 'Established', 'Estab'),
  ...words('FIN-WAIT-1', 'FIN_WAIT1', 'FIN_WAIT_1', 'FIN-WAIT-1', 'FINWAIT1', 'FinWait1'),
  ...words('FIN-WAIT-2', 'FIN_WAIT2', 'FIN_WAIT_2', 'FIN-WAIT-2', 'FINWAIT2', 'FinWait2'),
  ...words('CLOSE-WAIT', 'CLOSE_WAIT', 'CLOSE-WAIT', 'CLOSEWAIT', 'CloseWait'),
  ...words('CLOSING', 'CLOSING', 'Closing'),
  ...words('LAST-ACK', 'LAST_ACK', 'LAST-ACK', 'LASTACK', 'LastAck'),
  ...words(
    'TIME-WAIT',
    'TIME_WAIT',
    'TIME-WAIT',
    'TIMEWAIT',
    'TimeWait',
    'TIMED_WAIT',
    'timeD_WAIT',
  ),
  ...words('CLOSED', 'CLOSED', 'CLOSE', 'UNCONN', 'Closed'),
  ...words('BOUND', 'BOUND', 'Bound'),
  ...words('IDLE', 'IDLE', 'Idle'),
  ...words('DELETE-TCB', 'DELETE_TCB', 'DELETE-TCB', 'DeleteTCB', 'DeleteTcb'),

  // z/OS, in TSO and on the console (IBM, "TCP connection status"); its other words are those above.
  ...words('ESTABLISHED', 'Establsh', 'Estblsh'),
  ...words('FIN-WAIT-1', 'FinWt1'),
  ...words('FIN-WAIT-2', 'FinWt2'),
  ...words('CLOSE-WAIT', 'ClosWait', 'ClosWt'),

  ...language('de', 'LISTEN', 'ABHÖREN'),
  ...language('de', 'ESTABLISHED', 'HERGESTELLT', 'VERBUNDEN'),
  ...language('de', 'SYN-SENT', 'SYN_GESENDET'),
  ...folklore('de', 'SYN-RECEIVED', 'SYN_EMPFANGEN'),
  ...language('de', 'FIN-WAIT-1', 'FIN_WARTEN_1'),
  ...language('de', 'FIN-WAIT-2', 'FIN_WARTEN_2'),
  ...language('de', 'CLOSE-WAIT', 'SCHLIESSEN_WARTEN'),
  ...language('de', 'CLOSING', 'SCHLIESSEND'),
  ...language('de', 'LAST-ACK', 'ZULETZT_ACK'),
  ...language('de', 'TIME-WAIT', 'WARTEND'),

  ...language('pt-BR', 'ESTABLISHED', 'ESTABELECIDA'),
  ...language('pt-BR', 'SYN-SENT', 'SYN_ENVIADO'),
  ...language('pt-BR', 'SYN-RECEIVED', 'SYN_RECEBIDO'),
  ...language('pt-BR', 'FIN-WAIT-1', 'ESPERA_FIN1'),
  ...language('pt-BR', 'FIN-WAIT-2', 'ESPERA_FIN2'),
  ...language('pt-BR', 'CLOSED', 'FECHAR'),
  ...language('pt-BR', 'CLOSE-WAIT', 'ESPERANDO_FECHAR'),
  ...language('pt-BR', 'LAST-ACK', 'ÚLTIMO_ACK'),
  ...language('pt-BR', 'LISTEN', 'OUÇA'),
  ...language('pt-BR', 'CLOSING', 'FECHANDO'),

  ...language('cs', 'ESTABLISHED', 'SPOJENO'),
  ...language('cs', 'CLOSED', 'ZAVŘEN'),
  ...language('cs', 'LAST-ACK', 'POSLEDNÍ ACK'),
  ...language('cs', 'LISTEN', 'NASLOUCHÁ'),
  ...language('cs', 'CLOSING', 'ZAVÍRÁ'),

  ...language('sv', 'ESTABLISHED', 'ETABLERAD'),
  ...language('sv', 'CLOSED', 'STÄNG'),
  ...language('sv', 'CLOSE-WAIT', 'STÄNG_VÄNTA'),
  ...language('sv', 'LISTEN', 'LYSSNAR'),
  ...language('sv', 'CLOSING', 'STÄNGER'),

  ...language('ca', 'ESTABLISHED', 'ESTABLERT'),
  ...language('ca', 'SYN-RECEIVED', 'SYNRECV'),
  ...language('ca', 'TIME-WAIT', 'TEMPS'),
  ...language('ca', 'CLOSED', 'TANCA'),
  ...language('ca', 'LISTEN', 'ESCOLTA'),
  ...language('ca', 'CLOSING', 'TANCAMENT'),

  ...language('es', 'LISTEN', 'ESCUCHAR'),
  ...language('es', 'ESTABLISHED', 'ESTABLECIDO'),

  // Names of states within the Linux kernel, which no tool prints.
  ...folklore('en', 'SYN-RECEIVED', 'NEW-SYN-RECV', 'NEW_SYN_RECV'),
  ...folklore('en', 'BOUND', 'BOUND-INACTIVE', 'BOUND_INACTIVE'),

  // No real capture has these; an alias costs nothing.
  ...folklore('it', 'LISTEN', 'IN ASCOLTO'),
  ...folklore('it', 'ESTABLISHED', 'STABILITO'),
  ...folklore('pt-BR', 'LISTEN', 'ESCUTANDO'),
  ...folklore('es', 'LISTEN', 'ESCUCHANDO'),
  ...folklore('fr', 'LISTEN', 'ÉCOUTE'),
  ...folklore('ru', 'LISTEN', 'ПРОСЛУШИВАНИЕ'),

  // Words of connectionless, UNIX, SCTP and Bluetooth sockets.
  ...other('en', 'UNKNOWN', 'UNCONNECTED', 'Unbound', 'Connected'),
  ...other('en', 'CONNECTED', 'CONNECTING', 'DISCONNECTING', 'FREE'),
  ...other('de', 'HÖRT', 'VERBINDUNGSAUFBAU', 'VERBINDUNGSABBAU', 'FREI'),
  ...other('pt-BR', 'OUVINDO', 'CONECTADO', 'CONECTANDO', 'DESCONECTANDO', 'LIVRE'),
  ...other('cs', 'SPOJEN', 'SPOJUJE', 'ODPOJUJE', 'NEALOKOVÁN'),
  ...other('sv', 'ANSLUTEN', 'ANSLUTER', 'KOPPLAR FRÅN', 'LEDIG'),
  ...other('ca', 'ESCOLTANT'),
  ...other('fr', 'CONNECTE', 'ENCONNEXION', 'ENDECONNEXION', 'LIBRE'),
  ...other('et', 'ÜHENDATUD'),
  ...other('en', 'COOKIE_WAIT', 'COOKIE_ECHOED', 'SHUTDOWN_PENDING', 'SHUTDOWN_SENT'),
  ...other('en', 'SHUTDOWN_RECEIVED', 'SHUTDOWN_ACK_SENT', 'ACK_SENT'),
  ...other('en', 'OPEN', 'CONNECT', 'CONNECT2', 'CONFIG', 'DISCONN'),
];

function words(tcp: TcpState, ...list: string[]): StateSpelling[] {
  return language('en', tcp, ...list);
}

function language(tag: Language, tcp: TcpState | null, ...list: string[]): StateSpelling[] {
  return list.map(word => ({ word, tcp, language: tag, standing: 'seen' }));
}

function folklore(tag: Language, tcp: TcpState, ...list: string[]): StateSpelling[] {
  return list.map(word => ({ word, tcp, language: tag, standing: 'folklore' }));
}

function other(tag: Language, ...list: string[]): StateSpelling[] {
  return language(tag, null, ...list);
}

/** Every spelling of every socket state. */
export const stateSpellings: readonly StateSpelling[] = SPELLINGS;

/** State words by their numbers. */
export const stateVocabulary = new Vocabulary(['', ...SPELLINGS.map(s => s.word)]);

const CODES = Uint8Array.from([
  State.None,
  ...SPELLINGS.map(s => (s.tcp === null ? State.Unknown : stateCode(s.tcp))),
]);

/** Number of spellings plus one; numbers from here on are free for words nobody knows. */
export const STATE_WORDS_END = SPELLINGS.length + 1;

/** The number of the state word that is exactly `text[start, end)`, or 0. */
export function stateWordAt(text: string, start: number, end: number): number {
  return stateVocabulary.find(text, start, end);
}

/** The TCP state that a state word's number stands for; {@link State.Unknown} where none. */
export function stateOfWord(id: number): State {
  return CODES[id]!;
}

/** The word behind a number that {@link stateWordAt} gave. */
export function stateWordText(id: number): string {
  return SPELLINGS[id - 1]?.word ?? '';
}

/**
 * The known spelling that a broken or oddly cased word stands for, or 0. German `ABHÖREN` arrives
 * with its Ö as any single character, as two (UTF-8 read as a code page) or dropped.
 */
export function stateWordLoosely(word: string): number {
  if (/^ABH.{0,3}REN$/.test(word)) {
    return stateWordAt('ABHÖREN', 0, 7);
  }
  const upper = word.toUpperCase();
  return stateWordAt(upper, 0, upper.length);
}

/** What is left of a cut state has at least so many characters: fewer may be of anything. */
const LEAST_LEFT = 3;

/** What stands for what a pager, an editor or a table has cut: `CLOSE_W>`, `Establis...`. */
const MARK_OF_CUT = /(?:…|\.{2,3}|[>$])$/;

/**
 * The TCP state whose spelling a word begins, if all that it begins mean that one; else Unknown. A
 * word is cut at the end of its line, or where it ends in a mark of that.
 */
export function cutState(cut: string, atLineEnd: boolean): State {
  const word = cut.replace(MARK_OF_CUT, '');
  if (!atLineEnd && word === cut) {
    return State.Unknown;
  }
  const all = SPELLINGS.filter(spelling => spelling.word.startsWith(word));
  const states = new Set(all.map(({ tcp }) => tcp));
  const [only = null] = states;
  return states.size !== 1 || only === null || word.length < LEAST_LEFT
    ? State.Unknown
    : stateCode(only);
}

/** Whether a word is a state in some spelling, be it broken or oddly cased. */
export function isKnownState(word: string): boolean {
  return stateWordAt(word, 0, word.length) !== 0 || stateWordLoosely(word) !== 0;
}

/**
 * A TCP state from any spelling a person may type: any system's word in any case, with `-`, `_`
 * or nothing between its parts, or the hexadecimal code of /proc/net/tcp (`08`, `0x8`). A bare `8`
 * is none: other systems count their states otherwise.
 */
export function stateFromAnySpelling(text: string): TcpState | null {
  const wanted = foldSpelling(text);
  for (const spelling of SPELLINGS) {
    if (spelling.tcp !== null && foldSpelling(spelling.word) === wanted) {
      return spelling.tcp;
    }
  }
  const code = text.trim().toUpperCase();
  return PROC_STATES[code.startsWith('0X') ? code.slice(2).padStart(2, '0') : code] ?? null;
}

function foldSpelling(text: string): string {
  return text
    .toUpperCase()
    .replace(/[\s_()-]/g, '')
    .replace(/^ABH.{0,3}REN$/, 'ABHÖREN');
}

/** The `st` column of /proc/net/tcp (include/net/tcp_states.h). */
export const PROC_STATES: Readonly<Record<string, TcpState>> = {
  '01': 'ESTABLISHED',
  '02': 'SYN-SENT',
  '03': 'SYN-RECEIVED',
  '04': 'FIN-WAIT-1',
  '05': 'FIN-WAIT-2',
  '06': 'TIME-WAIT',
  '07': 'CLOSED',
  '08': 'CLOSE-WAIT',
  '09': 'LAST-ACK',
  '0A': 'LISTEN',
  '0B': 'CLOSING',
  '0C': 'SYN-RECEIVED',
  '0D': 'BOUND',
};
