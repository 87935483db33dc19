// The one script of the message frame, pinned by hash in its policy. It takes sanitised HTML through a port,
// shows it, and reports its height. The frame's origin is opaque: no storage, no cookies, no network.
import { frameReady, type FrameContent } from '../elements/mail/frame-protocol.ts';

const imageType = /^image\/(?:png|jpe?g|gif|webp|avif|bmp|svg\+xml|x-icon)$/i;

addEventListener('message', (event: MessageEvent<unknown>) => {
  const port = event.ports[0];
  if (event.source !== parent || port === undefined) return;
  port.onmessage = (message: MessageEvent<FrameContent>) => show(message.data, port);
});
parent.postMessage(frameReady, '*');

function show(content: FrameContent, port: MessagePort): void {
  document.body.innerHTML = content.html;
  showInlineImages(content);
  for (const blocked of document.body.querySelectorAll<HTMLElement>('[data-vb-src]')) markBlocked(blocked);
  for (const link of document.body.querySelectorAll<HTMLAnchorElement>('a[href]')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  reportHeight(port);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'j' || event.key === 'k' || event.key === 'Escape') port.postMessage({ kind: 'key', key: event.key });
  });
}

function showInlineImages(content: FrameContent): void {
  const urls = new Map<string, string>();
  for (const image of content.images) {
    if (imageType.test(image.type)) urls.set(image.cid, URL.createObjectURL(new Blob([image.bytes], { type: image.type })));
  }
  for (const img of document.body.querySelectorAll<HTMLImageElement>('img[data-vb-cid]')) {
    const url = urls.get(img.dataset['vbCid'] ?? '');
    if (url !== undefined) img.src = url;
  }
}

/** A blocked picture keeps a place that names its host; pixels that only count readers just go. */
function markBlocked(element: HTMLElement): void {
  if (!(element instanceof HTMLImageElement)) return;
  const size = (name: string): number => Number.parseInt(element.getAttribute(name) ?? '', 10);
  if (size('width') <= 2 || size('height') <= 2) {
    element.remove();
    return;
  }
  const place = document.createElement('span');
  place.className = 'vb-blocked';
  const named = element.alt === '' ? 'Image' : element.alt;
  place.textContent = `${named}, from ${hostOf(element.dataset['vbSrc'] ?? '')}, not loaded`;
  element.replaceWith(place);
}

function hostOf(url: string): string {
  const match = /^(?:https?:)?\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(url);
  return match?.[1] ?? 'another server';
}

function reportHeight(port: MessagePort): void {
  let last = -1;
  const report = (): void => {
    const pixels = Math.ceil(document.body.getBoundingClientRect().height) + scrollbarHeight();
    if (pixels === last) return;
    last = pixels;
    port.postMessage({ kind: 'height', pixels });
  };
  new ResizeObserver(report).observe(document.body);
  report();
}

/** A mail wider than the pane scrolls sideways; the bar needs room. */
const scrollbarHeight = (): number => (document.documentElement.scrollWidth > innerWidth ? 16 : 0);
