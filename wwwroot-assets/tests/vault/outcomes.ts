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
