import type { FilterProblem } from '../core/query/condition';
import type { CounterView, RowView } from '../core/viewModel/schema';
import type { HostToPanel, PanelQuery } from '../shared/panel/messages';
import type { Connection } from './connection';
import { Requests } from './requests';

type RowsMessage = Extract<HostToPanel, { type: 'rows' }>;
type CountersMessage = Extract<HostToPanel, { type: 'counters' }>;

/** Some rows of a query's result. */
export interface Page {
  readonly total: number;
  readonly rows: readonly RowView[];
  readonly problem: FilterProblem | null;
}

/** The first counters that a filter finds. */
export interface FoundCounters {
  readonly total: number;
  readonly counters: readonly CounterView[];
}

/** Asks for rows and counters, and hands them to those who asked. */
export class Rows {
  private readonly rows = new Requests<RowsMessage>();
  private readonly counters = new Requests<CountersMessage>();

  public constructor(private readonly connection: Connection) {}

  /** Asks for `count` rows from `offset` on; returns a function that cancels. */
  public ask(
    query: PanelQuery,
    offset: number,
    count: number,
    table: boolean,
    receive: (page: Page) => void,
  ): () => void {
    return this.rows.ask(request => {
      this.connection.send({ type: 'query', request, query, offset, count, table });
    }, receive);
  }

  /** Asks for the counters of a snapshot; returns a function that cancels. */
  public askCounters(
    snapshot: number | null,
    filter: string,
    receive: (found: FoundCounters) => void,
  ): () => void {
    return this.counters.ask(request => {
      this.connection.send({ type: 'counters', request, snapshot, filter });
    }, receive);
  }

  public receive(message: RowsMessage | CountersMessage): void {
    if (message.type === 'rows') {
      this.rows.receive(message);
    } else {
      this.counters.receive(message);
    }
  }

  /** A new reading of the dump: answers about the old one are not wanted. */
  public forget(revision: number): void {
    this.rows.forget(revision);
    this.counters.forget(revision);
  }
}
