/**
 * What both extension hosts load when it is first needed, as one bundle. A web worker has nothing
 * of Node, but never makes LocalSockets.
 */
export { register } from '../bundles/main';
export { LocalSockets } from './localSockets';
