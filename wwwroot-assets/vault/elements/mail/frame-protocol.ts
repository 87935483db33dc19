// What passes between the page and the frame that shows a mail's HTML. The frame has an origin of its own and reaches nothing.
export interface FrameImage {
  readonly cid: string;
  readonly type: string;
  readonly bytes: ArrayBuffer;
}
export interface FrameContent {
  readonly kind: 'content';
  /** Sanitised by the page. */
  readonly html: string;
  readonly images: readonly FrameImage[];
}
export type FrameReport =
  | { readonly kind: 'height'; readonly pixels: number }
  | { readonly kind: 'key'; readonly key: 'j' | 'k' | 'Escape' };

/** Sent by the frame's script to its parent once it listens; answered with a MessagePort. */
export const frameReady = 'vb-frame-ready';

/** Tallest frame we grant; a mail that asks for more scrolls inside. */
export const maximumHeight = 60_000;

export function readReport(data: unknown): FrameReport | null {
  if (typeof data !== 'object' || data === null) return null;
  const kind: unknown = Reflect.get(data, 'kind');
  if (kind === 'height') {
    const pixels: unknown = Reflect.get(data, 'pixels');
    return typeof pixels === 'number' && pixels >= 0 && pixels <= 1e7 ? { kind, pixels: Math.min(Math.ceil(pixels), maximumHeight) } : null;
  }
  const key: unknown = Reflect.get(data, 'key');
  return kind === 'key' && (key === 'j' || key === 'k' || key === 'Escape') ? { kind, key } : null;
}
