import { signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'chatterbox.theme';

/** The colours that were chosen; without a choice the system's. */
export const theme = signal<Theme>(read());

export function setTheme(wanted: Theme): void {
  theme.value = wanted;
  if (wanted === 'system') {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, wanted);
  }
}

/** Follows the choice for as long as the page lives. */
export function applyTheme(): void {
  theme.subscribe((wanted) => {
    if (wanted === 'system') {
      delete document.documentElement.dataset['theme'];
    } else {
      document.documentElement.dataset['theme'] = wanted;
    }
  });
}

function read(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}
