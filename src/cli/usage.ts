/** What `--help` prints. */
export const USAGE = `Usage:
  netstat-lens [analyze] [OPTION ...] [FILE ...]
  netstat-lens explain STATE

Reads socket dumps (netstat, ss, lsof and the like) and says which program leaks
connections, who closed them, and what to do. Without FILE, or for -, reads
standard input.

Options of analyze:
  --format text|json|markdown   how to report (text)
  --fail-on info|warning|error  exit with status 1 on a finding this grave or graver
  --threshold NAME=NUMBER       change a rule's threshold; may be repeated
  --thresholds                  list the thresholds and their defaults

  -h, --help                    this text
  -V, --version                 the version

explain takes any system's spelling: CLOSE_WAIT, FIN-WAIT-2, TimeWait, 08.

Exit status: 0 done; 1 --fail-on was met; 2 wrong usage, a file that can't be
read, or no socket found.
`;
