import type { Report } from '../extension/suite/protocol';

/** Shows one report of the suite on the terminal. */
export function printReport(report: Report): void {
  switch (report.kind) {
    case 'pass':
      console.log(`  ✓ ${report.title.join(' › ')} (${report.milliseconds} ms)`);
      break;
    case 'pending':
      console.log(`  - ${report.title.join(' › ')}`);
      break;
    case 'retry':
    case 'fail':
      console.log(
        `  ${report.kind === 'retry' ? 'again:' : '✗'} ${report.title.join(' › ')}\n${report.error.replace(/^/gm, '      ')}`,
      );
      break;
    case 'end':
      console.log(`  (${report.host})`);
      break;
  }
}
