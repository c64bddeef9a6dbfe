/** What `--help` prints. */
export const USAGE = `Usage:
  netstat-lens [analyze] [OPTION ...] [FILE ...]
  netstat-lens diff [--snapshots N,M] [OPTION ...] FILE [FILE]
  netstat-lens explain STATE
  netstat-lens capture [--tool TOOL]
  netstat-lens watch [--interval SECONDS] [--count N] [OPTION ...]

Reads socket dumps (netstat, ss, lsof and the like) and says which program leaks
connections, who closed them, and what to do. Without FILE, or for -, reads
standard input. A FILE that is a folder stands for the dumps in it.

Options of analyze:
  --format text|json|markdown|csv|ndjson
                                how to report (text); csv and ndjson list the
                                sockets, ndjson one a line with host and time
  --together                    look at all FILEs as one: connections between
                                hosts, or one host at several times
  --redact                      replace addresses and host names, equal ones alike
  --fail-on info|warning|error  exit with status 1 on a finding this grave or graver
  --threshold NAME=NUMBER       change a rule's threshold; may be repeated
  --thresholds                  list the thresholds and their defaults

  -h, --help                    this text
  -V, --version                 the version

diff says what changed: new, gone, in another state, stuck. Of two files it compares
the last snapshots, of one file the first and the last. It takes --redact and
--format text|json|markdown.
  --snapshots N,M               the N-th and the M-th, counted from 1

capture prints the sockets of this machine, listed by its own tool, below a date.
watch does so every 5 seconds, prints a line on each snapshot, and at the end (after
--count snapshots, or Ctrl-C) the report on all of them. It takes the options of
analyze; with --format json or markdown the lines go to standard error.
  --interval SECONDS            from one snapshot to the next (5)
  --count N                     end after so many
  --tool auto|ss|netstat|lsof|sockstat|powershell|proc
                                what lists the sockets (auto)

explain takes any system's spelling: CLOSE_WAIT, FIN-WAIT-2, TimeWait, 08.

Exit status: 0 done; 1 --fail-on was met; 2 wrong usage, a file that can't be
read, no socket found, or the sockets of this machine cannot be listed.
`;
