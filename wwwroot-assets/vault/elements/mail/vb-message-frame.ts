// Holds the frame that shows a mail's HTML: hands over the content, follows its height, forgets all when it leaves.
import { frameReady, readReport, type FrameContent } from './frame-protocol.ts';
import type { InlineImage } from '../../client/contract.ts';

export class MessageFrame extends HTMLElement {
  #content: FrameContent | null = null;
  #frame: HTMLIFrameElement | null = null;
  #port: MessagePort | null = null;
  readonly #onMessage = (event: MessageEvent<unknown>): void => this.#handOver(event);

  /** Sanitised HTML and the images it names. */
  set message(value: { readonly html: string; readonly images: readonly InlineImage[] }) {
    // A redraw of what stands around the frame must not load it again.
    if (this.#content?.html === value.html && this.#content.images === value.images) return;
    this.#content = { kind: 'content', html: value.html, images: value.images };
    if (this.isConnected) this.#show();
  }

  connectedCallback(): void {
    addEventListener('message', this.#onMessage);
    if (this.#content !== null) this.#show();
  }

  disconnectedCallback(): void {
    removeEventListener('message', this.#onMessage);
    this.#port?.close();
    this.#port = null;
    this.#content = null;
    this.#frame = null;
    this.replaceChildren();
  }

  #show(): void {
    this.#port?.close();
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts allow-popups allow-popups-to-escape-sandbox');
    frame.referrerPolicy = 'no-referrer';
    frame.title = 'Text of the message';
    frame.src = '/vault/frame.html';
    this.#frame = frame;
    this.replaceChildren(frame);
  }

  #handOver(event: MessageEvent<unknown>): void {
    const target = this.#frame?.contentWindow;
    if (event.data !== frameReady || target === null || target === undefined || event.source !== target || this.#content === null) return;
    const channel = new MessageChannel();
    this.#port = channel.port1;
    channel.port1.onmessage = (report: MessageEvent<unknown>) => this.#report(report.data);
    // The frame's origin is opaque, so it cannot be named here; the port reaches this window only.
    target.postMessage('vb-frame-port', '*', [channel.port2]);
    channel.port1.postMessage(this.#content);
  }

  #report(data: unknown): void {
    const report = readReport(data);
    if (report?.kind === 'height' && this.#frame !== null) this.#frame.style.height = `${report.pixels}px`;
    else if (report?.kind === 'key') this.dispatchEvent(new CustomEvent('vb-frame-key', { bubbles: true, detail: { key: report.key } }));
  }
}
