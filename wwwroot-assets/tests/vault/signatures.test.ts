// What openssl signed, in each form and with each algorithm; and all that can be wrong with it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SignatureReport, SignerReport } from '../../vault/client/signature-report.ts';
import { parseSignedData } from '../../vault/core/cms/signed-data.ts';
import { verifySigned } from '../../vault/core/cms/verify.ts';
import { fromUtf8, latin1, utf8 } from '../../vault/core/encoding.ts';
import { MailMessage } from '../../vault/core/mime/message.ts';
import { Workshop, type KeyKind } from './openssl.ts';
import { codeOf, flipped } from './outcomes.ts';

const workshop = new Workshop();
const entity = 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPay 100 to Ada.\r\n--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\na;b\r\n--b--\r\n';
/** The certificates below are made a little later than this line is read. */
const now = new Date(Date.now() + 600_000);
const pss = ['-keyopt', 'rsa_padding_mode:pss'];

/** A certificate that an authority issued; `ca` is null for one that signs itself. */
function issue(name: string, ca: string | null, extensions: readonly string[], kind: KeyKind = 'RSA', days = '30'): void {
  const key = kind === 'RSA' ? ['-newkey', 'rsa:2048'] : ['-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${kind}`];
  const named = ['-subj', `/O=Studio/CN=${name}`, '-days', days, ...extensions.flatMap((one) => ['-addext', one])];
  if (ca === null) {
    workshop.openssl('req', '-x509', ...key, '-nodes', '-keyout', `${name}.key`, '-out', `${name}.pem`, ...named);
    return;
  }
  workshop.openssl('req', ...key, '-nodes', '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/O=Studio/CN=${name}`);
  workshop.write(`${name}.ext`, `${extensions.join('\n')}\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n`);
  workshop.openssl('x509', '-req', '-in', `${name}.csr`, '-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-CAcreateserial', '-days', days, '-extfile', `${name}.ext`, '-out', `${name}.pem`);
}

beforeAll(() => {
  workshop.write('entity.txt', entity);
  const person = (address: string): string[] => [`subjectAltName=email:${address}`, 'keyUsage=digitalSignature,keyEncipherment'];
  issue('Root', null, ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign']);
  issue('Issuing', 'Root', ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign'], 'P-384');
  issue('Ada', 'Issuing', person('ada@example.org'));
  issue('Curve', 'Issuing', person('ada@example.org'), 'P-256');
  issue('Selfmade', null, person('Ada@Example.org'), 'P-384');
  issue('Nameless', null, ['keyUsage=digitalSignature']);
  issue('Sealing', null, ['subjectAltName=email:ada@example.org', 'keyUsage=keyEncipherment']);
  issue('Server', null, ['subjectAltName=email:ada@example.org', 'extendedKeyUsage=serverAuth']);
  issue('Unnamed', null, ['subjectAltName=DER:30028100', 'keyUsage=digitalSignature']);
  issue('Narrow', 'Root', ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=keyCertSign', 'nameConstraints=critical,permitted;email:example.com']);
  issue('Constrained', 'Narrow', person('ada@example.org'));
  issue('Below', 'Root', ['basicConstraints=critical,CA:TRUE,pathlen:0', 'keyUsage=keyCertSign']);
  issue('Deeper', 'Below', ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign']);
  issue('TooDeep', 'Deeper', person('ada@example.org'));
  issue('Fake', 'Selfmade', person('ada@example.org'));
  workshop.write('chain.pem', ['Issuing', 'Root'].map((name) => fromUtf8(workshop.read(`${name}.pem`))).join(''));
});
afterAll(() => workshop.end());

/** openssl cms -sign, as a mail. */
function sign(name: string, options: readonly string[] = []): Uint8Array {
  workshop.openssl('cms', '-sign', '-binary', '-in', 'entity.txt', '-signer', `${name}.pem`, '-inkey', `${name}.key`, '-out', 'signed.eml', ...options);
  return utf8(`From: Ada <ada@example.org>\r\nSubject: Pay\r\n${fromUtf8(workshop.read('signed.eml')).replace(/\r?\n/g, '\r\n')}`);
}

async function judged(mail: Uint8Array, at = now): Promise<SignatureReport | null> {
  const { signed, headers } = await MailMessage.parse(mail);
  return signed === null ? null : verifySigned(signed, headers.from.map((from) => from.address), at);
}

async function signer(mail: Uint8Array, at = now): Promise<SignerReport> {
  const [first] = (await judged(mail, at))?.signers ?? [];
  if (first === undefined) throw new Error('no signer');
  return first;
}

const brief = ({ verdict, problems }: SignerReport): string => [verdict, ...problems].join(' ');
const altered = (mail: Uint8Array): Uint8Array => utf8(fromUtf8(mail).replace('Pay 100', 'Pay 900'));

describe('what openssl signed', () => {
  test.each([
    ['Ada', 'RSA, SHA-256', []], ['Ada', 'RSA, SHA-512', ['-md', 'sha512']], ['Ada', 'RSA-PSS, SHA-256', pss], ['Ada', 'RSA-PSS, SHA-384', ['-md', 'sha384', ...pss, '-keyopt', 'rsa_pss_saltlen:20']],
    ['Curve', 'ECDSA, SHA-256', []], ['Curve', 'ECDSA, SHA-384', ['-md', 'sha384']], ['Selfmade', 'ECDSA, SHA-512', ['-md', 'sha512']],
    ['Ada', 'RSA, SHA-256', ['-noattr']], ['Curve', 'ECDSA, SHA-256', ['-keyid']], ['Ada', 'RSA, SHA-256', ['-stream']],
  ] as const)('Verify_%sBy %s%s_GoodDetachedAndOpaqueAndBadOnceAltered', async (name, algorithm, options) => {
    const detached = sign(name, options);
    expect(await signer(detached)).toMatchObject({ verdict: 'good', problems: [], name, algorithm, matchesSender: true });
    expect(brief(await signer(altered(detached)))).toBe('bad altered');
    const opaque = sign(name, [...options, '-nodetach']);
    expect(await judged(opaque)).toMatchObject({ form: 'opaque', signers: [{ verdict: 'good', problems: [], algorithm }] });
  });

  test('Parse_BothForms_ShowTheSignedEntityAndNoSignatureAmongTheAttachments', async () => {
    for (const options of [[], ['-nodetach'], ['-nodetach', '-stream']]) {
      const mail = await MailMessage.parse(sign('Ada', options));
      expect(mail.text?.trim()).toBe('Pay 100 to Ada.');
      expect(mail.attachments.map((one) => one.name)).toEqual(['a.csv']);
      expect(fromUtf8(new Uint8Array(mail.attachment(mail.attachments[0]?.id ?? '').bytes))).toBe('a;b');
      expect(mail.headers.subject).toBe('Pay');
    }
  });

  test('Verify_LineEndsChangedInStorage_StillGood', async () => {
    expect(brief(await signer(utf8(fromUtf8(sign('Ada')).replaceAll('\r\n', '\n'))))).toBe('good');
  });

  test('Verify_TwoSigners_EachForItself', async () => {
    const report = await judged(sign('Ada', ['-signer', 'Selfmade.pem', '-inkey', 'Selfmade.key']));
    expect(report?.signers.map((one) => `${one.name} ${brief(one)}`).sort()).toEqual(['Ada good', 'Selfmade good']);
  });

  test('Verify_TimeOfSigning_AsTheSignerSays', async () => {
    const { signedAt } = await signer(sign('Ada'));
    expect(Math.abs(new Date(signedAt ?? 0).getTime() - Date.now())).toBeLessThan(120_000);
    expect((await signer(sign('Ada', ['-noattr']))).signedAt).toBeNull();
  });
});

describe('the chain', () => {
  test('Chain_AllThere_UpToTheOneThatIssuedItself', async () => {
    const { chain } = await signer(sign('Ada', ['-certfile', 'chain.pem']));
    expect(chain.map((link) => [link.name, link.issued, link.isValid, link.key])).toEqual([
      ['Ada', 'good', true, 'RSA-2048'], ['Issuing', 'good', true, 'EC P-384'], ['Root', 'self', true, 'RSA-2048'],
    ]);
    expect(chain[0]?.subject).toBe('O=Studio, CN=Ada');
    expect(chain[0]?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  test('Chain_IssuerNotInTheMessage_SaysSo', async () => {
    expect((await signer(sign('Ada'))).chain.map((link) => [link.name, link.issuerName, link.issued])).toEqual([['Ada', 'Issuing', 'absent']]);
    expect((await signer(sign('Selfmade'))).chain.map((link) => link.issued)).toEqual(['self']);
  });

  test('Chain_IssuerThatIsNoAuthority_IsAProblem', async () => {
    const found = await signer(sign('Fake', ['-certfile', 'Selfmade.pem']));
    expect(brief(found)).toBe('good chain');
    expect(found.chain.map((link) => link.issued)).toEqual(['bad']);
  });

  test('Chain_ConstraintsThatAreNotRead_LeaveItOpen', async () => {
    const found = await signer(sign('Constrained', ['-certfile', 'Narrow.pem']));
    expect(found.chain.map((link) => [link.name, link.issued])).toEqual([['Constrained', 'unknown']]);
  });

  test('Chain_LongerThanAnIssuerAllows_IsAProblem', async () => {
    workshop.write('deep.pem', ['Deeper', 'Below'].map((name) => fromUtf8(workshop.read(`${name}.pem`))).join(''));
    const found = await signer(sign('TooDeep', ['-certfile', 'deep.pem']));
    expect(found.chain.map((link) => [link.name, link.issued])).toEqual([['TooDeep', 'good'], ['Deeper', 'bad']]);
    expect(brief(found)).toBe('good chain');
  });

  test('Chain_IssuersSignatureBroken_IsAProblem', async () => {
    workshop.openssl('cms', '-sign', '-binary', '-in', 'entity.txt', '-signer', 'Ada.pem', '-inkey', 'Ada.key', '-certfile', 'chain.pem', '-outform', 'DER', '-out', 'chain.der', '-nodetach');
    const der = workshop.read('chain.der');
    const end = latin1(der).indexOf(latin1(workshop.certificate('Ada'))) + workshop.certificate('Ada').length;
    const data = parseSignedData(flipped(der, end - 1));
    const [found] = (await verifySigned({ form: 'opaque', data, content: utf8(entity) }, ['ada@example.org'], now)).signers;
    expect(found === undefined ? '' : brief(found)).toBe('good chain');
  });
});

/** Another part, told of by a boundary that the signed parts are not delimited by. */
const stuffed = (mail: string, boundary: string): Uint8Array => {
  const own = /boundary="?([^"\r\n;]+)"?/.exec(mail)?.[1] ?? '';
  const extra = '--B\r\nContent-Type: text/html\r\n\r\n<p>Pay Mallory.</p>\r\n--B--\r\n';
  return utf8(mail.replace(/boundary="?[^"\r\n;]+"?/, boundary.replaceAll('OWN', own)).replace(`--${own}\r\n`, `${extra}--${own}\r\n`) + extra);
};

describe('what is shown', () => {
  test.each([
    'boundary="OWN"', 'boundary="OWN"; boundary*1=B', 'boundary=B; boundary*0="OWN"', 'boundary*="utf-8\'\'OWN"; boundary*0=B', 'boundary="OWN"; boundary=B',
  ])('Parse_AnotherPartBesideTheSignedOne%s_ShowsNothingThatWasNotSigned', async (boundary) => {
    const mail = await MailMessage.parse(stuffed(fromUtf8(sign('Ada')), boundary));
    const all = `${mail.text} ${mail.html} ${mail.attachments.map((one) => one.name).join()}`;
    if (mail.signed === null) return;
    expect(all).not.toContain('Mallory');
    expect(mail.text?.trim()).toBe('Pay 100 to Ada.');
    expect(mail.attachments.map((one) => one.name)).toEqual(['a.csv']);
  });

  test('Parse_PlainSpellingOfTheBoundary_IsSigned', async () => {
    for (const boundary of ['boundary="OWN"', 'boundary="OWN"; boundary*1=B']) expect((await MailMessage.parse(stuffed(fromUtf8(sign('Ada')), boundary))).signed).not.toBeNull();
  });
});

describe('what is wrong', () => {
  test('Verify_AnotherSenderOrNoAddress_SaysSo', async () => {
    const mail = fromUtf8(sign('Ada'));
    expect(brief(await signer(utf8(mail.replace('<ada@example.org>', '<ceo@example.org>'))))).toBe('good other-sender');
    expect(brief(await signer(sign('Nameless')))).toBe('good no-address');
    const from = async (value: string): Promise<string> => brief(await signer(utf8(mail.replace('Ada <ada@example.org>', value))));
    expect(await from('CEO <ceo@example.org>, ada@example.org')).toBe('good other-sender');
    expect(await from('CEO, ada@example.org')).toBe('good no-address');
    expect(await from('ADA@example.org, <ada@EXAMPLE.org>')).toBe('good');
    expect(brief(await signer(sign('Unnamed')))).toBe('good no-address');
  });

  test('Verify_OutsideItsTimeOrItsUse_SaysSo', async () => {
    expect(brief(await signer(sign('Ada'), new Date(now.getTime() + 40 * 86_400_000)))).toBe('good expired');
    expect(brief(await signer(sign('Sealing')))).toBe('good usage');
    expect(brief(await signer(sign('Server')))).toBe('good usage');
  });

  test('Verify_WithoutItsCertificate_SaysSo', async () => {
    expect(await signer(sign('Ada', ['-nocerts']))).toMatchObject({ verdict: 'unknown', problems: ['no-certificate'], name: null, chain: [] });
  });

  test('Verify_Sha1_SaysThatItIsOutdated', async () => {
    expect(brief(await signer(sign('Ada', ['-md', 'sha1'])))).toBe('good sha1');
  });

  test('Verify_HashThatWebCryptoHasNot_Unknown', async () => {
    expect(brief(await signer(sign('Ada', ['-md', 'sha224'])))).toBe('unknown algorithm');
  });

  test('Verify_SignatureOfAnotherMessage_Bad', async () => {
    const other = fromUtf8(sign('Ada')).replaceAll('Pay 100', 'Pay 100 ');
    expect(brief(await signer(utf8(other)))).toBe('bad altered');
  });

  test('Verify_AttributesPassedOffAsContent_Bad', async () => {
    // The signature over the attributes of a good message, shown without them: their bytes would be what it signs.
    workshop.openssl('cms', '-sign', '-binary', '-in', 'entity.txt', '-signer', 'Ada.pem', '-inkey', 'Ada.key', '-outform', 'DER', '-out', 'attr.der', '-nodetach');
    const data = parseSignedData(workshop.read('attr.der'));
    const content = data.signers[0]?.attributes?.signed;
    if (content === undefined) throw new Error('no attributes');
    const stripped = { ...data, signers: data.signers.map((one) => ({ ...one, attributes: null })) };
    const [found] = (await verifySigned({ form: 'opaque', data: stripped, content }, [], now)).signers;
    expect(found?.verdict).toBe('bad');
  });

  test('Verify_AnyByteFlipped_NeverGoodForOtherContent', async () => {
    workshop.openssl('cms', '-sign', '-binary', '-in', 'entity.txt', '-signer', 'Curve.pem', '-inkey', 'Curve.key', '-outform', 'DER', '-out', 'flip.der', '-nodetach');
    const der = workshop.read('flip.der');
    const odd: string[] = [];
    for (let at = 0; at < der.length; at++) {
      const code = await codeOf(async () => {
        const data = parseSignedData(flipped(der, at));
        if (data.content === null || fromUtf8(data.content) === entity) return;
        const { signers } = await verifySigned({ form: 'opaque', data, content: data.content }, [], now);
        if (signers.some((one) => one.verdict === 'good')) throw Object.assign(new Error(), { code: 'good' });
      });
      if (!/^(no error|cms_(malformed|type_unsupported|limit))$/.test(code)) odd.push(`${at}: ${code}`);
    }
    expect(odd).toEqual([]);
  });

  test('Parse_SignatureOverAPartOfTheMessage_IsNoSignatureOfIt', async () => {
    const inside = fromUtf8(sign('Ada')).replace(/^From.*\r\nSubject.*\r\n/, '');
    const mail = `From: ada@example.org\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n--outer\r\n\r\nSend it to Eve instead.\r\n--outer\r\n${inside}\r\n--outer--\r\n`;
    expect(await judged(utf8(mail))).toBeNull();
  });

  test('Parse_SealedOrDamagedOrCertificatesOnly_StaysAnAttachment', async () => {
    const wrap = (type: string, body: string): Uint8Array => utf8(`From: ada@example.org\r\nContent-Type: application/pkcs7-mime; smime-type=${type}; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n`);
    workshop.openssl('crl2pkcs7', '-nocrl', '-certfile', 'chain.pem', '-outform', 'DER', '-out', 'certs.p7c');
    for (const mail of [wrap('signed-data', 'MIIB'), wrap('enveloped-data', 'MIIB'), wrap('certs-only', Buffer.from(workshop.read('certs.p7c')).toString('base64')), wrap('signed-data', Buffer.from(workshop.read('certs.p7c')).toString('base64'))]) {
      const parsed = await MailMessage.parse(mail);
      expect(parsed.signed).toBeNull();
      expect(parsed.attachments.map((one) => one.name)).toEqual(['smime.p7m']);
    }
  });
});
