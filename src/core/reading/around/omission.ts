/**
 * Whether a line says that others were left out where it stands: `...`, `<snip>`,
 * `[... 70 lines snipped ...]`, `--snip--`, `output truncated`.
 */
export function isOmission(line: string): boolean {
  const text = line.trim();
  return (
    text.length <= LONGEST && (BARE.test(text) || (BRACKETED.test(text) && LEFT_OUT.test(text)))
  );
}

const LONGEST = 80;
const BARE =
  /^(?:\.{3,}|…+|(?:-{2,} ?)?(?:output )?(?:snip(?:ped)?|truncated|omitted)(?: ?-{2,})?)$/i;
const BRACKETED = /^[[({<].*[\])}>]$/;
const LEFT_OUT = /\.{3}|…|\b(?:snip(?:ped)?|truncated|omitted|cut|removed|left out)\b/i;
