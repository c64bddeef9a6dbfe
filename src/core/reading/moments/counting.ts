import { type Counted, type Counter, counterKey } from '../../model/counter';
import type { Interface } from '../../model/interface';
import type { PolicyRule, Route } from '../../model/route';
import type { CounterBlock, CounterFormat } from '../../parsing/counterFormat';
import type { CounterReader } from '../../statistics/counterReader';

/** What one format tells in a section. */
export class Counting {
  public readonly counters: Counter[] = [];
  public readonly interfaces: Interface[] = [];
  public readonly routes: Route[] = [];
  public readonly rules: PolicyRule[] = [];
  private readonly keys = new Set<string>();
  private readonly titles = new Set<string>();
  private readonly sections = new Set<string>();

  public constructor(private readonly source: CounterFormat) {}

  public get size(): number {
    const { counters, interfaces, routes, rules } = this;
    return counters.length + interfaces.length + routes.length + rules.length;
  }

  public add(line: number, reader: CounterReader): void {
    const { source } = this;
    const { found, block, interfaces, routes, rules, again } = reader;
    if (block !== undefined) {
      this.titles.add(titleOf(block, reader));
    }
    if (block?.sparse === true) {
      this.sections.add(block.title);
    }
    for (const counter of found) {
      this.keys.add(counterKey(counter));
      this.counters.push({ ...counter, line });
    }
    for (const link of interfaces) {
      const above = again ? this.interfaces.pop() : undefined;
      this.interfaces.push({ ...link, line: above?.line ?? line, source });
    }
    for (const route of routes) {
      const above = again ? this.routes.pop() : undefined;
      this.routes.push({ ...route, line: above?.line ?? line, source });
    }
    for (const rule of rules) {
      this.rules.push({ ...rule, line });
    }
  }

  /** Whether a title, or a counter that stands without one, is here already. */
  public has(reader: CounterReader): boolean {
    const { found, block, isTitle } = reader;
    return block === undefined
      ? found.some(counter => this.keys.has(counterKey(counter)))
      : isTitle && this.titles.has(titleOf(block, reader));
  }

  public absorb(other: Counting): void {
    other.counters.forEach(counter => this.counters.push(counter));
    other.interfaces.forEach(link => this.interfaces.push(link));
    other.routes.forEach(route => this.routes.push(route));
    other.rules.forEach(rule => this.rules.push(rule));
    other.keys.forEach(key => this.keys.add(key));
    other.titles.forEach(title => this.titles.add(title));
    other.sections.forEach(section => this.sections.add(section));
  }

  public copy(): Counting {
    const copy = new Counting(this.source);
    copy.absorb(this);
    return copy;
  }

  public get counted(): Counted {
    return { source: this.source, counters: this.counters, sections: [...this.sections] };
  }
}

/** What tells a title from others: tables of routes that a command asked for may begin alike. */
function titleOf({ title }: CounterBlock, { counting }: CounterReader): string {
  return counting.table === null ? title : `${title} ${counting.table}`;
}
