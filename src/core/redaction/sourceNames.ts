/** What may stay of a file's name; none of these is taken for a part of a host's name. */
const EXTENSION = /\.(?:csv|dat|dump|json|log|netstat|out|txt)$/i;

/** Other names for files: `host-1.netstat`, `host-1.dump2.netstat`, `dump3.txt`. */
export class SourceNames {
  private readonly given = new Map<string, string>();
  /** How many files there are of each host, and of none. */
  private readonly counts = new Map<string | null, number>();

  /** `hostName` gives another name for that of a host. */
  public constructor(private readonly hostName: (name: string) => string) {}

  /** Stands for the name of a file that is of `host`, as far as the name tells. */
  public of(name: string, host: string | null): string {
    if (name === '' || name === '-') {
      return name;
    }
    let other = this.given.get(name);
    if (other === undefined) {
      // Names that say of the same host do so afterwards, and no two are equal.
      const base = host === null ? null : this.hostName(host);
      const count = (this.counts.get(base) ?? 0) + 1;
      this.counts.set(base, count);
      const number = base !== null && count === 1 ? [] : [`dump${count}`];
      other = [...(base === null ? [] : [base]), ...number].join('.') + extensionOf(name);
      this.given.set(name, other);
    }
    return other;
  }
}

function extensionOf(name: string): string {
  return EXTENSION.exec(name)?.[0].toLowerCase() ?? '';
}
