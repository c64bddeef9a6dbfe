import type { FilterProblem } from '../core/query/fields';
import type { RowView } from '../core/viewModel/schema';
import type { HostToPanel, PanelQuery } from '../shared/panel/messages';
import type { Connection } from './connection';

type RowsMessage = Extract<HostToPanel, { type: 'rows' }>;

/** Some rows of a query's result. */
export interface Page {
  readonly total: number;
  readonly rows: readonly RowView[];
  readonly problem: FilterProblem | null;
}

/** Asks for rows and hands them to those who asked. */
export class Rows {
  private readonly waiting = new Map<number, (page: Page) => void>();
  private requests = 0;
  private revision = 0;

  public constructor(private readonly connection: Connection) {}

  /**
   * Asks for `count` rows from `offset` on; gives a function that cancels. There may be no
   * answer: after a change of the dump nobody wants it any more.
   */
  public ask(
    query: PanelQuery,
    offset: number,
    count: number,
    table: boolean,
    receive: (page: Page) => void,
  ): () => void {
    const request = ++this.requests;
    this.waiting.set(request, receive);
    this.connection.send({ type: 'query', request, query, offset, count, table });
    return () => {
      this.waiting.delete(request);
    };
  }

  public receive(message: RowsMessage): void {
    const receive = this.waiting.get(message.request);
    this.waiting.delete(message.request);
    if (message.revision === this.revision) {
      receive?.(message);
    }
  }

  /** A new reading of the dump: answers about the old one are not wanted. */
  public forget(revision: number): void {
    this.revision = revision;
    this.waiting.clear();
  }
}
