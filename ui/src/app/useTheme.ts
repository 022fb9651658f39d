// Puts the theme in force, and leaves a note of it for the script that runs before the first paint.
import { useEffect } from 'react';
import { useApp } from '../state/react';

export function useTheme(): void {
  const ready = useApp(({ phase }) => phase === 'ready');
  const theme = useApp(({ preferences }) => preferences.theme);

  useEffect(() => {
    if (!ready) return undefined;
    const system = matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      const dark = theme === 'system' ? system.matches : theme === 'dark';
      document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    };
    localStorage.setItem('proviso-theme', theme);
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [ready, theme]);
}
