import { render } from 'preact';
import '@fontsource-variable/inter/wght.css';
import './styles/index.css';
import { Session } from './net/session';
import { App } from './ui/App';
import { applyTheme } from './ui/theme';

applyTheme();
const root = document.getElementById('app');
if (root) {
  render(<App session={new Session()} />, root);
}
