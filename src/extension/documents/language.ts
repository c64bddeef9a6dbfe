/** The language id of socket dumps. */
export const LANGUAGE = 'netstat';

/** The language id of Markdown, whose fenced blocks may be dumps. */
export const MARKDOWN = 'markdown';
