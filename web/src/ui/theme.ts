import { useState } from 'react';
import { store, stored } from '@/base/stored';

export type Theme = 'system' | 'light' | 'dark';

function now(): Theme {
  const theme = stored('theme');
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

/** What is seen now: the choice, or else what the system says. */
export function isDark(theme: Theme): boolean {
  return theme === 'system' ? window.matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(now);
  const choose = (next: Theme) => {
    store('theme', next === 'system' ? null : next);
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    setTheme(next);
  };
  return [theme, choose];
}
