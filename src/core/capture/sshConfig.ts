/** What a file of ssh's client configuration says of hosts. */
interface SshHosts {
  /** Names that are no patterns, in order. */
  readonly hosts: readonly string[];
  /** Files that it includes, as it names them: patterns of a shell. */
  readonly includes: readonly string[];
}

/** Longer lines are of no host that anyone types. */
const LONGEST = 4096;
/** A name may not be an option, nor hold what a message or a shell would do something with. */
const NAME = /^\w[\w.:@%+-]{0,254}$/;

/** Reads `Host` and `Include` of ssh_config(5). */
export function readSshConfig(text: string): SshHosts {
  const hosts = new Set<string>();
  const includes = new Set<string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, keyword = '', rest = ''] =
      line.length > LONGEST ? [] : (/^[ \t]*(host|include)([ \t="].*)$/i.exec(line) ?? []);
    for (const name of wordsOf(rest.replace(/^[ \t]*=/, ''))) {
      if (keyword.toLowerCase() === 'include') {
        includes.add(name);
      } else if (NAME.test(name)) {
        hosts.add(name);
      }
    }
  }
  return { hosts: [...hosts], includes: [...includes] };
}

/** Words between blanks or double quotes, up to a comment. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const [, between, plain = ''] of text.matchAll(/"([^"]*)"|([^\s"]+)/g)) {
    if (between === undefined && plain.startsWith('#')) {
      break;
    }
    words.push(between ?? plain);
  }
  return words;
}
