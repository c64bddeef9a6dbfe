import { either, include, line, match, optional, scoped } from '../../grammar/pattern';
import { START, GAP, END, pid, states } from '../../grammar/parts';
import { scopes } from '../../grammar/scopes';
import { anyOf } from '../../grammar/words';
import type { FormatGrammar } from '../../grammar/formatGrammar';

const ADDRESS = ['LocalAddress', 'RemoteAddress'];
const PORT = ['LocalPort', 'RemotePort'];
const PID = ['OwningProcess'];
const OTHER = ['AppliedSetting', 'OffloadState', 'CreationTime', 'InstanceID', 'ElementName'];

/** Columns of PowerShell's Get-NetTCPConnection and Get-NetUDPEndpoint. */
const properties = {
  address: anyOf(ADDRESS),
  port: anyOf(PORT),
  pid: anyOf(PID),
  other: anyOf(OTHER),
  columns: anyOf([...ADDRESS, ...PORT, 'State', ...PID, ...OTHER]),
};

/** PowerShell's cmdlets, as a table, a list or CSV. */
export const grammar: FormatGrammar = {
  short: {
    csv: line(
      'Export-Csv: "192.0.2.1","443","198.51.100.7","50000","CloseWait","4321"',
      ['(?:^|\\G)\\s*(?="[^"]*","[^"]*","[^"]*","[^"]*")'],
      [
        match(
          'a cell, whatever column it is in',
          '"',
          either(
            [scoped(scopes.detailValue, '\\d{1,10}'), '(?=")'],
            [scoped(scopes.address, '[0-9a-fA-F]*[.:][0-9a-fA-F.:%]*'), '(?=")'],
            [states, '(?=")'],
            [scoped(scopes.header, properties.columns), '(?=")'],
            '[^"]*',
          ),
          '",?',
        ),
      ],
    ),
  },

  frequent: {
    'powershell-table': line(
      'Get-NetTCPConnection: 192.0.2.1  443  198.51.100.7  50000  CloseWait  Internet  4321',
      [
        START,
        scoped(scopes.address, '[0-9a-fA-F.:]+'),
        optional(scoped(scopes.interface, '%\\w+')),
        GAP,
        scoped(scopes.port, '\\d{1,5}'),
        GAP,
        scoped(scopes.address, '[0-9a-fA-F.:]+'),
        optional(scoped(scopes.interface, '%\\w+')),
        GAP,
        scoped(scopes.port, '\\d{1,5}'),
        '(?=\\s+[A-Z])',
      ],
      [include('state'), match('process id', '(?<!\\S)', pid, '(?=\\s*$)')],
    ),
  },

  rows: {
    'powershell-list': line(
      'Format-List: RemotePort : 50000',
      [
        START,
        either(
          [
            scoped(scopes.detailName, properties.address),
            '\\s*:\\s*',
            scoped(scopes.address, '[0-9a-fA-F.:%]*'),
          ],
          [scoped(scopes.detailName, properties.port), '\\s*:\\s*', scoped(scopes.port, '\\d*')],
          [scoped(scopes.detailName, properties.pid), '\\s*:\\s*', scoped(scopes.pid, '\\d*')],
          [scoped(scopes.detailName, `State|${properties.other}`), '\\s*:'],
        ),
        END,
      ],
      [include('state-anywhere')],
    ),

    'powershell-udp': match(
      'Get-NetUDPEndpoint: 0.0.0.0  5353',
      START,
      scoped(scopes.address, '\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-fA-F]*:[0-9a-fA-F:.]*'),
      optional(scoped(scopes.interface, '%\\w+')),
      GAP,
      scoped(scopes.port, '\\d{1,5}'),
      '\\s*$',
    ),
  },
};
