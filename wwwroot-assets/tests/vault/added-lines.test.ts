import { describe, expect, test } from 'vitest';
import { splitAddedLines } from '../../vault/core/added-lines.ts';
import { concat, hex, latin1, utf8 } from '../../vault/core/encoding.ts';
import { sampleBytes } from './openssl.ts';

const received = 'Received: from mx.example.org (mx.example.org [192.0.2.1])\r\n\tby mx.ipv.sx with ESMTPS id 42;\r\n\tSun, 22 Nov 2026 13:00:00 +0000\r\n';
const results = 'Authentication-Results: mx.ipv.sx; dkim=pass header.d=example.org;\r\n spf=pass smtp.mailfrom=a@example.org; dmarc=pass\r\n';
const outer = 'HP-Outer: From: a@example.org\r\nHP-Outer: To: box@ipv.sx\r\nHP-Outer: Date: Sun, 22 Nov 2026 13:00:00 +0000\r\nHP-Outer: Subject: [...]\r\nHP-Outer: Message-ID:\r\n <1@example.org>\r\n';

/** What sealing does to a message that has a Content-Type field. */
function sealInside(original: string, typeField: string): string {
  const added = typeField.replace(/\r\n$/, '').endsWith(';') ? ' hp="cipher"\r\n' : ' ; hp="cipher"\r\n';
  return received + results + outer + original.replace(typeField, typeField + added);
}

const typed = (typeField: string, rest = 'Subject: x\r\n\r\nbody\r\n'): [string, string] => {
  const original = `Received: from elsewhere\r\nAuthentication-Results: other; spf=fail\r\n${typeField}${rest}`;
  return [original, sealInside(original, typeField)];
};

describe('lines that sealing added', () => {
  test.each([
    ['plain', ...typed('Content-Type: text/plain; charset=utf-8\r\n')],
    ['folded', ...typed('Content-Type: multipart/mixed;\r\n\tboundary="=_b"\r\n')],
    ['ending in a semicolon', ...typed('Content-Type: text/plain;\r\n')],
    ['a value that looks like ours', ...typed('Content-Type: text/plain; hp="cipher"\r\n')],
    ['our own line already there', ...typed('Content-Type: text/plain\r\n ; hp="cipher"\r\n')],
    ['a nested part with another Content-Type', ...typed('CONTENT-TYPE: multipart/mixed; boundary=b\r\n', '\r\n--b\r\nContent-Type: text/plain\r\n ; hp="cipher"\r\n\r\nx\r\n--b--\r\n')],
  ])('Split_%s_OriginalIsByteIdentical', (_name, original, sealed) => {
    const split = splitAddedLines(utf8(sealed));
    expect(latin1(split.original)).toBe(original);
    expect(split.added.authenticationResults).toContain('mx.ipv.sx; dkim=pass');
    expect(split.added.received).toContain('by mx.ipv.sx');
    expect(split.added.outerFields.map((f) => f.name)).toEqual(['From', 'To', 'Date', 'Subject', 'Message-ID']);
    expect(split.added.outerFields[4]?.value).toBe('<1@example.org>');
  });

  test.each([
    ['no MIME at all', 'From: a@example.org\r\nSubject: x\r\n\r\nbody', 'Content-Type: text/plain; charset=us-ascii; hp="cipher"\r\nMIME-Version: 1.0\r\n'],
    ['MIME-Version first', 'From: a@example.org\r\n\r\n', 'MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii; hp="cipher"\r\n'],
    ['MIME-Version its own', 'MIME-Version: 1.0\r\nFrom: a@example.org\r\n\r\n', 'Content-Type: text/plain; charset=us-ascii; hp="cipher"\r\n'],
  ])('Split_%s_AddedTypeGoesToo', (_name, original, type) => {
    expect(latin1(splitAddedLines(utf8(received + results + type + outer + original)).original)).toBe(original);
  });

  test.each([
    ['an empty header section', '\r\nbody\r\n'], ['no header section', 'body without a header\r\n'], ['nothing at all', ''],
  ])('Split_OriginalWith%s_ByteIdentical', (_name, original) => {
    const type = 'MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii; hp="cipher"\r\n';
    expect(latin1(splitAddedLines(utf8(`${received}${results}${type}${outer}\r\n${original}`)).original)).toBe(original);
  });

  test.each([
    ['ending inside its Content-Type', 'Subject: x\r\nContent-Type: text/plain', '\r\n ; hp="cipher"'],
    ['ending inside its Content-Type after a semicolon', 'Content-Type: text/plain;', '\r\n hp="cipher"'],
    ['ending after its Content-Type', 'Content-Type: text/plain\r\n', ' ; hp="cipher"\r\n'],
  ])('Split_Original%s_ByteIdentical', (_name, original, added) => {
    expect(latin1(splitAddedLines(utf8(`${received}${results}${outer}${original}${added}`)).original)).toBe(original);
  });

  test.each([
    ['open', ['From: "Doe, Jane" <a@example.org>', 'To: A <a@example.net>,\r\n =?utf-8?B?SsO2cmc=?= <b@example.net>', 'Cc: Group: c@example.net;', 'Date: Sun, 22 Nov 2026 14:30:00 +0530', 'Subject: Plans for\r\n Tuesday', 'Message-ID: <1@example.org>']],
    ['open, without a subject', ['From: a@example.org', 'Date: Sun, 22 Nov 2026 14:30:00 +0530', 'Message-ID: <1@example.org>']],
    ['open, with an empty subject', ['Date: Sun, 22 Nov 2026 14:30:00 +0530', 'Subject: ']],
    ['blind', ['From: box@ipv.sx', 'To: box@ipv.sx', 'Date: Sun, 22 Nov 2026 13:00:00 +0000', 'Subject: [...]', 'Message-ID:\r\n <0191d5b2-6a5e-7cc0-8f25-aaaaaaaaaaaa@ipv.sx>']],
  ])('Split_Policy%s_OriginalIsByteIdenticalAndFieldsUnfolded', (_name, fields) => {
    const original = 'From: "Doe, Jane" <a@example.org>\r\nSubject: Plans for\r\n Tuesday\r\nContent-Type: text/plain\r\n\r\nbody\r\n';
    const sealed = received + results + fields.map((field) => `HP-Outer: ${field}\r\n`).join('') + original.replace('plain\r\n', 'plain\r\n ; hp="cipher"\r\n');
    const split = splitAddedLines(utf8(sealed));
    expect(latin1(split.original)).toBe(original);
    expect(split.added.outerFields.map((f) => `${f.name}: ${f.value}`)).toEqual(fields.map((field) => field.replaceAll('\r\n', '')));
  });

  test('Split_MboxLineFirst_ByteIdentical', () => {
    const original = 'From someone Sun Nov 22 13:00:00 2026\r\nContent-Type: text/plain\r\n\r\nx\r\n';
    const sealed = received + results + outer + original.replace('plain\r\n', 'plain\r\n ; hp="cipher"\r\n');
    expect(latin1(splitAddedLines(utf8(sealed)).original)).toBe(original);
  });

  test('Split_BinaryBody_Untouched', () => {
    const head = 'Content-Type: application/octet-stream\r\n';
    const body = concat(utf8('Content-Transfer-Encoding: binary\r\n\r\n'), sampleBytes(100_000));
    const sealed = concat(utf8(`${received}${results}${outer}${head} ; hp="cipher"\r\n`), body);
    expect(hex(splitAddedLines(sealed).original)).toBe(hex(concat(utf8(head), body)));
  });

  test('Split_SendersOwnHpOuterLine_Kept', () => {
    const original = 'HP-Outer: From: forged@example.org\r\nContent-Type: text/plain\r\n\r\nx\r\n';
    const split = splitAddedLines(utf8(sealInside(original, 'Content-Type: text/plain\r\n')));
    expect(latin1(split.original)).toBe(original);
    expect(split.added.outerFields[0]?.value).toBe('a@example.org');
  });

  test('Split_SendersHpOuterLineOfANameThatIsNotOutside_Kept', () => {
    const original = 'HP-Outer: To: forged@example.org\r\nContent-Type: text/plain\r\n\r\nx\r\n';
    const sealed = `${received}${results}HP-Outer: Date: x\r\nHP-Outer: Subject: [...]\r\n${original.replace('plain\r\n', 'plain\r\n ; hp="cipher"\r\n')}`;
    expect(latin1(splitAddedLines(utf8(sealed)).original)).toBe(original);
  });

  test('Split_NothingAdded_Unchanged', () => {
    for (const text of ['', '\r\n', 'no header at all', 'Subject: x\r\n\r\nbody', 'Subject: x']) {
      expect(latin1(splitAddedLines(utf8(text)).original)).toBe(text);
    }
  });
});
