/** Tells whether a text is a dump. */
export { DETECTION_LINES, isDump } from '../../core/reading/detect';
