/** The tools that a language model may call, by the names that package.json gives them. */
export const TOOL_NAMES = [
  'netstat_summarize_dump',
  'netstat_list_findings',
  'netstat_explain_state',
] as const;

export type ToolName = (typeof TOOL_NAMES)[number];

/** What a model may give; it is not checked before by every version of VS Code. */
export interface ToolInput {
  readonly path?: unknown;
  readonly minimumSeverity?: unknown;
  readonly state?: unknown;
}
