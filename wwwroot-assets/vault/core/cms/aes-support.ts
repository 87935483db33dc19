// Browsers of the Chromium family have no AES with 192 bits.
export const hasAes = (bits: number): Promise<boolean> =>
  (bits !== 192 ? Promise.resolve(true) : crypto.subtle.importKey('raw', new Uint8Array(24), 'AES-CBC', false, ['decrypt']).then(() => true, () => false));
