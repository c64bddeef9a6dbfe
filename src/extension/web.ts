export { activate } from './activate';
