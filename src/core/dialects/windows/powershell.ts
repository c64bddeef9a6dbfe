import { protocolWordId } from '../../vocabulary/protocol';
import { NONE, type Row } from '../../model/row';
import { beginsJson, type JsonObject } from '../../parsing/json';
import { readJsonRows } from '../../parsing/jsonFields';
import { isLetter } from '../../parsing/line';
import { ownerOf } from '../../parsing/owner';
import type { Dialect } from '../../parsing/dialect';
import { HASH, QUOTE } from '../../vocabulary/characters';
import {
  Property,
  PROPERTIES,
  type Layout,
  hasRemote,
  readProperty,
  finishRow,
} from './powershellValues';
import { beginsList, readList } from './powershellList';
import { namesOf, rulesOf, readTableRow, readBareRow, readCsvRow } from './powershellTable';

/** Parameters that ask for some sockets, in all the lengths that PowerShell takes. */
const CHOSEN = /^-(?:local|remote|s|ow|ap|cr|of)/i;

/** Below `#TYPE` and above the names. */
const TYPE_LINE: Layout = { columns: [], separator: NONE, rules: undefined };

/**
 * Get-NetTCPConnection and Get-NetUDPEndpoint in all shapes that PowerShell prints objects in:
 * Format-Table, Format-List, Export-Csv and ConvertTo-Json. UDP has neither state nor remote end.
 */
export const powershell: Dialect<Layout> = {
  id: 'powershell',
  title: 'PowerShell Get-NetTCPConnection',
  systems: ['windows'],
  commands: ['Get-NetTCPConnection', 'Get-NetUDPEndpoint'],
  headers: ['LocalAddress LocalPort', 'LocalAddress RemoteAddress', 'State LocalAddress'],
  best: {
    command:
      'Get-NetTCPConnection | Format-Table -AutoSize LocalAddress,LocalPort,RemoteAddress,RemotePort,State,OwningProcess',
    needs: null,
  },
  tells: { pids: 'with options', queues: 'never', timers: 'never' },
  freeColumns: true,

  asks: ([cmdlet = '', ...words]) => ({
    protocol: protocolWordId(/udpendpoint$/i.test(cmdlet) ? 'UDP' : 'TCP'),
    some: /^[\d:*]/.test(words[0] ?? '') || words.some(word => CHOSEN.test(word)),
  }),

  header(line, layout) {
    if (layout !== undefined && layout.rules === undefined && layout.columns.length > 0) {
      const rules = rulesOf(line, layout);
      if (rules !== undefined) {
        return { ...layout, rules };
      }
    }
    const first = line.firstChar(0);
    if (first === HASH) {
      return /^#TYPE \S{0,80}(?:CimInstance|MSFT_Net)/.test(line.rest(0)) ? TYPE_LINE : undefined;
    }
    return first === QUOTE || isLetter(first) ? namesOf(line) : undefined;
  },

  row(line, layout, row) {
    if (layout === undefined || layout.columns.length === 0) {
      return readBareRow(line, row);
    }
    const read = layout.separator === NONE ? readTableRow : readCsvRow;
    return read(line, layout, row);
  },

  records: {
    mayBegin: (text, start) => beginsJson(text, start) || beginsList(text, start),

    *read(text, start, sink) {
      return beginsJson(text, start)
        ? yield* readJsonRows(text, start, sink, (object, row) => readObject(object, text, row))
        : readList(text, start, sink);
    },
  },
};

/** Reads an object of ConvertTo-Json. */
function readObject(object: JsonObject, text: string, row: Row): boolean {
  if (!object.has('LocalAddress') || !object.has('LocalPort')) {
    return false;
  }
  const seen: Property[] = [];
  for (const [name, { start, end, value }] of object) {
    const property = PROPERTIES.get(name.toLowerCase()) ?? Property.Other;
    if (value === null || typeof value === 'object') {
      continue;
    }
    if (!readProperty(property, text, start, end, row)) {
      return false;
    }
    if (property === Property.Process && typeof value === 'string') {
      // Its escapes undone: Windows PowerShell writes \u0027 for an apostrophe.
      ownerOf(row).name = value;
    }
    seen.push(property);
  }
  return finishRow(row, hasRemote(seen));
}
