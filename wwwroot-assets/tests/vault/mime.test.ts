import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { splitAddedLines } from '../../vault/core/added-lines.ts';
import { base64Encode, concat, fromUtf8, hex, utf8 } from '../../vault/core/encoding.ts';
import { base64Size, decodeBase64, decodeCharset, decodeQuotedPrintable } from '../../vault/core/mime/decoders.ts';
import { addresses, decodedText, isoDate, parseAuthResults, parseHeaders, parseParameterised } from '../../vault/core/mime/headers.ts';
import { htmlToText } from '../../vault/core/mime/html-text.ts';
import { parseLazily } from '../../vault/core/mime/lazy.ts';
import { MailMessage } from '../../vault/core/mime/message.ts';
import { sampleBytes } from './openssl.ts';
import { fastest } from './outcomes.ts';

const lines = (...all: readonly string[]): string => all.join('\r\n');
const base64Lines = (bytes: Uint8Array, ending = '\r\n'): string => (base64Encode(bytes).match(/.{1,76}/g) ?? []).join(ending);
const picture = sampleBytes(3_001, 3);
const document = sampleBytes(40_000, 4);

const rich = lines(
  'From: =?utf-8?B?w4VzYQ==?= <asa@example.org>', 'To: "Box, The" <box@ipv.sx>, second@ipv.sx', 'Cc: Team: one@example.org, two@example.org;',
  'Subject: =?utf-8?B?R3LDvMOfZQ==?= =?koi8-r?B?8NLJ18XU?=', ' =?iso-2022-jp?B?GyRCRnxLXBsoQg==?=', 'Date: Sun, 22 Nov 2026 14:00:00 +0100 (CET)', 'Message-ID: <m1@example.org>',
  'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="mix"', '', 'preamble', '--mix', 'Content-Type: multipart/alternative; boundary=alt', '',
  '--alt', 'Content-Type: text/plain; charset=iso-8859-1', 'Content-Transfer-Encoding: quoted-printable', '', 'Gr=FC=DFe und =', 'mehr', '--alt',
  'Content-Type: multipart/related; boundary="rel"', '', '--rel', 'Content-Type: text/html; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '',
  '<p>Grüße <img src="cid:pic@x"></p>', '--rel', 'Content-Type: image/png; name="pic.png"', 'Content-ID: <pic@x>', 'Content-Disposition: inline; filename="pic.png"',
  'Content-Transfer-Encoding: base64', '', base64Lines(picture), '--rel--', '--alt--', '', '--mix',
  "Content-Type: application/pdf; name*0*=utf-8''Angebot%20; name*1*=%E2%82%AC; name*2=\".pdf\"", 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment;',
  " filename*0*=utf-8''Angebot%20; filename*1*=%E2%82%AC; filename*2=\".pdf\"", '', base64Lines(document), '--mix', 'Content-Type: message/rfc822', '',
  'Subject: nested', 'Content-Type: text/plain', '', 'inner text', '--mix', 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m',
  'Content-Transfer-Encoding: base64', '', base64Lines(sampleBytes(64)), '--mix--', 'epilogue', '');

const corpus: Readonly<Record<string, string>> = {
  rich,
  plain: lines('Subject: x', '', 'Just text', ''),
  'no header': lines('', 'Just text'),
  'html only': lines('Content-Type: text/html', '', '<p>Hello <b>there</b></p>'),
  'boundary never closed': lines('Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'first', '--b', 'Content-Type: text/html', '', '<i>second</i>'),
  'boundary that begins like another': lines('Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: multipart/alternative; boundary=bb', '', '--bb', 'Content-Type: text/plain', '', 'one', '--bb', 'Content-Type: text/html', '', '<i>two</i>', '--bb--', '--b', 'Content-Disposition: attachment; filename=a.bin', 'Content-Type: application/octet-stream', '', 'xyz', '--b--'),
  'two texts': lines('Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'one', '--b', '', 'two', '--b--'),
  'text attachment': lines('Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'one', '--b', 'Content-Type: text/plain; name=log.txt', 'Content-Disposition: attachment; filename=log.txt', '', 'two', '--b--'),
};
const normal = (text: string | null): string => (text ?? '').replace(/\r\n/g, '\n').replace(/\s+/g, ' ').trim();

describe('both readers', () => {
  test.each(Object.entries(corpus))('Parse_%s_LazyScanAgreesWithWholeParse', async (_name, source) => {
    const whole = await PostalMime.parse(utf8(source), { forceRfc822Attachments: true });
    const lazy = parseLazily(utf8(source));
    expect(normal(lazy.text ?? (lazy.html === null ? null : htmlToText(lazy.html)))).toBe(normal(whole.text ?? (whole.html === undefined ? null : htmlToText(whole.html))));
    expect(normal(htmlToText(lazy.html ?? ''))).toBe(normal(htmlToText(whole.html ?? '')));
    expect(lazy.parts.map((p) => [p.type, p.name]).sort()).toEqual(whole.attachments.map((a) => [a.mimeType, a.filename]).sort());
  });

  test('Parse_TextAttachments_BytesAsSent', async () => {
    // The whole parse would give these with other line endings; a signature over them would break.
    const nested = lines('Subject: nested', 'Content-Type: text/plain', '', 'inner text', '');
    const mail = await MailMessage.parse(utf8(lines('Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'text', '--b', 'Content-Type: message/rfc822', '', nested, '--b', 'Content-Type: text/csv', 'Content-Disposition: attachment; filename=a.csv', '', 'a;b\nc\r\nd', '--b--')));
    expect(mail.attachments.map((a) => fromUtf8(new Uint8Array(mail.attachment(a.id).bytes)))).toEqual([nested, 'a;b\nc\r\nd']);
  });

  test.each([['whole', 0], ['lazy', 3 * 1024 * 1024]])('Parse_RichMail%s_AllShown', async (_way, extra) => {
    const source = extra === 0 ? rich : rich.replace('preamble', `${'p'.repeat(998)}\r\n`.repeat(Math.ceil(extra / 1000)));
    const mail = await MailMessage.parse(utf8(source));
    expect(mail.headers.from).toEqual([{ name: 'Åsa', address: 'asa@example.org' }]);
    expect(mail.headers.to).toEqual([{ name: 'Box, The', address: 'box@ipv.sx' }, { name: '', address: 'second@ipv.sx' }]);
    expect(mail.headers.cc.map((a) => a.address)).toEqual(['one@example.org', 'two@example.org']);
    expect(mail.headers.subject).toBe('GrüßeПривет日本');
    expect(mail.headers.date).toBe('2026-11-22T13:00:00.000Z');
    expect(normal(mail.text)).toBe('Grüße und mehr');
    expect(mail.html).toContain('<img src="cid:pic@x">');
    expect(mail.inlineImages().map((i) => [i.cid, i.type, hex(new Uint8Array(i.bytes))])).toEqual([['pic@x', 'image/png', hex(picture)]]);
    expect(mail.attachments.map((a) => [a.name, a.type])).toEqual([['Angebot €.pdf', 'application/pdf'], ['attachment-3.eml', 'message/rfc822'], ['smime.p7m', 'application/pkcs7-mime']]);
    const [pdf] = mail.attachments;
    expect(pdf?.size).toBe(document.length);
    expect(hex(new Uint8Array(mail.attachment(pdf?.id ?? '').bytes))).toBe(hex(document));
    // Taken twice: giving one away must not empty the next.
    expect(mail.attachment(pdf?.id ?? '').bytes.byteLength).toBe(document.length);
    expect(() => mail.attachment('a99')).toThrow(expect.objectContaining({ code: 'part_not_found' }));
  });
});

describe('large and hostile messages', () => {
  const large = (bytes: Uint8Array): Uint8Array => utf8(lines('Subject: big', 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'text', '--b', 'Content-Type: application/zip', 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename=big.zip', '', base64Lines(bytes), '--b--', ''));

  test('Parse_18MegabyteAttachment_StructureAtOnceBytesOnDemand', async () => {
    const bytes = sampleBytes(18 * 1024 * 1024, 9);
    const source = large(bytes);
    const began = performance.now();
    const mail = await MailMessage.parse(source);
    expect(performance.now() - began).toBeLessThan(400);
    expect(mail.attachments[0]).toMatchObject({ name: 'big.zip', size: bytes.length });
    expect(Buffer.compare(Buffer.from(mail.attachment('a0').bytes), Buffer.from(bytes))).toBe(0);
  });

  test.each([
    ['hyphen lines', '--x\r\n'], ['boundary prefixes', '--bounda\r\n'], ['hyphens', '-'], ['header folds', ' f\r\n'],
  ])('Scan_Many%s_TimeGrowsWithTheInput', (_what, piece) => {
    const source = (count: number): Uint8Array => utf8(`Content-Type: multipart/mixed; boundary=boundary\r\n\r\n--boundary\r\n\r\n${piece.repeat(count)}`);
    const time = (bytes: Uint8Array): number => {
      const began = performance.now();
      parseLazily(bytes);
      return performance.now() - began;
    };
    const small = source(200_000);
    time(small);
    expect(time(source(800_000))).toBeLessThan(Math.max(5, time(small)) * 20);
  });

  test('Parse_BlanksBeforeAColonOrALongParameter_TimeGrowsWithTheInput', async () => {
    const blanks = utf8(`a${' '.repeat(400_000)}b: c\r\nSubject : Plans\r\n\r\nHello`);
    expect(fastest(() => parseHeaders(blanks))).toBeLessThan(200);
    expect(parseHeaders(blanks)).toEqual([{ name: 'subject', value: 'Plans' }]);
    expect(fastest(() => splitAddedLines(blanks))).toBeLessThan(200);
    const mail = await MailMessage.parse(utf8(`Content-Type: text/plain; name*=utf-8''${'x'.repeat(300_000)}\r\n\r\nHello`));
    expect(mail.text?.trim()).toBe('Hello');
  });

  test('Scan_NestedBeyondTheLimit_Ends', () => {
    const deep = Array.from({ length: 5_000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\r\n\r\n--b${i}\r\n`).join('');
    expect(parseLazily(utf8(deep)).parts.length).toBeLessThan(10);
  });

  test('Name_PathAndDirectionMarks_Removed', async () => {
    const mail = await MailMessage.parse(utf8(lines('Content-Type: multipart/mixed; boundary=b', '', '--b', "Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fetc%2Fcod%E2%80%AEgpj.exe", 'Content-Type: application/octet-stream', '', 'x', '--b--')));
    expect(mail.attachments[0]?.name).toBe('codgpj.exe');
  });
});

describe('decoders', () => {
  test('Base64_AnyLength_RoundTripsAndSizeIsKnown', () => {
    for (const length of [0, 1, 2, 3, 56, 57, 58, 113, 114, 115, 1_000, 5_701]) {
      const bytes = sampleBytes(length, length + 5);
      for (const ending of ['\r\n', '\n']) {
        const encoded = utf8(base64Lines(bytes, ending) + ending);
        expect(hex(decodeBase64(encoded))).toBe(hex(bytes));
        expect(base64Size(encoded)).toBe(length);
      }
    }
    expect(fromUtf8(decodeBase64(utf8('aGk=aGk=')))).toBe('hihi');
    expect(fromUtf8(decodeBase64(utf8('a*G\tk')))).toBe('hi');
  });

  test('QuotedPrintable_Forms_Decoded', () => {
    const decoded = (text: string): string => fromUtf8(decodeQuotedPrintable(utf8(text)));
    expect(decoded('a=3D=c3=A4 =\r\nb \t\r\nc=\n=ZZ=')).toBe('a=ä b\r\nc=ZZ');
    expect(decoded('tail=')).toBe('tail');
    expect(decoded('')).toBe('');
  });

  test('Charset_KnownUnknownAndBroken_Text', () => {
    expect(decodeCharset(Uint8Array.of(0xc0, 0xe1), 'windows-1251')).toBe('Аб');
    expect(decodeCharset(Uint8Array.of(0xe4), null)).toBe('ä');
    expect(decodeCharset(utf8('ä'), 'x-unheard-of')).toBe('ä');
    expect(decodeCharset(concat(utf8('ä'), Uint8Array.of(0xff)), 'utf-8')).toBe('ä\ufffd');
  });

  test('Headers_AddressesDatesParameters_Read', () => {
    expect(addresses('undisclosed-recipients:;')).toEqual([]);
    expect(decodedText('=?utf-8?Q?a=0D=0AX?=')).toBe('a X');
    expect(isoDate('22 Nov 26 13:00 GMT')).toBe('2026-11-22T13:00:00.000Z');
    expect(isoDate('whenever')).toBeNull();
    expect(parseParameterised('Multipart/Mixed; boundary="a;b\\"c" (note; x); charset=UTF-8')).toEqual({ value: 'multipart/mixed', parameters: new Map([['boundary', 'a;b"c'], ['charset', 'UTF-8']]) });
    expect(parseAuthResults('mx.ipv.sx; dkim=pass (2048-bit; ok) header.d=example.org; spf=softfail smtp.mailfrom="a b@example.org"; none')).toEqual([
      { method: 'dkim', result: 'pass', properties: { 'header.d': 'example.org' } },
      { method: 'spf', result: 'softfail', properties: expect.anything() as unknown },
    ]);
  });

  test('HtmlToText_Mail_Readable', () => {
    expect(htmlToText('<html><head><title>no</title><style>p{}</style></head><body><p>One &amp; two</p><p>three<br>four &#x20AC;</p><script>no()</script><!-- no -->5 < 6</body>')).toBe('One & two\n\nthree\nfour €\n\n5 < 6');
  });
});

describe('parseHeaders', () => {
  test.each(['From \u00a0: ceo@evil.test', 'From\u00a0: ceo@evil.test', '\u000bFrom: ceo@evil.test', 'X From: ceo@evil.test', ': ceo@evil.test'])(
    'takes no field out of %j', (line) => {
      const fields = parseHeaders(utf8(`${line}\r\nFrom: me@own.test\r\n\r\n`));
      expect(fields).toEqual([{ name: 'from', value: 'me@own.test' }]);
    },
  );
  test('takes the obsolete white space before the colon', () => {
    expect(parseHeaders(utf8('From \t: me@own.test\r\n\r\n'))).toEqual([{ name: 'from', value: 'me@own.test' }]);
  });
});
