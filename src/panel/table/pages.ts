import type { FilterProblem } from '../../core/query/condition';
import type { RowView } from '../../core/viewModel/schema';
import type { PanelQuery } from '../../shared/panel/messages';
import type { Page, Rows } from '../rows';

const PAGE = 100;
/** Pages kept: some thousand rows around what is in sight. */
const KEPT = 60;

/**
 * The rows of the table's query as far as they have been asked for. When the dump or the query
 * changes, rows of before are shown until those of now are there, so that nothing flickers.
 */
export class Pages {
  public total = 0;
  public problem: FilterProblem | null = null;
  /** Whether the first answer to the query has come. */
  public settled = false;

  private pages = new Map<number, readonly RowView[]>();
  private stale = new Map<number, readonly RowView[]>();
  private asked = new Set<number>();
  private cancels: (() => void)[] = [];
  private query: PanelQuery | undefined;

  public constructor(
    private readonly rows: Rows,
    private readonly onChange: () => void,
  ) {}

  /** Begins anew with a query. */
  public reset(query: PanelQuery): void {
    this.cancel();
    this.query = query;
    if (this.pages.size > 0) {
      this.stale = this.pages;
    }
    this.pages = new Map();
    this.asked = new Set();
    this.settled = false;
  }

  public cancel(): void {
    for (const cancel of this.cancels.splice(0)) {
      cancel();
    }
  }

  /** Row at a position, if it is there; asks for nothing. */
  public get(position: number): RowView | undefined {
    const page = Math.floor(position / PAGE);
    return (this.pages.get(page) ?? this.stale.get(page))?.[position % PAGE];
  }

  /** Sees to it that the rows of `[first, end)` come, and those around them. */
  public want(first: number, end: number): void {
    const from = Math.max(0, Math.floor(first / PAGE) - 1);
    const to = Math.ceil(Math.max(end, 1) / PAGE);
    for (let page = from; page <= to; page++) {
      const beyond = this.settled ? page * PAGE >= this.total : page > from;
      if (!beyond || (page === 0 && !this.settled)) {
        this.ask(page);
      }
    }
    if (!this.settled && !this.asked.has(Math.floor(first / PAGE))) {
      this.ask(Math.floor(first / PAGE));
    }
  }

  private ask(page: number): void {
    const { query } = this;
    if (query === undefined || this.asked.has(page)) {
      return;
    }
    this.asked.add(page);
    const cancel = this.rows.ask(query, page * PAGE, PAGE, true, answer => {
      this.receive(page, answer);
    });
    this.cancels.push(cancel);
  }

  private receive(page: number, { total, rows, problem }: Page): void {
    this.problem = problem;
    if (problem === null) {
      this.total = total;
      this.pages.set(page, rows);
      this.stale.delete(page);
      if (!this.settled) {
        for (const old of this.stale.keys()) {
          if (old * PAGE >= total) {
            this.stale.delete(old);
          }
        }
      }
      this.forgetOldest();
    }
    this.settled = true;
    this.onChange();
  }

  private forgetOldest(): void {
    for (const [oldest] of this.pages) {
      if (this.pages.size <= KEPT) {
        return;
      }
      this.pages.delete(oldest);
      this.asked.delete(oldest);
    }
  }
}
