// The three themes and their order on the toggle.
export type Theme = 'light' | 'dark' | 'system';

const order: readonly Theme[] = ['light', 'dark', 'system'];
const labels: Readonly<Record<Theme, string>> = { light: 'Light', dark: 'Dark', system: 'System' };
const icons: Readonly<Record<Theme, string>> = { light: 'sun', dark: 'moon', system: 'sun-moon' };

/** Anything unknown counts as the system's choice. */
export function readTheme(value: string | null): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}

export function nextTheme(theme: Theme): Theme {
  return order[(order.indexOf(theme) + 1) % order.length] ?? 'system';
}

export const labelOf = (theme: Theme): string => labels[theme];
export const themeIcon = (theme: Theme): string => icons[theme];
