import type { Column, Sort } from '../core/query/columns';
import type { PanelModel } from '../core/viewModel/schema';
import type { HostToPanel, PanelQuery, RevealTarget } from '../shared/panel/messages';
import type { Connection } from './connection';
import { Rows } from './rows';
import { Words } from './words';

/** Everything that the page shows. A new object with every change. */
export interface View {
  /** Undefined until the extension has answered. */
  readonly words: Words | undefined;
  readonly model: PanelModel | undefined;
  readonly revision: number;
  /** Whether there is nothing to show. */
  readonly gone: boolean;
  readonly snapshot: number | null;
  readonly filter: string;
  /** Of the list of counters. */
  readonly counterFilter: string;
  readonly sort: Sort | null;
  /** Columns that the user chose; empty for those that say most. */
  readonly columns: readonly Column[];
  /** Keys of what is unfolded. */
  readonly open: ReadonlySet<string>;
  readonly redact: boolean;
  readonly revealed: { readonly count: number; readonly index: number };
  readonly selection: {
    readonly rows: ReadonlySet<number>;
    readonly count: number;
    readonly position: number | null;
  };
  /** Key of the finding to scroll to; null for none. */
  readonly target: string | null;
  /** What a screen reader says next. */
  readonly said: string;
}

type ModelMessage = Extract<HostToPanel, { type: 'model' }>;
type StartMessage = Extract<HostToPanel, { type: 'start' }>;

const KEEP_MS = 250;

/** The state of the page and all that the user can do. */
export class Store {
  public view: View;
  public readonly rows: Rows;
  /** Scroll positions: they change too often to be part of the view. */
  public readonly scroll: { page: number; tableRow: number };

  private source = '';
  /** Whether nothing was kept, and nothing shown yet. */
  private fresh: boolean;
  private table: ((position: number) => void) | undefined;
  private readonly listeners = new Set<() => void>();
  private keeping: ReturnType<typeof setTimeout> | undefined;

  public constructor(private readonly connection: Connection) {
    const kept = connection.kept();
    this.fresh = kept === undefined;
    this.view = {
      words: undefined,
      model: undefined,
      revision: 0,
      gone: false,
      snapshot: kept?.snapshot ?? null,
      filter: kept?.filter ?? '',
      counterFilter: kept?.counterFilter ?? '',
      sort: kept?.sort ?? null,
      columns: kept?.columns ?? [],
      open: new Set(kept?.open ?? (window.innerWidth >= WIDE ? [DIAGRAM_KEY] : [])),
      redact: kept?.redact ?? false,
      revealed: { count: 0, index: 0 },
      selection: { rows: new Set(), count: 0, position: null },
      target: null,
      said: '',
    };
    this.scroll = { page: kept?.scroll ?? 0, tableRow: kept?.tableRow ?? 0 };
    this.rows = new Rows(connection);
    connection.listen(message => {
      this.receive(message);
    });
    connection.send({ type: 'ready', snapshot: this.view.snapshot });
  }

  public subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  // #region What the user does

  public setFilter(filter: string): void {
    this.change({ filter });
  }

  public setCounterFilter(counterFilter: string): void {
    this.change({ counterFilter });
  }

  public setSort(sort: Sort | null): void {
    this.change({ sort });
  }

  public setColumns(columns: readonly Column[]): void {
    this.change({ columns });
  }

  public setRedact(redact: boolean): void {
    this.change({ redact });
  }

  public setSnapshot(snapshot: number | null): void {
    this.change({ snapshot });
    this.connection.send({ type: 'snapshot', snapshot });
  }

  /** Asks what changed since another snapshot; null to ask no more. */
  public compare(before: number | 'previous' | null): void {
    this.connection.send({ type: 'compare', before });
  }

  public toggle(key: string): void {
    const open = new Set(this.view.open);
    if (!open.delete(key)) {
      open.add(key);
    }
    this.change({ open });
  }

  public reveal(target: RevealTarget, focus = false): void {
    this.connection.send({ type: 'reveal', target, focus });
  }

  /** The finding that was to be scrolled to is in sight. */
  public arrived(): void {
    this.change({ target: null });
  }

  /** Shows the lines of the sockets that a filter finds in the snapshot on view. */
  public revealFilter(filter: string): void {
    this.reveal({ kind: 'filter', snapshot: this.view.snapshot, filter });
  }

  /** Searches the workspace for the code that a finding is about. */
  public search(key: string): void {
    this.connection.send({ type: 'search', snapshot: this.view.snapshot, key });
  }

  public step(by: 1 | -1): void {
    this.connection.send({ type: 'step', by });
  }

  public dismiss(): void {
    this.connection.send({ type: 'dismiss' });
  }

  public refresh(): void {
    this.connection.send({ type: 'refresh' });
  }

  public copy(text: string): void {
    this.connection.send({ type: 'copy', text });
  }

  public export(format: 'markdown' | 'csv' | 'json', to: 'clipboard' | 'file'): void {
    const { redact } = this.view;
    this.connection.send({ type: 'export', format, to, redact, query: this.query() });
  }

  /** Scrolls the table to a row, counted in its result. */
  public goTo(position: number): void {
    this.table?.(position);
  }

  /** The table tells how it is scrolled. */
  public onGoTo(table: (position: number) => void): void {
    this.table = table;
  }

  /** Has the table list what a filter finds, in an order if there is one. */
  public list(filter: string, sort: Sort | null = this.view.sort): void {
    this.change({ filter, sort });
    document.getElementById('sockets-title')?.scrollIntoView();
  }

  /** What the table lists. */
  public query(): PanelQuery {
    const { snapshot, filter, sort } = this.view;
    return { snapshot, filter, sort };
  }

  /** Keeps what would be lost when the page is hidden. */
  public keepSoon(): void {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => {
      this.keep();
    }, KEEP_MS);
  }

  // #endregion

  private receive(message: HostToPanel): void {
    switch (message.type) {
      case 'start':
        this.start(message);
        return;
      case 'model':
        this.show(message);
        return;
      case 'gone':
        // What could be read last is kept, but said of no dump that it is not true of.
        this.change({ gone: true, model: message.readable ? undefined : this.view.model });
        return;
      case 'rows':
      case 'counters':
        this.rows.receive(message);
        return;
      case 'revealed':
        this.change({ revealed: { count: message.count, index: message.index } });
        return;
      case 'selection': {
        const { rows, count, position } = message;
        this.change({ selection: { rows: new Set(rows), count, position } });
        return;
      }
      case 'finding':
        this.goToFinding(message.key);
        return;
      case 'said':
        this.change({ said: message.text });
        return;
    }
  }

  private goToFinding(key: string): void {
    if (this.view.snapshot !== null) {
      this.setSnapshot(null);
    }
    const open = new Set([...this.view.open, findingKey(key), ALL_FINDINGS_KEY]);
    this.change({ target: key, open });
  }

  private show({ model, revision }: ModelMessage): void {
    this.rows.forget(revision);
    const first = model.findings[0];
    const open =
      this.fresh && first?.severity === 'error'
        ? new Set([...this.view.open, findingKey(first.key)])
        : this.view.open;
    this.fresh = false;
    this.change({ model, revision, open, gone: false });
  }

  private start({ strings, locale, source }: StartMessage): void {
    this.source = source;
    this.change({ words: new Words(strings, locale) });
    this.keep();
  }

  private change(part: Partial<View>): void {
    this.view = { ...this.view, ...part };
    for (const listener of this.listeners) {
      listener();
    }
    this.keepSoon();
  }

  private keep(): void {
    if (this.source === '') {
      return;
    }
    const { snapshot, filter, counterFilter, sort, columns, open, redact } = this.view;
    this.connection.keep({
      version: 1,
      source: this.source,
      snapshot,
      filter,
      counterFilter,
      sort: sort === null ? null : { ...sort },
      columns: [...columns],
      open: [...open].slice(0, 1000),
      redact,
      scroll: this.scroll.page,
      tableRow: this.scroll.tableRow,
    });
  }
}

/** Pixels from which on the page has two columns; the style sheet has the same number. */
const WIDE = 1280;

/** The key of a finding's fold. */
export function findingKey(key: string): string {
  return `finding ${key}`;
}

/** The key of "Show all" below the findings. */
export const ALL_FINDINGS_KEY = 'findings-all';

/** The key of "Show all" below the remote addresses. */
export const ALL_REMOTES_KEY = 'remotes-all';

/** The diagram is large: it is open from the start only where there is room beside the bars. */
export const DIAGRAM_KEY = 'diagram';
