// Mail HTML made safe to show: nothing runs, nothing is submitted, nothing is fetched. The frame's own CSP stands behind this.
import createDOMPurify, { type Config, type DOMPurify, type WindowLike } from 'dompurify';
import { neutraliseCss } from './css.ts';

export interface SanitizedHtml {
  /** Style sheets, then the body's content. Remote images stand in `data-vb-src`, inline ones in `data-vb-cid`. */
  readonly html: string;
  /** Resources that would have been fetched. */
  readonly remoteImages: number;
}

const config: Config = {
  USE_PROFILES: { html: true },
  WHOLE_DOCUMENT: true,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: true,
  SANITIZE_NAMED_PROPS: true,
  FORBID_TAGS: [
    'form', 'input', 'button', 'select', 'option', 'optgroup', 'textarea', 'label', 'fieldset', 'legend', 'datalist', 'output', 'meter', 'progress', 'dialog',
    'iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'base', 'meta', 'link', 'audio', 'video', 'source', 'track', 'picture', 'canvas', 'svg', 'math',
    'template', 'slot', 'noscript', 'marquee', 'menu', 'map', 'area', 'nobr', 'shadow',
  ],
  FORBID_ATTR: ['srcset', 'sizes', 'action', 'formaction', 'ping', 'poster', 'usemap', 'ismap', 'autofocus', 'autoplay', 'contenteditable', 'tabindex', 'accesskey', 'popover', 'popovertarget', 'popovertargetaction', 'is', 'slot', 'lowsrc', 'dynsrc', 'longdesc', 'cite', 'crossorigin', 'loading', 'decoding'],
  // Also tried on values that are no addresses: what is no scheme passes. data: is for images alone (DOMPurify's own list).
  ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|tel|cid):|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
};

const inlineData = /^data:image\/(?:png|gif|jpe?g|webp|avif|bmp);base64,[a-z0-9+/=\s]+$/i;

/** Needs a document (main thread or frame; tests give a window of their own). */
export function sanitizeHtml(html: string, window?: WindowLike): SanitizedHtml {
  const purify = createDOMPurify(window);
  let remote = 0;
  const css = (text: string): string => {
    const result = neutraliseCss(text);
    remote += result.remote;
    return result.css;
  };
  purify.addHook('uponSanitizeElement', (node) => {
    if (node.nodeName === 'STYLE' && node.textContent !== null) node.textContent = css(node.textContent);
  });
  purify.addHook('beforeSanitizeAttributes', promoteSrcset);
  purify.addHook('afterSanitizeAttributes', (element) => {
    remote += moveImage(element) + moveBackground(element);
    const style = element.getAttribute('style');
    if (style !== null) element.setAttribute('style', css(style));
    fixLink(element);
  });
  return { html: serialise(purify, html), remoteImages: remote };
}

function serialise(purify: DOMPurify, html: string): string {
  const root = purify.sanitize(html, { ...config, RETURN_DOM: true }) as Element;
  purify.removeAllHooks();
  const sheets = [...root.querySelectorAll('head style')].map((style) => style.outerHTML);
  const body = root.querySelector('body');
  if (body === null) return sheets.join('');
  // The body's own colours stay with its content.
  const wrapper = body.ownerDocument.createElement('div');
  for (const name of ['style', 'bgcolor', 'dir', 'lang', 'class', 'align']) {
    const value = body.getAttribute(name);
    if (value !== null) wrapper.setAttribute(name, value);
  }
  wrapper.append(...body.childNodes);
  return sheets.join('') + wrapper.outerHTML;
}

/** An image that has only `srcset` is remote as well: its first candidate counts as its source. */
function promoteSrcset(element: Element): void {
  if (element.nodeName !== 'IMG' || element.hasAttribute('src')) return;
  const first = element.getAttribute('srcset')?.trim().split(/[\s,]+/)[0];
  if (first !== undefined && first !== '') element.setAttribute('src', first);
}

/** 1 for a remote image. Nothing keeps a `src` but inline data. */
function moveImage(element: Element): number {
  const source = element.getAttribute('src')?.trim();
  if (source === undefined) return 0;
  if (element.nodeName === 'IMG' && inlineData.test(source)) return 0;
  element.removeAttribute('src');
  if (element.nodeName !== 'IMG') return 0;
  if (/^cid:/i.test(source)) {
    element.setAttribute('data-vb-cid', decodeCid(source.slice(4)));
    return 0;
  }
  const address = /^\/\//.test(source) ? `https:${source}` : source;
  if (!/^https?:\/\//i.test(address)) return 0;
  element.setAttribute('data-vb-src', address);
  return 1;
}

function decodeCid(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function moveBackground(element: Element): number {
  const background = element.getAttribute('background');
  if (background === null) return 0;
  element.removeAttribute('background');
  return /^(?:https?:)?\/\//i.test(background.trim()) ? 1 : 0;
}

function fixLink(element: Element): void {
  const href = element.getAttribute('href');
  if (href === null) return;
  if (element.nodeName !== 'A' || !/^(?:https?:\/\/|mailto:|tel:)/i.test(href.trim())) {
    element.removeAttribute('href');
    element.removeAttribute('target');
    return;
  }
  element.setAttribute('rel', 'noopener noreferrer');
  element.setAttribute('target', '_blank');
}
