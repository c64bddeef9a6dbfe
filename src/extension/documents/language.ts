/** The language id of socket dumps. */
export const LANGUAGE = 'netstat';
