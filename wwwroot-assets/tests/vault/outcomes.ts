/** The typed code that a piece of work fails with; `no error` when it does not. */
export async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return 'no error';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** A copy with one bit of one byte changed. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array<ArrayBuffer> {
  const altered = Uint8Array.from(bytes);
  altered[at] = (altered[at] ?? 0) ^ 0x01;
  return altered;
}

/** Milliseconds of the fastest of five runs: what else a machine does makes some slower, and none faster. */
export function fastest(work: () => void): number {
  return Math.min(...Array.from({ length: 5 }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  }));
}
