/** What both MIME readers give: bodies, and attachments that decode when asked. */
export interface ParsedBody {
  readonly html: string | null;
  readonly text: string | null;
  readonly parts: readonly LazyAttachment[];
}

export interface LazyAttachment {
  readonly name: string | null;
  readonly type: string;
  readonly contentId: string | null;
  /** Decoded bytes; may be an estimate before `decode`. */
  readonly size: number;
  /** A copy that the caller may give away. */
  decode(): ArrayBuffer;
}
