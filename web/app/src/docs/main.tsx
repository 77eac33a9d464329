import { render } from 'preact';
import '@fontsource-variable/inter/wght.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/docs.css';
import { applyTheme } from '../ui/theme';
import { Docs } from './Docs';

applyTheme();
const root = document.getElementById('docs');
if (root) {
  render(<Docs />, root);
}
