import './panel.css';

import { render } from 'preact';

import { App } from './App';
import { Connection } from './connection';
import { Store } from './store';

const root = document.getElementById('panel');
if (root !== null) {
  render(<App store={new Store(new Connection())} />, root);
}
