import { Field } from '../model/field';
import { LineClass } from '../model/lineClass';
import { protocolWord } from '../vocabulary/protocol';
import type { Row } from '../model/row';
import { FlowFlag } from '../model/row';
import { State } from '../vocabulary/state';
import { SocketTable } from '../model/socketTable';
import { isRule, nameOn, timeInFileName, type Title } from './around/fileTitle';
import { isOmission } from './around/omission';
import { Line } from '../parsing/line';
import type { Prompt } from './around/prompt';
import { timeOf, zoneOf } from './around/timestamps';
import { HostRuns } from './moments/hostRuns';
import { Recognizer } from './recognizer';
import { RowStamps } from './moments/rowStamps';
import { SnapshotBuilder } from './moments/snapshots';
import type { Introduction } from './moments/section';

const NOTHING: Introduction = {
  heading: false,
  certain: false,
  key: '',
  time: null,
  zone: null,
  host: null,
  source: null,
  unprivileged: false,
  listing: null,
  sorted: false,
  protocol: 0,
  state: State.None,
};

/** Most words of a line that names a machine: `*** host = web-1 ***`. */
const WORDS_OF_NAME = 5;

/** Puts what lines say into a table of sockets and into snapshots. */
export class DumpBuilder {
  public readonly table = new SocketTable();
  protected readonly snapshots = new SnapshotBuilder(this.table);
  protected readonly recognizer = new Recognizer();
  protected readonly line = new Line();
  protected readonly hosts = new HostRuns();
  protected readonly stamps = new RowStamps();
  protected readonly unrecognized: number[] = [];
  /** The protocol that the rows below the last header turned out to be of. */
  protected sectionProtocol = 0;
  /** What the last command asked for only. */
  protected askedProtocol = 0;
  protected askedState: State = State.None;
  /** The last line, where it names whose the lines below are if they are a listing. */
  protected name: (Title & { readonly line: number }) | undefined;
  /** Whether the last line is a rule. */
  private ruled = false;
  /** Whether the last command prints the name of its machine first. */
  private expectsName = false;
  /** What it asks several machines for, whose names stand in its output. */
  private ofSeveral: Partial<Introduction> | undefined;

  /** Whether the last line, of text, says something of the dump around it. */
  protected get saysSomething(): boolean {
    const { moment, prompt, source, unprivileged, hasSign } = this.recognizer;
    return (
      moment !== undefined || prompt !== undefined || source !== null || unprivileged || hasSign
    );
  }

  protected addSocket(row: Row, text: string, number: number): number {
    const { recognizer, snapshots, table } = this;
    if (
      this.sectionProtocol !== 0 &&
      !row.has(Field.Protocol) &&
      protocolWord(row.protocol).family === null
    ) {
      row.protocol = this.sectionProtocol;
    } else if (row.impliesProtocol && recognizer.layout !== undefined) {
      this.sectionProtocol = row.protocol;
      snapshots.implyProtocol(table.length, row.protocol);
    }
    if (this.askedState !== State.None && !row.has(Field.State)) {
      row.state = this.askedState;
    }
    if (recognizer.dialect !== undefined) {
      if (recognizer.host !== null) {
        snapshots.sawHost(recognizer.host);
      }
      const { dialect, layout, stamp } = recognizer;
      if (dialect.flows === true) {
        row.flow |= FlowFlag.Flow;
      }
      snapshots.add(number, table.length, row.protocol, dialect, layout, stamp);
      if (stamp !== null) {
        this.stamps.add(table.length, number, stamp);
      }
    }
    this.hosts.add(table.length, recognizer.host);
    return table.append(row, text, number);
  }

  protected addCounters(number: number): void {
    const { recognizer, snapshots, table } = this;
    const { counters, host, stamp } = recognizer;
    if (host !== null) {
      snapshots.sawHost(host);
    }
    snapshots.count(number, table.length, counters, stamp);
  }

  protected addOther(kind: LineClass, number: number): void {
    const { recognizer, snapshots } = this;
    const { host, moment, prompt, source } = recognizer;
    const rows = this.table.length;
    if (host !== null) {
      snapshots.sawHost(host);
    }
    if (kind === LineClass.Header) {
      const key = this.line.rest(0);
      // Each of several hosts prints its own header, among the rows of the others.
      if (!this.hosts.isNew(host, rows) && !snapshots.takesSorted(key, rows, recognizer.dialect)) {
        this.introduce(number, { heading: true, key, time: this.stampTime() });
      }
      this.beginSection();
    } else if (kind === LineClass.Unrecognized) {
      this.unrecognized.push(number);
    } else if (source !== null) {
      this.beginOutput(number, { host: null, source });
    } else if (prompt !== undefined && moment === undefined) {
      const asked = this.takePrompt(prompt);
      if (prompt.dump) {
        this.introduce(number, asked);
      }
    } else if (recognizer.unprivileged) {
      this.introduce(number, { unprivileged: true });
    } else if (moment !== undefined) {
      const time = moment.time ?? this.stampTime();
      const zone = moment.time === null ? null : zoneOf(this.line.rest(0));
      const title = { heading: true, certain: true, time, zone };
      if (prompt === undefined) {
        const asked = moment.host === null ? undefined : this.ofSeveral;
        this.introduce(number, { ...title, host: moment.host, ...asked });
      } else {
        // A command may run on another machine than the one that the title of `watch` names.
        this.introduce(number, { ...title, ...this.takePrompt(prompt) });
      }
    } else if (isOmission(this.line.rest(0))) {
      snapshots.leaveOut(rows);
    }
  }

  /** Takes note of a command; returns what it says of the rows below. */
  private takePrompt(prompt: Prompt): Partial<Introduction> {
    const { listing, names, several, sorted, protocol, state } = prompt;
    const asked = { listing, sorted, protocol, state };
    this.askedProtocol = protocol;
    this.askedState = state;
    this.beginSection();
    this.snapshots.sawPrompt(prompt);
    this.expectsName = names;
    this.ofSeveral = several ? asked : undefined;
    return asked;
  }

  /**
   * Finds out whose a listing is: by the name on the line above it, or the one that `hostname` has
   * printed.
   */
  protected readName(kind: LineClass, number: number): void {
    const { expectsName, line, name, recognizer, ruled } = this;
    const { host, moment, prompt, unprivileged } = recognizer;
    const isText = kind === LineClass.Text;
    const begins = isText
      ? moment !== undefined || prompt?.dump === true
      : kind !== LineClass.Unrecognized;
    if (name !== undefined && begins && host === null) {
      this.beginOutput(name.line, name);
    }
    const isShort = isText && line.count <= WORDS_OF_NAME;
    const text = isShort ? line.rest(0) : '';
    this.ruled = isShort && isRule(text);
    if (this.ruled || unprivileged) {
      return;
    }
    const isName = isShort && !this.saysSomething;
    const found = isName ? nameOn(text, expectsName || this.ofSeveral !== undefined) : null;
    // A bare word may be the end of a row, or what some command has printed.
    const isTitle = found !== null && !expectsName && (found.source !== text || ruled);
    this.name = isTitle ? { ...found, line: number } : undefined;
    this.expectsName &&= moment !== undefined;
    if (found !== null && expectsName) {
      this.introduce(number, { host: found.host });
    }
  }

  /** What follows is of a file or machine that a line introduces. */
  private beginOutput(number: number, { host, source }: Title): void {
    const time = source === null ? this.stampTime() : timeInFileName(source);
    const asked = host === null ? undefined : this.ofSeveral;
    this.introduce(number, { heading: true, certain: true, time, host, source, ...asked });
    if (source !== null) {
      this.askedProtocol = 0;
      this.askedState = State.None;
    }
    this.beginSection();
  }

  /** The rows below may be of another protocol than those above. */
  protected beginSection(): void {
    this.snapshots.beginSection(this.table.length);
    this.sectionProtocol = this.askedProtocol;
  }

  protected introduce(line: number, what: Partial<Introduction>): void {
    this.snapshots.introduce(line, this.table.length, { ...NOTHING, ...what });
  }

  /** The time that the line's prefix says. */
  private stampTime(): string | null {
    const { stamp } = this.recognizer;
    return stamp === null ? null : (timeOf(stamp) ?? null);
  }
}
