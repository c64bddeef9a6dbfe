/** The tools that a language model may call, by the names that package.json gives them. */
export const TOOL_NAMES = [
  'netstat_summarize_dump',
  'netstat_list_findings',
  'netstat_explain_state',
] as const;

export type ToolName = (typeof TOOL_NAMES)[number];
