/** Lines at the head of a text that decide whether it is a dump. */
export const DETECTION_LINES = 200;

/** Lines of a log in which a dump's header is looked for. */
export const LOG_LINES = 5000;
