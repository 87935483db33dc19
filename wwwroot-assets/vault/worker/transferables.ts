/** Buffers in an answer, two levels deep, each once: they move instead of being copied. */
export function transferables(result: unknown): ArrayBuffer[] {
  const found = new Set<ArrayBuffer>();
  collect(result, 3, found);
  return [...found];
}

function collect(value: unknown, depth: number, found: Set<ArrayBuffer>): void {
  if (value instanceof ArrayBuffer) found.add(value);
  else if (depth > 0 && typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) collect(inner, depth - 1, found);
  }
}
