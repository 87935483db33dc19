// CSS from mail without anything that fetches. Escapes and comments are undone first, so that they hide nothing.
const fetching = /(?:url|src|image|image-set|-webkit-image-set|cross-fade|-webkit-cross-fade|element|paint|attr)\(\s*(?:"[^"]*"|'[^']*'|[^)"']*)[^)]*\)?/gi;
/** Whatever its name: a function that is given an address. A name is tried from its beginning only, or a long word would take the square of its length. */
const addressed = /(?<![\w-])[\w-]*\(\s*["']?(?:https?:)?\/\/[^)]*\)?/gi;
const harmlessData = /^url\(\s*["']?data:image\/(?:png|gif|jpe?g|webp);base64,[a-z0-9+/=]+["']?\s*\)$/i;
const maxCssLength = 2_000_000;

/** `remote` counts the places that named another origin. */
export function neutraliseCss(text: string): { css: string; remote: number } {
  let remote = 0;
  const plain = unescapeCss(text.slice(0, maxCssLength).replace(/\/\*[\s\S]*?(?:\*\/|$)/g, ' '))
    .replace(/@(?:import|charset|namespace|font-face|font-feature-values|property)\b[^;{}]*(?:;|\{[^}]*\}?)?/gi, (rule) => {
      remote += /(?:https?:)?\/\//i.test(rule) ? 1 : 0;
      return '';
    })
    .replace(/(?:-moz-binding|behavior)\s*:[^;}]*/gi, '')
    .replace(/expression\s*\(/gi, 'none(')
    .replace(fetching, (call) => {
      if (harmlessData.test(call)) return call;
      remote += /(?:https?:)?\/\//i.test(call) ? 1 : 0;
      return 'none';
    })
    .replace(addressed, () => {
      remote++;
      return 'none';
    })
    .replace(/position\s*:\s*(?:fixed|sticky)/gi, 'position: static')
    .replace(/<\/?/g, '');
  return { css: plain, remote };
}

/** CSS Syntax 3, section 4.3.7. What is left of backslashes after undoing them is dropped. */
function unescapeCss(text: string): string {
  if (!text.includes('\\')) return text;
  const once = text.replace(/\\([0-9a-f]{1,6})[ \t\r\n\f]?|\\([^\r\n\f])|\\/gi, (_match, code?: string, character?: string) => {
    if (code === undefined) return character === '\\' ? '' : (character ?? '');
    const point = Number.parseInt(code, 16);
    return point === 0 || point === 0x5c || point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? '' : String.fromCodePoint(point);
  });
  return once.replaceAll('\\', '');
}
