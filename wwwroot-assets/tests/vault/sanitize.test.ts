// @vitest-environment jsdom
import { describe, expect, test } from 'vitest';
import { neutraliseCss } from '../../vault/core/css.ts';
import { sanitizeHtml } from '../../vault/core/sanitize.ts';

const clean = (html: string): string => sanitizeHtml(html, window).html;

describe('what never survives', () => {
  test.each([
    ['script', '<script>alert(1)</script><p>x</p>'],
    ['script in svg', '<svg><script>alert(1)</script></svg>'],
    ['event handler', '<p onclick="alert(1)" onmouseover=alert(1)>x</p><img src=x onerror=alert(1)>'],
    ['javascript link', '<a href="javascript:alert(1)">x</a><a href=" java\tscript:alert(1)">y</a>'],
    ['data link', '<a href="data:text/html,<script>alert(1)</script>">x</a>'],
    ['vbscript', '<a href="vbscript:msgbox(1)">x</a>'],
    ['meta refresh', '<meta http-equiv="refresh" content="0;url=https://evil.example">'],
    ['form', '<form action="https://evil.example"><input name=a><button formaction="https://evil.example">b</button></form>'],
    ['base', '<base href="https://evil.example/"><a href="x">x</a>'],
    ['object and embed', '<object data="https://evil.example/x"></object><embed src="https://evil.example/x">'],
    ['frames', '<iframe src="https://evil.example"></iframe><iframe srcdoc="<script>alert(1)</script>"></iframe>'],
    ['link', '<link rel=stylesheet href="https://evil.example/x.css"><link rel=prefetch href="https://evil.example">'],
    ['media', '<video src="https://evil.example/v" poster="https://evil.example/p"></video><audio src="https://evil.example/a"></audio>'],
    ['picture sources', '<picture><source srcset="https://evil.example/s"><img alt=x></picture>'],
    ['svg image', '<svg><image href="https://evil.example/i" xlink:href="https://evil.example/j"></image><use href="https://evil.example/u"/></svg>'],
    ['math', '<math><mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></mtext></math>'],
    ['import', '<style>@import "https://evil.example/a.css"; @import url(https://evil.example/b.css);</style>'],
    ['escaped import', '<style>@\\69mport "https://evil.example/a.css";</style>'],
    ['font', '<style>@font-face { font-family: x; src: url(https://evil.example/f.woff2) }</style>'],
    ['style sheet url', '<style>p { background: url("https://evil.example/b.png") }</style><p>x</p>'],
    ['style attribute url', '<p style="background-image:url(https://evil.example/b.png)">x</p>'],
    ['escaped url', '<p style="background:\\75\\72\\6c(https://evil.example/b.png)">x</p>'],
    ['twice escaped url', '<p style="background:\\5c 75rl(https://evil.example/b.png)">x</p>'],
    ['comment in url', '<p style="background:u/**/rl(https://evil.example/b.png)">x</p>'],
    ['image-set', '<p style="background:image-set(url(https://evil.example/b.png) 1x)">x</p>'],
    ['table background', '<table background="https://evil.example/b.png"><tr><td background="//evil.example/c.png">x</td></tr></table>'],
    ['list image', '<ul style="list-style: url(//evil.example/x)"><li>x</li></ul>'],
    ['input image', '<input type=image src="https://evil.example/i">'],
    ['svg data image', '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">'],
    ['ping', '<a href="https://ok.example/" ping="https://evil.example/">x</a>'],
    ['noscript', '<noscript><p title="</noscript><img src=x onerror=alert(1)>">'],
    ['template', '<template><script>alert(1)</script></template>'],
    ['style breakout', '<style>p{}</sty\\6ce><img src=x onerror=alert(1)></style>'],
    ['old browsers', '<p style="behavior: url(x.htc); -moz-binding: url(https://evil.example/x#y); width: expression(alert(1))">x</p>'],
    ['mutation', '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>'],
  ])('Sanitize_%s_Gone', (_name, html) => {
    const result = clean(html);
    const parsed = new DOMParser().parseFromString(result, 'text/html');
    for (const element of parsed.querySelectorAll('*')) {
      for (const attribute of element.attributes) {
        expect(attribute.name).not.toMatch(/^on|^srcset$|^srcdoc$|^action$|^formaction$|^background$|^ping$|^poster$|^xlink/);
        if (attribute.name !== 'data-vb-src') expect(attribute.value).not.toMatch(/evil\.example|javascript:|vbscript:|text\/html|svg\+xml/);
      }
      if (element.nodeName === 'STYLE') expect(element.textContent).not.toMatch(/evil\.example|url\(|@import|expression|<\//i);
      expect(element.nodeName).not.toMatch(/^(SCRIPT|IFRAME|OBJECT|EMBED|FORM|INPUT|BUTTON|BASE|META|LINK|VIDEO|AUDIO|SOURCE|SVG|MATH|TEMPLATE)$/i);
    }
    expect(parsed.body.textContent).not.toContain('alert(1)');
  });
});

describe('what is kept, and how', () => {
  test('Sanitize_RemoteImages_MovedAndCounted', () => {
    const result = sanitizeHtml('<img src="https://a.example/1.png" width=5><img src="//b.example/2.png"><img srcset="https://c.example/3.png 1x, https://c.example/4.png 2x"><p style="background:url(https://d.example/5)">x</p>', window);
    expect(result.remoteImages).toBe(4);
    const images = [...new DOMParser().parseFromString(result.html, 'text/html').querySelectorAll('img')];
    expect(images.map((i) => i.getAttribute('data-vb-src'))).toEqual(['https://a.example/1.png', 'https://b.example/2.png', 'https://c.example/3.png']);
    expect(images.every((i) => !i.hasAttribute('src') && !i.hasAttribute('srcset'))).toBe(true);
    expect(images[0]?.getAttribute('width')).toBe('5');
  });

  test('Sanitize_InlineImages_NamedByContentId', () => {
    const result = sanitizeHtml('<img src="cid:logo%40x"><img src="data:image/png;base64,iVBORw0KGgo=">', window);
    expect(result.html).toContain('data-vb-cid="logo@x"');
    expect(result.html).toContain('src="data:image/png;base64,iVBORw0KGgo="');
    expect(result.remoteImages).toBe(0);
  });

  test('Sanitize_MarkersFromTheMail_AreNotOurs', () => {
    expect(clean('<img data-vb-src="https://evil.example/x" data-vb-cid="y"><p data-vb-src="z">x</p>')).not.toMatch(/data-vb/);
  });

  test('Sanitize_Links_OpenElsewhereWithoutReferrer', () => {
    const result = clean('<a href="https://a.example/" target=_self rel=opener>a</a><a href="mailto:x@y.example">b</a><a href="#top">c</a><a href="/relative">d</a>');
    const links = [...new DOMParser().parseFromString(result, 'text/html').querySelectorAll('a')];
    expect(links.map((l) => [l.getAttribute('href'), l.getAttribute('rel'), l.getAttribute('target')])).toEqual([
      ['https://a.example/', 'noopener noreferrer', '_blank'], ['mailto:x@y.example', 'noopener noreferrer', '_blank'], [null, null, null], [null, null, null],
    ]);
  });

  test('Sanitize_OrdinaryMail_KeepsItsLook', () => {
    const result = clean('<html><head><style>p { color: #333; font: 14px/1.5 Arial }</style></head><body bgcolor="#fafafa" style="margin: 0"><table width="600" cellpadding="4"><tr><td align="center" style="color: red; padding: 4px"><b>Grüße</b></td></tr></table></body></html>');
    expect(result).toContain('<style>p { color: #333; font: 14px/1.5 Arial }</style>');
    expect(result).toContain('bgcolor="#fafafa"');
    expect(result).toContain('padding: 4px');
    expect(result).toContain('<b>Grüße</b>');
  });

  test('Sanitize_Twice_CountsAfresh', () => {
    const html = '<img src="https://a.example/1.png">';
    expect([sanitizeHtml(html, window).remoteImages, sanitizeHtml(html, window).remoteImages]).toEqual([1, 1]);
  });
});

describe('CSS', () => {
  test('Neutralise_HostileLengths_Linear', () => {
    for (const piece of ['/*', 'a', '-', 'url(', '@import ', '\\', 'url("', 'image-set(url(', '@font-face{']) {
      const began = performance.now();
      neutraliseCss(piece.repeat(100_000));
      expect(performance.now() - began).toBeLessThan(1_000);
    }
  });
});
