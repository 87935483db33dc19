import { describe, expect, it } from 'vitest';
import { nextTheme, readTheme } from '../../theme/parts/theme-choice.ts';

describe('theme choice', () => {
  it('readTheme_UnknownValue_FollowsSystem', () => {
    expect([readTheme(null), readTheme('purple'), readTheme('dark')]).toEqual(['system', 'system', 'dark']);
  });

  it('nextTheme_ThreeTimes_ComesRound', () => {
    expect(nextTheme('light')).toBe('dark');
    expect(nextTheme('dark')).toBe('system');
    expect(nextTheme('system')).toBe('light');
  });
});
