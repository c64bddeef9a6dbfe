import { isBetweenHosts, LINK_LINE, NameLearner } from './nameLearner';
import { renamed } from '../model/renaming';
import { getOrAdd } from '../model/maps';
import { hostOfFileName } from '../analysis/hosts/hostNames';
import { NO_OWNER_REMARKS } from '../dialects/windows/windowsWords';
import type { Dump } from '../reading/dump';
import type { Counter } from '../model/counter';
import type { Snapshot } from '../model/snapshot';
import { Field, type FieldSpan } from '../model/field';
import { LineClass } from '../model/lineClass';
import { parseAddress } from '../vocabulary/address';
import { runToEnd, type Task } from '../model/task';
import { dialects } from '../dialects';
import { isKnownState } from '../vocabulary/stateSpellings';
import { fileOfTitle, fileTitle, nameOn, titleOf } from '../reading/around/fileTitle';
import { locate, type LocatedLine } from '../reading/locate';
import { KnownNames } from './knownNames';
import { Pseudonyms } from './pseudonyms';
import { Search, TextRedactor } from './redactText';
import { SourceNames } from './sourceNames';
import { isHostTitle, partsOf } from './title';

/** The names of a machine and of a container or namespace on it: `web-1/netns-blue`. */
function partsOfHost(host: string): RegExpStringIterator<RegExpExecArray> {
  return host.matchAll(/(netns-|jail-|)([^/]+)/g);
}

/** Fields that hold others, or what is searched with the text around it. */
const SEARCHED: ReadonlySet<Field> = new Set([Field.Local, Field.Remote, Field.Detail]);

const PROC_ADDRESS = /^(?:[\dA-Fa-f]{8}|[\dA-Fa-f]{32})$/;
/** `PSComputerName : WEB7` */
const LABELLED = /^(\s{0,20}[A-Za-z]\w{0,60}\s{0,60}:)(.*)$/;
/** What stands before the protocol of a row that nobody could read. */
const PREFIXED = /^(.{1,200}?\s)(?:tcp|udp|unix|raw)\w{0,4}\s/i;
/** What somebody wrote of an interface. */
const ALIAS = /^(\s{2,12}alias )(.*)$/;
/** A name with its value, `PASSWORD=x`, and which names are of what gives access. */
const ASSIGNED = /(?<![\w-])([\w-]{1,80})=["']?([^\s"'&;]+)/g;
const SECRET = /pass|pwd|secret|token|credential|auth|key/i;

/**
 * Takes out of dumps what tells whose they are: addresses, hosts, users, paths, file names and
 * titles of processes get other names (see {@link Pseudonyms}). Ports, process ids and programs
 * stay, since without them a dump explains nothing. Everything that one redactor is given fits
 * together.
 */
export class Redactor {
  private readonly names = new Pseudonyms();
  private readonly known = new KnownNames(this.names);
  private readonly texts = new TextRedactor(this.names, this.known);
  public readonly learner = new NameLearner(this.known);
  private readonly sources = new SourceNames(name => this.names.host(name));

  /** Stands for an address or a host name of a socket between hosts. */
  public address(printed: string): string {
    return this.names.address(printed);
  }

  /** Stands for the name of a machine, which is found from now on wherever else it stands. */
  public host(name: string): string {
    this.learner.learnEnd(name, true);
    return this.names.address(name);
  }

  /**
   * Stands for the name of a file, a folder or a document: those are mostly named after the machine
   * that they are of. `-` for standard input stays.
   */
  public source(name: string): string {
    const host = hostOfFileName(name);
    if (host !== null && /[\d.]/.test(host)) {
      this.known.learnHost(host);
    }
    return this.sources.of(name, host);
  }

  /** The same dump with other names, for analysis and every report. */
  public dump(dump: Dump): Dump {
    return runToEnd(this.dumpInSteps(dump));
  }

  /** The same as {@link dump}, giving way in between. */
  public *dumpInSteps(dump: Dump): Task<Dump> {
    yield* this.learner.learnTable(dump.table);
    for (const { host } of dump.snapshots) {
      for (const [, , name = ''] of partsOfHost(host ?? '')) {
        this.learner.learnEnd(name, true);
      }
    }
    const { names, texts } = this;
    // Components and shared owners stand in row after row.
    const titles = new Map<string, string>();
    const title = (text: string): string => getOrAdd(titles, text, () => this.title(text));
    const table = yield* renamed(dump.table, {
      isBetweenHosts,
      address: (word, between) => (between ? names.address(word) : texts.path(word)),
      service: (word, between) => texts.words(word, between ? Search.Known : Search.Strict),
      process: title,
      component: title,
      user: name => texts.user(name),
      scope: name => texts.scope(name),
      state: word => this.state(word),
      handle: word => texts.words(word, Search.Known),
    });
    return { ...dump, table, snapshots: dump.snapshots.map(of => this.snapshot(of)) };
  }

  /**
   * A line of a dump. `text` is the line itself, `number` its 0-based place. Lines that nobody
   * could read may hold what cannot be told from other words: who sends one should look at it.
   */
  public line(dump: Dump, number: number, text: string): string {
    const file = fileOfTitle(text);
    if (file !== null) {
      return fileTitle(this.source(file));
    }
    const title = titleOf(text) ?? nameOn(text, false);
    const machine = title?.host ?? title?.source;
    if (machine) {
      this.known.learnHost(machine);
    }
    const located = locate(dump, number, text);
    const lettered = located.context?.dialect.lettered;
    if (located.fields.length === 0 && lettered !== undefined) {
      return this.lettered(text, lettered);
    }
    this.learner.learnLine(text);
    if (located.fields.length === 0) {
      return NAMING_INTERFACES.has(located.kind) || LINK_LINE.test(text)
        ? this.lineOfInterfaces(interfacesOf(dump), text)
        : this.lineWithoutFields(located, interfacesOf(dump), text);
    }
    let result = '';
    let done = 0;
    // A line of JSON may hold many sockets.
    for (let at = 0; at !== -1; at = text.indexOf('{', Math.max(done, at + 1))) {
      const record = at === 0 ? located : locate(dump, number, text, at);
      const fields = record.fields.filter(({ start }) => start >= done);
      if (fields.length > 0) {
        const end = Math.max(...fields.map(field => field.end));
        result += this.row(dump, number, text.slice(0, end), done, record, fields);
        done = end;
      }
    }
    return result + this.texts.free(text.slice(done), between(located));
  }

  private lineWithoutFields(
    { kind, context }: LocatedLine,
    links: ReadonlySet<string>,
    text: string,
  ): string {
    const { texts } = this;
    if (context?.dialect.freeColumns === true) {
      const [, name = '', value] = LABELLED.exec(text) ?? [];
      return value === undefined
        ? texts.free(text, Search.Guess)
        : name + texts.words(value, Search.Strict);
    }
    const prefix = kind === LineClass.Unrecognized ? (PREFIXED.exec(text)?.[1] ?? '') : '';
    return texts.prefix(prefix) + this.lineOfInterfaces(links, text.slice(prefix.length));
  }

  /** A line of counters, interfaces or routes, in which names of interfaces stand as words. */
  private lineOfInterfaces(names: ReadonlySet<string>, text: string): string {
    const [, start, alias] = ALIAS.exec(text) ?? [];
    if (start !== undefined) {
      return start + this.texts.words(alias ?? '', Search.Strict);
    }
    let result = '';
    let done = 0;
    for (const { 0: word, index } of text.matchAll(INTERFACE_WORD)) {
      if (names.has(word) || this.learner.links.has(word)) {
        result += this.texts.free(text.slice(done, index), Search.Guess) + this.texts.scope(word);
        done = index + word.length;
      }
    }
    return result + this.texts.free(text.slice(done), Search.Guess);
  }

  /** Any text: everything in it that looks like an address, a host, a user's or a path. */
  public text(text: string): string {
    return text
      .split('\n')
      .map(line => {
        this.learner.learnLine(line);
        return this.lineOfInterfaces(this.learner.links, line);
      })
      .join('\n');
  }

  private snapshot(snapshot: Snapshot): Snapshot {
    const { host, source, counted, interfaces, routes, rules } = snapshot;
    return {
      ...snapshot,
      counted: counted.map(of => ({
        ...of,
        counters: of.counters.map(counter => this.counter(counter)),
      })),
      interfaces: interfaces.map(one => ({ ...one, name: this.link(one.name) })),
      routes: routes.map(route => ({
        ...route,
        destination: this.texts.words(route.destination, Search.Guess),
        gateway: route.gateway === null ? null : this.texts.words(route.gateway, Search.Guess),
        interface: this.link(route.interface),
        table: this.routeTable(route.table),
      })),
      rules: rules.map(rule => ({
        ...rule,
        from: this.network(rule.from),
        to: this.network(rule.to),
        selectors: rule.selectors.replace(AFTER_IF, name => this.link(name) ?? name),
        table: this.routeTable(rule.table),
      })),
      host:
        host === null
          ? null
          : Array.from(
              partsOfHost(host),
              ([, kind = '', name = '']) => kind + this.names.address(name),
            ).join('/'),
      source: source === null ? null : this.source(source),
    };
  }

  /** The name of an interface, which Windows calls by an address. */
  private link(name: string | null): string | null {
    return name === null
      ? null
      : parseAddress(name) !== null
        ? this.names.address(name)
        : this.texts.scope(name);
  }

  /** Names of counters are the kernel's; where a section holds other words, they may be any. */
  private counter(counter: Counter): Counter {
    const { name, raw, interface: of } = counter;
    return {
      ...counter,
      name: this.texts.words(name, Search.Guess),
      raw: raw === of ? this.texts.scope(raw) : this.texts.words(raw, Search.Guess),
      interface: this.link(of),
    };
  }

  /** The part of a row from `done` on, of which it is known what stands where. */
  private row(
    dump: Dump,
    number: number,
    text: string,
    done: number,
    located: LocatedLine,
    fields: readonly FieldSpan[],
  ): string {
    const { socket, kind, context } = located;
    const hosts = socket === null || isBetweenHosts(dump.table.protocol[socket]!);
    // In records every value stands behind its name.
    const isRow = kind === LineClass.Socket && dump.records.at(number, 0) === undefined;
    const isJson = context?.dialect.escaped === true;
    const search = isRow ? between(located) : Search.Dotted;
    let result = '';
    let at = done;
    for (const { field, start, end } of fields) {
      if (start < at || SEARCHED.has(field)) {
        continue;
      }
      const before = text.slice(at, start);
      const value = text.slice(start, end);
      result += at === 0 && isRow ? this.texts.prefix(before) : this.texts.free(before, search);
      result +=
        isJson && field === Field.Process
          ? inJson(value, plain => this.field(plain, field, hosts))
          : this.field(value, field, hosts);
      at = end;
    }
    return result + this.texts.free(text.slice(at), search);
  }

  /** A line that says something of the sockets below: each field behind its letter. */
  private lettered(text: string, fields: Readonly<Record<string, Field>>): string {
    return text
      .split('\0')
      .map(printed => {
        const [letter, value] = [printed.slice(0, 1), printed.slice(1)];
        const field = fields[letter];
        return letter + (field === undefined ? this.text(value) : this.field(value, field, true));
      })
      .join('\0');
  }

  private field(value: string, field: Field, betweenHosts: boolean): string {
    const { texts } = this;
    switch (field) {
      case Field.LocalAddress:
      case Field.RemoteAddress:
        return !betweenHosts
          ? texts.path(value)
          : PROC_ADDRESS.test(value)
            ? texts.procAddress(value)
            : this.address(value);
      case Field.LocalPort:
      case Field.RemotePort:
        return texts.words(value, betweenHosts ? Search.Known : Search.Strict);
      case Field.LocalScope:
      case Field.RemoteScope:
        return texts.scope(value);
      case Field.Process:
      case Field.Component:
        return this.title(value);
      case Field.User:
        return texts.user(value);
      case Field.State:
        return this.state(value);
      default:
        return texts.words(value, Search.Known);
    }
  }

  /** The title of a process: what its program is called stays, of the rest only plain words do. */
  private title(text: string): string {
    if (NO_OWNER_REMARKS.has(text)) {
      return text;
    }
    const { texts } = this;
    const { before, program, rest } = partsOf(text);
    const hidden = rest.includes('=')
      ? rest.replace(ASSIGNED, (all, name: string, value: string) =>
          SECRET.test(name) ? `${name}=${this.names.name('name', value)}` : all,
        )
      : rest;
    return (
      texts.words(before, Search.Strict) +
      (isHostTitle(program) ? this.names.host(program) : texts.words(program, Search.Known)) +
      texts.words(hidden, Search.Title)
    );
  }

  private routeTable(table: string | null): string | null {
    return isNamed(table) ? this.texts.scope(table) : table;
  }

  /** The network of a rule of routing: `10.0.0.0/8`. */
  private network(of: string | null): string | null {
    const [address = '', ...length] = of?.split('/') ?? [];
    return of === null ? null : [this.texts.words(address, Search.Guess), ...length].join('/');
  }

  /** A state that nobody knows may be any word. */
  private state(word: string): string {
    return isKnownState(word) || isStateOfFlow(word) ? word : this.texts.path(word).toUpperCase();
  }
}

const NAMING_INTERFACES: ReadonlySet<LineClass> = new Set([
  LineClass.Counter,
  LineClass.Interface,
  LineClass.Route,
]);
const INTERFACE_WORD = /[\w.-]+/g;
/** What stands behind `iif` and `oif`. */
const AFTER_IF = /(?<=\b[io]if )\S+/g;

/** Whether somebody gave a table of routes its name, and not the kernel. */
function isNamed(table: string | null): table is string {
  return table !== null && !/^(?:\d+|main|local|default|\[l3mdev-table\])$/.test(table);
}

/** The interfaces and tables of routes that a dump names. */
const interfaces = new WeakMap<Dump, ReadonlySet<string>>();

function interfacesOf(dump: Dump): ReadonlySet<string> {
  let names = interfaces.get(dump);
  if (names === undefined) {
    const found = new Set<string>();
    const add = (name: string | null): void => {
      if (name !== null) {
        found.add(name);
      }
    };
    for (const { counted, interfaces: own, routes, rules } of dump.snapshots) {
      counted.forEach(({ counters }) => counters.forEach(counter => add(counter.interface)));
      own.forEach(({ name }) => add(name));
      routes.forEach(route => {
        add(route.interface);
        add(isNamed(route.table) ? route.table : null);
      });
      rules.forEach(({ table, selectors }) => {
        add(isNamed(table) ? table : null);
        (selectors.match(AFTER_IF) ?? []).forEach(add);
      });
    }
    names = found;
    interfaces.set(dump, names);
  }
  return names;
}

/** State words that formats declare, and both halves of those of two. */
const DECLARED_STATES: ReadonlySet<string> = new Set(
  dialects
    .flatMap(({ stateWords }) => Object.keys(stateWords ?? {}))
    .flatMap(word => [word, ...word.split(':')]),
);

/** Whether a word is a format's own state, or two halves that are states or numbers (pf). */
function isStateOfFlow(word: string): boolean {
  const halves = word.split(':');
  return (
    DECLARED_STATES.has(word) ||
    (halves.length === 2 &&
      halves.every(
        half => DECLARED_STATES.has(half) || isKnownState(half) || /^\d{1,3}$/.test(half),
      ))
  );
}

/** How what stands between the fields of a row is looked at. */
function between({ context }: LocatedLine): Search {
  return context?.dialect.freeColumns === true ? Search.Strict : Search.Dotted;
}

/** Changes a string that stands in JSON, whose escapes are no part of it. */
function inJson(printed: string, change: (plain: string) => string): string {
  if (!printed.includes('\\')) {
    return change(printed);
  }
  try {
    return JSON.stringify(change(JSON.parse(`"${printed}"`) as string)).slice(1, -1);
  } catch {
    return change(printed);
  }
}
