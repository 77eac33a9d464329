import { render } from 'preact';
import '@fontsource-variable/inter/wght.css';
import '../styles/index.css';
import './ops.css';
import { Session } from '../net/session';
import { applyTheme } from '../ui/theme';
import { App } from './App';

applyTheme();
const root = document.getElementById('app');
if (root) {
  render(<App session={new Session()} />, root);
}
