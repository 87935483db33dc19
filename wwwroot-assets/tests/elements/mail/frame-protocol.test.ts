import { describe, expect, it } from 'vitest';
import { maximumHeight, readReport } from '../../../vault/elements/mail/frame-protocol.ts';

describe('frame protocol', () => {
  it('readReport_Height_IsCapped', () => {
    expect(readReport({ kind: 'height', pixels: 120.4 })).toEqual({ kind: 'height', pixels: 121 });
    expect(readReport({ kind: 'height', pixels: 1e6 })).toEqual({ kind: 'height', pixels: maximumHeight });
  });

  it('readReport_AnythingElse_IsDropped', () => {
    for (const data of [null, 'height', { kind: 'height', pixels: '9' }, { kind: 'height', pixels: NaN }, { kind: 'height', pixels: -1 }, { kind: 'key', key: 'Enter' }, { kind: 'navigate' }]) {
      expect(readReport(data)).toBeNull();
    }
  });
});
